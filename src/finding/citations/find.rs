//! [`citations`]: which clauses cite which instruments.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, Corpus};
use crate::finding::citations::resolve::{Found, Resolver};
use crate::id::{AgreementId, ClauseId};
use crate::provision::{Instrument, Label, NameKind, Reference, Target, instruments, references};

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.citations/1";

/// Which clauses cite which instruments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Citations {
    /// The name and version of this form: `consonance.citations/1`.
    pub schema: String,
    /// The number of clauses in the corpus, and the number of those that cite an instrument.
    pub n_clauses: [usize; 2],
    /// The cited instruments, sorted by the number of citing agreements, then of citing clauses, then
    /// by name.
    pub(crate) instruments: Vec<CitedInstrument>,
    /// Every citation, in the order of the clauses and of their words.
    pub citations: Vec<Citation>,
    /// The text of every citing clause, by id.
    pub texts: BTreeMap<String, String>,
}

/// An instrument that clauses cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CitedInstrument {
    /// Its name, one for all forms of its citation.
    pub(crate) name: String,
    /// The key of the agreement of the corpus that is this instrument; `None` for one outside the corpus.
    pub(crate) agreement: Option<String>,
    /// The number of clauses that cite it.
    pub(crate) n_clauses: usize,
    /// The names of the agreements that cite it, in corpus order.
    pub(crate) cited_by: Vec<String>,
}

/// A citation of an instrument by a clause of another agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Citation {
    /// The citing clause.
    pub clause: ClauseRef,
    /// The key of its agreement.
    pub by: String,
    /// The bytes of the citation in the clause's text.
    pub range: Range<usize>,
    /// The words of the citation.
    pub words: String,
    /// The name of the cited instrument.
    pub instrument: String,
    /// The key of the agreement of the corpus that is this instrument; `None` for one outside the corpus.
    pub agreement: Option<String>,
    /// The cited provisions, as written: `Article 51`; the first and last of a span
    /// (`Articles 3 to 9`); empty if the whole instrument is cited.
    pub provisions: Vec<String>,
    /// The clauses of the corpus that are these provisions, in order; several for a provision
    /// segmented into paragraphs, none if it is not in the corpus.
    pub clauses: Vec<ClauseRef>,
}

/// Returns the citations of instruments in the clauses of a corpus.
///
/// Found are instruments by name, documents by number or symbol, and the
/// agreements of the corpus by their titles and short names. References of a text to itself
/// (`this Convention`, `Article 5`) are no citations. A noun alone (`the Charter`) means the instrument to
/// which the agreement gave this short name; otherwise the only one with this noun that it names in full;
/// otherwise, in a text of the United Nations, their Charter; otherwise none. Costs one pass over the words.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::citations;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let found = citations(&corpus);
/// assert_eq!(found.n_clauses, [93, 14], "14 of 93 clauses cite something");
/// let inside = found.citations.iter().find(|cited| cited.agreement.is_some()).unwrap();
/// assert_eq!(inside.clause.citation, "GGE 2015 ¶13(e)");
/// assert_eq!(inside.instrument, "General Assembly resolution 68/167");
/// assert_eq!(inside.agreement.as_deref(), Some("unga68-167"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn citations(corpus: &Corpus) -> Citations {
    let resolver = Resolver::new(corpus);
    let clauses: Vec<ClauseId> = corpus.clause_ids().collect();
    let agreement = |clause: &ClauseId| corpus.clause(*clause).agreement;
    let of_agreements = clauses.par_chunk_by(|a, b| agreement(a) == agreement(b));
    let found: Vec<(ClauseId, Found)> = of_agreements
        .flat_map_iter(|clauses| citations_of_agreement(corpus, &resolver, clauses))
        .collect();
    let citing: BTreeSet<ClauseId> = found.iter().map(|(clause, _)| *clause).collect();
    let text = |clause: &ClauseId| {
        let text = corpus.text(*clause).to_owned();
        (corpus.clause(*clause).key.clone(), text)
    };
    let citation = |(clause, found): &(ClauseId, Found)| told(corpus, *clause, found);
    Citations {
        schema: SCHEMA.to_owned(),
        n_clauses: [corpus.clauses().len(), citing.len()],
        instruments: cited_instruments(corpus, &found),
        texts: citing.iter().map(text).collect(),
        citations: found.iter().map(citation).collect(),
    }
}

fn citations_of_agreement(
    corpus: &Corpus,
    resolver: &Resolver<'_>,
    clauses: &[ClauseId],
) -> Vec<(ClauseId, Found)> {
    let own = corpus.clause(clauses[0]).agreement;
    let texts = clauses.iter().map(|clause| corpus.text(*clause));
    let named: Vec<Vec<Instrument>> = texts.map(instruments).collect();
    let short = resolver.short_names(own, named.iter().flatten());
    let mut all = Vec::new();
    for (&clause, named) in clauses.iter().zip(&named) {
        let text = corpus.text(clause);
        let references = references(text);
        let mut found = documents(text, own, resolver, &references);
        for instrument in named {
            let name = match instrument.kind {
                NameKind::Short => short.get(instrument.name.as_str()).cloned(),
                _ => Some(instrument.name.clone()),
            };
            found.extend(name.map(|name| {
                let agreement = resolver.agreement_of(&name);
                Found::whole(instrument.range.clone(), name, agreement)
            }));
        }
        found.extend(resolver.titles_in(text));
        let found = without_overlaps(found).into_iter();
        let cited = found.filter(|found| found.agreement != Some(own));
        all.extend(cited.map(|found| (clause, with_provisions(found, text, &references))));
    }
    all
}

