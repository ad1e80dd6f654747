//! Files of clause records: one JSON object on each line, or one JSON array of such objects.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::agreement::{Field, Metadata};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::language::Language;
use crate::read::document::{Body, ClauseRecord, Document, Parsed};
use crate::read::limits::{ReadLimits, within};
use crate::read::record::{Bad, Record, RecordPlace};
use crate::read::text;

/// The number of bad lines that are listed before the rest are only counted.
const MAX_LISTED: usize = 20;

/// Reads a file of clause records: one agreement for each distinct `agreement`, else `title`.
///
/// Lines are parsed in parallel; the result is the same as in sequence. A bad line is skipped and
/// reported. Takes time linear in the bytes.
///
/// # Errors
///
/// [`ErrorKind::Format`] if there is no record in the file.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let is_utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let bytes = if is_utf16 {
        let decoded = text::decode(bytes, limits, &mut diagnostics)?;
        Cow::Owned(decoded.into_owned().into_bytes())
    } else {
        Cow::Borrowed(text::without_bom(bytes))
    };
    let parsed = if bytes.trim_ascii_start().starts_with(b"[") {
        parse_array(&bytes, limits)?
    } else {
        parse_lines(&bytes, limits)
    };
    let mut records = Vec::with_capacity(parsed.len());
    let mut bad = Vec::new();
    for outcome in parsed {
        match outcome {
            Ok(record) => records.push(record),
            Err(reason) => bad.push(reason),
        }
    }
    reading_of(records, &bad, diagnostics)
}

/// Returns the documents made of the records; lines that are not records are reported.
///
/// # Errors
///
/// [`ErrorKind::Format`], with the first bad line, if there is no record.
pub(crate) fn reading_of(
    records: Vec<Record>,
    bad: &[Bad],
    mut diagnostics: Vec<Diagnostic>,
) -> Result<Parsed> {
    if records.is_empty() {
        return Err(no_record(bad.first()));
    }
    tell_bad(bad, &mut diagnostics);
    let documents = group(records, &mut diagnostics);
    Ok(Parsed {
        documents,
        diagnostics,
        ..Parsed::default()
    })
}

fn no_record(first: Option<&Bad>) -> Error {
    let message = "no line is a record, that is a JSON object with a `text`";
    let Some(bad) = first else {
        return Error::new(ErrorKind::Format, message);
    };
    let error = Error::new(
        ErrorKind::Format,
        format!("{message}; the first: {}", bad.reason),
    );
    match bad.place {
        RecordPlace::Line(line) => error.at_line(line),
        RecordPlace::Item(_) => error,
    }
}

fn parse_lines(bytes: &[u8], limits: &ReadLimits) -> Vec<Result<Record, Bad>> {
    let lines: Vec<(usize, &[u8])> = text::lines_of(bytes)
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    lines
        .par_iter()
        .map(|&(number, line)| {
            parse_line(line, limits).map_err(|reason| Bad::in_line(number, reason))
        })
        .collect()
}

fn parse_line(line: &[u8], limits: &ReadLimits) -> Result<Record, String> {
    if line.len() > limits.max_line_bytes {
        return Err(format!("longer than {} bytes", limits.max_line_bytes));
    }
    let line = std::str::from_utf8(line).map_err(|_| "not UTF-8".to_owned())?;
    if json_depth(line) > limits.max_json_depth {
        return Err(format!("nested more than {} deep", limits.max_json_depth));
    }
    let record: Record = serde_json::from_str(line).map_err(|error| reason_of(&error))?;
    with_text(record)
}

