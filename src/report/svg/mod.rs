//! Findings as pictures: SVG with text as text, in colors that everybody can tell apart.
//!
//! One file for each view, each a pure function of findings. Colors are those of Okabe and Ito (2008) for
//! kinds, and of viridis (van der Walt and Smith, 2015) for amounts. There is no style element and no
//! script, so a picture looks the same in a browser, a word processor and on a page with a strict policy.

mod arcs;
mod coverage;
mod heat;
mod palette;
mod sketch;
mod spread;
mod tree;
mod view;

pub use sketch::Size;
pub use view::{View, draw};
