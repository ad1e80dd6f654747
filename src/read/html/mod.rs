//! Web pages: the words of the main content, and what the elements tell about their structure.
//!
//! `guard` looks at the source before it is parsed, `content` finds what of the page is text, `walk`
//! writes it, with the numbers of `list` and without the marks that `note` knows; `read` does all that.

mod content;
mod guard;
mod list;
mod note;
mod read;
mod walk;

pub(crate) use content::NodeRef;
pub(crate) use read::read;