fn parse_array(bytes: &[u8], limits: &ReadLimits) -> Result<Vec<Result<Record, Bad>>> {
    // The list of the records is itself one level.
    let depth = std::str::from_utf8(bytes).map_or(0, json_depth);
    let rule = "records nested more than {} deep";
    within(depth.saturating_sub(1), limits.max_json_depth, rule)?;
    let values: Vec<serde_json::Value> = serde_json::from_slice(bytes).map_err(|error| {
        Error::new(ErrorKind::Format, "not a JSON array of records")
            .at_line(error.line())
            .caused_by(error)
    })?;
    let parsed = values.into_par_iter().enumerate().map(|(index, value)| {
        serde_json::from_value(value)
            .map_err(|error| reason_of(&error))
            .and_then(with_text)
            .map_err(|reason| Bad {
                place: RecordPlace::Item(index + 1),
                reason,
            })
    });
    Ok(parsed.collect())
}

/// Returns the deepest nesting of objects and lists, in one pass.
fn json_depth(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut deepest) = (0, 0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => at = end_of_string(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Returns the place after the string whose words begin at `at`.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(rest) = bytes.get(at..)
        && let Some(next) = memchr::memchr2(b'"', b'\\', rest)
    {
        at += next + 1;
        if rest[next] == b'"' {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Returns why a line is not a record, with the column; the line is known.
fn reason_of(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = match message.rsplit_once(" at line ") {
        Some((what, _)) => what,
        None => message.as_str(),
    };
    match error.column() {
        0 => what.to_owned(),
        column => format!("{what} in column {column}"),
    }
}

fn with_text(record: Record) -> Result<Record, String> {
    match &record.text {
        None => Err("it has no `text`".to_owned()),
        Some(text) if text.trim().is_empty() => Err("its `text` is empty".to_owned()),
        Some(_) => Ok(record),
    }
}

fn tell_bad(bad: &[Bad], diagnostics: &mut Vec<Diagnostic>) {
    for Bad { place, reason } in bad.iter().take(MAX_LISTED) {
        diagnostics.push(match place {
            RecordPlace::Line(line) => {
                Diagnostic::new(Severity::Skipped, format!("no record: {reason}")).at_line(*line)
            }
            RecordPlace::Item(item) => Diagnostic::new(
                Severity::Skipped,
                format!("item {item} is no record: {reason}"),
            ),
        });
    }
    let (n_more, what) = (
        bad.len().saturating_sub(MAX_LISTED),
        "more lines are no records",
    );
    diagnostics.extend(Diagnostic::counted(Severity::Skipped, n_more, what));
}

/// The records of one agreement.
#[derive(Debug, Default)]
struct Group {
    key: Option<String>,
    clauses: Vec<ClauseRecord>,
    /// The number of records that give each value of the agreement's fields, by column.
    said: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

/// Values that could not be parsed, by column and value.
type Misread = BTreeMap<(&'static str, String), usize>;

fn group(records: Vec<Record>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Document> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index_of_key: HashMap<Option<String>, usize> = HashMap::new();
    for record in records {
        let key = record.name("agreement").or_else(|| record.name("title"));
        let key = key.map(str::to_owned);
        let index = *index_of_key.entry(key).or_insert_with_key(|key| {
            groups.push(Group {
                key: key.clone(),
                ..Group::default()
            });
            groups.len() - 1
        });
        groups[index].add(record);
    }
    let mut misread = Misread::new();
    let mut repaired = Vec::new();
    let documents = groups
        .into_iter()
        .map(|group| group.into_document(&mut misread, &mut repaired))
        .collect();
    for ((column, value), n) in misread {
        let message = format!("`{column}` is `{value}` in {n} records, which is not understood");
        diagnostics.push(Diagnostic::new(Severity::Note, message));
    }
    diagnostics.extend(repaired);
    documents
}

impl Group {
    fn add(&mut self, record: Record) {
        let has_words = |words: &String| !words.trim().is_empty();
        let mut clause = ClauseRecord {
            heading: record.heading.filter(has_words),
            lead_in: record.lead_in.filter(has_words),
            text: record.text.unwrap_or_default(),
            ..ClauseRecord::default()
        };
        for (key, name) in record.names {
            match key {
                // A copy beside the other ids: this one would keep the memory of the texts around it in pieces.
                "id" => clause.id = Some(name.as_str().to_owned()),
                "clause" => clause.label = Some(name),
                "kind" => clause.kind = Some(name),
                "agreement" => {}
                column => {
                    if column == "lang" {
                        clause.language = Language::from_tag(&name);
                    }
                    *self
                        .said
                        .entry(column)
                        .or_default()
                        .entry(name)
                        .or_default() += 1;
                }
            }
        }
        self.clauses.push(clause);
    }

    fn into_document(self, misread: &mut Misread, repaired: &mut Vec<Diagnostic>) -> Document {
        let whose = self.key.as_deref().unwrap_or("the file");
        let mut metadata = Metadata::default();
        for (column, said) in self.said {
            let Some(field) = Field::of_column(column) else {
                continue;
            };
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for (words, n) in said {
                field.set(&mut metadata, &words);
                match field.get(&metadata) {
                    Some(value) => *counts.entry(value).or_default() += n,
                    None => *misread.entry((column, words)).or_default() += n,
                }
            }
            let Some(chosen) = most_frequent(&counts) else {
                continue;
            };
            field.set(&mut metadata, chosen);
            // An agreement may be in several languages: each clause keeps its own.
            let others = counts
                .iter()
                .filter(|(value, _)| *value != chosen && column != "lang");
            repaired.extend(others.map(|(other, n)| {
                let message = format!(
                    "`{column}` of `{whose}` is `{other}` in {n} records, `{chosen}` is taken"
                );
                Diagnostic::new(Severity::Repaired, message)
            }));
        }
        Document {
            key: self.key,
            metadata,
            body: Body::Clauses(self.clauses),
        }
    }
}

/// Returns the value that most records give; among several, the smallest.
fn most_frequent(counts: &BTreeMap<String, usize>) -> Option<&str> {
    let most = counts
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
    Some(most.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading_of(lines: &str) -> Parsed {
        read(lines.as_bytes(), &ReadLimits::default()).unwrap()
    }

    fn clauses_of(document: &Document) -> &[ClauseRecord] {
        match &document.body {
            Body::Clauses(clauses) => clauses,
            Body::Text { .. } => panic!("a record file holds clauses"),
        }
    }

    #[test]
    fn every_field_is_kept_and_only_the_text_is_required() {
        let reading = reading_of(
            "{\"id\": 7, \"agreement\": \"code\", \"title\": \"A Code\", \"process\": \"P\", \
             \"year\": \"2015\", \"clause\": 3, \"heading\": \"H\", \"lead_in\": \"States should:\", \
             \"text\": \"talk\", \"lang\": \"en-GB\", \"other\": {\"x\": []}}\n\n\
             {\"id\": null, \"clause\": null, \"text\": \"listen\"}\r\n",
        );
        let [code, rest] = &reading.documents[..] else {
            panic!("two agreements expected")
        };
        assert_eq!(code.key.as_deref(), Some("code"));
        assert_eq!(code.metadata.title.as_deref(), Some("A Code"));
        assert_eq!(code.metadata.year, Some(2015));
        let clause = &clauses_of(code)[0];
        assert_eq!(clause.id.as_deref(), Some("7"));
        assert_eq!(clause.label.as_deref(), Some("3"));
        assert_eq!(clause.language, Language::from_tag("en"));
        assert_eq!(rest.key, None);
        assert_eq!(clauses_of(rest)[0].text, "listen");
        assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
    }

    #[test]
    fn a_bad_line_is_reported_with_its_reason_and_the_others_are_read() {
        let cases: [(&[u8], &str); 6] = [
            (b"nonsense", "expected"),
            (b"{\"id\": \"x\"}", "no `text`"),
            (b"{\"text\": 5}", "invalid type"),
            (b"{\"text\": \" \"}", "empty"),
            (b"{\"text\": \"\xFF\"}", "UTF-8"),
            (b"{\"text\": \"x\", \"id\": [1]}", "a text or a number"),
        ];
        for (line, reason) in cases {
            let file = [b"{\"text\": \"good\"}\n", line, b"\n{\"text\": \"also\"}"].concat();
            let reading = read(&file, &ReadLimits::default()).unwrap();
            assert_eq!(clauses_of(&reading.documents[0]).len(), 2);
            let [diagnostic] = &reading.diagnostics[..] else {
                panic!("one diagnostic expected: {:?}", reading.diagnostics)
            };
            assert_eq!(diagnostic.line, Some(2));
            assert!(
                diagnostic.message.contains(reason),
                "{}",
                diagnostic.message
            );
        }
    }

    #[test]
    fn many_bad_lines_are_counted_after_the_first_twenty() {
        let reading = reading_of(&format!("{{\"text\": \"good\"}}\n{}", "bad\n".repeat(50)));
        assert_eq!(reading.diagnostics.len(), 21);
        assert!(reading.diagnostics[20].message.starts_with("30 more"));
    }

    #[test]
    fn a_file_without_a_record_is_refused() {
        for lines in [
            "",
            "{}\n",
            "{\n\"text\": \"x\"\n}\n",
            "[1, 2]",
            "[{\"text\"",
        ] {
            assert!(
                read(lines.as_bytes(), &ReadLimits::default()).is_err(),
                "{lines}"
            );
        }
        let deep = format!("{{\"text\": \"x\", \"y\": {}", "[".repeat(100_000));
        assert!(read(deep.as_bytes(), &ReadLimits::default()).is_err());
    }

    #[test]
    fn the_most_frequent_of_conflicting_values_is_used() {
        let reading = reading_of(
            "{\"agreement\": \"a\", \"year\": 2015, \"text\": \"x\"}\n\
             {\"agreement\": \"a\", \"year\": 2014, \"text\": \"y\"}\n\
             {\"agreement\": \"a\", \"year\": 2015, \"text\": \"z\"}\n\
             {\"agreement\": \"b\", \"year\": 2019, \"text\": \"x\", \"lang\": \"english\"}\n\
             {\"agreement\": \"b\", \"year\": 2018, \"text\": \"y\"}\n",
        );
        let years: Vec<_> = reading.documents.iter().map(|d| d.metadata.year).collect();
        assert_eq!(years, [Some(2015), Some(2018)]);
        let severities: Vec<_> = reading.diagnostics.iter().map(|d| d.severity).collect();
        assert_eq!(
            severities,
            [Severity::Note, Severity::Repaired, Severity::Repaired]
        );
    }

    #[test]
    fn an_array_of_records_is_read_like_lines() {
        let reading = reading_of("[{\"text\": \"x\"},\n 5, {\"text\": \"y\"}]");
        assert_eq!(clauses_of(&reading.documents[0]).len(), 2);
        assert!(reading.diagnostics[0].message.starts_with("item 2"));
    }

    /// The same, byte by byte.
    fn depth_byte_by_byte(text: &str) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        let (mut is_text, mut is_escaped) = (false, false);
        for byte in text.bytes() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_text => is_escaped = true,
                b'"' => is_text = !is_text,
                b'{' | b'[' if !is_text => depth += 1,
                b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    proptest::proptest! {
        #[test]
        fn nesting_is_counted_as_byte_by_byte(text in "[a{}\\[\\]\"\\\\]{0,30}") {
            proptest::prop_assert_eq!(json_depth(&text), depth_byte_by_byte(&text));
        }

        #[test]
        fn lines_are_those_of_a_plain_split(bytes in proptest::collection::vec(9_u8..12, 0..20)) {
            let plain = bytes.split(|&b| b == b'\n');
            proptest::prop_assert!(text::lines_of(&bytes).eq(plain));
        }
    }
}
