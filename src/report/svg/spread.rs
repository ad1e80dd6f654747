//! Issues over the years: a line for each, a circle for each year that adds clauses.

use crate::finding::{Findings, IssueTimeline, Year};
use crate::report::form::words::counted;
use crate::report::svg::palette::{GRAY, amount};
use crate::report::svg::sketch::{Anchor, LINE, Size, Sketch, Stroke, fitted};

/// The highest level of strength.
const MAX_LEVEL: f64 = 5.0;
/// The greatest radius of a circle.
const MAX_RADIUS: f64 = 7.0;

/// The position of the years, and what all issues share.
struct Axis {
    from: i64,
    until: i64,
    left: f64,
    unit: f64,
    bottom: f64,
    /// The most clauses in a year.
    most: usize,
}

impl Axis {
    fn x(&self, year: i64) -> f64 {
        self.left + (year - self.from) as f64 * self.unit
    }
}

/// Draws the first issues of the table that have a date.
pub(super) fn draw(sketch: &mut Sketch, findings: &Findings, size: Size) -> bool {
    let issues = findings.timeline.issues.iter();
    let dated: Vec<&IssueTimeline> = issues
        .take(findings.study.table().rows.len())
        .filter(|issue| !issue.years.is_empty())
        .collect();
    let years = || dated.iter().flat_map(|issue| &issue.years);
    let numbers = || years().map(|year| i64::from(year.year));
    let (Some(from), Some(until)) = (numbers().min(), numbers().max()) else {
        return false;
    };
    let left = size.width() * if size == Size::Column { 0.52 } else { 0.42 };
    let shown = dated.len().min(size.n_lines());
    let axis = Axis {
        from,
        until,
        left,
        unit: (size.width() - left - 24.0) / (until - from).max(1) as f64,
        bottom: (shown + 2) as f64 * LINE,
        most: years().map(|year| year.n_clauses).max().unwrap_or(1),
    };
    draw_years(sketch, &axis);
    for (place, issue) in dated.iter().take(shown).enumerate() {
        draw_issue(sketch, &axis, issue, (place + 2) as f64 * LINE);
    }
    if dated.len() > shown {
        let words = format!("and {} more issues", dated.len() - shown);
        sketch.text([0.0, axis.bottom + LINE], Anchor::Start, &words);
    }
    true
}

fn draw_years(sketch: &mut Sketch, axis: &Axis) {
    let step = step_of(axis.unit);
    let first = axis.from + (-axis.from).rem_euclid(step);
    let thin = Stroke {
        color: "#c8c8c8",
        width: 0.5,
    };
    for year in (first..=axis.until).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        let x = axis.x(year);
        sketch.text([x, LINE], Anchor::Middle, &year.to_string());
        let line = format!("M{x:.1} {:.1}V{:.1}", LINE * 1.4, axis.bottom);
        sketch.path(&line, thin, "");
    }
}

/// Returns the years from one mark to the next: the fewest that leave room for their number.
fn step_of(unit: f64) -> i64 {
    let tens = (0..10).map(|n| 10_i64.pow(n));
    let mut steps = tens.flat_map(|ten| [ten, 2 * ten, 5 * ten]);
    let is_wide = |step: &i64| unit * *step as f64 >= 36.0;
    steps.find(is_wide).unwrap_or(i64::from(u32::MAX))
}

fn draw_issue(sketch: &mut Sketch, axis: &Axis, issue: &IssueTimeline, y: f64) {
    let name = fitted(&issue.issue, axis.left - 20.0);
    sketch.text([axis.left - 12.0, y + 4.0], Anchor::End, &name);
    let (first, last) = (&issue.years[0], &issue.years[issue.years.len() - 1]);
    let line = format!(
        "M{:.1} {y:.1}H{:.1}",
        axis.x(first.year.into()),
        axis.x(last.year.into())
    );
    let stroke = Stroke {
        color: GRAY,
        width: 1.0,
    };
    sketch.path(&line, stroke, "");
    for year in &issue.years {
        let share = year.n_clauses as f64 / axis.most.max(1) as f64;
        let radius = MAX_RADIUS * share.sqrt().max(0.35);
        let level = year.mean_level.unwrap_or(0.0) / MAX_LEVEL;
        let circle = [axis.x(year.year.into()), y, radius];
        sketch.circle(circle, &amount(level), &told(issue, year));
    }
}

fn told(issue: &IssueTimeline, year: &Year) -> String {
    let clauses = counted(year.n_clauses, "clause", "clauses");
    let processes = counted(year.n_processes, "process", "processes");
    format!(
        "{}, {}: {clauses}; {processes} by then",
        issue.issue, year.year
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_few_whatever_the_years() {
        let width = 400.0;
        for (span, expected) in [
            (10_u32, 1),
            (20, 2),
            (150, 20),
            (1_000, 100),
            (4_294_967_295, 500_000_000),
        ] {
            let step = step_of(width / f64::from(span));
            assert_eq!(step, expected, "{span}");
            assert!(i64::from(span) / step <= 11, "{span}");
        }
    }
}
