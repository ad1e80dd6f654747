//! Texts to clauses.

mod grains;
mod kinds;
mod known_numbers;
mod mutations;
mod segmenting;
mod without_marks;
