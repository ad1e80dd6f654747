//! [`references_of`]: which provisions of which agreements a paper names, and where.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::corpus::Corpus;
use crate::finding::citations::{
    CitedProvision, CitingText, Found, NameList, Resolver, clauses_of, with_provisions,
};
use crate::finding::quotations::paper::Paper;
use crate::finding::versions::levels;
use crate::id::{AgreementId, ClauseId};
use crate::provision::{Label, Reference, Target, number_at, references};
use crate::words::fold_name;

/// The shortest single word that names an agreement, in letters.
const MIN_NAME: usize = 3;

/// What a paper names: an agreement, a provision, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PaperReference {
    /// The bytes of the paper.
    pub(super) range: Range<usize>,
    /// The instrument; `None` for a provision alone.
    pub(super) instrument: Option<NamedInstrument>,
    pub(super) provisions: Vec<CitedProvision>,
}

/// An instrument that a paper names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedInstrument {
    pub(super) name: String,
    /// The agreement of the corpus; `None` for one outside it.
    pub(super) agreement: Option<AgreementId>,
    pub(super) naming: Naming,
}

/// How an instrument is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By a title, a symbol or a short name.
    Full,
    /// By the name of its process, or without its year: this may mean something else.
    Loose,
}

/// Returns what a paper names, in order, none inside another.
pub(super) fn references_of(corpus: &Corpus, paper: &Paper) -> Vec<PaperReference> {
    let resolver = Resolver::new(corpus);
    let loose = loose_names(corpus);
    let ranges = paper.paragraphs.iter().cloned();
    let texts: Vec<&str> = ranges.map(|range| &paper.text[range]).collect();
    let citing = CitingText::new(&resolver, &texts, None);
    let mut all = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let provisions = references(text);
        let full = citing.named_in(place, text, &provisions);
        let mut further = resolver.named_in(text, &loose);
        further.retain(|found| !full.iter().any(|other| overlap(&other.range, &found.range)));
        let mut named: Vec<PaperReference> = Vec::new();
        for (found, naming) in [(full, Naming::Full), (further, Naming::Loose)] {
            let found = found.into_iter();
            let found = found.map(|found| with_provisions(found, text, &provisions));
            named.extend(found.map(|found| named_reference(found, text, naming)));
        }
        named.sort_by_key(|reference| (reference.range.start, reference.range.end));
        let alone = alone_in(&provisions, &named);
        let left = alone
            .into_iter()
            .filter(|of| !give_to_name(of, text, &mut named));
        let left: Vec<PaperReference> = left.collect();
        named.extend(left);
        named.sort_by_key(|reference| (reference.range.start, reference.range.end));
        let start = paper.paragraphs[place].start;
        all.extend(named.into_iter().map(|reference| PaperReference {
            range: reference.range.start + start..reference.range.end + start,
            ..reference
        }));
    }
    all
}

/// Returns the clauses that provisions of an agreement name: as [`clauses_of`], and where the agreement counts
/// nothing by the written word, those with the same number (`norm 13(c)` for `¶13(c)`), inside it or around it.
pub(super) fn clauses_named(
    corpus: &Corpus,
    agreement: AgreementId,
    provisions: &[CitedProvision],
) -> Vec<ClauseId> {
    let mut clauses = clauses_of(corpus, agreement, provisions);
    if clauses.is_empty() {
        let labels: Vec<(ClauseId, &Label)> = corpus
            .clauses_of(agreement)
            .filter_map(|clause| Some((clause, corpus.clause(clause).label.as_ref()?)))
            .collect();
        for provision in provisions {
            clauses.extend(clauses_of_number(&labels, &provision.label));
        }
    }
    clauses
}

fn clauses_of_number(labels: &[(ClauseId, &Label)], cited: &Label) -> Vec<ClauseId> {
    let (word, number) = (word_of(cited), levels(cited));
    let counts_by_it = |(_, label): &(ClauseId, &Label)| !word.is_empty() && word_of(label) == word;
    if labels.iter().any(counts_by_it) || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let holds = |whole: &str, part: &str| {
        let rest = part.strip_prefix(whole);
        rest.is_some_and(|rest| rest.starts_with(['(', '.', ' ']))
    };
    let fits: [&dyn Fn(&str) -> bool; 3] =
        [&|own| own == number, &|own| holds(&number, own), &|own| {
            holds(own, &number)
        }];
    let of_fit = |fits: &dyn Fn(&str) -> bool| -> Vec<ClauseId> {
        let fitting = labels.iter().filter(|(_, label)| fits(&levels(label)));
        fitting.map(|(clause, _)| *clause).collect()
    };
    let mut found = fits.iter().map(|fits| of_fit(*fits));
    found
        .find(|clauses| !clauses.is_empty())
        .unwrap_or_default()
}

