//! The convergence table in forms of its own: Markdown, the matrix and the clauses as CSV, the
//! workbook, the Word document, its sources for reference managers; and the table read from JSON.

mod bibliography;
mod candidates;
pub(super) mod cell;
#[cfg(feature = "office")]
pub(super) mod docx;
mod json;
mod listed;
mod markdown;
mod matrix;
#[cfg(feature = "office")]
mod qdc;
pub(super) mod quotation;
pub(super) mod remarks;
mod tidy;
#[cfg(feature = "xlsx")]
mod workbook;

pub use bibliography::{to_bibtex, to_csl};
#[cfg(feature = "office")]
pub use docx::{page_to_docx, to_docx, to_form};
pub use json::from_json;
pub use markdown::to_markdown;
pub use matrix::to_csv;
#[cfg(feature = "office")]
pub use qdc::to_qdc;
pub use quotation::Quotation;
pub use remarks::made_with;
pub use tidy::to_tidy_csv;
#[cfg(feature = "xlsx")]
pub use workbook::to_xlsx;
