//! [`FilledAnswer`]: one answer as a person wrote it.

/// What stands for the row of a clause that is in none.
pub(crate) const NO_ROW: &str = "no row";

/// One answer as a person wrote it into a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilledAnswer {
    /// Where it stands: `line 12`, `row 3`.
    pub place: String,
    /// The id of the clause.
    pub clause: String,
    /// The name of the row that the list said it is in; `None` if it was in none.
    pub here: Option<String>,
    /// The names of the rivals that the list offered, in their order.
    pub rivals: Vec<String>,
    /// The answer; empty if there is none.
    pub answer: String,
}
