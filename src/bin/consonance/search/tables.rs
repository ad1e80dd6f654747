//! Concordances, counts and words as tables of text for a terminal.

use std::fmt::Write as _;

use consonance::index::{Collocations, Concordance, ConcordanceLine, Facet, Keyness, SearchResult};

use super::page::{Style, notes, width_of, width_of_char};
use crate::terminal::printable::printable;

/// The most columns for citations in a concordance.
const MAX_CITATION: usize = 20;
/// The columns between a citation and the context.
const GAP: usize = 2;
/// The most values of a field that are shown.
const MAX_VALUES: usize = 12;

impl Style {
    /// Returns a concordance, aligned on the hits.
    pub(crate) fn concordance(&self, result: &Concordance) -> String {
        let mut page = notes(&result.notes);
        let n_shown = result.lines.len();
        let _ = match result.n_lines {
            0 => writeln!(page, "no clause matches"),
            n if n == n_shown => writeln!(page, "{n} places in {} clauses", result.n_clauses),
            n => writeln!(
                page,
                "{n} places in {} clauses, the first {n_shown}:",
                result.n_clauses
            ),
        };
        let widest = result
            .lines
            .iter()
            .map(|line| width_of(&printable(&line.citation)));
        let citation = widest
            .max()
            .unwrap_or_default()
            .min(MAX_CITATION.min(self.width / 4));
        let room = self.width - citation - GAP;
        // A little more context after the hit than preceding it, because the hit itself is there.
        let left = room * 2 / 5;
        for line in &result.lines {
            page += &self.concordance_line(line, [citation, left, room - left]);
        }
        page
    }

    /// Returns one line: citation, context up to a column, the hit from that column on, context.
    fn concordance_line(&self, line: &ConcordanceLine, widths: [usize; 3]) -> String {
        let [citation, left, rest] = widths;
        let (name, name_width) = beginning(&printable(&line.citation), citation);
        let (before, before_width) = ending(&printable(&line.left), left);
        let (hit, hit_width) = beginning(&printable(&line.hit), rest);
        let (after, _) = beginning(&printable(&line.right), rest.saturating_sub(hit_width));
        let marked: Vec<(char, bool)> = hit.chars().map(|c| (c, true)).collect();
        let filled = " ".repeat((citation + GAP + left).saturating_sub(name_width + before_width));
        let text = format!("{name}{filled}{before}{}{after}", self.colored(&marked));
        format!("{}\n", text.trim_end())
    }

    /// Returns the counts of a field on one or a few lines.
    pub(crate) fn facet(&self, facet: &Facet) -> String {
        let counts = facet.counts.iter();
        let mut shown: Vec<String> = counts
            .take(MAX_VALUES)
            .map(|count| format!("{} {}", count.value, count.n_clauses))
            .collect();
        if facet.counts.len() > MAX_VALUES {
            shown.push(format!("{} more values", facet.counts.len() - MAX_VALUES));
        }
        if facet.n_unknown > 0 {
            shown.push(format!("unknown {}", facet.n_unknown));
        }
        self.wrapped(&format!("{}: {}", facet.field, shown.join(", ")), &[], 2)
    }

    /// Returns the neighboring words, as a table.
    pub(crate) fn collocations(result: &Collocations) -> String {
        let mut page = notes(&result.notes);
        let _ = writeln!(
            page,
            "near {} places, up to {} words away:",
            result.n_places, result.window
        );
        if result.words.is_empty() {
            page.push_str("no word stands there more often than elsewhere\n");
            return page;
        }
        let _ = writeln!(page, "  near  in all  logDice  likelihood  word");
        for word in &result.words {
            let _ = writeln!(
                page,
                "{:>6}  {:>6}  {:>7.2}  {:>10.1}  {}",
                word.n,
                word.n_at_all,
                word.log_dice,
                word.log_likelihood,
                printable(&word.word)
            );
        }
        page
    }

    /// Returns the key words of the clauses, as a table.
    pub(crate) fn keyness(result: &Keyness) -> String {
        let mut page = notes(&result.notes);
        let _ = writeln!(
            page,
            "{} clauses of {} terms, against {} terms elsewhere:",
            result.n_clauses, result.n_terms, result.n_terms_elsewhere
        );
        if result.words.is_empty() {
            page.push_str("no word is more frequent in them than elsewhere\n");
            return page;
        }
        let _ = writeln!(page, "  here  elsewhere  log ratio  likelihood  word");
        for word in &result.words {
            let _ = writeln!(
                page,
                "{:>6}  {:>9}  {:>9.2}  {:>10.1}  {}",
                word.n,
                word.n_elsewhere,
                word.log_ratio,
                word.log_likelihood,
                printable(&word.word)
            );
        }
        page
    }

    /// Returns the clauses similar to an example, each with the words they share.
    pub(crate) fn like(&self, result: &SearchResult) -> String {
        let mut page = notes(&result.notes);
        let (example, width) = beginning(&printable(&result.example), self.width - 10);
        let dots = if width < width_of(&printable(&result.example)) {
            "..."
        } else {
            ""
        };
        let _ = writeln!(page, "like {example}{dots}");
        if result.hits.is_empty() {
            page.push_str("no clause shares a word with it\n");
        }
        for (number, found) in (1..).zip(&result.hits) {
            page.push('\n');
            page += &self.hit(number, found);
            let words = found.shared.iter().map(|shared| {
                let percent = (shared.share.value() * 100.0).round();
                format!("{} {percent}%", shared.word)
            });
            let words: Vec<String> = words.collect();
            page += &self.wrapped(&format!("shared: {}", words.join(", ")), &[], 4);
        }
        page
    }
}

/// Returns as much of the beginning of a text as fits in these columns, and its width.
fn beginning(text: &str, width: usize) -> (String, usize) {
    let mut used = 0;
    let fits = |c: &char| {
        used += width_of_char(*c);
        used <= width
    };
    let head: String = text.chars().take_while(fits).collect();
    let width = width_of(&head);
    (head, width)
}

/// Returns as much of the end of a text as fits in these columns, and its width.
fn ending(text: &str, width: usize) -> (String, usize) {
    let mut used = 0;
    let fits = |c: &char| {
        used += width_of_char(*c);
        used <= width
    };
    let mut tail: Vec<char> = text.chars().rev().take_while(fits).collect();
    // An accent whose letter was cut off would be drawn on the preceding character.
    while tail.last().is_some_and(|c| width_of_char(*c) == 0) {
        tail.pop();
    }
    let tail: String = tail.into_iter().rev().collect();
    let width = width_of(&tail);
    (tail, width)
}
