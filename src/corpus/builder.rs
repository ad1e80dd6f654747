//! [`CorpusBuilder`]: documents in any order into one [`Corpus`] in a fixed order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::agreement::{Agreement, Metadata, fold_name, natural_order};
use crate::clause::segment;
use crate::corpus::clause::Clause;
use crate::corpus::cut::{CutParams, clauses_of, joined, split_long};
use crate::corpus::{Corpus, Process};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::id::{AgreementId, ClauseId, ProcessId};
use crate::language::Language;
use crate::provision::Label;
use crate::read::{Body, ClauseRecord, Document, Placement, Reading};

/// Collects documents in any order and makes one corpus of them, in an order of its own.
///
/// Documents of ready clauses whose names differ only in accents, case or punctuation are one
/// agreement, and so are process names one process; a diagnostic says so.
#[derive(Clone, Debug, Default)]
pub struct CorpusBuilder {
    sources: Vec<Source>,
    placements: Vec<Placement>,
    diagnostics: Vec<Diagnostic>,
    params: CutParams,
}

/// A document with the file it came from.
#[derive(Clone, Debug)]
struct Source {
    document: Document,
    file: Option<String>,
}

/// An agreement before it has an id: its text and its clauses.
#[derive(Clone, Debug)]
struct Draft {
    key: String,
    metadata: Metadata,
    file: Option<String>,
    language: Language,
    /// Whether the language was detected or only supposed; nothing if it was given.
    is_language_detected: Option<bool>,
    text: String,
    clauses: Vec<Clause>,
}

impl CorpusBuilder {
    /// Returns an empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns an empty builder that cuts texts as the parameters say.
    pub fn with_params(params: CutParams) -> Self {
        Self {
            params,
            ..Self::default()
        }
    }

    /// Adds all that one file held; `file` is its name relative to the folder that was read.
    pub fn add(&mut self, reading: Reading, file: Option<&str>) -> &mut Self {
        let file = file.map(str::to_owned);
        self.sources
            .extend(reading.documents.into_iter().map(|document| Source {
                document,
                file: file.clone(),
            }));
        self.placements.extend(reading.placements);
        self.diagnostics.extend(reading.diagnostics);
        self
    }

    /// Adds something worth telling that belongs to no document.
    pub fn diagnose(&mut self, diagnostic: Diagnostic) -> &mut Self {
        self.diagnostics.push(diagnostic);
        self
    }

    /// Returns the corpus of all that was added.
    ///
    /// Takes time linear in the text, and n log n in the number of clauses for their order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Empty`] if no document holds a clause; [`ErrorKind::Limit`] if there are more
    /// than [`CutParams::max_clauses`].
    pub fn build(self) -> Result<Corpus> {
        let mut diagnostics = self.diagnostics;
        let mut drafts = Vec::new();
        for (key, group) in group_by_key(self.sources, &mut diagnostics) {
            let draft = draft_of(key, group, &self.params, &mut diagnostics);
            if draft.clauses.is_empty() {
                let message = format!("`{}` holds no clause", draft.key);
                diagnostics.push(placed(Severity::Skipped, message, draft.file.as_deref()));
            } else {
                drafts.push(draft);
            }
        }
        tell_languages(&drafts, &mut diagnostics);
        let n_clauses: usize = drafts.iter().map(|draft| draft.clauses.len()).sum();
        if n_clauses == 0 {
            return Err(nothing_to_read(&diagnostics));
        }
        let max_clauses = self.params.max_clauses;
        if n_clauses > max_clauses {
            let message = format!(
                "{n_clauses} clauses are more than the {max_clauses} of `max_clauses`: read fewer files"
            );
            return Err(Error::new(ErrorKind::Limit, message));
        }
        Ok(assemble(drafts, self.placements, diagnostics))
    }
}

fn nothing_to_read(diagnostics: &[Diagnostic]) -> Error {
    let refused: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity >= Severity::Skipped)
        .take(5)
        .map(ToString::to_string)
        .collect();
    let reasons = if refused.is_empty() {
        String::new()
    } else {
        format!(": {}", refused.join("; "))
    };
    Error::new(
        ErrorKind::Empty,
        format!("no clause was found in the input{reasons}"),
    )
}

