//! The forms: reports before formatting ([`Page`], [`Records`]), and their conversion to Markdown, CSV,
//! JSON, a workbook or HTML. No form knows a finding.

mod csv;
pub(super) mod html;
pub(super) mod json;
mod markdown;
#[cfg(feature = "office")]
pub(super) mod package;
pub(super) mod page;
pub(super) mod records;
pub(super) mod snippet;
pub(super) mod visible;
pub(super) mod words;
#[cfg(feature = "xlsx")]
pub(super) mod xlsx;
pub(super) mod xml;

pub use json::to_json;
pub use page::{Block, Inline, Page};
pub use records::Records;
pub use visible::{one_line, visible};
pub use words::counted;
