//! Texts to clauses.

mod grains;
mod known_numbers;
mod mutations;
mod segmenting;
mod without_marks;
