//! [`citations`]: which clauses cite which instruments.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, Corpus};
use crate::finding::citations::resolve::{CitedProvision, Found, Resolver};
use crate::id::{AgreementId, ClauseId};
use crate::provision::{
    Instrument, Label, NameKind, Reference, Target, WordList, instruments, is_in, joint_length,
    range_length, references,
};

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
    let texts: Vec<&str> = clauses.iter().map(|clause| corpus.text(*clause)).collect();
    let citing = CitingText::new(resolver, &texts, Some(own));
    let mut all = Vec::new();
    for (place, &clause) in clauses.iter().enumerate() {
        let text = texts[place];
        let references = references(text);
        let found = citing.named_in(place, text, &references).into_iter();
        let cited = found.filter(|found| found.agreement != Some(own));
        all.extend(cited.map(|mut found| {
            // An agreement of the corpus has one name, however it is cited.
            if let Some(agreement) = found.agreement {
                found.name = resolver.name_of(agreement);
            }
            (clause, with_provisions(found, text, &references))
        }));
    }
    all
}

/// The parts of one text that cites, with the instruments they name.
pub(crate) struct CitingText<'r> {
    resolver: &'r Resolver<'r>,
    own: Option<AgreementId>,
    named: Vec<Vec<Instrument>>,
    /// The meaning of nouns alone.
    short: BTreeMap<String, String>,
}

impl<'r> CitingText<'r> {
    /// Prepares the parts of a text: an agreement of the corpus, or another one.
    pub(crate) fn new(
        resolver: &'r Resolver<'r>,
        parts: &[&str],
        own: Option<AgreementId>,
    ) -> Self {
        let named: Vec<Vec<Instrument>> = parts.iter().map(|text| instruments(text)).collect();
        Self {
            resolver,
            own,
            short: resolver.short_names(own, named.iter().flatten()),
            named,
        }
    }

    /// Returns the instruments that a part cites, by its place, without their provisions.
    pub(crate) fn named_in(
        &self,
        place: usize,
        text: &str,
        references: &[Reference],
    ) -> Vec<Found> {
        let mut found = self.documents(text, references);
        for instrument in &self.named[place] {
            let name = match instrument.kind {
                NameKind::Short => self.short.get(instrument.name.as_str()).cloned(),
                _ => Some(instrument.name.clone()),
            };
            found.extend(name.map(|name| {
                let agreement = self.resolver.agreement_of(&name);
                Found::whole(instrument.range.clone(), name, agreement)
            }));
        }
        found.extend(self.resolver.titles_in(text));
        without_overlaps(found)
    }

