//! Texts into clauses: [`Label`] reads and orders official numbers, [`segment`] cuts.

mod aside;
mod cutter;
mod enumerator;
mod grain;
mod inline;
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

pub use grain::{Grain, Passage};
pub use label::Label;
pub use reference::{Reference, Target, references};
pub use segment::{Segment, SegmentKind, Segmentation, segment};
