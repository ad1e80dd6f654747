//! What a person with five minutes is told of a corpus and its table: facts, each with the clauses that show it.

mod asked;
mod brief;
mod news;
mod params;
mod parting;
mod quantity;
mod result;

pub use brief::briefing;
pub use params::BriefingParams;
pub use result::Briefing;
pub(crate) use result::{IssueBrief, NewAgreement, Silence, SuggestedReading};
