//! Texts into clauses: [`Label`] reads and orders official numbers, [`segment`] cuts, [`Force`] says how strongly a
//! clause binds and whom.

mod enumerator;
mod furniture;
mod granularity;
mod inline;
mod line;
mod number;
mod outline;
mod placement;
mod quote;
mod reading;
mod segment;
mod segmenter;
mod sequence;
mod wording;

pub use granularity::{Granularity, Provision};
pub use segment::{Segment, SegmentKind, Segmentation};
pub use segmenter::segment;
