//! [`assemble`]: drafts to a [`Corpus`]: ids, processes, and keys that are unique to each clause.

use std::collections::{BTreeMap, HashMap};

use crate::agreement::{Agreement, natural_order};
use crate::corpus::clause::Clause;
use crate::corpus::collection::{Corpus, Process};
use crate::corpus::draft::Draft;
use crate::corpus::segmentation::joined;
use crate::error::{Diagnostic, Severity};
use crate::id::{AgreementId, ClauseId, ProcessId};
use crate::read::Placement;
use crate::words::fold_name;

/// Gives ids to all drafts and combines them.
pub(super) fn assemble(
    drafts: Vec<Draft>,
    mut placements: Vec<Placement>,
    mut diagnostics: Vec<Diagnostic>,
) -> Corpus {
    let (processes, process_of_draft) = collect_processes(&drafts, &mut diagnostics);
    let mut corpus = Corpus {
        processes,
        ..Corpus::default()
    };
    let n_clauses = drafts.iter().map(|draft| draft.clauses.len()).sum();
    corpus.clauses.reserve_exact(n_clauses);
    for (index, draft) in drafts.into_iter().enumerate() {
        let agreement = AgreementId::new(index);
        let name = name_of(&draft).clone();
        let clauses = draft.clauses.into_iter().map(|clause| Clause {
            agreement,
            words: joined(&draft.text, &clause.pieces),
            ..clause
        });
        corpus.clauses.extend(clauses);
        corpus.parts.push(draft.parts);
        corpus.agreements.push(Agreement {
            name,
            key: draft.key,
            process: process_of_draft[index],
            language: draft.language,
            metadata: draft.metadata,
            file: draft.file,
            text: draft.text,
        });
    }
    make_keys_unique(&mut corpus, &mut diagnostics);
    placements.sort();
    diagnostics.sort();
    corpus.placements = placements;
    corpus.diagnostics = diagnostics;
    corpus
}

/// Fills the look-up by key; an id that two agreements use is reported and numbered.
fn make_keys_unique(corpus: &mut Corpus, diagnostics: &mut Vec<Diagnostic>) {
    // The number last tried for each key, so that many equal keys do not start again from 2.
    let mut last_tried: HashMap<String, usize> = HashMap::new();
    for index in 0..corpus.clauses.len() {
        let wanted = corpus.clauses[index].key.clone();
        let mut key = wanted.clone();
        if corpus.clause_of_key.contains_key(&key) {
            let n = last_tried.entry(wanted.clone()).or_insert(1);
            while corpus.clause_of_key.contains_key(&key) {
                *n += 1;
                key = format!("{wanted}#{n}");
            }
            let message = format!("the id `{wanted}` stands in several agreements: one is `{key}`");
            diagnostics.push(Diagnostic::new(Severity::Repaired, message));
        }
        let id = ClauseId::new(index);
        corpus.clause_of_key.insert(key.clone(), id);
        corpus.clauses[index].key = key;
    }
}

/// Returns the processes by name, and the process of each draft.
fn collect_processes(
    drafts: &[Draft],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Process>, Vec<ProcessId>) {
    let names: Vec<&String> = drafts.iter().map(process_name).collect();
    let mut drafts_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        drafts_of.entry(fold_name(name)).or_default().push(index);
    }
    let mut process_of = |drafts: Vec<usize>| {
        let spellings: Vec<String> = drafts.iter().map(|index| names[*index].clone()).collect();
        Process {
            name: one_spelling(&spellings, "process", diagnostics),
            agreements: drafts.into_iter().map(AgreementId::new).collect(),
        }
    };
    let mut processes: Vec<Process> = drafts_of.into_values().map(&mut process_of).collect();
    processes.sort_by(|a, b| natural_order(&a.name, &b.name));
    let mut process_of_draft = vec![ProcessId::new(0); drafts.len()];
    for (index, process) in processes.iter().enumerate() {
        for agreement in &process.agreements {
            process_of_draft[agreement.index()] = ProcessId::new(index);
        }
    }
    (processes, process_of_draft)
}

/// The name of an agreement's process; an agreement without one is a process of its own.
pub(super) fn process_name(draft: &Draft) -> &String {
    let given = draft.metadata.process.as_ref();
    given.unwrap_or_else(|| name_of(draft))
}

/// The name to cite an agreement by: the short name, else the title, else the key.
fn name_of(draft: &Draft) -> &String {
    let metadata = &draft.metadata;
    let given = metadata.short_name.as_ref().or(metadata.title.as_ref());
    given.unwrap_or(&draft.key)
}

/// Returns the most frequent of `spellings` (among several, the first of them in order), and
/// reports the others.
pub(super) fn one_spelling(
    spellings: &[String],
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for spelling in spellings {
        *counts.entry(spelling).or_default() += 1;
    }
    // Ties: the first in order.
    let most = counts.iter().rev().max_by_key(|(_, n)| **n);
    let chosen = most.map_or_else(String::new, |(spelling, _)| (*spelling).to_owned());
    for other in counts.keys().filter(|other| **other != chosen) {
        let message = format!(
            "{what} `{other}` is taken for `{chosen}`: the names differ in accents, case or punctuation only"
        );
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
    chosen
}
