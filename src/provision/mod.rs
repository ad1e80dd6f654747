//! The words and numbers that provisions are cited by: kinds (article, paragraph, principle),
//! numerals, labels, and references in running text.
//!
//! For programs that parse or compare official numbers; most programs only print a [`Label`].
//!
//! # Examples
//!
//! ```
//! use consonance::provision::Label;
//!
//! for written in ["Art. 25(4)", "art 25 para 4", "Article 25(4)"] {
//!     assert_eq!(Label::new(written).canonical(), "article 25(4)");
//! }
//! assert_eq!(Label::new("Article 25(4)(a)").provision(), "article 25");
//! // As in the key of a clause, `gge2015/13(f)`.
//! assert_eq!(Label::new("¶13(f)").slug(), "13(f)");
//! ```

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
    chinese_length, digit_of, is_bullet, latin_ordinal, parse_chinese, parse_digits, parse_letters,
    parse_roman,
};
pub(crate) use numeral::Numeral;
pub(crate) use reference::{Reference, Target, references};
