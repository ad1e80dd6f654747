//! [`citations_page`] and [`citations_to_csv`]: who cites what, for a reader and for a spreadsheet.

use crate::finding::{Citation, Citations, Edge, EdgeKind, Network};
use crate::report::counted;
use crate::report::csv::written;
use crate::report::page::{Page, plain, quote, strong};
use crate::report::snippet::around;
use crate::report::visible::one_line;

/// The characters beside a citation that are shown.
const BESIDE: usize = 50;
/// The most citing agreements named in a line.
const MAX_NAMED: usize = 6;

/// Returns the citations and the network as a page: at most `limit` entries a section; JSON and CSV
/// have all.
pub fn citations_page(citations: &Citations, network: &Network, limit: usize) -> Page {
    let mut page = Page::titled("Citations");
    let [n_clauses, n_citing] = citations.n_clauses;
    page.text(format!(
        "{n_citing} of {n_clauses} clauses cite {}; of these, {} of the corpus.",
        counted(citations.instruments.len(), "instrument", "instruments"),
        counted(
            citations
                .instruments
                .iter()
                .filter(|of| of.agreement.is_some())
                .count(),
            "agreement",
            "agreements"
        ),
    ));
    most_cited(&mut page, citations, limit);
    within_the_corpus(&mut page, citations, limit);
    ties(&mut page, network, (EdgeKind::Borrowing, limit));
    page
}

fn most_cited(page: &mut Page, citations: &Citations, limit: usize) {
    page.heading("Most cited instruments");
    for of in citations.instruments.iter().take(limit) {
        let named: Vec<&str> = of
            .cited_by
            .iter()
            .take(MAX_NAMED)
            .map(String::as_str)
            .collect();
        let more = match of.cited_by.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let place = match &of.agreement {
            Some(key) => format!(" (here: {key})"),
            None => String::new(),
        };
        let words = format!(
            "{}, {}{place}: {}{more}",
            counted(of.cited_by.len(), "agreement", "agreements"),
            counted(of.n_clauses, "clause", "clauses"),
            named.join(", "),
        );
        page.item(0, vec![strong(of.name.clone()), plain(words)]);
        let first = citations
            .citations
            .iter()
            .find(|citation| citation.instrument == of.name);
        if let Some(first) = first {
            page.item(
                1,
                vec![
                    plain(format!("{}:", first.clause.citation)),
                    quote(shown(citations, first)),
                ],
            );
        }
    }
    page.more(citations.instruments.len(), limit);
}

/// The citations of agreements of the corpus.
fn within_the_corpus(page: &mut Page, citations: &Citations, limit: usize) {
    let mut within: Vec<&Citation> = citations
        .citations
        .iter()
        .filter(|citation| citation.agreement.is_some())
        .collect();
    // A clause that names an instrument again says nothing new, unless it names a provision.
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
        let clauses: Vec<&str> = citation
            .clauses
            .iter()
            .take(MAX_NAMED)
            .map(|clause| clause.citation.as_str())
            .collect();
        let clauses = if clauses.is_empty() {
            String::new()
        } else {
            format!("(here: {})", clauses.join(", "))
        };
        let cited = format!("cites {provisions}{} {clauses}", citation.instrument);
        page.item(
            0,
            vec![strong(citation.clause.citation.clone()), plain(cited)],
        );
        page.item(1, vec![quote(shown(citations, citation))]);
    }
    page.more(within.len(), limit);
}

/// The heaviest edges of one kind.
fn ties(page: &mut Page, network: &Network, (kind, limit): (EdgeKind, usize)) {
    let mut edges: Vec<&Edge> = network
        .edges
        .iter()
        .filter(|edge| edge.kind == kind)
        .collect();
    if edges.is_empty() {
        return;
    }
    // The sort is stable: equally heavy ones keep the order of the network.
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
    page.heading("Shared wording");
    page.text("Clauses with six words or more in a row of an earlier agreement.");
    for edge in edges.iter().take(limit) {
        let from = name_of(network, &edge.from);
        let to = name_of(network, &edge.to);
        let relation = if edge.is_directed {
            "has words of"
        } else {
            "shares words with"
        };
        let clauses = counted(edge.weight, "clause", "clauses");
        let words = vec![
            strong(from),
            plain(relation),
            strong(to),
            plain(format!("in {clauses}")),
        ];
        page.item(0, words);
    }
    page.more(edges.len(), limit);
}

fn name_of<'n>(network: &'n Network, id: &'n str) -> &'n str {
    let node = network.nodes.iter().find(|node| node.id == id);
    node.map_or(id, |node| node.name.as_str())
}

fn shown(citations: &Citations, citation: &Citation) -> String {
    let text = citations.texts.get(&citation.clause.id);
    text.map_or_else(String::new, |text| around(text, &citation.range, BESIDE))
}

/// Returns the citations as CSV: a line each.
///
/// The header is `Clause`, `Agreement`, `Instrument`, `Agreement of the corpus`, `Provisions`,
/// `Clauses of the corpus`, `Words`, `Start`, `End`, `Text`; start and end are bytes of the text.
pub fn citations_to_csv(citations: &Citations) -> String {
    written(citations_records(citations))
}

/// Returns the lines of the CSV, the header first.
pub(super) fn citations_records(citations: &Citations) -> Vec<Vec<String>> {
    let header = [
        "Clause",
        "Agreement",
        "Instrument",
        "Agreement of the corpus",
        "Provisions",
        "Clauses of the corpus",
        "Words",
        "Start",
        "End",
        "Text",
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for citation in &citations.citations {
        let clauses: Vec<&str> = citation
            .clauses
            .iter()
            .map(|clause| clause.citation.as_str())
            .collect();
        records.push(vec![
            citation.clause.citation.clone(),
            citation.by.clone(),
            citation.instrument.clone(),
            citation.agreement.clone().unwrap_or_default(),
            citation.provisions.join("; "),
            clauses.join("; "),
            one_line(&citation.words),
            citation.range.start.to_string(),
            citation.range.end.to_string(),
            citations
                .texts
                .get(&citation.clause.id)
                .cloned()
                .unwrap_or_default(),
        ]);
    }
    records
}
