//! The convergence table in the forms that only it has: Markdown, the matrix and the clauses as CSV, the
//! workbook, the Word document, its sources for programs that keep literature; and the same read back.

mod bibliography;
mod docx;
mod json;
mod markdown;
mod matrix;
pub(super) mod quotation;
pub(super) mod remarks;
mod tidy;
mod workbook;

pub use bibliography::{to_bibtex, to_csl};
pub use docx::to_docx;
pub use json::from_json;
pub use markdown::to_markdown;
pub use matrix::to_csv;
pub use quotation::Quotation;
pub use remarks::{Remarks, made_with};
pub use tidy::to_tidy_csv;
pub use workbook::to_xlsx;
