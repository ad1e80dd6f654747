//! [`TableKeyness`] as a page and records: the keyness of processes.

use crate::finding::{Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm, TableKeyness};
use crate::report::finding::report::Report;
use crate::report::form::page::{Inline, Page, plain, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::around;
use crate::report::form::words::joined;

/// The characters shown on either side of a term.
const BESIDE: usize = 50;

/// A page has at most `limit` processes overall, and `limit` issues. A record is a term of a column, overall
/// (`Issue` is empty) or within an issue; a column with too few terms has one record without a term.
impl Report for TableKeyness {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Keyness");
        page.text(
            "Words that a process uses more or less than the others, with how often each side \
             uses them (its own : the others) and the difference in standard deviations (z). Below 1.96 \
             a difference is no more than a hint and marked with a question mark.",
        );
        page.heading("Over all texts");
        columns(&mut page, self, &self.overall, limit);
        let telling = self.issues.iter();
        let telling: Vec<&IssueKeyness> = telling
            .filter(|issue| issue.columns.iter().any(has_terms))
            .collect();
        for issue in telling.iter().take(limit) {
            page.heading(issue.issue.clone());
            columns(&mut page, self, &issue.columns, limit);
        }
        if telling.len() > limit {
            page.heading(format!("{} more issues", telling.len() - limit));
        }
        let silent = self.issues.len() - telling.len();
        if silent > 0 {
            page.text(format!(
                "In {silent} issues nobody stands out, or there is too little text."
            ));
        }
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "Issue, Column, Terms, Terms of others, Term, Count, Count of others, \
             Log odds, z, Clarity, Example, Text",
        )
        .with_numbers(&["Terms", "Count", "Count of others", "Log odds", "z"]);
        for column in &self.overall {
            add_column(&mut records, self, "", column);
        }
        for issue in &self.issues {
            for column in &issue.columns {
                add_column(&mut records, self, &issue.issue, column);
            }
        }
        records
    }
}

fn has_terms(column: &ColumnKeyness) -> bool {
    !column.over.is_empty() || !column.under.is_empty()
}

fn columns(page: &mut Page, emphasis: &TableKeyness, columns: &[ColumnKeyness], limit: usize) {
    let telling: Vec<&ColumnKeyness> = columns.iter().filter(|column| has_terms(column)).collect();
    for column in telling.iter().take(limit) {
        let mut words = vec![strong(column.title.clone())];
        words.extend(terms_in_words("more:", &column.over));
        words.extend(terms_in_words("less:", &column.under));
        page.item(0, words);
        for term in column.over.iter().take(2) {
            example(page, emphasis, term);
        }
    }
    page.more(telling.len(), limit);
    let too_little = columns.iter().filter(|column| column.is_too_little);
    let too_little = joined(too_little.map(|column| &column.title), ", ");
    if !too_little.is_empty() {
        page.text(format!("Too little text to say: {too_little}."));
    }
}

fn terms_in_words(lead: &str, terms: &[KeyTerm]) -> Vec<Inline> {
    let mut words = Vec::new();
    if !terms.is_empty() {
        words.push(plain(lead));
    }
    for (place, term) in terms.iter().enumerate() {
        let doubt = match term.clarity {
            Clarity::Hint => "?",
            Clarity::Clear => "",
        };
        let [own, others] = term.counts;
        let end = if place + 1 < terms.len() { "," } else { "" };
        let numbers = format!("({own}:{others}, z {:.2}{doubt}){end}", term.z.abs());
        words.extend([strong(term.word.clone()), plain(numbers)]);
    }
    words
}

fn shown(emphasis: &TableKeyness, example: &Example) -> Option<String> {
    let text = emphasis.texts.get(&example.clause.id)?;
    Some(around(text, &example.range, BESIDE))
}

fn example(page: &mut Page, emphasis: &TableKeyness, term: &KeyTerm) {
    if let Some(example) = term.examples.first()
        && let Some(shown) = shown(emphasis, example)
    {
        page.quotation(&example.clause.citation, shown);
    }
}

fn add_column(records: &mut Records, emphasis: &TableKeyness, issue: &str, column: &ColumnKeyness) {
    let [own, others] = column.n_terms.map(|n| n.to_string());
    let head = vec![issue.to_owned(), column.title.clone(), own, others];
    if column.is_too_little {
        let mut record = head.clone();
        record.resize(9, String::new());
        record.push("too little text".to_owned());
        records.add(record);
    }
    for term in column.over.iter().chain(&column.under) {
        let mut record = head.clone();
        record.extend(cells_of(emphasis, term));
        records.add(record);
    }
}

fn cells_of(emphasis: &TableKeyness, term: &KeyTerm) -> [String; 8] {
    let strength = match term.clarity {
        Clarity::Hint => "hint",
        Clarity::Clear => "clear",
    };
    let example = term.examples.first();
    let text = example.and_then(|example| shown(emphasis, example));
    [
        term.word.clone(),
        term.counts[0].to_string(),
        term.counts[1].to_string(),
        format!("{:.3}", term.log_odds),
        format!("{:.3}", term.z),
        strength.to_owned(),
        example.map_or_else(String::new, |example| example.clause.citation.clone()),
        text.unwrap_or_default(),
    ]
}
