//! Which instrument a name means, and which agreement of the corpus that is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::agreement::Agreement;
use crate::corpus::Corpus;
use crate::id::AgreementId;
use crate::provision::{
    Instrument, Label, NameKind, Target, instruments, is_short_noun, references,
};
use crate::words::{fold_name, standard_words};

/// The fewest words of a title or short name that is searched for literally.
const MIN_TITLE_WORDS: usize = 2;
/// The bodies with the same numbering of resolutions, and the words that identify each.
const BODIES: [(&str, &[&str]); 3] = [
    ("Human Rights Council", &["human rights council", "hrc"]),
    ("Security Council", &["security council"]),
    ("General Assembly", &["general assembly", "unga"]),
];
/// The folded beginnings of the symbols of their resolutions, in the order of the bodies.
const SYMBOLS: [&str; 3] = ["a hrc res", "s res", "a res"];
/// The words that alone mean the Charter of the United Nations, and the texts in which they do.
const UN_CHARTER: &str = "Charter of the United Nations";
const UN_NAMES: [&str; 3] = ["un", "unga", "united nations"];

/// A citation in preparation.
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    /// Where the instrument is named, without the preceding provision.
    pub(crate) named: Range<usize>,
    pub(crate) name: String,
    pub(crate) agreement: Option<AgreementId>,
    pub(crate) provisions: Vec<CitedProvision>,
}

/// A provision that a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CitedProvision {
    pub(crate) label: Label,
    /// Whether it is the last of a range that begins with the provision before it.
    pub(crate) ends_range: bool,
}

impl Found {
    /// Returns the citation of a whole instrument.
    pub(crate) fn whole(range: Range<usize>, name: String, agreement: Option<AgreementId>) -> Self {
        Self {
            named: range.clone(),
            range,
            name,
            agreement,
            provisions: Vec::new(),
        }
    }
}

/// Finds the agreements of a corpus by every name they are cited by.
pub(crate) struct Resolver<'c> {
    corpus: &'c Corpus,
    /// Folded names to agreements; ambiguous names map to `None`.
    agreement_of: BTreeMap<String, Option<AgreementId>>,
    /// The name under which each agreement is counted.
    names: Vec<String>,
    /// The titles and short names that are searched for literally.
    titles: NameList,
}

impl<'c> Resolver<'c> {
    pub(crate) fn new(corpus: &'c Corpus) -> Self {
        let mut resolver = Self {
            corpus,
            agreement_of: BTreeMap::new(),
            names: Vec::new(),
            titles: NameList::default(),
        };
        for (place, agreement) in corpus.agreements().iter().enumerate() {
            let id = AgreementId::new(place);
            for name in titles_of(agreement) {
                resolver.add_title(&fold_name(&name), id);
            }
            let own = names_of(corpus, agreement);
            let name = own.first().unwrap_or(&agreement.name);
            resolver.names.push(name.clone());
            for name in own {
                resolver.add_name(&name, id);
            }
        }
        resolver.titles.sort();
        resolver
    }

    fn add_name(&mut self, name: &str, id: AgreementId) {
        let known = self.agreement_of.entry(fold_name(name)).or_insert(Some(id));
        if *known != Some(id) {
            *known = None;
        }
    }

    fn add_title(&mut self, folded: &str, id: AgreementId) {
        self.add_name(folded, id);
        if folded.split(' ').count() >= MIN_TITLE_WORDS {
            self.titles.add(folded, id);
        }
    }

    /// Returns the agreement of the corpus that is this instrument.
    pub(crate) fn agreement_of(&self, name: &str) -> Option<AgreementId> {
        self.agreement_of.get(&fold_name(name)).copied().flatten()
    }

    /// Returns the titles and short names of agreements that occur literally in a text.
    pub(crate) fn titles_in(&self, text: &str) -> Vec<Found> {
        self.named_in(text, &self.titles)
    }

    /// Returns the names of a list that occur in a text, as citations of their agreements.
    pub(crate) fn named_in(&self, text: &str, names: &NameList) -> Vec<Found> {
        let found = names.find(text).into_iter();
        found
            .map(|(range, id)| Found::whole(range, self.name_of(id), Some(id)))
            .collect()
    }

    /// Returns the name under which an agreement of the corpus is counted.
    pub(crate) fn name_of(&self, id: AgreementId) -> String {
        self.names[id.index()].clone()
    }

