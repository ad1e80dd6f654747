//! [`Draft`]: an agreement before it has an id: its text, its language and its clauses with their keys.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::agreement::{FIELDS, MAX_NAME, Metadata, natural_order};
use crate::clause::{Classified, ClauseKind, Kinds, RecordKind, segment};
use crate::corpus::clause::Clause;
use crate::corpus::original::FileParts;
use crate::corpus::params::LoadParams;
use crate::corpus::segmentation::{SegmentedText, clauses_of, split_long};
use crate::error::{Diagnostic, Severity};
use crate::id::AgreementId;
use crate::language::Language;
use crate::provision::Label;
use crate::read::{Body, ClauseRecord, Document, Hint, HintKind, start_after};
use crate::words::StableHash;

/// A document with the file it came from.
#[derive(Clone, Debug)]
pub(super) struct DraftSource {
    pub(super) document: Document,
    pub(super) file: Option<String>,
    /// Where it begins in the text of its file.
    pub(super) start: usize,
}

/// An agreement before it has an id.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) key: String,
    pub(super) metadata: Metadata,
    pub(super) file: Option<String>,
    pub(super) language: Language,
    /// Whether the language was detected, or only assumed; `None` if it was given.
    is_language_detected: Option<bool>,
    /// Whether some of its clauses are records.
    pub(super) has_records: bool,
    pub(super) text: String,
    /// Where the text is in its files.
    pub(super) parts: FileParts,
    pub(super) clauses: Vec<Clause>,
}

impl Draft {
    /// Returns the language, unless it is only assumed.
    fn known_language(&self) -> Option<Language> {
        (self.is_language_detected != Some(false)).then_some(self.language)
    }
}

impl DraftSource {
    /// Returns whether it is a text still to be segmented.
    pub(super) fn is_whole_text(&self) -> bool {
        matches!(self.document.body, Body::Text { .. })
    }

    /// Returns the key of the document: the key in its file, else the file's name without its endings. One that is
    /// longer than a name is cut, and ends with a hash of the whole.
    pub(super) fn stem(&self) -> String {
        if let Some(key) = &self.document.key {
            return if key.len() <= MAX_NAME {
                key.clone()
            } else {
                let kept = &key[..key.floor_char_boundary(MAX_NAME)];
                format!("{kept}~{}", StableHash::of(key.bytes()).digits())
            };
        }
        let file = self.file.as_deref().unwrap_or("text");
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.split('.').find(|part| !part.is_empty());
        stem.unwrap_or(name).to_owned()
    }
}

/// Returns the draft of an agreement from its documents.
pub(super) fn draft_of(
    key: String,
    group: Vec<DraftSource>,
    params: &LoadParams,
    diagnostics: &mut Vec<Diagnostic>,
) -> Draft {
    let file = group[0].file.clone();
    let mut draft = Draft {
        key,
        metadata: Metadata::default(),
        file,
        language: Language::ENGLISH,
        is_language_detected: None,
        has_records: false,
        text: String::new(),
        parts: FileParts::default(),
        clauses: Vec::new(),
    };
    let mut records = Vec::new();
    let mut told = Vec::new();
    for source in group {
        draft.metadata = draft.metadata.or(source.document.metadata);
        let file: Option<Arc<str>> = source.file.as_deref().map(Arc::from);
        match source.document.body {
            Body::Clauses(clauses) => {
                let mut start = source.start;
                for record in clauses {
                    let next = start_after(start + record.text.len());
                    records.push(Labeled::of(record, file.clone(), start));
                    start = next;
                }
            }
            Body::Text { text, hints } => {
                choose_language(&mut draft, &text);
                let cut = segment(&text, &hints);
                let segmented = SegmentedText {
                    text: &text,
                    base: draft.text.len(),
                    language: draft.language,
                    kinds: Kinds::of(&text, &cut, draft.known_language()),
                    cut,
                    in_languages: hints.into_iter().filter_map(in_language).collect(),
                };
                draft.clauses.extend(clauses_of(&segmented, params.grain));
                told.extend(segmented.cut.diagnostics);
                let place = draft.text.len()..draft.text.len() + text.len();
                draft.text.push_str(&text);
                if let Some(file) = &file {
                    draft.parts.add(file, place, source.start);
                }
            }
        }
    }
    told.extend(shorten_names(&mut draft.metadata));
    draft.has_records = !records.is_empty();
    if draft.has_records {
        told.extend(place_records(&mut draft, records));
    }
    let (clauses, max_bytes) = (&mut draft.clauses, params.max_clause_bytes);
    told.extend(split_long(clauses, &draft.text, max_bytes));
    let file = draft.file.as_deref();
    diagnostics.extend(told.into_iter().map(|told| in_some_file(told, file)));
    give_keys(&mut draft, diagnostics);
    draft
}

/// Cuts names that are too long; returns what is told of them.
fn shorten_names(metadata: &mut Metadata) -> Vec<Diagnostic> {
    // A note has no column: it is said once.
    let repeated = FIELDS.iter().filter(|field| field.column.is_some());
    let cut = repeated.filter_map(|field| {
        let n_bytes = field.shorten(metadata)?;
        let key = field.key;
        let message = format!("`{key}` has {n_bytes} bytes: its first {MAX_NAME} are kept");
        Some(Diagnostic::new(Severity::Repaired, message))
    });
    cut.collect()
}

