//! [`Report`]: what a finding says, before it has a form.

use crate::report::form::page::Page;
use crate::report::form::records::Records;

/// What a finding says, for readers and for spreadsheets.
///
/// Each of both has forms of its own ([`Page::to_markdown`], [`Page::to_text`], [`Records::to_csv`], a
/// [`Sheet`](crate::report::Sheet) of a workbook); a third is the finding itself as data
/// ([`to_json`](crate::report::to_json)).
pub trait Report {
    /// Returns the finding as a page with at most `limit` entries in each list.
    fn page(&self, limit: usize) -> Page;

    /// Returns the finding as records, whole.
    fn records(&self) -> Records;
}
