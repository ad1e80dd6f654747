//! The words and numbers that provisions are cited by: kinds (article, paragraph, principle),
//! numerals, labels, and references in running text.
//!
//! For programs that parse or compare official numbers; most programs only print a [`Label`].

mod cited;
mod dictionary;
mod instrument;
mod kind;
mod label;
mod numbering;
mod numeral;
mod reference;

pub(crate) use cited::{first_number_at, number_at};
pub(crate) use dictionary::{
    Form, MAX_WORD, WordList, find_counter, is_in, joint_length, kind_of, number_word,
    range_length, word,
};
pub(crate) use instrument::is_short_noun;
pub(crate) use instrument::{Instrument, NameKind, instruments};
pub(crate) use kind::{ProvisionKind, Role};
pub use label::Label;
pub(crate) use numbering::{
    digit_of, is_bullet, latin_ordinal, parse_chinese, parse_digits, parse_letters, parse_roman,
};
pub(crate) use numeral::Numeral;
pub(crate) use reference::{Reference, Target, references};
