//! [`Genre`]: words that every agreement uses, whatever it is about.

/// Words and phrases of the genre: who undertakes, how strongly, with which hedges. They say much
/// about the force of a clause and little about its subject, so they weigh less in vectors.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Genre {
    /// Words and phrases in English; inflected forms count as well.
    pub phrases: Vec<String>,
    /// How much such a word counts, from 0 (not at all) to 1 (as any other).
    pub weight: f32,
}

/// Modals, verbs of undertaking, hedges, addressees and formulas.
const PHRASES: &[&str] = &[
    // Modals and negation.
    "shall",
    "should",
    "will",
    "can",
    "need",
    "not",
    "no",
    "nor",
    "against",
    // Verbs of undertaking and of preambles.
    "affirm",
    "reaffirm",
    "agree",
    "acknowledge",
    "adopt",
    "aim",
    "announce",
    "call upon",
    "commit",
    "commitment",
    "confirm",
    "consider",
    "convince",
    "declare",
    "emphasize",
    "encourage",
    "endeavor",
    "endorse",
    "ensure",
    "establish",
    "express",
    "highlight",
    "invite",
    "note",
    "pledge",
    "reach",
    "recall",
    "recognize",
    "recommend",
    "reiterate",
    "request",
    "seek",
    "stress",
    "strive",
    "take",
    "undertake",
    "underline",
    "urge",
    "welcome",
    "willingness",
    "work together",
    "take step",
    "take measure",
    "make",
    "give",
    "provide",
    "carry out",
    "facilitate",
    "promote",
    "strengthen",
    "enhance",
    "improve",
    "develop",
    "support",
    // Hedges and connectives.
    "accordance with",
    "applicable",
    "appropriate",
    "as appropriate",
    "basis",
    "due regard",
    "extent possible",
    "full",
    "importance",
    "important",
    "include",
    "inter alia",
    "manner",
    "necessary",
    "other",
    "particular",
    "possible",
    "practicable",
    "pursuant",
    "reasonable",
    "regard",
    "relevant",
    "respective",
    "subject to",
    "taking into account",
    "task",
    "use",
    "voluntary",
    "way",
    "effort",
    "measure",
    // Addressees and parts of a document.
    "state",
    "states",
    "party",
    "signatory",
    "participating state",
    "member state",
    "group",
    "country",
    "government",
    "annex",
    "article",
    "chapter",
    "paragraph",
    "section",
];

impl Default for Genre {
    fn default() -> Self {
        Self {
            phrases: PHRASES.iter().map(|&phrase| phrase.to_owned()).collect(),
            weight: 0.3,
        }
    }
}

impl Genre {
    /// Returns a genre without words: every word counts fully.
    pub fn none() -> Self {
        Self {
            phrases: Vec::new(),
            weight: 1.0,
        }
    }
}
