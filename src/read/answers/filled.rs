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
    /// The names of the rivals that the list offered, by their numbers; empty for one that is gone from the list.
    pub rivals: Vec<String>,
    /// The answer; empty if there is none.
    pub answer: String,
}

/// The greatest number of a rival.
const MAX_RIVALS: usize = 9;

impl FilledAnswer {
    /// Notes the name of the rival of a number, from 1. One whose name is gone from the list has none, so that no
    /// answer can mean it, and the others keep their numbers.
    pub(super) fn offer(&mut self, number: usize, name: String) {
        if !(1..=MAX_RIVALS).contains(&number) {
            return;
        }
        if self.rivals.len() < number {
            self.rivals.resize(number, String::new());
        }
        self.rivals[number - 1] = name;
    }
}
