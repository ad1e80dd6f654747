//! The table as a Word document, to be read, commented and corrected.
//!
//! `form` writes doubtful clauses to be filled in, `page` the page of any finding. `layout` chooses the page, the columns and their widths; `matrix` writes the table; `lists` writes
//! what comes before and after it; `markup` has the few elements of Word markup that are needed,
//! `parts` the fixed parts of the package.

mod document;
mod form;
pub(in crate::report) mod layout;
mod lists;
pub(in crate::report) mod markup;
mod matrix;
mod page;
pub(in crate::report) mod parts;

pub use document::to_docx;
pub use form::to_form;
pub use page::page_to_docx;
