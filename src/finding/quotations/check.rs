//! [`check_quotations`]: holds what a paper quotes and cites against a corpus.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::agreement::Agreement;
use crate::corpus::{ClauseRef, Corpus};
use crate::finding::quotations::asked::AskedTexts;
use crate::finding::quotations::attribution::{Attributed, Attributions, holds_one_of};
use crate::finding::quotations::lookup::{FoundWords, LookedUp, NearWords, QuotationLookup};
use crate::finding::quotations::nearby::NearbyReferences;
use crate::finding::quotations::paper::Paper;
use crate::finding::quotations::quoted::{QuotedWords, quotations_in};
use crate::finding::quotations::reference::references_of;
use crate::finding::quotations::result::{
    CheckedQuotation, PaperPlace, QuotationCounts, QuotationVerdict, Quotations, QuotedIn,
    SourceClause,
};
use crate::finding::quotations::search::WordingSearch;
use crate::finding::quotations::unmarked::{UnmarkedRun, UnmarkedSearch};
use crate::id::ClauseId;
use crate::reuse::SourceSearch;
use crate::similarity::Representation;
use crate::words::fold_name;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.quotations/1";

/// Holds the quotations of a paper, and its references by number, against a corpus.
///
/// A quotation is what stands in quotation marks of any language, or in a paragraph set apart, with four words or more;
/// told too are runs of eight words or more that the corpus has and no marks show. It is exact if one clause, or clauses
/// that follow each other, have all its words in order; an ellipsis and brackets are understood as what the writer left
/// out or added. A quotation that has at least 0.6 of its words in order in a clause is altered, any other is not found;
/// its nearest clause and score are those of [`SourceSearch`]. A number near a quotation (`norm 13(c)`, `para. 4`)
/// is held against the clauses that have the words, and every other one against the agreement that is named with it.
///
/// The words of the corpus are hashed once: costs `n log n` in the words of both, and for each quotation that is not
/// word for word in the corpus one search for its source and some alignments.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Paper, check_quotations};
/// use consonance::read::ReadLimits;
/// use consonance::report::Report;
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let essay = "GGE 2015 holds that \"no State should let its territory serve, to its knowledge, for \
///     wrongful acts\" (para. 13(c)).";
/// let paper = Paper::read(essay.as_bytes(), "essay.txt", &ReadLimits::default())?;
/// let found = check_quotations(&corpus, &representation, &paper);
/// assert!(!found.is_all_right(), "a word is missing");
/// assert!(found.page(10).to_text().contains("[-internationally-]"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn check_quotations(
    corpus: &Corpus,
    representation: &Representation,
    paper: &Paper,
) -> Quotations {
    let mut quoted = quotations_in(paper);
    let titles = titles_of(corpus);
    quoted.retain(|words| !titles.contains(&fold_name(&paper.text[words.inner.clone()])));
    let mut asked = AskedTexts::default();
    let ways: Vec<Vec<usize>> = quoted.iter().map(|words| asked.add_ways(words)).collect();
    let outermost = quoted.iter().filter(|words| !words.is_nested);
    let outer: Vec<Range<usize>> = outermost.map(|words| words.outer.clone()).collect();
    let unquoted = asked.add_unquoted(paper, &outer);
    let references = references_of(corpus, paper);
    let unmarked = UnmarkedSearch {
        corpus,
        paper,
        search: &WordingSearch::new(corpus, &asked.texts),
        names: references.iter().map(|of| of.range.clone()).collect(),
    };
    let lookup = QuotationLookup {
        corpus,
        search: unmarked.search,
        sources: SourceSearch::new(corpus, representation),
        language: paper.language(),
    };
    let places = (0..quoted.len()).into_par_iter();
    let looked_up: Vec<LookedUp> = places
        .map(|place| lookup.look_up(&quoted[place], &ways[place]))
        .collect();
    let attributions = Attributions {
        corpus,
        paper,
        nearby: NearbyReferences::new(&paper.text, &paper.paragraphs, references, &outer),
    };
    let mut assembly = Assembly {
        attributions,
        quotations: Vec::new(),
    };
    assembly.add_quoted(&told(quoted.into_iter().zip(looked_up).collect()));
    assembly.add_unmarked(&unmarked.runs(&unquoted));
    assembly.finish()
}

