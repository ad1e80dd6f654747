//! [`Citations`] as a page and records.

use crate::finding::{Citation, Citations};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::around;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};

/// The characters shown on either side of a citation.
const BESIDE: usize = 50;
/// The most citing agreements named in a line.
const MAX_NAMED: usize = 6;

/// A page has at most `limit` entries a section. A record is a citation; `Start` and `End` are bytes of
/// `Text`.
impl Report for Citations {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Citations");
        let [n_clauses, n_citing] = self.n_clauses;
        let here = self.instruments.iter().filter(|of| of.agreement.is_some());
        page.text(format!(
            "{n_citing} of {n_clauses} clauses cite {}; of these, {} of the corpus.",
            counted(self.instruments.len(), "instrument", "instruments"),
            counted(here.count(), "agreement", "agreements"),
        ));
        most_cited(&mut page, self, limit);
        within_the_corpus(&mut page, self, limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "Clause, Agreement, Instrument, Agreement of the corpus, Provisions, \
             Clauses of the corpus, Words, Start, End, Text",
        );
        for citation in &self.citations {
            let clauses = citation.clauses.iter().map(|clause| &clause.citation);
            let text = self.texts.get(&citation.clause.id);
            records.add(vec![
                citation.clause.citation.clone(),
                citation.by.clone(),
                citation.instrument.clone(),
                citation.agreement.clone().unwrap_or_default(),
                citation.provisions.join("; "),
                joined(clauses, "; "),
                one_line(&citation.words),
                citation.range.start.to_string(),
                citation.range.end.to_string(),
                text.cloned().unwrap_or_default(),
            ]);
        }
        records
    }
}

fn most_cited(page: &mut Page, citations: &Citations, limit: usize) {
    page.heading("Most cited instruments");
    for of in citations.instruments.iter().take(limit) {
        let more = match of.cited_by.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let place = of.agreement.as_ref().map(|key| format!(" (here: {key})"));
        let place = place.unwrap_or_default();
        let words = format!(
            "{}, {}{place}: {}{more}",
            counted(of.cited_by.len(), "agreement", "agreements"),
            counted(of.n_clauses, "clause", "clauses"),
            joined(of.cited_by.iter().take(MAX_NAMED), ", "),
        );
        page.item(0, vec![strong(of.name.clone()), plain(words)]);
        let mut all = citations.citations.iter();
        if let Some(first) = all.find(|citation| citation.instrument == of.name) {
            page.quotation(&first.clause.citation, shown(citations, first));
        }
    }
    page.more(citations.instruments.len(), limit);
}

/// The citations of agreements of the corpus.
fn within_the_corpus(page: &mut Page, citations: &Citations, limit: usize) {
    let mut within: Vec<&Citation> = citations.citations.iter().collect();
    within.retain(|citation| citation.agreement.is_some());
    // A clause that names an instrument again adds nothing, unless it names a provision.
    within.dedup_by(|next, kept| {
        let is_same = next.clause == kept.clause && next.instrument == kept.instrument;
        is_same && next.provisions.is_empty()
    });
    if within.is_empty() {
        return;
    }
    page.heading("Citations within the corpus");
    for citation in within.iter().take(limit) {
        let provisions = match &citation.provisions[..] {
            [] => String::new(),
            some => format!("{} of ", some.join(", ")),
        };
        let clauses = citation.clauses.iter().map(|clause| &clause.citation);
        let mut clauses = joined(clauses.take(MAX_NAMED), ", ");
        if !clauses.is_empty() {
            clauses = format!("(here: {clauses})");
        }
        let cited = format!("cites {provisions}{} {clauses}", citation.instrument);
        page.item(0, vec![strong(&citation.clause.citation), plain(cited)]);
        page.item(1, vec![quote(shown(citations, citation))]);
    }
    page.more(within.len(), limit);
}

fn shown(citations: &Citations, citation: &Citation) -> String {
    let text = citations.texts.get(&citation.clause.id);
    text.map_or_else(String::new, |text| around(text, &citation.range, BESIDE))
}
