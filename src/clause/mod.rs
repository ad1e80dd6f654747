//! Texts into clauses: [`Label`] reads and orders official numbers, [`segment`] cuts, [`Force`] says how strongly a
//! clause binds and whom.

mod aside;
mod cutter;
mod enumerator;
mod force;
mod grain;
mod inline;
mod instrument;
mod kind;
mod label;
mod line;
mod numbering;
mod outline;
mod quote;
mod reference;
mod segment;
mod sequence;
mod wording;

pub use force::{
    Addressee, AddresseeSource, Basis, Evidence, Force, LegalStatus, Modal, ModalClass, Place,
    Qualifier, QualifierKind, Strength,
};
pub use grain::{Grain, Passage};
pub(crate) use instrument::SHORT_HEADS;
pub use instrument::{Instrument, NameKind, instruments};
pub use label::Label;
pub use reference::{Reference, Target, references};
pub use segment::{Segment, SegmentKind, Segmentation, segment};
