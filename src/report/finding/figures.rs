//! [`CodingFigures`] as a page and records: agreement with a human coding, one line for each measure.

use crate::evaluation::{CodingFigures, PrecisionRecall};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain};
use crate::report::form::records::Records;
use crate::report::form::words::{counted, joined};
use crate::score::Score;

/// The mark of the measures that are high for random clusters, and its meaning.
const HIGH_BY_CHANCE: &str = "(*)";
const WHAT_IS_HIGH: &str =
    "(*) high by chance alone: compare only with tables of equally many rows";
const ZERO_BY_CHANCE: &str = "0 by chance";

/// A measure of agreement.
struct Measure {
    name: &'static str,
    /// `None` if it is not defined.
    value: Option<f64>,
    shares: Option<PrecisionRecall>,
    remark: &'static str,
}

impl Measure {
    fn new(name: &'static str, value: impl Into<Option<f64>>, remark: &'static str) -> Self {
        Self {
            name,
            value: value.into(),
            shares: None,
            remark,
        }
    }

    fn of_shares(name: &'static str, shares: PrecisionRecall, remark: &'static str) -> Self {
        Self {
            shares: Some(shares),
            ..Self::new(name, shares.f1.value(), remark)
        }
    }

    fn in_words(&self) -> String {
        let Some(value) = self.value else {
            return line(self.name, "not defined: all codes are the same");
        };
        let shares = self.shares.map(|shares| {
            let (precision, recall) = (shares.precision.value(), shares.recall.value());
            format!("(precision {precision:.3}, recall {recall:.3})  ")
        });
        let shares = shares.unwrap_or_default();
        line(self.name, &format!("{value:.3}  {shares}{}", self.remark))
    }
}

fn measures(figures: &CodingFigures) -> [Measure; 10] {
    [
        Measure::of_shares("extended B-cubed", figures.bcubed, ""),
        Measure::new("adjusted Rand index", figures.adjusted_rand, ZERO_BY_CHANCE),
        Measure::new(
            "adjusted information",
            figures.adjusted_information,
            ZERO_BY_CHANCE,
        ),
        Measure::new("Krippendorff's alpha", figures.alpha, ZERO_BY_CHANCE),
        Measure::new(
            "alpha, sets of issues",
            figures.alpha_of_sets,
            ZERO_BY_CHANCE,
        ),
        Measure::new(
            "normalized information",
            figures.normalized_information.value(),
            "",
        ),
        Measure::new("V-measure", figures.v_measure.value(), HIGH_BY_CHANCE),
        Measure::new("purity", figures.purity.value(), HIGH_BY_CHANCE),
        Measure::of_shares("cells", figures.cells, HIGH_BY_CHANCE),
        Measure::of_shares("placements", figures.placements, ""),
    ]
}

/// A page has a line for each measure, and names at most `limit` clauses that only one side has. A
/// record is a measure.
impl Report for CodingFigures {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::default();
        page.text(format!(
            "Agreement with the coding: {}, {}, {}",
            counted(self.n_clauses, "clause", "clauses"),
            counted(self.n_issues, "issue", "issues"),
            counted(self.n_cells, "filled cell", "filled cells"),
        ));
        let found = format!(
            "{} of two coded clauses or more; {} of one; {} left out",
            self.n_clusters,
            self.n_singletons - self.n_left_out,
            self.n_left_out
        );
        page.item(0, vec![plain(line("rows found", &found))]);
        for measure in measures(self) {
            page.item(0, vec![plain(measure.in_words())]);
        }
        page.item(0, vec![plain(WHAT_IS_HIGH)]);
        unmatched(&mut page, "coded, but not read", &self.missing, limit);
        let what = "read, but not coded (of no effect)";
        unmatched(&mut page, what, &self.uncoded, limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of("measure, value, precision, recall").with_numbers(&[
            "value",
            "precision",
            "recall",
        ]);
        for measure in measures(self) {
            let shares = measure.shares.map(|of| [of.precision, of.recall]);
            let shares = shares.into_iter().flatten().map(Score::value);
            let values = measure.value.into_iter().chain(shares);
            let mut record = vec![measure.name.to_owned()];
            record.extend(values.map(|value| format!("{value:.3}")));
            records.add(record);
        }
        records
    }
}

fn line(name: &str, value: &str) -> String {
    format!("{name:<23} {value}").trim_end().to_owned()
}

fn unmatched(page: &mut Page, what: &str, ids: &[String], limit: usize) {
    if ids.is_empty() {
        return;
    }
    let more = if ids.len() > limit { ", ..." } else { "" };
    let count = counted(ids.len(), "clause", "clauses");
    let words = format!(
        "{what}: {count}: {}{more}",
        joined(ids.iter().take(limit), ", ")
    );
    page.item(0, vec![plain(words)]);
}