/// Puts the documents of one agreement together, agreements in the order of their keys.
fn group_by_key(
    mut sources: Vec<Source>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Vec<Source>)> {
    sources.sort_by(|a, b| {
        (&a.file, &a.document.key, is_whole_text(a)).cmp(&(
            &b.file,
            &b.document.key,
            is_whole_text(b),
        ))
    });
    let mut n_texts_of_stem: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter().filter(|source| is_whole_text(source)) {
        *n_texts_of_stem
            .entry(fold_name(&stem_of(source)))
            .or_default() += 1;
    }
    let mut groups: BTreeMap<String, (Vec<String>, Vec<Source>)> = BTreeMap::new();
    for source in sources {
        let stem = stem_of(&source);
        let is_ambiguous = n_texts_of_stem
            .get(&fold_name(&stem))
            .is_some_and(|&n| n > 1);
        let key = match &source.file {
            Some(file) if is_whole_text(&source) && is_ambiguous => file.clone(),
            _ => stem,
        };
        // Two files are two agreements even if their names differ in an accent only.
        let group = if is_whole_text(&source) {
            key.clone()
        } else {
            fold_name(&key)
        };
        let (keys, members) = groups.entry(group).or_default();
        keys.push(key);
        members.push(source);
    }
    let mut result: Vec<(String, Vec<Source>)> = groups
        .into_values()
        .map(|(keys, members)| (one_spelling(&keys, "agreement", diagnostics), members))
        .collect();
    result.sort_by(|a, b| natural_order(&a.0, &b.0));
    result
}

fn is_whole_text(source: &Source) -> bool {
    matches!(source.document.body, Body::Text { .. })
}

/// The key of a document: what its file calls it, else the file's own name without its endings.
fn stem_of(source: &Source) -> String {
    if let Some(key) = &source.document.key {
        return key.clone();
    }
    let file = source.file.as_deref().unwrap_or("text");
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.')
        .find(|part| !part.is_empty())
        .unwrap_or(name)
        .to_owned()
}

