//! [`Timeline`] as a page and records: how issues spread.

use crate::corpus::PublicationDate;
use crate::finding::{Descent, IssueTimeline, PossibleSource, Timeline};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, strong};
use crate::report::form::records::Records;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};

/// The trend from which strength is said to grow or fall.
const TREND_FROM: f64 = 0.3;
/// The most entries of an issue, and the most processes that were first.
const MAX_ENTRIES: usize = 12;

/// A page has at most `limit` issues. A record is a clause: those of an issue in the order of their
/// dates, then those without a date.
impl Report for Timeline {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Timeline");
        let shared = self.issues.iter();
        let shared: Vec<&IssueTimeline> = shared.filter(|issue| issue.entries.len() > 1).collect();
        page.text(format!(
            "{} of several processes with a known date. Dates say when a wording was first public; (doc) \
             marks the year of a document alone, = a date that is not told apart from the one before.",
            counted(shared.len(), "issue", "issues"),
        ));
        page.heading("Who was first");
        page.text(firsts(self));
        for issue in shared.iter().take(limit) {
            issue_section(&mut page, issue);
        }
        if shared.len() > limit {
            page.heading(format!("{} more issues", shared.len() - limit));
        }
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "Issue, Date, Date from, Process, Clause, Class, Level, May come from, \
             Its date, Similarity, Shared words, Text",
        )
        .with_numbers(&["Similarity"]);
        let text_of = |id: &str| self.texts.get(id).map_or("", String::as_str);
        for issue in &self.issues {
            for descent in &issue.descents {
                let mut record = vec![issue.issue.clone()];
                record.extend(cells_of(descent));
                records.add_ending(record, text_of(&descent.clause.id));
            }
            for clause in &issue.undated {
                let mut record = vec![issue.issue.clone(), "unknown".to_owned()];
                record.resize(4, String::new());
                record.push(clause.citation.clone());
                records.add_ending(record, text_of(&clause.id));
            }
        }
        records
    }
}

/// Returns which processes addressed issues first, and how often.
fn firsts(timeline: &Timeline) -> String {
    let firsts = timeline.firsts.iter().filter(|of| of.n_first > 0);
    let firsts = firsts.take(MAX_ENTRIES);
    let firsts = firsts.map(|of| format!("{} {} of {}", of.process, of.n_first, of.n_issues));
    match joined(firsts, "; ") {
        nobody if nobody.is_empty() => "Nobody for certain.".to_owned(),
        firsts => format!("{firsts} issues."),
    }
}

fn issue_section(page: &mut Page, issue: &IssueTimeline) {
    page.heading(issue.issue.clone());
    page.text(spread(issue));
    page.text(strength(issue));
    for entry in issue.entries.iter().take(MAX_ENTRIES) {
        let tie = if entry.is_tied { "= " } else { "" };
        let date = format!("{tie}{}", shown(entry.date));
        let words = format!(
            "{}, {} ({})",
            entry.process, entry.clause.citation, entry.class
        );
        page.item(0, vec![strong(date), plain(words)]);
        let descent = issue
            .descents
            .iter()
            .find(|descent| descent.clause == entry.clause);
        if let Some(source) = descent.and_then(|descent| descent.from.as_ref()) {
            page.item(1, vec![plain(source_in_words(source))]);
        }
    }
    page.more(issue.entries.len(), MAX_ENTRIES);
    if !issue.undated.is_empty() {
        let undated = issue.undated.iter().map(|clause| &clause.citation);
        page.text(format!("Date unknown: {}.", joined(undated, ", ")));
    }
}

fn shown(date: PublicationDate) -> String {
    if date.is_document_year {
        format!("{date} (doc)")
    } else {
        date.to_string()
    }
}

/// Returns the number of processes that have addressed the issue by the end of each year.
fn spread(issue: &IssueTimeline) -> String {
    let years = issue.years.iter();
    let years = years.map(|year| format!("{}: {}", year.year, year.n_processes));
    format!("Processes by year: {}.", joined(years, ", "))
}

fn strength(issue: &IssueTimeline) -> String {
    let levels = issue.years.iter();
    let levels = levels.filter_map(|year| Some(format!("{}: {:.1}", year.year, year.mean_level?)));
    let levels = joined(levels, ", ");
    if levels.is_empty() {
        return "Strength: unknown.".to_owned();
    }
    let trend = match issue.trend {
        Some(trend) if trend >= TREND_FROM => format!("grows with time (tau {trend:.2})"),
        Some(trend) if trend <= -TREND_FROM => format!("falls with time (tau {trend:.2})"),
        Some(trend) => format!("no clear trend (tau {trend:.2})"),
        None => "too few clauses for a trend, or no difference".to_owned(),
    };
    format!("Mean strength, 0 states to 5 obliges: {levels}; {trend}.")
}

fn source_in_words(source: &PossibleSource) -> String {
    let score = source.score.value();
    let citation = &source.clause.citation;
    let shared = if let Some(run) = &source.run {
        format!("“{}”", one_line(&run.words))
    } else {
        joined(source.shared.iter().map(|part| &part.term), ", ")
    };
    format!("nearest earlier: {citation}, {score:.2}, {shared}")
}

fn cells_of(descent: &Descent) -> Vec<String> {
    let source = if descent.date.is_document_year {
        "year of the document"
    } else {
        "first published"
    };
    let mut cells = vec![
        descent.date.to_string(),
        source.to_owned(),
        descent.process.clone(),
        descent.clause.citation.clone(),
        descent.class.to_string(),
        descent
            .level
            .map_or_else(String::new, |level| level.to_string()),
    ];
    if let Some(from) = &descent.from {
        let run = from.run.as_ref();
        cells.extend([
            from.clause.citation.clone(),
            from.date.to_string(),
            format!("{:.3}", from.score.value()),
            run.map_or_else(String::new, |run| one_line(&run.words)),
        ]);
    }
    cells
}
