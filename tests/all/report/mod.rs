//! Tables and findings in every form.

mod cells;
mod comments;
mod files;
mod forms;
mod kinds;
pub(crate) mod page;
mod page_folded;
mod page_in_browser;
mod page_questions;
mod pictures;
mod redline;
mod side_by_side;