/// Returns the names of agreements, folded: a name in quotation marks is no quotation.
fn titles_of(corpus: &Corpus) -> BTreeSet<String> {
    let names = corpus.agreements().iter().flat_map(names_of);
    names.map(|name| fold_name(name)).collect()
}

fn names_of(agreement: &Agreement) -> impl Iterator<Item = &String> {
    let metadata = &agreement.metadata;
    let given = [&metadata.title, &metadata.short_name]
        .into_iter()
        .flatten();
    given.chain([&agreement.name])
}

/// Quoted words, and what was found of them.
type Looked = (QuotedWords, LookedUp);

/// Returns the quotations that are told: the outer ones, but the inner ones that are found if their outer one is not.
fn told(all: Vec<Looked>) -> Vec<Looked> {
    let mut told: Vec<Looked> = Vec::new();
    for (words, found) in all {
        let is_found = !matches!(found, LookedUp::Nothing(_));
        match told.last() {
            Some((outer, of_outer)) if words.outer.start < outer.outer.end => {
                if is_found && matches!(of_outer, LookedUp::Nothing(_)) {
                    told.pop();
                    told.push((words, found));
                }
            }
            _ => told.push((words, found)),
        }
    }
    told
}

/// The result in preparation.
struct Assembly<'c> {
    attributions: Attributions<'c>,
    quotations: Vec<CheckedQuotation>,
}

