//! Which words versions dropped, and who else has them.

use rayon::prelude::*;

use crate::corpus::{Corpus, DatedClause};
use crate::finding::versions::result::{ClauseChange, DroppedWording, Versions, WordingHolder};
use crate::id::ClauseId;
use crate::language::Language;
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
    let search = WordingSearch {
        search: SourceSearch::new(corpus, representation),
        corpus,
        language: versions.language,
    };
    let found = dropped(versions)
        .into_par_iter()
        .map(|dropped| DroppedWording {
            holders: search.holders_of(&dropped.words),
            after: dropped.after.to_owned(),
            number: dropped.change.before[0].shown_number(),
            words: dropped.words,
        });
    let mut found: Vec<DroppedWording> = found.collect();
    found.retain(|of| !of.holders.is_empty());
    found
}

/// A corpus that is searched for words.
struct WordingSearch<'c> {
    search: SourceSearch<'c>,
    corpus: &'c Corpus,
    language: Language,
}

impl WordingSearch<'_> {
    fn holders_of(&self, words: &str) -> Vec<WordingHolder> {
        let ranked = self.search.rank(words, self.language).into_iter();
        let holders = ranked
            .take(N_COMPARED)
            .filter_map(|near| self.holder(words, near.clause));
        let mut holders: Vec<WordingHolder> = holders.collect();
        // The sort is stable: equal ones keep the order of the search.
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.n_words));
        holders.truncate(MAX_NAMED);
        holders
    }

    fn holder(&self, words: &str, clause: ClauseId) -> Option<WordingHolder> {
        let text = self.corpus.text(clause);
        let found = compare([words, text], self.language, MIN_WORDS);
        let passages = [found.runs, found.moved].concat();
        let longest = passages.iter().max_by_key(|passage| passage.n_words)?;
        (longest.n_words >= MIN_WORDS).then(|| WordingHolder {
            clause: DatedClause::of(self.corpus, clause),
            n_words: n_words(&passages),
            passage: text[longest.b.clone()].to_owned(),
        })
    }
}

fn n_words(passages: &[Passage]) -> usize {
    let long = passages
        .iter()
        .filter(|passage| passage.n_words >= MIN_WORDS);
    long.map(|passage| passage.n_words).sum()
}

fn dropped(versions: &Versions) -> Vec<Dropped<'_>> {
    let steps = versions.steps.iter();
    let changes = steps.flat_map(|step| step.changes.iter().map(|change| (&step.after, change)));
    let dropped = changes.flat_map(|(after, change)| {
        let words = deleted_words(change).into_iter();
        words.map(move |words| Dropped {
            after,
            change,
            words,
        })
    });
    dropped.collect()
}

/// Returns the words that a change deletes, six at least in one place.
fn deleted_words(change: &ClauseChange) -> Vec<String> {
    let deleted = change
        .revisions
        .iter()
        .filter(|of| of.fate == Fate::Deleted);
    let words = deleted.map(|revision| revision.words.trim());
    let long = words.filter(|words| words.split_whitespace().count() >= MIN_WORDS);
    long.map(str::to_owned).collect()
}