    /// Returns one name for all spellings of a document's number: `UN General Assembly resolutions 58/199`
    /// and `A/RES/58/199` are both `General Assembly resolution 58/199`.
    /// Who speaks helps: an agreement of the corpus, or `None` for a text outside it.
    pub(crate) fn document_name(&self, by: Option<AgreementId>, written: &str) -> String {
        let speaker = by.map(|by| {
            let agreement = self.corpus.agreement(by);
            fold_name(&format!(
                "{} {} {}",
                agreement.name,
                self.corpus.process(agreement.process).name,
                agreement.metadata.body.as_deref().unwrap_or_default()
            ))
        });
        document_name(written, &speaker.unwrap_or_default())
    }

    /// Returns the meaning of nouns alone in an agreement, or in a text outside the corpus.
    pub(crate) fn short_names<'i>(
        &self,
        own: Option<AgreementId>,
        named: impl Iterator<Item = &'i Instrument>,
    ) -> BTreeMap<String, String> {
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        let mut by_noun: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for instrument in named.filter(|instrument| instrument.kind == NameKind::Full) {
            if let Some(short) = &instrument.short_name {
                let name = || instrument.name.clone();
                given.entry(short.clone()).or_insert_with(name);
            }
            for noun in nouns_of(&instrument.name) {
                by_noun.entry(noun).or_default().insert(&instrument.name);
            }
        }
        let agreement = own.map(|own| self.corpus.agreement(own));
        let own_title = agreement.map(|of| of.metadata.title.as_ref().unwrap_or(&of.name));
        let own_nouns: BTreeSet<&str> = own_title
            .into_iter()
            .flat_map(|title| nouns_of(title))
            .collect();
        for (noun, names) in by_noun {
            let is_other = names.len() == 1 && !own_nouns.contains(noun);
            if let Some(only) = names.first().filter(|_| is_other) {
                let name = || (*only).to_owned();
                given.entry(noun.to_owned()).or_insert_with(name);
            }
        }
        if !own_nouns.contains("Charter") && agreement.is_some_and(|of| self.is_of_un(of)) {
            let charter = given.entry("Charter".to_owned());
            charter.or_insert_with(|| UN_CHARTER.to_owned());
        }
        given
    }

    fn is_of_un(&self, agreement: &Agreement) -> bool {
        let process = &self.corpus.process(agreement.process).name;
        let body = agreement.metadata.body.as_deref().unwrap_or_default();
        let names = fold_name(&format!("{} {process} {body}", agreement.name));
        UN_NAMES.iter().any(|name| has_words(&names, name))
    }
}

/// Names of agreements that are searched for literally.
#[derive(Debug, Default)]
pub(crate) struct NameList {
    /// The folded words of each name, by the first word.
    names: Vec<(Vec<String>, AgreementId)>,
}

impl NameList {
    /// Adds a folded name; call [`sort`](Self::sort) after the last.
    pub(crate) fn add(&mut self, folded: &str, id: AgreementId) {
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        self.names.push((words, id));
    }

    /// Brings the names into the order in which they are searched.
    pub(crate) fn sort(&mut self) {
        self.names.sort_by(|a, b| a.0[0].cmp(&b.0[0]));
    }

    /// Returns where a text has names that begin with a capital or a digit: the longest that begin at a word.
    fn find(&self, text: &str) -> Vec<(Range<usize>, AgreementId)> {
        let words: Vec<(usize, &str)> = standard_words(text);
        let folded: Vec<String> = words.iter().map(|(_, word)| fold_name(word)).collect();
        let mut found = Vec::new();
        for at in 0..words.len() {
            let is_name = words[at]
                .1
                .starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            if !is_name {
                continue;
            }
            let first = self.names.partition_point(|name| name.0[0] < folded[at]);
            let same = self.names[first..].iter();
            let same = same.take_while(|name| name.0[0] == folded[at]);
            let names = same.filter(|name| folded[at..].starts_with(&name.0));
            if let Some((name, id)) = names.max_by_key(|name| name.0.len()) {
                let (last, word) = words[at + name.len() - 1];
                found.push((words[at].0..last + word.len(), *id));
            }
        }
        found
    }
}

/// Returns the capitalized nouns in a name.
fn nouns_of(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().filter(|word| is_short_noun(word))
}

