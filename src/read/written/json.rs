//! Reads the clauses, agreements and issues of a table as JSON data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::agreement::{FIELDS, Metadata};
use crate::error::{Error, ErrorKind, Result};
use crate::language::Language;
use crate::read::document::Parsed;
use crate::read::limits::ReadLimits;
use crate::read::record::Record;
use crate::read::text;
use crate::read::written::gather::{WrittenEntry, reading_of};
use crate::read::written::name::{record_of, taken_apart};

/// The start of the schema of a table, in quotation marks.
const SCHEMA: &[u8] = b"\"consonance.table/";
/// The number of bytes at either end of a file in which the schema is searched for: it is the first
/// field, or one of the last if a program has sorted the fields.
const SEARCHED: usize = 4 << 10;

#[derive(Deserialize)]
struct Table {
    columns: Vec<Column>,
    #[serde(default)]
    agreements: Vec<Source>,
    rows: Vec<Row>,
    #[serde(default)]
    alone: Vec<Quote>,
}

#[derive(Deserialize)]
struct Column {
    id: String,
    title: String,
}

#[derive(Deserialize)]
struct Source {
    key: String,
    process: String,
    language: Option<Language>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Row {
    issue: String,
    #[serde(default)]
    cells: BTreeMap<String, Vec<Quote>>,
}

#[derive(Deserialize)]
struct Quote {
    id: String,
    citation: String,
    agreement: Option<String>,
    label: Option<String>,
    kind: Option<String>,
    /// Only for a clause standing alone.
    #[serde(default)]
    column: String,
    lead_in: Option<String>,
    text: String,
}

/// Returns whether bytes are a table as data, not records.
pub(crate) fn is_table(bytes: &[u8]) -> bool {
    let start = text::without_bom(bytes).trim_ascii_start();
    let has_schema = |part: &[u8]| part.windows(SCHEMA.len()).any(|part| part == SCHEMA);
    let (head, tail) = (
        SEARCHED.min(start.len()),
        start.len().saturating_sub(SEARCHED),
    );
    start.starts_with(b"{") && (has_schema(&start[..head]) || has_schema(&start[tail..]))
}

/// Reads a table as data. Computed values, such as scores, are ignored.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is not JSON or a part is missing.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let table: Table = serde_json::from_str(&decoded).map_err(|error| {
        let message = "the text is not a convergence table in JSON";
        Error::new(ErrorKind::Format, message)
            .at_line(error.line())
            .caused_by(error)
    })?;
    let sources: BTreeMap<&str, &Source> = table
        .agreements
        .iter()
        .map(|source| (source.key.as_str(), source))
        .collect();
    let titles: BTreeMap<&str, &str> = table
        .columns
        .iter()
        .map(|column| (column.id.as_str(), column.title.as_str()))
        .collect();
    let entry = |quote: &Quote, column: &str, issue: Option<&str>| {
        let process = titles.get(column).copied().unwrap_or(column);
        WrittenEntry {
            record: quote.record(&sources, process),
            issue: issue.map(str::to_owned),
        }
    };
    let mut entries = Vec::new();
    for row in &table.rows {
        let issue = Some(row.issue.as_str());
        for (column, quotes) in &row.cells {
            entries.extend(quotes.iter().map(|quote| entry(quote, column, issue)));
        }
        if row.cells.values().all(Vec::is_empty) {
            entries.push(WrittenEntry {
                record: Record::default(),
                issue: issue.map(str::to_owned),
            });
        }
    }
    let alone = table.alone.iter();
    entries.extend(alone.map(|quote| entry(quote, &quote.column, None)));
    reading_of(entries, &[], diagnostics)
}

impl Quote {
    fn record(&self, sources: &BTreeMap<&str, &Source>, process: &str) -> Record {
        let key = self.agreement.as_deref().unwrap_or_default();
        let mut record = match sources.get(key) {
            Some(source) => source.record(),
            None => record_of(taken_apart(&self.citation), process),
        };
        record.set("id", &self.id);
        record.set("clause", self.label.as_deref().unwrap_or_default());
        record.set("kind", self.kind.as_deref().unwrap_or_default());
        record.lead_in.clone_from(&self.lead_in);
        record.set("text", &self.text);
        record
    }
}

impl Source {
    /// Returns a record without a clause.
    fn record(&self) -> Record {
        let mut record = Record::default();
        for field in &FIELDS {
            if let (Some(column), Some(value)) = (field.column, field.get(&self.metadata)) {
                record.set(column, &value);
            }
        }
        record.set("agreement", &self.key);
        record.set("process", &self.process);
        if let Some(language) = self.language {
            record.set("lang", language.code());
        }
        record
    }
}
