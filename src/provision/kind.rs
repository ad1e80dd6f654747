//! The words that say what a number counts: `Article`, `Principle`, `Annex`, in several languages.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a numbered part calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Preamble,
    Recital,
    /// A paragraph, clause, point, number: a word that adds nothing to the number.
    Plain,
    Article,
    Principle,
    Norm,
    Rule,
    Recommendation,
    Commitment,
    Guideline,
    Measure,
    Standard,
    Pledge,
    Action,
    Goal,
    Book,
    Title,
    Part,
    Chapter,
    Section,
    Annex,
}

/// How a kind stands in the structure of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A provision: its number is a clause's label.
    Provision,
    /// A group of provisions: a heading.
    Group,
    /// A text of its own behind the main one: numbers start again.
    Annex,
}

/// Each kind with its words in lower case, the English one first.
const WORDS: [(Kind, &[&str]); 21] = [
    (
        Kind::Preamble,
        &[
            "preamble",
            "préambule",
            "preámbulo",
            "präambel",
            "преамбула",
            "ديباجة",
            "الديباجة",
            "序言",
        ],
    ),
    (
        Kind::Recital,
        &[
            "recital",
            "recitals",
            "considérant",
            "considerando",
            "erwägungsgrund",
        ],
    ),
    (
        Kind::Plain,
        &[
            "paragraph",
            "para",
            "paras",
            "paragraphs",
            "par",
            "pt",
            "point",
            "item",
            "clause",
            "cl",
            "no",
            "nr",
            "nº",
            "n°",
            "№",
            "subparagraph",
            "subpara",
            "sub-paragraph",
            "letter",
            "lit",
            "operative",
            "op",
            "oc",
            "op cl",
            "абзац",
            "пункт",
            "пункта",
            "пункте",
            "пункту",
            "пунктом",
            "points",
            "items",
            "clauses",
            "subparagraphs",
            "subsection",
            "paragraphe",
            "الفقرة",
            "فقرة",
            "párrafo",
            "absatz",
            "abs",
            "alinéa",
            "¶",
            "款",
            "项",
        ],
    ),
    (
        Kind::Article,
        &[
            "article",
            "art",
            "articles",
            "artículo",
            "articulo",
            "artikel",
            "artigo",
            "articolo",
            "статья",
            "статьи",
            "статье",
            "статью",
            "статьей",
            "статьёй",
            "ст",
            "artículos",
            "المادة",
            "مادة",
            "条",
            "條",
            "artykuł",
            "άρθρο",
            "madde",
            "pasal",
        ],
    ),
    (
        Kind::Principle,
        &[
            "principle",
            "principles",
            "principe",
            "principio",
            "grundsatz",
            "принцип",
            "مبدأ",
            "المبدأ",
        ],
    ),
    (Kind::Norm, &["norm", "norms", "norme", "norma", "норма"]),
    (
        Kind::Rule,
        &["rule", "rules", "règle", "regla", "regel", "правило"],
    ),
    (
        Kind::Recommendation,
        &[
            "recommendation",
            "recommandation",
            "recomendación",
            "empfehlung",
        ],
    ),
    (
        Kind::Commitment,
        &["commitment", "engagement", "compromiso"],
    ),
    (Kind::Guideline, &["guideline", "directrice"]),
    (Kind::Measure, &["measure", "mesure", "medida"]),
    (Kind::Standard, &["standard"]),
    (Kind::Pledge, &["pledge"]),
    (Kind::Action, &["action"]),
    (Kind::Goal, &["goal", "objective", "target"]),
    (Kind::Book, &["book", "livre", "libro", "volume"]),
    (
        Kind::Title,
        &["title", "titre", "título", "titel", "раздел"],
    ),
    (
        Kind::Part,
        &[
            "part",
            "partie",
            "parte",
            "teil",
            "часть",
            "الباب",
            "部分",
            "编",
        ],
    ),
    (
        Kind::Chapter,
        &[
            "chapter",
            "chap",
            "chapitre",
            "capítulo",
            "kapitel",
            "hoofdstuk",
            "capitolo",
            "глава",
            "الفصل",
            "章",
        ],
    ),
    (
        Kind::Section,
        &[
            "section",
            "sec",
            "sect",
            "§",
            "§§",
            "sección",
            "abschnitt",
            "afdeling",
            "节",
            "節",
        ],
    ),
    (
        Kind::Annex,
        &[
            "annex",
            "annexe",
            "anexo",
            "anhang",
            "anlage",
            "bijlage",
            "allegato",
            "appendix",
            "schedule",
            "приложение",
            "المرفق",
            "مرفق",
            "附件",
            "附录",
        ],
    ),
];

/// The table by word; a first look-up of each line of a text has to be fast.
static KIND_OF_WORD: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    WORDS
        .iter()
        .flat_map(|(kind, words)| words.iter().map(|word| (*word, *kind)))
        .collect()
});

/// Which lengths the words of the table have, a bit each, by their first byte: most words of a text
/// need no further look.
static LENGTHS: LazyLock<[u64; 256]> = LazyLock::new(|| {
    let mut lengths = [0; 256];
    for word in WORDS.iter().flat_map(|(_, words)| *words) {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len();
    }
    lengths
});

/// The longest word of the table in bytes; a longer word needs no look-up.
pub(crate) const MAX_WORD: usize = 32;

impl Kind {
    /// Returns the kind that a word in any case names.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        if word.len() > MAX_WORD {
            return None;
        }
        if !word.is_ascii() {
            return KIND_OF_WORD.get(word.to_lowercase().as_str()).copied();
        }
        let first = word.as_bytes().first()?.to_ascii_lowercase();
        if LENGTHS[usize::from(first)] >> word.len() & 1 == 0 {
            return None;
        }
        let mut lower = [0; MAX_WORD];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let lower = std::str::from_utf8(lower).ok()?;
        KIND_OF_WORD.get(lower).copied()
    }

    /// Returns the English word for it.
    pub(crate) fn name(self) -> &'static str {
        WORDS
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, words)| words[0])
    }

    /// Returns how it stands in the structure.
    pub(crate) fn role(self) -> Role {
        match self {
            Self::Book | Self::Title | Self::Part | Self::Chapter | Self::Section => Role::Group,
            Self::Annex => Role::Annex,
            _ => Role::Provision,
        }
    }
}
