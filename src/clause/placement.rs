//! [`Placement`]: where a number belongs among the open lists, and the evidence for it.

use crate::clause::number::{Candidate, Delimiter};
use crate::clause::reading::{Reading, Style};
use crate::provision::ProvisionKind;

/// The common properties of the numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) kind: Option<ProvisionKind>,
    pub(crate) delimiter: Delimiter,
    pub(crate) style: Style,
    /// Whether its numbers come before titles, not before provisions.
    pub(crate) is_title: bool,
}

/// How certain it is that a paragraph begins at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberStrength {
    /// The line before ends in the middle of a sentence.
    Weak,
    /// The line before ends with a mark that ends a sentence or an item.
    Strong,
    /// A blank line, a heading or nothing comes before.
    Block,
}

/// The evidence in the words around a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) strength: NumberStrength,
    /// Whether the words before introduce a list.
    pub(crate) is_introduced: bool,
    /// Whether the number comes before a title.
    pub(crate) is_title: bool,
    /// The possible numbers of the next lines.
    pub(crate) next: &'a [Candidate],
}

/// Where a number belongs.
#[derive(Clone, Debug)]
pub(crate) struct NumberPlacement {
    pub(crate) signature: Signature,
    pub(crate) reading: Reading,
    /// The number of lists that stay open around it.
    pub(crate) depth: usize,
    /// Whether it continues an open list.
    pub(crate) is_sibling: bool,
    /// What is odd about it.
    pub(crate) oddity: Option<Oddity>,
}

/// What is odd about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// Numbers are missing before it.
    Gap,
    /// The same number occurred before.
    Repeated,
    /// A greater number occurred before.
    Backward,
    /// The numbering starts again without a heading.
    Restarted,
    /// It is nested deeper than 64 lists.
    Flattened,
}

/// An unnumbered item: its indentation and its mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bullet {
    pub(crate) indent: usize,
    pub(crate) glyph: char,
    /// Whether the words before introduce a list.
    pub(crate) is_introduced: bool,
}
