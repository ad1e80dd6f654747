//! [`revisions`]: the words of two wordings as kept, deleted and inserted ones, of which either wording can be made.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::reuse::{Fate, kept_blocks};
use crate::words::word_ranges;

/// Words with the spaces and paragraph ends before them, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revision {
    /// What became of them: `kept`, `deleted` or `inserted`.
    pub(crate) fate: Fate,
    /// The words, one space between two of them, a line end between two clauses.
    pub(crate) words: String,
}

/// Returns the difference of two wordings, each of one clause or of several: what is kept and deleted, joined, is
/// the first, what is kept and inserted the second, letter for letter, with white space as one space and a line
/// end between clauses.
///
/// Compared are words, as [`compare`](crate::reuse::compare) compares them, with the punctuation and the case of
/// each. Costs the pairs of equal words.
pub(crate) fn revisions(before: &[&str], after: &[&str]) -> Vec<Revision> {
    let [old, new] = [before, after].map(pieces_of);
    let [old_ids, new_ids] = numbered([&old, &new]);
    let mut redline = Redline::default();
    let (mut a, mut b) = (0, 0);
    for block in kept_blocks(&old_ids, &new_ids) {
        redline.change(&old[a..block.a], &new[b..block.b]);
        (a, b) = (block.a + block.n, block.b + block.n);
        redline.keep(&old[block.a..a], &new[block.b..b]);
    }
    redline.change(&old[a..], &new[b..]);
    redline.revisions
}

/// Returns pieces as numbers: the same for the same text, both after white space or both not.
fn numbered(sides: [&[Piece<'_>]; 2]) -> [Vec<u32>; 2] {
    let mut numbers = HashMap::new();
    sides.map(|pieces| {
        let number = pieces.iter().map(|piece| {
            let next = u32::try_from(numbers.len()).expect("a clause has fewer than 2^32 words");
            let is_apart = piece.space != Space::Nothing;
            *numbers
                .entry((piece.text.to_owned(), is_apart))
                .or_insert(next)
        });
        number.collect()
    })
}

/// What stands before a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    Nothing,
    Blank,
    ClauseEnd,
}

impl Space {
    fn shown(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Blank => " ",
            Self::ClauseEnd => "\n",
        }
    }
}

/// A word with the punctuation after it, or punctuation alone.
struct Piece<'t> {
    space: Space,
    text: &'t str,
}

/// Returns the pieces of the clauses of a wording, in order.
fn pieces_of<'t>(clauses: &[&'t str]) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    for clause in clauses {
        let mut space = if pieces.is_empty() {
            Space::Nothing
        } else {
            Space::ClauseEnd
        };
        for between_spaces in clause.split_whitespace() {
            for range in parts_of(between_spaces) {
                let text = &between_spaces[range];
                pieces.push(Piece { space, text });
                space = Space::Nothing;
            }
            space = Space::Blank;
        }
    }
    pieces
}

/// Returns the parts of a text without white space, each from a word or an opening bracket to the next.
fn parts_of(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = word_ranges(text).map(|word| word.start).collect();
    starts.extend(
        text.match_indices(['(', '[', '“', '‘', '«'])
            .map(|(place, _)| place),
    );
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts[1..].iter().copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| *start..end)
        .collect()
}

/// Revisions in preparation.
#[derive(Default)]
struct Redline {
    revisions: Vec<Revision>,
}

impl Redline {
    fn keep(&mut self, old: &[Piece<'_>], new: &[Piece<'_>]) {
        for (was, is) in old.iter().zip(new) {
            self.keep_space(was.space, is.space);
            self.push(Fate::Kept, is.text);
        }
    }

    fn keep_space(&mut self, was: Space, is: Space) {
        if was == is {
            self.push(Fate::Kept, is.shown());
        } else {
            self.push(Fate::Deleted, was.shown());
            self.push(Fate::Inserted, is.shown());
        }
    }

    fn change(&mut self, deleted: &[Piece<'_>], inserted: &[Piece<'_>]) {
        for (fate, pieces) in [(Fate::Deleted, deleted), (Fate::Inserted, inserted)] {
            for piece in pieces {
                self.push(fate, piece.space.shown());
                self.push(fate, piece.text);
            }
        }
    }

    fn push(&mut self, fate: Fate, words: &str) {
        match self.revisions.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.fate == fate => last.words.push_str(words),
            _ => self.revisions.push(Revision {
                fate,
                words: words.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::single_spaced;
    use proptest::prelude::*;

    fn marked(before: &[&str], after: &[&str]) -> String {
        let shown = |revision: &Revision| match revision.fate {
            Fate::Deleted => format!("[-{}-]", revision.words),
            Fate::Inserted => format!("{{+{}+}}", revision.words),
            _ => revision.words.clone(),
        };
        revisions(before, after).iter().map(shown).collect()
    }

    fn side(revisions: &[Revision], other: Fate) -> String {
        let of_side = revisions.iter().filter(|revision| revision.fate != other);
        of_side.map(|revision| revision.words.as_str()).collect()
    }

    #[test]
    fn words_are_told_with_their_spaces() {
        let check = |before: &[&str], after: &[&str], expected: &str| {
            assert_eq!(marked(before, after), expected);
        };
        check(
            &["Ships shall  keep\na light."],
            &["Ships should keep a light, always."],
            "Ships[- shall-]{+ should+} keep a[- light.-]{+ light, always.+}",
        );
        check(
            &["Keep a light. Ring the bell."],
            &["Keep a light.", "Ring the bell."],
            "Keep a light.[- -]{+\n+}Ring the bell.",
        );
        check(&["2(a) Keep"], &["4(a) Keep"], "[-2-]{+4+}(a) Keep");
        check(&["a-b"], &["a b"], "[-a-b-]{+a b+}");
        check(&[], &["Keep a light."], "{+Keep a light.+}");
        check(
            &["“Keep” a light"],
            &["“Hold” a light"],
            "“[-Keep”-]{+Hold”+} a light",
        );
    }

    proptest! {
        #[test]
        fn either_wording_can_be_made_of_the_revisions(
            before in prop::collection::vec("[ab,“-]{1,3}( [ab.]{1,3}){0,9}", 0..3),
            after in prop::collection::vec("[ab,“-]{1,3}( [ab.]{1,3}){0,9}", 0..3),
        ) {
            let [before, after] = [&before, &after].map(|clauses| -> Vec<&str> {
                clauses.iter().map(String::as_str).collect()
            });
            let found = revisions(&before, &after);
            let joined = |clauses: &[&str]| -> String {
                clauses.iter().map(|clause| single_spaced(clause)).collect::<Vec<_>>().join("\n")
            };
            prop_assert_eq!(side(&found, Fate::Inserted), joined(&before));
            prop_assert_eq!(side(&found, Fate::Deleted), joined(&after));
        }
    }
}
