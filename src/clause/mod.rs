//! Texts into clauses: [`Label`] reads and orders official numbers, [`segment`] cuts.

mod label;
mod segment;

pub use label::Label;
pub use segment::{Segment, SegmentKind, Segmentation, segment};