/// Returns the spelling most of `spellings` use (the first of them in order, if several do), and
/// tells about the others.
fn one_spelling(spellings: &[String], what: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for spelling in spellings {
        *counts.entry(spelling).or_default() += 1;
    }
    let chosen = counts
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
        .map(|(spelling, _)| (*spelling).to_owned())
        .unwrap_or_default();
    for other in counts.keys().filter(|other| **other != chosen) {
        let message = format!(
            "{what} `{other}` is taken for `{chosen}`: the names differ in accents, case or punctuation only"
        );
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
    chosen
}

fn placed(severity: Severity, message: impl Into<String>, file: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(severity, message);
    match file {
        Some(file) => diagnostic.in_file(file),
        None => diagnostic,
    }
}

fn draft_of(
    key: String,
    group: Vec<Source>,
    params: &CutParams,
    diagnostics: &mut Vec<Diagnostic>,
) -> Draft {
    let file = group[0].file.clone();
    let mut draft = Draft {
        key,
        metadata: Metadata::default(),
        file,
        language: Language::ENGLISH,
        is_language_detected: None,
        text: String::new(),
        clauses: Vec::new(),
    };
    let mut records = Vec::new();
    let mut told = Vec::new();
    for source in group {
        draft.metadata = draft.metadata.or(source.document.metadata);
        match source.document.body {
            Body::Clauses(clauses) => records.extend(clauses),
            Body::Text { text, hints } => {
                choose_language(&mut draft, &text);
                let base = draft.text.len();
                draft.text.push_str(&text);
                let cut = segment(&text, &hints);
                let language = draft.language;
                let clauses = clauses_of(&text, base, &cut, params.grain).into_iter();
                let clauses = clauses.map(|clause| Clause { language, ..clause });
                draft.clauses.extend(clauses);
                told.extend(cut.diagnostics);
            }
        }
    }
    if !records.is_empty() {
        place_records(&mut draft, records);
    }
    let (clauses, max_bytes) = (&mut draft.clauses, params.max_clause_bytes);
    told.extend(split_long(clauses, &draft.text, max_bytes));
    diagnostics.extend(told.into_iter().map(|told| match &draft.file {
        Some(file) => told.in_file(file.clone()),
        None => told,
    }));
    give_keys(&mut draft, diagnostics);
    draft
}

/// Sets the language of the draft: given, else detected, else English.
fn choose_language(draft: &mut Draft, sample: &str) {
    if let Some(language) = draft.metadata.language {
        draft.language = language;
        return;
    }
    let detected = Language::detect(sample);
    draft.language = detected.unwrap_or(Language::ENGLISH);
    draft.is_language_detected = Some(detected.is_some());
}

/// Tells which languages were not given: once a file, language and way of guessing.
fn tell_languages(drafts: &[Draft], diagnostics: &mut Vec<Diagnostic>) {
    let mut keys_of: BTreeMap<(Option<&str>, Language, bool), Vec<&str>> = BTreeMap::new();
    for draft in drafts {
        if let Some(is_detected) = draft.is_language_detected {
            let guess = (draft.file.as_deref(), draft.language, is_detected);
            keys_of.entry(guess).or_default().push(&draft.key);
        }
    }
    for ((file, language, is_detected), keys) in keys_of {
        let whose = match keys[..] {
            [key] => format!("`{key}`"),
            _ => format!("{} agreements, `{}` the first,", keys.len(), keys[0]),
        };
        let message = if is_detected {
            format!("language of {whose} taken to be `{language}` from the words")
        } else {
            format!("language of {whose} not recognized, taken to be `{language}`")
        };
        diagnostics.push(placed(Severity::Guessed, message, file));
    }
}

/// Lays ready clauses one after the other, in the order of their labels, ids and words.
fn place_records(draft: &mut Draft, records: Vec<ClauseRecord>) {
    let mut records: Vec<(Option<Label>, ClauseRecord)> = records
        .into_iter()
        .map(|record| (record.label.as_deref().map(Label::new), record))
        .collect();
    records.sort_by(order_of_records);
    let sample: String = records
        .iter()
        .take(200)
        .map(|(_, record)| record.text.as_str())
        .collect();
    let is_given = draft.metadata.language.is_some();
    if is_given || records.iter().any(|(_, record)| record.language.is_none()) {
        choose_language(draft, &sample);
    }
    for (label, record) in records {
        let start = draft.text.len();
        let lead_blanks = record.text.len() - record.text.trim_start().len();
        draft.text.push_str(&record.text);
        let end = start + record.text.trim_end().len();
        draft.text.push_str("\n\n");
        draft.clauses.push(Clause {
            agreement: AgreementId::new(0),
            key: record.id.unwrap_or_default(),
            label,
            running_number: 0,
            heading: record.heading,
            lead_in: record.lead_in,
            range: start + lead_blanks..end,
            pieces: Vec::new(),
            words: None,
            language: record.language.unwrap_or(draft.language),
        });
    }
}

fn order_of_records(
    a: &(Option<Label>, ClauseRecord),
    b: &(Option<Label>, ClauseRecord),
) -> Ordering {
    let by_label = match (&a.0, &b.0) {
        (Some(x), Some(y)) => x.cmp(y),
        (x, y) => y.is_some().cmp(&x.is_some()),
    };
    let (x, y) = (&a.1, &b.1);
    let id_of = |record: &ClauseRecord| record.id.clone().unwrap_or_default();
    by_label
        .then_with(|| natural_order(&id_of(x), &id_of(y)))
        .then_with(|| x.text.cmp(&y.text))
        .then_with(|| {
            (&x.heading, &x.lead_in, x.language).cmp(&(&y.heading, &y.lead_in, y.language))
        })
}

/// Numbers the unnumbered clauses and gives each clause without an id its key.
fn give_keys(draft: &mut Draft, diagnostics: &mut Vec<Diagnostic>) {
    let mut times_seen: HashMap<String, usize> = HashMap::new();
    let mut running_number = 0;
    for clause in &mut draft.clauses {
        if clause.label.is_none() {
            running_number += 1;
            clause.running_number = running_number;
        }
        let has_id = !clause.key.is_empty();
        let base = match &clause.label {
            _ if has_id => clause.key.clone(),
            Some(label) => format!("{}/{}", draft.key, label.slug()),
            None => draft.key.clone(),
        };
        let n = times_seen.entry(base.clone()).or_default();
        *n += 1;
        if *n > 1 && has_id {
            let message =
                format!("the id `{base}` is given {n} times: this clause is `{base}#{n}`");
            diagnostics.push(placed(Severity::Repaired, message, draft.file.as_deref()));
        }
        clause.key = if *n > 1 { format!("{base}#{n}") } else { base };
    }
}

/// Gives ids to all that was drafted and puts it together.
fn assemble(
    drafts: Vec<Draft>,
    mut placements: Vec<Placement>,
    mut diagnostics: Vec<Diagnostic>,
) -> Corpus {
    let (processes, process_of_draft) = collect_processes(&drafts, &mut diagnostics);
    let mut corpus = Corpus {
        processes,
        ..Corpus::default()
    };
    for (index, draft) in drafts.into_iter().enumerate() {
        let agreement_id = AgreementId::new(index);
        corpus
            .clauses
            .extend(draft.clauses.into_iter().map(|clause| Clause {
                agreement: agreement_id,
                words: joined(&draft.text, &clause.pieces),
                ..clause
            }));
        let metadata = draft.metadata;
        let name = metadata
            .short_name
            .as_ref()
            .or(metadata.title.as_ref())
            .unwrap_or(&draft.key)
            .clone();
        corpus.agreements.push(Agreement {
            name,
            key: draft.key,
            process: process_of_draft[index],
            language: draft.language,
            metadata,
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

/// Fills the look-up by key; an id that two agreements use is told and numbered.
fn make_keys_unique(corpus: &mut Corpus, diagnostics: &mut Vec<Diagnostic>) {
    // The number last tried for each key, so that many equal ones do not start again from 2.
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
        corpus
            .clause_of_key
            .insert(key.clone(), ClauseId::new(index));
        corpus.clauses[index].key = key;
    }
}

/// Returns the processes by name, and which one each draft belongs to.
fn collect_processes(
    drafts: &[Draft],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Process>, Vec<ProcessId>) {
    let names: Vec<String> = drafts.iter().map(process_name).collect();
    let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in &names {
        spellings
            .entry(fold_name(name))
            .or_default()
            .push(name.clone());
    }
    let mut chosen: Vec<(String, String)> = spellings
        .into_iter()
        .map(|(folded, all)| (one_spelling(&all, "process", diagnostics), folded))
        .collect();
    chosen.sort_by(|a, b| natural_order(&a.0, &b.0));
    let id_of: HashMap<&str, ProcessId> = chosen
        .iter()
        .enumerate()
        .map(|(index, (_, folded))| (folded.as_str(), ProcessId::new(index)))
        .collect();
    let process_of_draft: Vec<ProcessId> = names
        .iter()
        .map(|name| id_of[fold_name(name).as_str()])
        .collect();
    let mut processes: Vec<Process> = chosen
        .iter()
        .map(|(name, _)| Process {
            name: name.clone(),
            agreements: Vec::new(),
        })
        .collect();
    for (index, process) in process_of_draft.iter().enumerate() {
        processes[process.index()]
            .agreements
            .push(AgreementId::new(index));
    }
    (processes, process_of_draft)
}

/// The process of an agreement; without one it is a process of its own.
fn process_name(draft: &Draft) -> String {
    let metadata = &draft.metadata;
    let given = metadata
        .process
        .as_ref()
        .or(metadata.short_name.as_ref())
        .or(metadata.title.as_ref());
    given.unwrap_or(&draft.key).clone()
}
