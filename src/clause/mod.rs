//! Texts into clauses: [`Label`] reads and orders official numbers, [`segment`] cuts, [`Force`] says how strongly a
//! clause binds and whom.

mod aside;
mod cutter;
mod enumerator;
mod grain;
mod inline;
mod line;
mod number;
mod outline;
mod placement;
mod quote;
mod reading;
mod segment;
mod sequence;
mod wording;

pub use cutter::segment;
pub use grain::{Grain, Passage};
pub use segment::{Segment, SegmentKind, Segmentation};
