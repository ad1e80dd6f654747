//! [`Why`] as a page and records: why clauses are together.

use crate::finding::Why;
use crate::report::finding::report::Report;
use crate::report::form::page::Page;
use crate::report::form::records::Records;
use crate::report::form::words::joined;

/// A page has at most `limit` shared terms. A record is a shared term with its part of the similarity.
impl Report for Why {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::default();
        page.text(format!(
            "similarity by words {:.2}, on the rows that clusters are made on {:.2}",
            self.score.value(),
            self.clustered.value()
        ));
        if let Some(share) = self.together {
            let share = share.value();
            page.text(format!("together in {share:.2} of the resampled runs"));
        }
        if let Some(run) = &self.run {
            page.text(format!("longest shared run: “{}”", run.words));
        }
        let shared = self.shared.iter().take(limit);
        let shared = shared.map(|part| format!("{} {:.3}", part.term, part.share.value()));
        page.text(match joined(shared, ", ") {
            none if none.is_empty() => "no shared term".to_owned(),
            shared => format!("shared terms and their part: {shared}"),
        });
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of("term, part").with_numbers(&["part"]);
        for part in &self.shared {
            let share = format!("{:.3}", part.share.value());
            records.add(vec![part.term.clone(), share]);
        }
        records
    }
}
