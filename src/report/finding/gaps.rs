//! [`Gaps`] as a page and records: what a table lacks.

use crate::finding::{FacetGap, GapFacet, Gaps, MissedClause, NearestMiss};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::around;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};

/// The characters shown on either side of shared words.
const BESIDE: usize = 60;
/// The most characters shown of a clause without shared words to show.
const MAX_QUOTED: usize = 160;
/// The least similarity of a nearest miss that is shown.
const WORTH_READING: f64 = 0.1;
/// The most missing issues named in a line, and the most values of one facet.
const MAX_NAMED: usize = 4;
const MAX_KINDS: usize = 6;

/// A page has at most `limit` entries for each section. A record is a candidate false negative
/// (`missed`), an empty cell (`empty`), a clause of an issue of one process (`single`) or a missing
/// issue of a kind of agreements (`facet`).
impl Report for Gaps {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Gaps");
        page.text(format!(
            "{} of {} are empty ({} across); {} of one process alone.",
            self.empty.len(),
            counted(self.n_cells, "cell", "cells"),
            counted(self.columns.len(), "column", "columns"),
            counted(self.single.len(), "issue is", "issues are"),
        ));
        missed_section(&mut page, self, limit);
        empty_section(&mut page, self, limit);
        single_section(&mut page, self, limit);
        facet_section(&mut page, &self.facets);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of("Kind, Issue, Column, Clause, Near, Score, Evidence, Text")
            .with_numbers(&["Score"]);
        add_missed(&mut records, self);
        add_empty(&mut records, self);
        add_single(&mut records, self);
        add_facets(&mut records, self);
        records
    }
}

fn missed_section(page: &mut Page, gaps: &Gaps, limit: usize) {
    page.heading("Possibly missed");
    if gaps.missed.is_empty() {
        page.text("No clause shares wording with an issue it is not under.");
        return;
    }
    page.text(
        "Clauses that share wording with an issue they are not under, those that would fill an \
         empty cell first, the most telling first.",
    );
    for missed in gaps.missed.iter().take(limit) {
        let cell = if missed.fills_empty_cell {
            "(empty cell)"
        } else {
            "(its process is there already)"
        };
        let clause = strong(&missed.clause.citation);
        let issue = quote(&missed.issue);
        page.item(0, vec![clause, plain("under"), issue, plain(cell)]);
        page.item(1, vec![plain(why_missed(missed))]);
        let run = missed.run.as_ref();
        let texts = [
            (&missed.clause, run.map(|run| &run.a)),
            (&missed.like, run.map(|run| &run.b)),
        ];
        for (cited, range) in texts {
            let text = text_of(gaps, &cited.id);
            let shown = match range {
                Some(range) => around(text, range, BESIDE),
                None => around(text, &(0..0), MAX_QUOTED),
            };
            page.quotation(&cited.citation, shown);
        }
    }
    page.more(gaps.missed.len(), limit);
}

/// Describes what a clause shares with a row.
fn why_missed(missed: &MissedClause) -> String {
    let like = &missed.like.citation;
    let shared = match &missed.run {
        Some(run) => {
            let [n_all, n_here] = missed.n_sharers;
            let words = one_line(&run.words);
            let n = run.n_words;
            format!(
                "shares {n} words in a row with {like}: “{words}” ({n_here} of {} with them under this issue)",
                counted(n_all, "other clause", "other clauses"),
            )
        }
        None => format!("shares rare terms with {like}: {}", missed.terms.join(", ")),
    };
    format!("{shared}; {}", standing(&missed.stands_in))
}

fn standing(issues: &[String]) -> String {
    if issues.is_empty() {
        return "stands alone now".to_owned();
    }
    let issues = issues.iter().map(|issue| format!("“{issue}”"));
    format!("stands under {} now", joined(issues, ", "))
}

fn empty_section(page: &mut Page, gaps: &Gaps, limit: usize) {
    page.heading("Empty cells and what comes nearest");
    let mut near: Vec<(&str, &str, &NearestMiss)> = gaps
        .empty
        .iter()
        .filter_map(|cell| {
            let near = cell.near_miss.as_ref()?;
            let is_worth = near.score.value() >= WORTH_READING;
            is_worth.then_some((cell.issue.as_str(), cell.column.as_str(), near))
        })
        .collect();
    // The sort is stable: ties keep the order of the table.
    near.sort_by_key(|(_, _, near)| std::cmp::Reverse(near.score));
    let n_without = gaps.empty.len() - near.len();
    page.text(format!(
        "The nearest first; {} no clause of similarity {WORTH_READING} or more.",
        counted(n_without, "empty cell has", "empty cells have"),
    ));
    for (issue, column, near) in near.iter().take(limit) {
        let title = title_of(gaps, column);
        let cell = vec![strong(title), plain("on"), quote(*issue)];
        page.item(0, cell);
        page.item(1, vec![plain(why_near(near))]);
        let text = around(text_of(gaps, &near.clause.id), &(0..0), MAX_QUOTED);
        page.quotation(&near.clause.citation, text);
    }
    page.more(near.len(), limit);
}

