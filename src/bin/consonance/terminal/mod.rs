//! Text for a terminal: lines of its width, pages, and the table.

pub(crate) mod layout;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod printable;
pub(crate) mod rows;
pub(crate) mod table;
