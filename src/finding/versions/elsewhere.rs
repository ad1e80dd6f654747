//! Which words versions dropped, and who else has them.

use rayon::prelude::*;

use crate::corpus::{Corpus, DatedClause};
use crate::finding::versions::result::{ClauseChange, DroppedWording, Versions, WordingHolder};
use crate::reuse::{Fate, MIN_WORDS, Passage, SourceSearch, compare};
use crate::similarity::Representation;

/// The most clauses named for a dropped wording.
const MAX_NAMED: usize = 5;
/// The number of likely sources that are compared word by word.
const N_COMPARED: usize = 20;

/// Words that were dropped, and the clause they stood in.
struct Dropped<'v> {
    after: &'v str,
    change: &'v ClauseChange,
    words: String,
}

impl Versions {
    /// Searches a corpus for the words that the versions dropped: whole clauses, and deleted words of six or more.
    /// Those that nobody has are left out.
    ///
    /// The twenty likeliest sources of each ([`SourceSearch`]) are compared with it word by word.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::finding::{VersionText, compare_versions};
    /// use consonance::report::Report;
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let version = |key: &str| {
    ///     let place = corpus.agreements().iter().position(|of| of.key == key).unwrap();
    ///     VersionText::of(&corpus, consonance::id::AgreementId::new(place))
    /// };
    /// let found = compare_versions(&[version("ep2018"), version("uschina2015")]);
    /// let found = found.with_dropped_in(&corpus, &representation);
    /// assert!(found.page(50).to_markdown().contains("Dropped, and who has it"));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    #[must_use]
    pub fn with_dropped_in(self, corpus: &Corpus, representation: &Representation) -> Self {
        Self {
            dropped: dropped_wordings(&self, corpus, representation),
            ..self
        }
    }
}

fn dropped_wordings(
    versions: &Versions,
    corpus: &Corpus,
    representation: &Representation,
) -> Vec<DroppedWording> {
    let search = SourceSearch::new(corpus, representation);
    let found = dropped(versions).into_par_iter().map(|dropped| {
        let ranked = search
            .rank(&dropped.words, versions.language)
            .into_iter()
            .take(N_COMPARED);
        let holders = ranked.filter_map(|near| {
            let text = corpus.text(near.clause);
            let found = compare([&dropped.words, text], versions.language, MIN_WORDS);
            let passages = [found.runs, found.moved].concat();
            let longest = passages.iter().max_by_key(|passage| passage.n_words)?;
            (longest.n_words >= MIN_WORDS).then(|| WordingHolder {
                clause: DatedClause::of(corpus, near.clause),
                n_words: n_words(&passages),
                passage: text[longest.b.clone()].to_owned(),
            })
        });
        let mut holders: Vec<WordingHolder> = holders.collect();
        // The sort is stable: equal ones keep the order of the search.
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.n_words));
        holders.truncate(MAX_NAMED);
        DroppedWording {
            after: dropped.after.to_owned(),
            number: dropped.change.before[0].shown_number(),
            words: dropped.words,
            holders,
        }
    });
    let found: Vec<DroppedWording> = found.collect();
    found
        .into_iter()
        .filter(|of| !of.holders.is_empty())
        .collect()
}

fn n_words(passages: &[Passage]) -> usize {
    let long = passages
        .iter()
        .filter(|passage| passage.n_words >= MIN_WORDS);
    long.map(|passage| passage.n_words).sum()
}

fn dropped(versions: &Versions) -> Vec<Dropped<'_>> {
    let mut all = Vec::new();
    for step in &versions.steps {
        for change in step
            .changes
            .iter()
            .filter(|change| !change.before.is_empty())
        {
            let deleted = change
                .revisions
                .iter()
                .filter(|of| of.fate == Fate::Deleted);
            let long = deleted.filter(|of| of.words.split_whitespace().count() >= MIN_WORDS);
            all.extend(long.map(|revision| Dropped {
                after: &step.after,
                change,
                words: revision.words.trim().to_owned(),
            }));
        }
    }
    all
}
