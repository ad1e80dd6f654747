//! [`Force`]: how strongly a clause binds, and whom.
//!
//! The words that say so are data ([`ModalClass`] by phrase, in English, French and Spanish); the
//! rules that weigh them are few: the verb of the main sentence decides, what a lead-in says holds
//! for its items, a sentence behind "which" or "if" decides nothing.

mod addressee;
mod bound;
mod class;
mod cue;
mod lexicon;
mod part;
mod phrases;
mod qualifier;
mod reading;
mod result;
mod standing;
mod status;
mod subject;
mod words;

pub use addressee::{Addressee, AddresseeSource};
pub use class::{ModalClass, Strength};
pub use qualifier::{Qualifier, QualifierKind};
pub use result::{Basis, Evidence, Force, Modal, Place};
pub use status::LegalStatus;