/// Returns the documents that are cited by number or symbol.
fn documents(
    text: &str,
    own: AgreementId,
    resolver: &Resolver<'_>,
    references: &[Reference],
) -> Vec<Found> {
    let mut documents = Vec::new();
    for reference in references {
        if let Target::Document(written) = &reference.target {
            let is_self = text[..reference.range.start].trim_end().ends_with("this");
            let name = resolver.document_name(own, written);
            if !is_self {
                let agreement = resolver.agreement_of(&name);
                documents.push(Found::whole(reference.range.clone(), name, agreement));
            }
        }
    }
    documents
}

/// Returns citations in order, the longer of two that overlap; several in one place are kept if they
/// name different instruments by the same words.
fn without_overlaps(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| {
        let longest_first = b.range.len().cmp(&a.range.len());
        a.range.start.cmp(&b.range.start).then(longest_first)
    });
    let mut kept: Vec<Found> = Vec::new();
    for next in found {
        let is_free = kept.last().is_none_or(|last| {
            let is_same_place = last.range == next.range && last.name != next.name;
            let is_list =
                is_same_place && last.agreement.is_none_or(|of| Some(of) != next.agreement);
            next.range.start >= last.range.end || is_list && next.name.contains("report")
        });
        if is_free {
            kept.push(next);
        }
    }
    kept
}

/// Adds the provisions that a citation names of its instrument: `Articles 3 and 51 of the Charter`.
fn with_provisions(mut found: Found, text: &str, references: &[Reference]) -> Found {
    let is_of_this = |reference: &Reference| {
        let document = reference.document.as_ref();
        document.is_some_and(|document| {
            document.start < found.named.end && found.named.start < document.end
        })
    };
    let Some(last) = references.iter().position(is_of_this) else {
        return found;
    };
    let mut first = last;
    // In a list, only the last member is next to the instrument.
    while first > 0 && is_list(text, &references[first - 1], &references[first]) {
        first -= 1;
    }
    for reference in &references[first..=last] {
        if let Target::Provision(label) = &reference.target {
            found.provisions.push(label.clone());
            found.range.start = found.range.start.min(reference.range.start);
        }
    }
    found
}

/// Whether two citations are members of one list: separated by a comma or a function word.
fn is_list(text: &str, first: &Reference, second: &Reference) -> bool {
    let between = text.get(first.range.end..second.range.start);
    let signs = [",", "and", "or", "to", ", and", ", or", "–", "-"];
    first.document.is_none() && between.is_some_and(|between| signs.contains(&between.trim()))
}

fn told(corpus: &Corpus, clause: ClauseId, found: &Found) -> Citation {
    let agreement = |id: AgreementId| corpus.agreement(id).key.clone();
    let clauses = match found.agreement {
        Some(agreement) => clauses_of(corpus, agreement, &found.provisions),
        None => Vec::new(),
    };
    let provisions = found.provisions.iter();
    Citation {
        clause: ClauseRef::of(corpus, clause),
        by: agreement(corpus.clause(clause).agreement),
        range: found.range.clone(),
        words: corpus.text(clause)[found.range.clone()].to_owned(),
        instrument: found.name.clone(),
        agreement: found.agreement.map(agreement),
        provisions: provisions.map(|label| label.as_str().to_owned()).collect(),
        clauses,
    }
}

/// Returns the clauses of an agreement with these labels: for each label the clause that has it,
/// otherwise those of its provision.
fn clauses_of(corpus: &Corpus, agreement: AgreementId, labels: &[Label]) -> Vec<ClauseRef> {
    let of_agreement = |clause: &ClauseId| corpus.clause(*clause).agreement == agreement;
    let own: Vec<(ClauseId, &Label)> = corpus
        .clause_ids()
        .filter(of_agreement)
        .filter_map(|clause| Some((clause, corpus.clause(clause).label.as_ref()?)))
        .collect();
    let mut clauses: Vec<ClauseId> = Vec::new();
    for label in labels {
        let provision = label.provision();
        let is_cited = |(_, own): &&(ClauseId, &Label)| own.is_cited_by(label.as_str());
        let is_inside = |(_, own): &&(ClauseId, &Label)| own.provision() == provision;
        let mut meant: Vec<_> = own.iter().filter(is_cited).collect();
        if meant.is_empty() {
            meant = own.iter().filter(is_inside).collect();
        }
        clauses.extend(meant.iter().map(|(clause, _)| *clause));
    }
    let mut told = BTreeSet::new();
    clauses.retain(|clause| told.insert(*clause));
    let told = clauses.into_iter();
    told.map(|clause| ClauseRef::of(corpus, clause)).collect()
}

fn cited_instruments(corpus: &Corpus, found: &[(ClauseId, Found)]) -> Vec<CitedInstrument> {
    let mut citing: BTreeMap<&str, (Option<AgreementId>, BTreeSet<ClauseId>)> = BTreeMap::new();
    for (clause, found) in found {
        let of_name = citing.entry(&found.name).or_default();
        of_name.0 = found.agreement;
        of_name.1.insert(*clause);
    }
    let instrument =
        |(name, (agreement, clauses)): (&str, (Option<AgreementId>, BTreeSet<ClauseId>))| {
            let by = clauses
                .iter()
                .map(|clause| corpus.clause(*clause).agreement);
            let by: BTreeSet<AgreementId> = by.collect();
            let names = by.iter().map(|id| corpus.agreement(*id).name.clone());
            CitedInstrument {
                name: name.to_owned(),
                agreement: agreement.map(|id| corpus.agreement(id).key.clone()),
                n_clauses: clauses.len(),
                cited_by: names.collect(),
            }
        };
    let mut cited: Vec<CitedInstrument> = citing.into_iter().map(instrument).collect();
    // The sort is stable: ties stay in the order of their names.
    cited.sort_by_key(|of| std::cmp::Reverse((of.cited_by.len(), of.n_clauses)));
    cited
}
