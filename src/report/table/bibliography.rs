//! [`to_bibtex`] and [`to_csl`]: the sources of a table for reference managers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::deontic::LegalStatus;
use crate::report::form::json::to_json;
use crate::report::form::visible::one_line;
use crate::report::form::words::{DistinctNames, joined};
use crate::table::{ConvergenceTable, SourceAgreement};
use crate::words::fold_name;

/// Returns the kind of source of an agreement in CSL, by its status.
fn kind_of(source: &SourceAgreement) -> &'static str {
    let status = source.metadata.status.as_deref().unwrap_or_default();
    match LegalStatus::of(status) {
        LegalStatus::Binding => "treaty",
        _ if status.to_lowercase().contains("report") => "report",
        _ => "document",
    }
}

/// Returns the agreements of a table as BibTeX (Patashnik, 1988), one entry for each, in order.
///
/// A report is a `@techreport`, all else `@misc`. The fields are `title` (otherwise the name),
/// `author` and `institution` (the body that adopted it), `year`, `url`, `shorttitle` (the name in
/// citations), `language`, `keywords` (the process) and `note` (the status); unknown fields are
/// omitted. Entry keys are those of the agreements, with which the ids of clauses begin. If BibTeX
/// does not accept a key, its letters and digits in lower case are used, numbered if two would be
/// equal. Characters that are TeX syntax are escaped, all others are UTF-8.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_bibtex;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// assert!(to_bibtex(&table).starts_with("@misc{arab2010,\n  title = {{Arab Convention"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_bibtex(table: &ConvergenceTable) -> String {
    let mut names = DistinctNames::default();
    let sources = table.agreements.iter();
    let entries = sources.map(|source| bibtex_entry(source, &entry_key(&source.key, &mut names)));
    joined(entries, "\n")
}

fn bibtex_entry(source: &SourceAgreement, key: &str) -> String {
    let known = &source.metadata;
    let (kind, body_field) = match kind_of(source) {
        "report" => ("techreport", "institution"),
        _ => ("misc", "author"),
    };
    let title = known.title.as_ref().unwrap_or(&source.name);
    let body = known.body.as_deref().map(in_tex);
    let fields = [
        // A second pair of braces keeps capitals, and prevents a body from being read as a person.
        ("title", Some(format!("{{{}}}", in_tex(title)))),
        (body_field, body.map(|body| format!("{{{body}}}"))),
        ("year", year_of(source).map(|year| year.to_string())),
        ("url", known.address.as_deref().map(address_in_tex)),
        ("shorttitle", Some(in_tex(&source.name))),
        ("language", Some(source.language.to_string())),
        ("keywords", Some(in_tex(&source.process))),
        ("note", known.status.as_deref().map(in_tex)),
    ];
    let mut entry = format!("@{kind}{{{key},\n");
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            entry.extend([format!("  {name} = {{{value}}},\n")]);
        }
    }
    entry.push_str("}\n");
    entry
}

/// Returns a key that BibTeX accepts and no preceding entry has.
fn entry_key(key: &str, names: &mut DistinctNames) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let base = if !key.is_empty() && key.chars().all(is_plain) {
        key.to_owned()
    } else {
        let folded = fold_name(key);
        let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
        match joined(words.filter(|word| !word.is_empty()), "-") {
            nothing if nothing.is_empty() => "source".to_owned(),
            words => words,
        }
    };
    names.take(base)
}

/// Returns text on one line with TeX syntax escaped. Braces become commands, because BibTeX counts
/// even those after a backslash.
fn in_tex(words: &str) -> String {
    let mut result = String::with_capacity(words.len());
    for c in one_line(words).chars() {
        match c {
            '\\' => result.push_str("\\textbackslash{}"),
            '{' => result.push_str("\\textbraceleft{}"),
            '}' => result.push_str("\\textbraceright{}"),
            '~' => result.push_str("\\textasciitilde{}"),
            '^' => result.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => result.extend(['\\', c]),
            _ => result.push(c),
        }
    }
    result
}

