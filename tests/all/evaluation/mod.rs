//! Agreement with codings by hand.

mod quality;
mod scoring;
