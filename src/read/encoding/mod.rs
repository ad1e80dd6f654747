//! Texts in encodings other than UTF-8: `any` decodes them with the feature `encodings`, `only_utf8`
//! refuses them without it.

#[cfg(feature = "encodings")]
mod any;
mod decoded;
#[cfg(not(feature = "encodings"))]
mod only_utf8;

#[cfg(feature = "encodings")]
pub(crate) use any::{by_guess, by_mark, by_name};
pub(crate) use decoded::Decoded;
#[cfg(not(feature = "encodings"))]
pub(crate) use only_utf8::{by_guess, by_mark, by_name};
