//! The convergence table.

mod codebook;
mod corrections;
mod determinism;
mod kinds;
mod review;