/// Returns the titles and short names by which a text may literally cite an agreement, without a year
/// or note in parentheses.
fn titles_of(agreement: &Agreement) -> Vec<String> {
    let metadata = &agreement.metadata;
    let titles = [metadata.title.as_ref(), metadata.short_name.as_ref()];
    let all = titles.into_iter().flatten().chain([&agreement.name]);
    let mut titles: Vec<String> = all
        .flat_map(|title| {
            let without = title.split('(').next().unwrap_or_default().trim();
            [title.clone(), without.to_owned()]
        })
        .collect();
    titles.sort();
    titles.dedup();
    titles
}

/// Returns the names of the instrument or document that an agreement is, first the one under which it
/// is counted.
fn names_of(corpus: &Corpus, agreement: &Agreement) -> Vec<String> {
    let metadata = &agreement.metadata;
    let title = metadata.title.as_ref().unwrap_or(&agreement.name);
    let process = &corpus.process(agreement.process).name;
    let short = metadata.short_name.as_deref().unwrap_or_default();
    let speaker = fold_name(&format!("{title} {process} {short}"));
    let mut names = Vec::new();
    for title in titles_of(agreement) {
        let is_whole = |instrument: &Instrument| {
            let before = fold_name(&title[..instrument.range.start]);
            let after = &title[instrument.range.end..];
            let is_remark =
                after.trim().is_empty() || after.trim_start().starts_with(['(', ',', '[']);
            matches!(before.as_str(), "" | "the") && is_remark || after.trim() == ")"
        };
        let whole = instruments(&title).into_iter().find(is_whole);
        if let Some(whole) = whole {
            // The body preceding the name may be omitted: `GFCE Disclosure Manifesto`.
            let parts = whole.name.split_once(' ');
            let without = parts.filter(|(first, _)| is_acronym(first));
            names.extend(without.map(|(_, rest)| rest.to_owned()));
            names.insert(0, whole.name);
        }
    }
    let numbered = [
        Some(title),
        metadata.short_name.as_ref(),
        metadata.address.as_ref(),
    ];
    for text in numbered.into_iter().flatten() {
        let documents = references(text).into_iter();
        names.extend(documents.filter_map(|reference| match reference.target {
            Target::Document(written) => Some(document_name(&written, &speaker)),
            Target::Provision(_) => None,
        }));
    }
    if let (true, Some(year)) = (is_of_experts(&speaker), metadata.year) {
        names.push(format!("Group of Governmental Experts report {year}"));
    }
    names
}

fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_of_experts(speaker: &str) -> bool {
    speaker.contains("group of governmental experts") || has_words(speaker, "gge")
}

/// Whether folded words have others, as whole words in order.
fn has_words(folded: &str, words: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {words} "))
}

fn document_name(written: &str, speaker: &str) -> String {
    let symbols = [
        ("A/RES/", "General Assembly"),
        ("S/RES/", "Security Council"),
    ];
    for (symbol, body) in symbols {
        if let Some(number) = written.strip_prefix(symbol) {
            return format!("{body} resolution {number}");
        }
    }
    let folded = fold_name(written);
    let Some(at) = written.find(|c: char| c.is_ascii_digit()) else {
        return written.to_owned();
    };
    let number = &written[at..];
    if folded.contains("resolution") {
        let body = |is_named: &dyn Fn(&str) -> bool| {
            let mut bodies = BODIES.iter();
            bodies.find(|(_, names)| names.iter().any(|name| is_named(name)))
        };
        let named = body(&|name| folded.contains(name));
        let by_symbol = SYMBOLS.iter().position(|symbol| has_words(speaker, symbol));
        let spoken = body(&|name| has_words(speaker, name)).or(by_symbol.map(|body| &BODIES[body]));
        let council = number.contains('(').then_some(&BODIES[1]);
        return match named.or(council).or(spoken) {
            Some((body, _)) => format!("{body} resolution {number}"),
            None => format!("resolution {number}"),
        };
    }
    for act in ["Directive", "Regulation", "Decision"] {
        let rest = written.strip_prefix(act);
        if let Some(rest) = rest.and_then(|rest| rest.strip_prefix('s')) {
            return known_act(format!("{act}{rest}"));
        }
    }
    known_act(written.to_owned())
}

/// Returns the usual name of a numbered act, if it has one: `Regulation (EU) 2016/679`.
fn known_act(written: String) -> String {
    let named = instruments(&written);
    match &named[..] {
        [only] if only.name != written && only.range.start == 0 => only.name.clone(),
        _ => written,
    }
}
