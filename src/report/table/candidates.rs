//! The clauses that may belong to given issues, as a section.

use crate::finding::Annotated;
use crate::report::form::page::{Page, plain, strong};
use crate::report::form::words::{counted, joined};
use crate::table::IssueCandidate;

impl Annotated<'_> {
    /// Returns a section of the clauses that may belong to a given issue, those of the greatest score first,
    /// at most this many; empty if there are none.
    pub fn candidates(self, most: usize) -> Page {
        let mut page = Page::default();
        let candidates = &self.table.candidates;
        if candidates.is_empty() {
            return page;
        }
        page.heading("Candidates, not counted");
        page.text(format!(
            "{} may belong to a given issue: its words are in them, too few to place them.",
            counted(candidates.len(), "clause", "clauses")
        ));
        for candidate in candidates.iter().take(most) {
            page.item(
                0,
                vec![strong(&candidate.clause.citation), plain(why(candidate))],
            );
        }
        page.more(candidates.len(), most);
        page
    }
}

/// Returns the issue, the score and the words of a candidate.
fn why(candidate: &IssueCandidate) -> String {
    let (score, words) = (&candidate.assigned.score, &candidate.assigned.words);
    let words = joined(words.iter().cloned(), ", ");
    format!("{} {:.2} ({words})", candidate.issue, score.value())
}
