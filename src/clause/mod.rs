//! Texts to clauses: [`segment`] divides a text into parts with labels, and [`Granularity`] says how finely.
//!
//! For programs that cut texts without making a corpus of them; the others get clauses from a
//! [`Corpus`](crate::corpus::Corpus).

mod contents;
mod enumerator;
mod furniture;
mod granularity;
mod inline;
mod kind;
mod learned;
mod line;
mod number;
mod opening;
mod outline;
mod placement;
mod quote;
mod reading;
mod running;
mod segment;
mod segmenter;
mod sequence;
mod title_block;
mod wording;

pub use granularity::Granularity;
pub(crate) use kind::RecordKind;
pub use kind::{Classified, ClauseKind, KindReason, Kinds};
pub use segment::{Segment, SegmentKind, Segmentation};
pub use segmenter::segment;
