//! [`GapParams`]: what counts as a gap.

params! {
    /// What counts as a gap; the default needs no tuning.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct GapParams {
        /// The fewest words of a shared passage that make a clause possibly missed, 5 by default.
        pub min_run: usize = 5,
        /// The fewest processes of an issue that a part of the world or a kind of actor is said to
        /// lack, 2 by default.
        pub min_processes: usize = 2,
        /// The most clauses possibly missed that are told, 200 by default.
        pub max_missed: usize = 200,
    }
}
