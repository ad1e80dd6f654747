//! Versions of a text side by side, as one page that needs only a browser, and no script.

mod clause;
mod heat;
mod page;
mod place;

pub use page::to_side_by_side;
