//! [`CoMentions`] as a page and records: which issues come together.

use crate::finding::{CoMention, CoMentions};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, strong};
use crate::report::form::records::Records;
use crate::report::form::words::counted;

/// A page has at most `limit` pairs; a record is a pair. Shares are proportions: of the agreements with the one issue,
/// those that have the other as well.
impl Report for CoMentions {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Issues that come together");
        page.text(format!(
            "{} come together in one agreement or more. Of the agreements with the one issue, how many have the other \
             as well, is told in both directions.",
            counted(self.pairs.len(), "pair of issues", "pairs of issues"),
        ));
        for pair in self.pairs.iter().take(limit) {
            let words = format!(
                "{}; as in {}, {}",
                shares_in_words(pair),
                pair.example[0].citation,
                pair.example[1].citation
            );
            page.item(0, vec![strong(pair.issues.join(" + ")), plain(words)]);
        }
        page.more(self.pairs.len(), limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "Issue, With, Agreements with both, Agreements with the first, Agreements with the second, Share of the \
             first, Share of the second, Clause on the first, Clause on the second",
        )
        .with_numbers(&NUMBERS);
        for pair in &self.pairs {
            let [first, second] = pair.issues.clone();
            let counts = [pair.n_both, pair.n_of[0], pair.n_of[1]].map(|n| n.to_string());
            let shares = pair
                .n_of
                .map(|n| format!("{:.3}", pair.n_both as f64 / n as f64));
            let example = pair.example.clone().map(|clause| clause.citation);
            records.add(
                [
                    vec![first, second],
                    counts.to_vec(),
                    shares.to_vec(),
                    example.to_vec(),
                ]
                .concat(),
            );
        }
        records
    }
}

/// The columns that are numbers.
const NUMBERS: [&str; 5] = [
    "Agreements with both",
    "Agreements with the first",
    "Agreements with the second",
    "Share of the first",
    "Share of the second",
];

/// Returns how many agreements have both issues, of those with each.
pub(in crate::report) fn shares_in_words(pair: &CoMention) -> String {
    let [first, second] = pair.n_of;
    let both = counted(pair.n_both, "agreement has both", "agreements have both");
    format!("{both}, of {first} with the first and {second} with the second")
}