    /// Returns the documents that are cited by number or symbol.
    fn documents(&self, text: &str, references: &[Reference]) -> Vec<Found> {
        let mut documents = Vec::new();
        for reference in references {
            if let Target::Document(written) = &reference.target {
                let is_self = text[..reference.range.start].trim_end().ends_with("this");
                let name = self.resolver.document_name(self.own, written);
                if !is_self {
                    let agreement = self.resolver.agreement_of(&name);
                    documents.push(Found::whole(reference.range.clone(), name, agreement));
                }
            }
        }
        documents
    }
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

/// Adds the provisions that a citation names of its instrument, before the name or after it: `Articles 3 and
/// 51 of the Charter`, `the Charter, notably Articles 3 and 51`.
pub(crate) fn with_provisions(mut found: Found, text: &str, references: &[Reference]) -> Found {
    let named = provisions_before(&found, text, references)
        .or_else(|| provisions_after(&found, text, references))
        .unwrap_or_default();
    for reference in &references[named] {
        if let Target::Provision(label) = &reference.target {
            found.provisions.push(CitedProvision {
                label: label.clone(),
                ends_range: reference.ends_range,
            });
            found.range.start = found.range.start.min(reference.range.start);
            found.range.end = found.range.end.max(reference.range.end);
        }
    }
    found
}

/// Returns the places of the references before the name of an instrument whose document it is.
fn provisions_before(found: &Found, text: &str, references: &[Reference]) -> Option<Range<usize>> {
    let is_of_this = |reference: &Reference| {
        let document = reference.document.as_ref();
        document.is_some_and(|document| {
            document.start < found.named.end && found.named.start < document.end
        })
    };
    let last = references.iter().position(is_of_this)?;
    let mut first = last;
    // In a list, only the last member is next to the instrument.
    while first > 0 && is_list(text, &references[first - 1], &references[first]) {
        first -= 1;
    }
    Some(first..last + 1)
}

/// Returns the places of the references that follow the name of an instrument.
fn provisions_after(found: &Found, text: &str, references: &[Reference]) -> Option<Range<usize>> {
    let first = references.partition_point(|reference| reference.range.start < found.named.end);
    let between = text.get(found.named.end..references.get(first)?.range.start)?;
    if !leads_to_provision(between) {
        return None;
    }
    let is_own = |reference: &Reference| {
        let is_provision = matches!(reference.target, Target::Provision(_));
        is_provision
            && reference.document.is_none()
            && !is_of_own_text(&text[reference.range.end..])
    };
    let mut end = first;
    while references.get(end).is_some_and(is_own)
        && (end == first || is_list(text, &references[end - 1], &references[end]))
    {
        end += 1;
    }
    (end > first).then_some(first..end)
}

/// Returns whether words lead from the name of an instrument to a provision of it: `, `, ` (`,
/// `, in particular `.
fn leads_to_provision(between: &str) -> bool {
    const MAX_LEAD: usize = 40;
    let words = between.trim_matches(is_sign_of_lead);
    let parts = words.split(is_sign_of_lead).filter(|part| !part.is_empty());
    let is_lead = |words: &str| is_in(words, &[WordList::ProvisionLead]);
    between.len() <= MAX_LEAD && (words.is_empty() || is_lead(words) || parts.clone().all(is_lead))
}

/// Whether a character may stand around the words that lead to a provision.
fn is_sign_of_lead(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(' | '[' | ':' | '–' | '—' | '’' | '"' | '”')
}

/// Returns whether what follows a provision says that it is one of the citing text: `Article 5 above`.
fn is_of_own_text(after: &str) -> bool {
    let next = after.split_whitespace().next().unwrap_or_default();
    let word = next.trim_end_matches(|c: char| !c.is_alphabetic());
    matches!(word, "above" | "below" | "hereof" | "herein")
}

/// Whether two citations are members of one list: a joint of numbers is between them.
fn is_list(text: &str, first: &Reference, second: &Reference) -> bool {
    let between = text.get(first.range.end..second.range.start);
    let is_joint = |between: &str| {
        let length = joint_length(between).or_else(|| range_length(between));
        length == Some(between.len()) || between.trim() == ","
    };
    first.document.is_none() && between.is_some_and(is_joint)
}

fn told(corpus: &Corpus, clause: ClauseId, found: &Found) -> Citation {
    let agreement = |id: AgreementId| corpus.agreement(id).key.clone();
    let clauses = match found.agreement {
        Some(agreement) => clauses_of(corpus, agreement, &found.provisions),
        None => Vec::new(),
    };
    let clauses = clauses.into_iter();
    let labels = found.provisions.iter().map(|provision| &provision.label);
    Citation {
        clause: ClauseRef::of(corpus, clause),
        by: agreement(corpus.clause(clause).agreement),
        range: found.range.clone(),
        words: corpus.text(clause)[found.range.clone()].to_owned(),
        instrument: found.name.clone(),
        agreement: found.agreement.map(agreement),
        provisions: labels.map(|label| label.as_str().to_owned()).collect(),
        clauses: clauses.map(|id| ClauseRef::of(corpus, id)).collect(),
    }
}

/// Returns the clauses of an agreement that are these provisions: for each the clause with its label,
/// otherwise those of its provision; for a range also those between its ends.
pub(crate) fn clauses_of(
    corpus: &Corpus,
    agreement: AgreementId,
    provisions: &[CitedProvision],
) -> Vec<ClauseId> {
    if provisions.is_empty() {
        return Vec::new();
    }
    let own: Vec<(ClauseId, &Label)> = corpus
        .clauses_of(agreement)
        .filter_map(|clause| Some((clause, corpus.clause(clause).label.as_ref()?)))
        .collect();
    let mut places: Vec<usize> = Vec::new();
    for CitedProvision { label, ends_range } in provisions {
        let provision = label.provision();
        let is_cited = |place: &usize| own[*place].1.is_cited_by(label.as_str());
        let is_inside = |place: &usize| own[*place].1.provision() == provision;
        let mut meant: Vec<usize> = (0..own.len()).filter(is_cited).collect();
        if meant.is_empty() {
            meant = (0..own.len()).filter(is_inside).collect();
        }
        if let (true, Some(&first), Some(&last)) = (*ends_range, places.last(), meant.last()) {
            places.extend(first..last);
        }
        places.extend(meant);
    }
    let mut told = BTreeSet::new();
    places.retain(|place| told.insert(*place));
    places.into_iter().map(|place| own[place].0).collect()
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
