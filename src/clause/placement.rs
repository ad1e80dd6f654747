//! [`NumberPlacement`]: where a number belongs among the lists that are open, and what speaks for it.

use crate::clause::number::{Candidate, Delimiter};
use crate::clause::reading::{Reading, Style};
use crate::provision::ProvisionKind;

/// What the numbers of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) kind: Option<ProvisionKind>,
    pub(crate) delimiter: Delimiter,
    pub(crate) style: Style,
    /// Whether its numbers stand before titles, not before provisions.
    pub(crate) is_title: bool,
}

/// How sure it is that a paragraph begins at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberStrength {
    /// The line before ends in the middle of a sentence.
    Weak,
    /// The line before ends with a mark that ends a sentence or an item.
    Strong,
    /// A blank line, a heading or nothing stands before.
    Block,
}

/// What the words around a number tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) strength: NumberStrength,
    /// Whether the words before introduce a list.
    pub(crate) is_introduced: bool,
    /// Whether the number stands before a title.
    pub(crate) is_title: bool,
    /// The possible numbers of the next lines.
    pub(crate) next: &'a [Candidate],
}

/// Where a number belongs.
#[derive(Clone, Debug)]
pub(crate) struct NumberPlacement {
    pub(crate) signature: Signature,
    pub(crate) reading: Reading,
    /// How many lists stay open around it.
    pub(crate) depth: usize,
    /// Whether it goes on a list that is open.
    pub(crate) is_sibling: bool,
    /// What is odd about it.
    pub(crate) oddity: Option<Oddity>,
}

/// What is odd about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// Numbers are missing before it.
    Gap,
    /// The same number stood before.
    Repeated,
    /// A greater number stood before.
    Backward,
    /// The numbering starts again without a heading.
    Restarted,
    /// It stands deeper than 64 lists.
    Flattened,
}

/// An unnumbered item: how far it is indented, and its mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bullet {
    pub(crate) indent: usize,
    pub(crate) glyph: char,
    /// Whether the words before introduce a list.
    pub(crate) is_introduced: bool,
}