/// Returns an address, which TeX prints literally, without characters that would end its field.
fn address_in_tex(address: &str) -> String {
    let mut result = String::new();
    for c in one_line(address).chars() {
        match c {
            '{' => result.push_str("%7B"),
            '}' => result.push_str("%7D"),
            '\\' => result.push_str("%5C"),
            ' ' => result.push_str("%20"),
            _ => result.push(c),
        }
    }
    result
}

/// Returns the year of the document, otherwise that of its first publication.
fn year_of(source: &SourceAgreement) -> Option<i32> {
    let known = &source.metadata;
    let published = || known.first_published.as_deref()?.get(..4)?.parse().ok();
    known.year.or_else(published)
}

#[derive(Serialize)]
struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(rename = "title-short")]
    short_title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[BTreeMap<&'static str, &'a str>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<BTreeMap<&'static str, [Vec<i32>; 1]>>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'a str>,
    language: String,
    keyword: &'a str,
}

/// Returns the agreements of a table as CSL-JSON, the data format of the Citation Style Language
/// (version 1.0.2), which reference managers read.
///
/// An agreement is a `treaty`, a `report` or a `document`, by its status. `id` is its key, `author` the body
/// that adopted it. `issued` is the day it was first published if that is in the year of the document,
/// otherwise the year. `genre` is the status, `keyword` the process. Unknown fields are omitted.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_csl;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// assert!(to_csl(&table).contains("\"title-short\": \"Arab Conv. 2010\""));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_csl(table: &ConvergenceTable) -> String {
    let items: Vec<CslItem> = table.agreements.iter().map(csl_item).collect();
    to_json(&items)
}

fn csl_item(source: &SourceAgreement) -> CslItem<'_> {
    let known = &source.metadata;
    CslItem {
        id: &source.key,
        kind: kind_of(source),
        title: known.title.as_ref().unwrap_or(&source.name),
        short_title: &source.name,
        author: known
            .body
            .as_deref()
            .map(|body| [[("literal", body)].into()]),
        issued: date_of(source).map(|parts| [("date-parts", [parts])].into()),
        address: known.address.as_deref(),
        genre: known.status.as_deref(),
        language: source.language.to_string(),
        keyword: &source.process,
    }
}

/// Returns year, month and day as far as they are known.
fn date_of(source: &SourceAgreement) -> Option<Vec<i32>> {
    let year = year_of(source)?;
    let published = source.metadata.first_published.as_deref();
    let numbers = |date: &str| date.split('-').map(|part| part.parse().ok()).collect();
    let parts: Option<Vec<i32>> = published.and_then(numbers);
    let is_of_year = |parts: &Vec<i32>| parts.first() == Some(&year);
    Some(parts.filter(is_of_year).unwrap_or_else(|| vec![year]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_syntax_is_escaped() {
        let cases = [
            ("R&D 5% #1_a $x", "R\\&D 5\\% \\#1\\_a \\$x"),
            (
                "{x} \\y ~^",
                "\\textbraceleft{}x\\textbraceright{} \\textbackslash{}y \\textasciitilde{}\\textasciicircum{}",
            ),
            ("Übereinkunft 條約\n2", "Übereinkunft 條約 2"),
        ];
        for (words, expected) in cases {
            assert_eq!(in_tex(words), expected);
        }
    }

    #[test]
    fn keys_are_plain_and_distinct() {
        let mut names = DistinctNames::default();
        let cases = [
            ("gge2015", "gge2015"),
            ("US–China 2015", "us-china-2015"),
            ("us-china-2015", "us-china-2015-2"),
            ("條約", "source"),
            ("", "source-2"),
        ];
        for (key, expected) in cases {
            assert_eq!(entry_key(key, &mut names), expected, "{key}");
        }
    }
}
