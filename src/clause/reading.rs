//! [`Reading`]: the possible values of a number, and which number follows which.

use crate::clause::number::{Enumerator, LETTER_LEVEL, Value};

/// The place of the letter `z`.
const LETTER_Z: u32 = 26;

/// The kind of digits that a list counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Arabic,
    /// This many levels in one number.
    Decimal(usize),
    Letter {
        is_upper: bool,
    },
    Roman {
        is_upper: bool,
    },
    /// `aa`, `bb`: a list below one of Roman numbers.
    Doubled {
        is_upper: bool,
    },
    Unnumbered,
}

/// A possible value of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) style: Style,
    pub(crate) value: u32,
    pub(crate) inserted: u32,
    /// The levels of a decimal number before the last.
    pub(crate) outer: Vec<u32>,
}

impl Enumerator {
    /// Whether two numbers are letters of the same case.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Letters { is_upper: a, .. }, Value::Letters { is_upper: b, .. }) => a == b,
            _ => false,
        }
    }
}

impl Reading {
    /// An item without a number.
    pub(crate) fn unnumbered() -> Self {
        Self {
            style: Style::Unnumbered,
            value: 0,
            inserted: 0,
            outer: Vec::new(),
        }
    }

    /// Whether this is the next number after another.
    pub(crate) fn follows(&self, last: &Self) -> bool {
        let is_next = self.inserted == 0 && last.value.checked_add(1) == Some(self.value);
        let is_inserted = self.value == last.value && self.inserted > last.inserted;
        // Most numbers have one level.
        let is_one_level = self.outer.is_empty() && last.outer.is_empty();
        (is_next || is_inserted) && (is_one_level || self.outer == last.outer)
            || self.value == 1 && self.begins_next(last)
            || self.is_first_letter() && last.value < LETTER_LEVEL && self.outer == last.outer
    }

    /// Whether this is `4.a`, which follows the numbers from `4.1` on.
    fn is_first_letter(&self) -> bool {
        matches!(self.style, Style::Decimal(_)) && self.value == LETTER_LEVEL + 1
    }

    /// Whether this is the first number below the next one of the level above: 5.1 after 4.12.
    fn begins_next(&self, last: &Self) -> bool {
        match (self.outer.split_last(), last.outer.split_last()) {
            (Some((a, outer)), Some((b, last_outer))) => {
                outer == last_outer && b.checked_add(1) == Some(*a)
            }
            _ => false,
        }
    }

    pub(crate) fn is_first(&self) -> bool {
        self.value == 1 && self.inserted == 0 || self.is_first_letter()
    }

    /// Whether it is a letter or a Roman number inserted after another: `(za)`, `II bis`.
    pub(crate) fn is_inserted_letter(&self) -> bool {
        self.inserted > 0 && !matches!(self.style, Style::Arabic | Style::Unnumbered)
    }

    /// The difference from another number.
    pub(crate) fn distance(&self, last: &Self) -> i64 {
        i64::from(self.value) - i64::from(last.value)
    }

    /// Whether a number is more likely a year.
    pub(crate) fn is_year(&self) -> bool {
        self.style == Style::Arabic && (1900..=2100).contains(&self.value)
    }
}

/// The possible values of a number: a letter may also be a Roman number, a doubled letter also the
/// first of a list.
pub(crate) fn readings_of(found: &Enumerator) -> [Option<Reading>; 3] {
    let plain = |style, value, inserted| Reading {
        style,
        value,
        inserted,
        outer: Vec::new(),
    };
    match &found.value {
        Value::Arabic { number, inserted } => {
            [Some(plain(Style::Arabic, *number, *inserted)), None, None]
        }
        Value::Decimal(levels) => {
            let reading = levels.split_last().map(|(value, outer)| Reading {
                style: Style::Decimal(levels.len()),
                value: *value,
                inserted: 0,
                outer: outer.to_vec(),
            });
            [reading, None, None]
        }
        Value::Letters {
            letter,
            roman,
            inserted,
            is_upper,
        } => {
            let (is_upper, inserted) = (*is_upper, *inserted);
            let letter_of = |value| plain(Style::Letter { is_upper }, value, inserted);
            if let (Some(LETTER_Z), 1..) = (*letter, inserted) {
                // `(za)` is before `(a)` or after `(z)`.
                return [Some(letter_of(LETTER_Z)), Some(letter_of(0)), None];
            }
            [
                letter.map(letter_of),
                roman.map(|value| plain(Style::Roman { is_upper }, value, inserted)),
                doubled_letter(*letter).map(|value| plain(Style::Doubled { is_upper }, value, 0)),
            ]
        }
        Value::Nothing => [Some(Reading::unnumbered()), None, None],
    }
}

/// The position of the letter that is doubled in `aa`, which is also the 27th letter.
fn doubled_letter(letter: Option<u32>) -> Option<u32> {
    letter?
        .checked_sub(26)
        .filter(|place| (1..=26).contains(place))
}