/// Returns the part of a text that its format tells to be in a language.
fn in_language(hint: Hint) -> Option<(Range<usize>, Language)> {
    match hint.kind {
        HintKind::Language(language) => Some((hint.range, language)),
        _ => None,
    }
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

/// Reports languages that were not given: once for each file, language and way of inferring it.
pub(super) fn tell_languages(drafts: &[Draft], diagnostics: &mut Vec<Diagnostic>) {
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

/// Concatenates clause records, in the order of their labels, ids and words; returns what is told of them.
fn place_records(draft: &mut Draft, mut records: Vec<Labeled>) -> Vec<Diagnostic> {
    let mut unknown_kinds: BTreeMap<String, usize> = BTreeMap::new();
    records.sort_by(Labeled::order);
    let is_given = draft.metadata.language.is_some();
    let needs_language = |labeled: &Labeled| labeled.record.language.is_none();
    if is_given || records.iter().any(needs_language) {
        choose_language(draft, &sample_of(&records));
    }
    let n_bytes: usize = records.iter().map(|of| of.record.text.len() + 2).sum();
    draft.text.reserve_exact(n_bytes);
    draft.clauses.reserve_exact(records.len());
    // All are classified before any text is freed, so that the memory of the texts is freed in one piece and
    // the next agreement can have it.
    let language_of = |record: &ClauseRecord| record.language.unwrap_or(draft.language);
    let kinds = records
        .iter()
        .map(|Labeled { record, .. }| record.classify_and_keep(language_of(record)));
    let kinds: Vec<RecordKind> = kinds.collect();
    for (labeled, kind) in records.into_iter().zip(kinds) {
        let Labeled {
            label,
            record,
            file,
            start_in_file,
        } = labeled;
        let start = draft.text.len();
        let lead_blanks = record.text.len() - record.text.trim_start().len();
        draft.text.push_str(&record.text);
        if let Some(file) = &file {
            draft
                .parts
                .add(file, start..draft.text.len(), start_in_file);
        }
        let end = start + record.text.trim_end().len();
        draft.text.push_str("\n\n");
        let stated = record.kind.as_deref();
        if let Some(written) = stated.filter(|name| ClauseKind::from_name(name).is_none()) {
            *unknown_kinds.entry(written.to_owned()).or_default() += 1;
        }
        let RecordKind { classified, force } = kind;
        let Classified { kind, reason } = classified;
        let language = record.language.unwrap_or(draft.language);
        draft.clauses.push(Clause {
            agreement: AgreementId::new(0),
            key: record.id.unwrap_or_default(),
            label,
            running_number: 0,
            heading: record.heading.map(Arc::from),
            lead_in: record.lead_in.map(Arc::from),
            range: start + lead_blanks..end,
            pieces: Vec::new(),
            words: None,
            is_ready: true,
            language,
            kind,
            kind_reason: reason,
            gist: force,
        });
    }
    let told = unknown_kinds.into_iter().map(|(written, n)| {
        let message = format!(
            "`kind` is `{written}` in {n} clauses, which is no kind of clause: their words decide"
        );
        Diagnostic::new(Severity::Note, message)
    });
    told.collect()
}

/// Returns the beginning of the texts of records, enough to tell their language.
fn sample_of(records: &[Labeled]) -> String {
    let mut sample = String::new();
    for labeled in records.iter().take(200) {
        sample.push_str(&labeled.record.text);
        // A character has at most four bytes.
        if sample.len() > 4 * Language::N_EXAMINED {
            break;
        }
    }
    sample
}

/// A clause record with its label, and where it is in its file.
struct Labeled {
    label: Option<Label>,
    record: ClauseRecord,
    file: Option<Arc<str>>,
    /// Where its text begins in the text of the file.
    start_in_file: usize,
}

impl Labeled {
    fn of(record: ClauseRecord, file: Option<Arc<str>>, start_in_file: usize) -> Self {
        Self {
            label: record.label.as_deref().map(Label::new),
            record,
            file,
            start_in_file,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        let by_label = match (&self.label, &other.label) {
            (Some(x), Some(y)) => x.cmp(y),
            (x, y) => y.is_some().cmp(&x.is_some()),
        };
        let (x, y) = (&self.record, &other.record);
        let id_of = |record: &ClauseRecord| record.id.clone().unwrap_or_default();
        by_label
            .then_with(|| natural_order(&id_of(x), &id_of(y)))
            .then_with(|| x.text.cmp(&y.text))
            .then_with(|| {
                (&x.heading, &x.lead_in, x.language).cmp(&(&y.heading, &y.lead_in, y.language))
            })
    }
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
        clause.key = match (*n, &clause.label) {
            (1, _) => base,
            (n, None) if !has_id => format!("{base}/#{n}"),
            (n, _) => format!("{base}#{n}"),
        };
    }
}

/// Returns a diagnostic about a file, if there is one.
pub(super) fn placed(
    severity: Severity,
    message: impl Into<String>,
    file: Option<&str>,
) -> Diagnostic {
    in_some_file(Diagnostic::new(severity, message), file)
}

fn in_some_file(diagnostic: Diagnostic, file: Option<&str>) -> Diagnostic {
    match file {
        Some(file) => diagnostic.in_file(file),
        None => diagnostic,
    }
}
