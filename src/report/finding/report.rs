//! [`Report`]: the content of a finding, before formatting.

use crate::report::form::page::Page;
use crate::report::form::records::Records;

/// The content of a finding, for readers and for spreadsheets.
///
/// Both have forms of their own ([`Page::to_markdown`], [`Page::to_text`], [`Records::to_csv`], a
/// sheet of a [workbook](crate::report::to_xlsx)). The finding itself can be written as data
/// ([`to_json`](crate::report::to_json)).
pub trait Report {
    /// Returns the finding as a page with at most `limit` entries in each list.
    fn page(&self, limit: usize) -> Page;

    /// Returns the whole finding as records.
    fn records(&self) -> Records;
}