fn why_near(near: &NearestMiss) -> String {
    let terms = near.shared.iter().map(|shared| &shared.term);
    format!(
        "nearest: {}, {:.2} to {} by {}; {}",
        near.clause.citation,
        near.score.value(),
        near.near_to.citation,
        joined(terms, ", "),
        standing(&near.stands_in)
    )
}

fn single_section(page: &mut Page, gaps: &Gaps, limit: usize) {
    if gaps.single.is_empty() {
        return;
    }
    page.heading("Issues of one process");
    for single in gaps.single.iter().take(limit) {
        let clauses = counted(single.clauses.len(), "clause", "clauses");
        let words = vec![
            strong(&single.issue),
            plain(format!("{} alone, {clauses}", single.process)),
        ];
        page.item(0, words);
    }
    page.more(gaps.single.len(), limit);
}

fn facet_section(page: &mut Page, facets: &[FacetGap]) {
    if facets.is_empty() {
        return;
    }
    page.heading("By kind of actor, region and status");
    for facet in GapFacet::ALL {
        let mut of_facet: Vec<&FacetGap> = facets.iter().filter(|gap| gap.facet == facet).collect();
        // The sort is stable: values of the same number of agreements stay in alphabetical order.
        of_facet.sort_by_key(|gap| std::cmp::Reverse(gap.n_agreements));
        for gap in of_facet.iter().take(MAX_KINDS) {
            facet_item(page, gap);
        }
        page.more(of_facet.len(), MAX_KINDS);
    }
    page.text("In parentheses: how many processes share the issue that is lacking.");
}

fn facet_item(page: &mut Page, gap: &FacetGap) {
    let agreements = counted(gap.n_agreements, "agreement", "agreements");
    let n_missing = gap.missing.len();
    let missing = gap.missing.iter().take(MAX_NAMED);
    let missing = missing.map(|missing| format!("{} ({})", missing.issue, missing.n_processes));
    let missing = joined(missing, "; ");
    let lacks = match n_missing {
        0 => "lacks no shared issue".to_owned(),
        n if n > MAX_NAMED => format!("lacks {missing} and {} more", n - MAX_NAMED),
        _ => format!("lacks {missing}"),
    };
    let name = strong(format!("{}: {}", gap.facet.name(), gap.value));
    let speaks = format!("{agreements}, {}", counted(gap.n_issues, "issue", "issues"));
    page.item(0, vec![name, plain(format!("({speaks}) {lacks}"))]);
}

fn text_of<'g>(gaps: &'g Gaps, id: &str) -> &'g str {
    gaps.texts.get(id).map_or("", String::as_str)
}

fn title_of<'g>(gaps: &'g Gaps, column: &'g str) -> &'g str {
    gaps.columns.get(column).map_or(column, String::as_str)
}

fn add_missed(records: &mut Records, gaps: &Gaps) {
    for missed in &gaps.missed {
        records.add(vec![
            "missed".to_owned(),
            missed.issue.clone(),
            title_of(gaps, &missed.column).to_owned(),
            missed.clause.citation.clone(),
            missed.like.citation.clone(),
            format!("{:.3}", missed.score.value()),
            why_missed(missed),
            text_of(gaps, &missed.clause.id).to_owned(),
        ]);
    }
}

fn add_empty(records: &mut Records, gaps: &Gaps) {
    for cell in &gaps.empty {
        let title = title_of(gaps, &cell.column).to_owned();
        let mut record = vec!["empty".to_owned(), cell.issue.clone(), title];
        if let Some(near) = &cell.near_miss {
            record.extend([
                near.clause.citation.clone(),
                near.near_to.citation.clone(),
                format!("{:.3}", near.score.value()),
                why_near(near),
                text_of(gaps, &near.clause.id).to_owned(),
            ]);
        }
        records.add(record);
    }
}

fn add_single(records: &mut Records, gaps: &Gaps) {
    for single in &gaps.single {
        for clause in &single.clauses {
            let record = vec![
                "single".to_owned(),
                single.issue.clone(),
                single.process.clone(),
                clause.citation.clone(),
            ];
            records.add_ending(record, text_of(gaps, &clause.id));
        }
    }
}

fn add_facets(records: &mut Records, gaps: &Gaps) {
    for gap in &gaps.facets {
        for missing in &gap.missing {
            let kind = format!("{}: {}", gap.facet.name(), gap.value);
            let evidence = counted(missing.n_processes, "process", "processes");
            let mut record = vec!["facet".to_owned(), missing.issue.clone(), kind];
            record.resize(6, String::new());
            record.push(format!("shared by {evidence}"));
            records.add(record);
        }
    }
}
