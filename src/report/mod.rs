//! Findings into bytes: documents, spreadsheets, pages, data, and figures in words. Nothing else formats.
//!
//! Every form of the table holds every clause: the ones in a row, and the ones that stand alone.
//! Quotations are the clause's own words; only characters that a reader cannot see, or that the form
//! would take for its own, are shown otherwise: see [`visible`].

mod bibliography;
mod borrowing;
mod citations;
mod csv;
mod docx;
mod draft;
mod emphasis;
mod figures;
mod file;
mod force;
mod gap;
mod gexf;
mod graphml;
mod html;
mod json;
mod markdown;
mod package;
mod page;
mod snippet;
pub mod svg;
mod tidy;
mod timeline;
mod trust;
mod visible;
mod xlsx;
mod xml;

pub use self::bibliography::{to_bibtex, to_csl};
pub use self::borrowing::{borrowings_to_csv, borrowings_to_json, borrowings_to_markdown};
pub use self::citations::{citations_page, citations_to_csv};
pub use self::csv::to_csv;
pub use self::docx::to_docx;
pub use self::draft::{draft_page, draft_to_csv};
pub use self::emphasis::{emphasis_page, emphasis_to_csv};
pub use self::figures::figures_to_text;
pub use self::file::save;
pub use self::force::{force_line, force_page, force_tag, force_to_csv};
pub use self::gap::{gaps_page, gaps_to_csv};
pub use self::gexf::network_to_gexf;
pub use self::graphml::{network_to_csv, network_to_graphml};
pub use self::html::{HtmlParams, to_html};
pub use self::json::{SCHEMA, finding_to_json, from_json, to_json};
pub use self::markdown::to_markdown;
pub use self::page::{Block, Inline, Page};
pub use self::tidy::to_tidy_csv;
pub use self::timeline::{timeline_page, timeline_to_csv};
pub use self::trust::{also_near_line, trust_line, typical_line, why_to_text};
pub use self::visible::{one_line, visible};
pub use self::xlsx::{WorkbookParts, to_xlsx};

use crate::deontic::Force;
use crate::table::{Alone, ConvergenceTable, Quote};

/// Returns the parameters of a table in one line: `name: value; name: value`.
pub fn parameters_line(table: &ConvergenceTable) -> String {
    let parameters: Vec<String> = table
        .parameters
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    parameters.join("; ")
}

/// Returns why a clause stands alone: its nearest neighbor with the similarity, then the reason.
pub fn why_alone(alone: &Alone) -> String {
    if alone.nearest.is_none() || alone.reason.is_empty() {
        nearest_or_reason(alone)
    } else {
        format!("{}; {}", nearest_or_reason(alone), alone.reason)
    }
}

/// Returns the nearest neighbor of a clause that stands alone, with the similarity; the reason if it
/// has none.
fn nearest_or_reason(alone: &Alone) -> String {
    match &alone.nearest {
        Some(nearest) => format!("nearest: {} {:.2}", nearest.citation, nearest.score.value()),
        None => alone.reason.clone(),
    }
}

/// Returns a count with its noun: `1 clause`, `2 clauses`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("{n} {one}")
    } else {
        format!("{n} {many}")
    }
}

/// A clause to quote, whether it stands in a row or alone.
#[derive(Clone, Copy)]
struct Quoted<'a> {
    citation: &'a str,
    force: Option<&'a Force>,
    lead_in: Option<&'a str>,
    text: &'a str,
}

impl Quoted<'_> {
    /// Returns the citation, with the force in brackets if it is known: `GGE 13(f) [obligation]`.
    fn cited(&self) -> String {
        match self.force {
            Some(force) => format!("{} [{}]", self.citation, force.tag()),
            None => self.citation.to_owned(),
        }
    }
}

impl<'a> From<&'a Quote> for Quoted<'a> {
    fn from(quote: &'a Quote) -> Self {
        Self {
            citation: &quote.citation,
            force: quote.force.as_ref(),
            lead_in: quote.lead_in.as_deref(),
            text: &quote.text,
        }
    }
}

impl<'a> From<&'a Alone> for Quoted<'a> {
    fn from(alone: &'a Alone) -> Self {
        Self {
            citation: &alone.citation,
            force: alone.force.as_ref(),
            lead_in: alone.lead_in.as_deref(),
            text: &alone.text,
        }
    }
}