/// Returns the word before the first number of a label: `article`.
fn word_of(label: &Label) -> String {
    let canonical = label.canonical();
    let word = canonical
        .split(|c: char| c.is_ascii_digit() || c == '(')
        .next();
    word.unwrap_or_default().trim().to_owned()
}

/// Words between a number and the name of its instrument.
const OF: [&str; 4] = ["of", "of the", "in", "in the"];

/// Joins a provision to the name that follows it, `Article 9 of GGE 2015`; returns whether there is one.
fn give_to_name(provision: &PaperReference, text: &str, named: &mut [PaperReference]) -> bool {
    let next = named
        .iter_mut()
        .find(|of| of.range.start >= provision.range.end);
    let next = next.filter(|next| {
        let between = &text[provision.range.end..next.range.start];
        next.provisions.is_empty() && OF.contains(&between.trim())
    });
    let Some(next) = next else {
        return false;
    };
    next.range.start = provision.range.start;
    next.provisions.clone_from(&provision.provisions);
    true
}

/// Returns the provisions that are named without an instrument; those of a range are one reference.
fn alone_in(provisions: &[Reference], named: &[PaperReference]) -> Vec<PaperReference> {
    let is_free = |range: &Range<usize>| !named.iter().any(|other| overlap(&other.range, range));
    let mut alone: Vec<PaperReference> = Vec::new();
    for reference in provisions.iter().filter(|of| is_free(&of.range)) {
        let Target::Provision(label) = &reference.target else {
            continue;
        };
        let provision = CitedProvision {
            label: label.clone(),
            ends_range: reference.ends_range,
        };
        match alone.last_mut().filter(|_| reference.ends_range) {
            Some(last) => {
                last.range.end = reference.range.end;
                last.provisions.push(provision);
            }
            None => alone.push(PaperReference {
                range: reference.range.clone(),
                instrument: None,
                provisions: vec![provision],
            }),
        }
    }
    alone
}

fn named_reference(mut found: Found, text: &str, naming: Naming) -> PaperReference {
    if let Some(number) = number_after(&found, text) {
        found.range.end += number.len;
        found.provisions.push(number.provision);
    }
    PaperReference {
        range: found.range,
        instrument: Some(NamedInstrument {
            name: found.name,
            agreement: found.agreement,
            naming,
        }),
        provisions: found.provisions,
    }
}

/// A number that follows the name of an instrument.
struct NumberAfter {
    /// The bytes from the name to the end of the number.
    len: usize,
    provision: CitedProvision,
}

/// Returns a number of several levels directly after a name: `GGE 2015, 13(c)`.
fn number_after(found: &Found, text: &str) -> Option<NumberAfter> {
    let behind = &text[found.range.end..];
    let gap = behind.len() - behind.trim_start_matches([',', ' ', '\u{a0}']).len();
    let is_near = found.provisions.is_empty() && (1..=3).contains(&gap);
    let number = number_at(text, found.range.end + gap).filter(|_| is_near)?;
    let is_of_levels = number.written.contains('(') && !number.written.starts_with('(');
    is_of_levels.then(|| NumberAfter {
        len: number.end - found.range.end,
        provision: CitedProvision {
            label: Label::new(number.written),
            ends_range: false,
        },
    })
}

/// Returns the names by which papers call agreements though they are no titles: those of processes with one agreement,
/// and short names without their year. A name of several agreements is none.
fn loose_names(corpus: &Corpus) -> NameList {
    let mut agreement_of: BTreeMap<String, Option<AgreementId>> = BTreeMap::new();
    for (place, agreement) in corpus.agreements().iter().enumerate() {
        let id = AgreementId::new(place);
        let process = corpus.process(agreement.process);
        let of_process = (process.agreements.len() == 1).then_some(&process.name);
        let short = agreement.metadata.short_name.as_ref();
        for name in [of_process, short, Some(&agreement.name)]
            .into_iter()
            .flatten()
        {
            let folded = fold_name(name);
            let without_year = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let known = agreement_of
                .entry(without_year.to_owned())
                .or_insert(Some(id));
            if *known != Some(id) {
                *known = None;
            }
        }
    }
    let mut names = NameList::default();
    for (name, id) in agreement_of {
        if let Some(id) = id.filter(|_| name.chars().count() >= MIN_NAME) {
            names.add(&name, id);
        }
    }
    names.sort();
    names
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
