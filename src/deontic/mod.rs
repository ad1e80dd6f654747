//! [`Force`]: how strongly a clause binds, and whom.
//!
//! For whoever asks how strongly texts bind; of a clause of a corpus,
//! [`Corpus::force`](crate::corpus::Corpus::force) tells it.
//!
//! The words that carry force are data ([`ModalClass`] by phrase, in English, French and Spanish). The
//! rules are few: the verb of the main sentence decides, a lead-in applies to its items, a sentence after
//! "which" or "if" decides nothing.

mod act;
mod addressee;
mod analysis;
mod bound;
mod class;
mod complement;
mod cue;
mod evidence;
mod find;
mod force;
mod gist;
mod lexicon;
mod part;
mod phrase;
mod position;
mod qualifier;
mod status;
mod subject;
mod word;

pub(crate) use act::Act;
pub use addressee::Addressee;
pub(crate) use analysis::{acts_of, qualifiers_of};
pub use class::ModalClass;
pub use evidence::Evidence;
pub(crate) use evidence::Place;
pub(crate) use force::Basis;
pub use force::Force;
pub(crate) use gist::ForceGist;
pub(crate) use lexicon::{Lexicon, Sense, lexicons};
pub(crate) use phrase::Phrases;
pub use qualifier::{Qualifier, QualifierKind};
pub(crate) use status::LegalStatus;
pub(crate) use word::{Elisions, Word, WordSet, words_of};
