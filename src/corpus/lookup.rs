//! [`find_clause`]: the clause that a citation names, in any style a person types.

use std::collections::BTreeSet;

use crate::agreement::Agreement;
use crate::corpus::collection::Corpus;
use crate::error::{Error, ErrorKind, Result, named};
use crate::id::ClauseId;
use crate::words::fold_name;

/// The most candidates that a message names.
const MAX_NAMED: usize = 6;

/// How well a citation fits a clause, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is the citation that the tables print.
    Printed,
    /// The agreement or process is named in full.
    FullName,
    /// Every word before the label is one of the agreement's or the process's names, or its year.
    SomeWords,
}

/// Returns the clause that `typed` names: its key (`gge2015/13(i)`), its citation as printed in
/// tables, or words of the agreement's or the process's name and then the label, as people type it
/// (`GGE 13(i)`, `Paris Call principle 1`).
///
/// The best fit wins: a full name before a part of one. Takes one pass over the clauses.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if no clause fits, or several do equally well; the message names the
/// candidates by their keys.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, find_clause};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let clause = find_clause(&corpus, "GGE 13(i)")?;
/// assert_eq!(corpus.clause(clause).key, "gge2015/13(i)");
/// assert!(find_clause(&corpus, "GGE 99").is_err());
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn find_clause(corpus: &Corpus, typed: &str) -> Result<ClauseId> {
    let typed = typed.trim();
    if let Some(clause) = corpus.find(typed) {
        return Ok(clause);
    }
    let mut fitting: Vec<(Fit, ClauseId)> = corpus
        .clause_ids()
        .filter_map(|clause| Some((fit(corpus, clause, typed)?, clause)))
        .collect();
    fitting.sort_unstable();
    let best = fitting.iter().take_while(|(fit, _)| *fit == fitting[0].0);
    let best: Vec<ClauseId> = best.map(|(_, clause)| *clause).collect();
    match best[..] {
        [only] => Ok(only),
        [] => Err(unknown(corpus, typed)),
        _ => {
            let message = format!(
                "`{typed}` names {} clauses: give one of the keys {}",
                best.len(),
                keys_in_words(corpus, &best)
            );
            Err(Error::new(ErrorKind::Parameter, message))
        }
    }
}

fn fit(corpus: &Corpus, clause: ClauseId, typed: &str) -> Option<Fit> {
    if fold_name(&corpus.citation(clause)) == fold_name(typed) {
        return Some(Fit::Printed);
    }
    let label = corpus.clause(clause).label.as_ref()?;
    let cited = splits(typed).filter(|(_, tail)| label.is_cited_by(tail));
    let fits = cited.filter_map(|(head, _)| fit_of_name(corpus, clause, head));
    fits.min()
}

/// Returns each way to split a citation into a name and a label.
fn splits(typed: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_gap = |(_, c): &(usize, char)| c.is_whitespace() || matches!(c, '¶' | '§');
    typed
        .char_indices()
        .filter(is_gap)
        .map(|(place, _)| typed.split_at(place))
}

fn fit_of_name(corpus: &Corpus, clause: ClauseId, head: &str) -> Option<Fit> {
    let agreement = corpus.agreement(corpus.clause(clause).agreement);
    let head = fold_name(head);
    if head.is_empty() {
        return None;
    }
    let names = names_of(corpus, agreement);
    if names.contains(&head) {
        return Some(Fit::FullName);
    }
    let year = agreement.metadata.year.map(|year| year.to_string());
    let words: BTreeSet<&str> = names
        .iter()
        .flat_map(|name| name.split(' '))
        .chain(year.as_deref())
        .collect();
    head.split(' ')
        .all(|word| words.contains(word))
        .then_some(Fit::SomeWords)
}

/// Returns all names of an agreement, folded.
fn names_of(corpus: &Corpus, agreement: &Agreement) -> BTreeSet<String> {
    let process = &corpus.process(agreement.process).name;
    let given = [&agreement.metadata.title, &agreement.metadata.short_name];
    [&agreement.key, &agreement.name, process]
        .into_iter()
        .chain(given.into_iter().flatten())
        .map(|name| fold_name(name))
        .collect()
}

/// Returns the error for a citation that fits nothing, with similar candidates.
fn unknown(corpus: &Corpus, typed: &str) -> Error {
    let has_label = |clause: &ClauseId| {
        let label = corpus.clause(*clause).label.as_ref();
        label.is_some_and(|label| splits(typed).any(|(_, tail)| label.is_cited_by(tail)))
    };
    let has_name = |clause: &ClauseId| {
        splits(typed).any(|(head, _)| fit_of_name(corpus, *clause, head).is_some())
    };
    let mut near: Vec<ClauseId> = corpus.clause_ids().filter(has_name).collect();
    if near.is_empty() {
        near = corpus.clause_ids().filter(has_label).collect();
    }
    let hint = if near.is_empty() {
        "give the name of the agreement and the label, or the key".to_owned()
    } else {
        format!("near it are {}", keys_in_words(corpus, &near))
    };
    let message = format!("`{typed}` names no clause: {hint}");
    Error::new(ErrorKind::Parameter, message)
}

fn keys_in_words(corpus: &Corpus, clauses: &[ClauseId]) -> String {
    let keys = clauses.iter().map(|clause| &corpus.clause(*clause).key);
    named(keys, MAX_NAMED)
}
