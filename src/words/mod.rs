//! Words, case and accents: the one tokenizer below [`term`](crate::term).
//!
//! Each kind of word boundary is defined once, for one purpose: words for a reader
//! ([`each_standard_word`]), words that terms are made of ([`each_raw_word`]), words compared for
//! text reuse ([`word_ranges`]), and words as a simple word counter counts them
//! ([`each_plain_word`]).

mod broken;
mod fold;
mod hash;
mod interner;
mod joined;
mod runs;
mod standard;

pub(crate) use broken::{BrokenWord, broken_words};
pub(crate) use fold::{
    fold_accents, fold_into, fold_name, fold_word, is_ignorable, letters_and_digits, lower_case,
    without_accents,
};
pub(crate) use hash::{SPREAD, StableHash};
pub(crate) use interner::Interner;
pub(crate) use joined::{RawWord, each_raw_word, raw_words};
pub(crate) use runs::{each_plain_word, prefix_length, runs_of, single_spaced, word_ranges};
pub(crate) use standard::{each_part, each_standard_word, is_inside_word, standard_words};
