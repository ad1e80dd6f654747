//! Files and texts to a corpus.

mod building;
mod bundled;
mod loading;
pub(crate) mod originals;
