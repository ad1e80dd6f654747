//! [`Decoded`]: what a decoder returns.

use std::borrow::Cow;

/// The characters of a text, and the name of the encoding it was in.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: &'static str,
}