impl Assembly<'_> {
    /// Adds quotations in the order of the paper.
    fn add_quoted(&mut self, quoted: &[Looked]) {
        for (place, (words, found)) in quoted.iter().enumerate() {
            let before = place
                .checked_sub(1)
                .map_or(0, |before| quoted[before].0.outer.end);
            let after = quoted
                .get(place + 1)
                .map_or(usize::MAX, |after| after.0.outer.start);
            let attribution = self
                .attributions
                .nearby
                .attribute(&words.outer, &(before..after));
            let named = self.attributions.named(&attribution);
            let mut quotation = match found {
                LookedUp::Words(found) => self.found(found, &named),
                LookedUp::Near(near) => self.altered(near, &named),
                LookedUp::Nothing(nearest) => CheckedQuotation {
                    clauses: nearest.iter().map(|of| self.source(of.clause)).collect(),
                    score: nearest.map(|of| of.score),
                    ..CheckedQuotation::of(QuotationVerdict::NotFound)
                },
            };
            let groups: Vec<Vec<ClauseId>> = match found {
                LookedUp::Words(found) => found.iter().map(|of| of.place.clauses.clone()).collect(),
                LookedUp::Near(near) => near.iter().map(|of| of.clauses.clone()).collect(),
                LookedUp::Nothing(_) => Vec::new(),
            };
            quotation.reference = self.attributions.judge(&Attributed {
                quotation: &words.outer,
                attribution,
                found: &groups,
            });
            let is_wrong = quotation
                .reference
                .as_ref()
                .is_some_and(|of| of.verdict.is_mistake());
            if is_wrong && quotation.verdict > QuotationVerdict::WrongNumber {
                quotation.verdict = QuotationVerdict::WrongNumber;
            }
            quotation.quoted_in = words.quoted_in;
            quotation.place = self.attributions.paper.place(&words.inner);
            self.quotations.push(quotation);
        }
    }

    /// Returns words that were found; those in the named clauses first, then those of one clause.
    fn found(&self, found: &[FoundWords], named: &[ClauseId]) -> CheckedQuotation {
        let rank = |of: &&FoundWords| {
            let is_named = holds_one_of(std::slice::from_ref(&of.place.clauses), named);
            (!is_named, of.place.clauses.len(), !of.has_form)
        };
        let mut ranked: Vec<&FoundWords> = found.iter().collect();
        ranked.sort_by_key(rank);
        let (first, others) = ranked
            .split_first()
            .expect("words that were found are somewhere");
        let verdict = if first.has_form {
            QuotationVerdict::Exact
        } else {
            QuotationVerdict::ExactButForm
        };
        let others = others.iter().flat_map(|of| &of.place.clauses);
        CheckedQuotation {
            clauses: first
                .place
                .clauses
                .iter()
                .map(|clause| self.source(*clause))
                .collect(),
            clause_bytes: first.place.bytes,
            also_in: self.also_in(others, &first.place.clauses),
            ..CheckedQuotation::of(verdict)
        }
    }

    fn altered(&self, near: &[NearWords], named: &[ClauseId]) -> CheckedQuotation {
        let is_named = |of: &&NearWords| holds_one_of(std::slice::from_ref(&of.clauses), named);
        let first = near
            .iter()
            .find(is_named)
            .or(near.first())
            .expect("near words are somewhere");
        CheckedQuotation {
            clauses: first
                .clauses
                .iter()
                .map(|clause| self.source(*clause))
                .collect(),
            also_in: self.also_in(near.iter().flat_map(|of| &of.clauses), &first.clauses),
            score: Some(first.beside.share),
            difference: first.beside.difference.clone(),
            ..CheckedQuotation::of(QuotationVerdict::Altered)
        }
    }

    fn add_unmarked(&mut self, runs: &[UnmarkedRun]) {
        for run in runs {
            let first = &run.clauses[..1];
            self.quotations.push(CheckedQuotation {
                place: self.attributions.paper.place(&run.range),
                clauses: first.iter().map(|clause| self.source(*clause)).collect(),
                also_in: self.also_in(run.clauses.iter(), first),
                ..CheckedQuotation::of(QuotationVerdict::Unmarked)
            });
        }
    }

    fn corpus(&self) -> &Corpus {
        self.attributions.corpus
    }

    fn source(&self, clause: ClauseId) -> SourceClause {
        let agreement = self
            .corpus()
            .agreement(self.corpus().clause(clause).agreement);
        SourceClause {
            clause: ClauseRef::of(self.corpus(), clause),
            agreement: agreement.key.clone(),
            file: agreement.file.clone(),
            text: self.corpus().text(clause).to_owned(),
        }
    }

    fn also_in<'a>(
        &self,
        others: impl Iterator<Item = &'a ClauseId>,
        first: &[ClauseId],
    ) -> Vec<ClauseRef> {
        let others: BTreeSet<ClauseId> = others
            .filter(|clause| !first.contains(clause))
            .copied()
            .collect();
        others
            .iter()
            .map(|clause| ClauseRef::of(self.corpus(), *clause))
            .collect()
    }

    fn finish(mut self) -> Quotations {
        self.quotations.sort_by_key(|of| of.place.bytes.start);
        let references = self.attributions.others();
        let mut counts = QuotationCounts::default();
        for quotation in &self.quotations {
            *counts.quotations.entry(quotation.verdict).or_default() += 1;
        }
        for reference in &references {
            *counts.references.entry(reference.verdict).or_default() += 1;
        }
        let paper = self.attributions.paper;
        Quotations {
            schema: SCHEMA.to_owned(),
            paper: paper.name().to_owned(),
            language: paper.language(),
            counts,
            quotations: self.quotations,
            references,
        }
    }
}

impl CheckedQuotation {
    /// Returns a quotation of which only the verdict is known.
    fn of(verdict: QuotationVerdict) -> Self {
        Self {
            verdict,
            quoted_in: QuotedIn::Nothing,
            place: PaperPlace::default(),
            clauses: Vec::new(),
            clause_bytes: None,
            also_in: Vec::new(),
            reference: None,
            score: None,
            difference: Vec::new(),
        }
    }
}
