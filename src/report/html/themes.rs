//! [`ThemeGroup`]: the rows of a theme, which the page opens and closes together.

use std::ops::Range;

use crate::report::html::anchor;
use crate::table::{Row, Theme};

/// Consecutive rows of one theme, or of none.
pub(super) struct ThemeGroup<'a> {
    /// `None` for rows that are not grouped.
    pub(super) heading: Option<Heading<'a>>,
    /// Their indexes.
    pub(super) rows: Range<usize>,
}

/// A theme and its anchor.
pub(super) struct Heading<'a> {
    pub(super) theme: &'a Theme,
    pub(super) anchor: String,
}

/// Returns the groups of some rows, in order; one without a heading if there are no themes.
pub(super) fn groups<'a>(themes: &'a [Theme], rows: &[Row]) -> Vec<ThemeGroup<'a>> {
    let mut groups: Vec<ThemeGroup<'a>> = Vec::new();
    for run in rows.chunk_by(|a, b| a.theme == b.theme) {
        let start = groups.last().map_or(0, |group| group.rows.end);
        let theme = themes
            .iter()
            .find(|theme| Some(&theme.name) == run[0].theme.as_ref());
        groups.push(ThemeGroup {
            heading: theme.map(|theme| Heading {
                theme,
                anchor: String::new(),
            }),
            rows: start..start + run.len(),
        });
    }
    let headings = groups.iter().filter_map(|group| group.heading.as_ref());
    let anchors = anchor::of_issues(headings.map(|heading| heading.theme.name.as_str()));
    let headings = groups.iter_mut().filter_map(|group| group.heading.as_mut());
    for (heading, anchor) in headings.zip(anchors) {
        heading.anchor = format!("theme-{anchor}");
    }
    groups
}
