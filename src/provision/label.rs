//! [`Label`]: the official number of a clause, in the document's own style.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::agreement::natural_order;
use crate::provision::dictionary::{self, number_word, split_counter};
use crate::provision::kind::{ProvisionKind, Role};
use crate::provision::numbering::{
    digit_of, latin_ordinal, parse_chinese, parse_digits, parse_letters, parse_roman,
};
use crate::provision::numeral::{letters_of, roman};
use crate::words::prefix_length;

/// The most levels of a label that are parsed; a deeper label is kept as text.
const MAX_LEVELS: usize = 64;

/// The official number of a clause (`¶13(f)`, `Article 25(4)`, `Norm 4`), printed as it is written.
///
/// Labels are ordered as a document numbers its parts: preamble, recitals, provisions, annexes; 2
/// before 10, (a) before (b), (i) before (ii) before (iv). A label of no known numbering style is
/// kept as text and ordered last. `==` compares the written form, [`Label::is_same_place`] the
/// meaning.
///
/// A single `i`, `v` or `x` is ordered as a Roman number, between `h` and `j`, because a label
/// alone does not show which list it belongs to; the segmenter decides by the sequence.
///
/// # Examples
///
/// ```
/// use consonance::provision::Label;
///
/// let label = Label::new("Article 25(4)");
/// assert!(label.is_cited_by("art 25 para 4") && !label.is_cited_by("art 25"));
/// assert!(Label::new("¶2") < Label::new("¶10"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(String);

/// One level of a label: what is counted, if it is written, and the number, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    kind: Option<ProvisionKind>,
    number: Option<Number>,
}

/// The number of a level, in the order of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    /// A number and its insertion after it: 2 for `bis`, 1 for the `A` of `19A`.
    Arabic(u32, Inserted),
    /// A letter or a lower-case Roman number.
    Listed { letter: u32, roman: u32 },
}

/// What is inserted between a number and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Inserted {
    Nothing,
    Letter(u32),
    Latin(u32),
}

/// The position of `i` in the alphabet.
const LETTER_I: u32 = 9;

impl Label {
    /// Returns `written` as a label; any text is valid, and known numbering styles are parsed.
    pub fn new(written: impl Into<String>) -> Self {
        Self(written.into())
    }

    /// Returns the label as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the label as part of a clause key: lower case, words joined by hyphens, without `¶`
    /// and without full stops except in decimal numbers.
    pub fn slug(&self) -> String {
        let mut slug = String::with_capacity(self.0.len());
        let mut rest = self.0.trim().chars().peekable();
        let mut before = ' ';
        while let Some(c) = rest.next() {
            let is_decimal_point = c == '.'
                && before.is_ascii_digit()
                && rest.peek().is_some_and(char::is_ascii_digit);
            if c.is_whitespace() {
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            } else if is_decimal_point || !matches!(c, '¶' | '.') {
                slug.extend(c.to_lowercase());
            }
            before = c;
        }
        slug.truncate(slug.trim_end_matches('-').len());
        slug
    }

    /// Returns one form for all styles: `art 25 para 4`, `Art. 25(4)` and `Article 25(4)` are all
    /// `article 25(4)`.
    ///
    /// A label of no known style gives its [`Label::slug`].
    pub fn canonical(&self) -> String {
        match self.steps() {
            Some(steps) => written_out(&steps),
            None => self.slug(),
        }
    }

    /// Whether two labels name the same provision, in whatever style each is written.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.0 == other.0 || self.canonical() == other.canonical()
    }

    /// Whether a citation as people type it names this label: `art 25 para 4`, `25(4)` and `Art.
    /// 25, para. 4` all name `Article 25(4)`.
    ///
    /// The word before the first number may be omitted; if it is given, it must be the right one.
    /// All levels must be given: `art 25` does not name `Article 25(4)`, nor `art 5` an article of
    /// an annex.
    pub fn is_cited_by(&self, typed: &str) -> bool {
        let cited = Self::new(typed);
        if self.is_same_place(&cited) {
            return true;
        }
        let (Some(own), Some(mut typed_steps)) = (self.steps(), cited.steps()) else {
            let letters = |text: &str| -> String {
                let is_kept = |c: &char| c.is_alphanumeric();
                text.chars()
                    .filter(is_kept)
                    .flat_map(char::to_lowercase)
                    .collect()
            };
            return !typed.is_empty() && letters(&self.0) == letters(typed);
        };
        let is_bare = typed_steps
            .first()
            .is_some_and(|first| first.kind.is_none());
        if let (true, Some(first)) = (is_bare, typed_steps.first_mut()) {
            first.kind = own.first().and_then(|step| step.kind);
        }
        own == typed_steps || own == with_letter_as_level(typed_steps)
    }

    /// Returns the number of levels: `Article 25(4)(a)` has three; a label of unknown style has one.
    pub fn depth(&self) -> usize {
        self.steps().map_or(1, |steps| steps.len())
    }

    /// Returns the canonical form of the provision that contains it: `article 25` for `Article
    /// 25(4)(a)`, `annex 2 article 5` for `Annex II Article 5(1)`.
    pub fn provision(&self) -> String {
        let Some(steps) = self.steps() else {
            return self.slug();
        };
        let n_outer = steps
            .iter()
            .take_while(|step| step.kind.is_some_and(|kind| kind.role() != Role::Provision))
            .count();
        let end = (n_outer + 1).min(steps.len());
        written_out(&steps[..end])
    }

    /// Returns the levels of the label, if a numbering style explains all of it.
    fn steps(&self) -> Option<Vec<Step>> {
        let mut levels = LabelLevels::default();
        let mut rest = self.0.trim_start();
        let mut is_after_digits = false;
        loop {
            let is_glued = is_after_digits && rest.starts_with(char::is_alphabetic);
            let Some(token) = next_token(&mut rest) else {
                break;
            };
            is_after_digits = token.starts_with(|c| digit_of(c).is_some());
            if is_glued && levels.insert_letter(token) {
                continue;
            }
            levels.read_token(token)?;
            if levels.steps.len() > MAX_LEVELS {
                return None;
            }
        }
        levels.end_word();
        let steps = levels.steps;
        let stands_alone = |kind| matches!(kind, ProvisionKind::Preamble | ProvisionKind::Annex);
        let says_much = |step: &Step| step.number.is_some() || step.kind.is_some_and(stands_alone);
        steps.iter().any(says_much).then_some(steps)
    }

    /// Returns the class that labels are ordered by first.
    fn class_of(steps: Option<&[Step]>) -> u8 {
        let Some(first) = steps.and_then(<[Step]>::first) else {
            return 4;
        };
        match first.kind {
            Some(ProvisionKind::Preamble) => 0,
            Some(ProvisionKind::Recital) => 1,
            Some(ProvisionKind::Annex) => 3,
            _ => 2,
        }
    }
}

/// Treats the letter of `13f` as a level, not as an insertion after the number.
fn with_letter_as_level(mut steps: Vec<Step>) -> Vec<Step> {
    let last = steps.last_mut().and_then(|step| step.number.as_mut());
    if let Some(Number::Arabic(_, inserted)) = last
        && let Inserted::Letter(letter) = *inserted
    {
        *inserted = Inserted::Nothing;
        let number = Some(Number::Listed { letter, roman: 0 });
        steps.push(Step { kind: None, number });
    }
    steps
}

/// Takes the next word, number or Chinese numeral off a label; `None` at its end.
fn next_token<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let is_separator =
        |c: char| c.is_whitespace() || ".,()[]/-–—:;°ºª\u{200e}\u{200f}第".contains(c);
    *rest = rest.trim_start_matches(is_separator);
    let first = rest.chars().next()?;
    let length = match first {
        _ if digit_of(first).is_some() => prefix_length(rest, |c| digit_of(c).is_some()),
        _ if first.is_alphabetic() => prefix_length(rest, char::is_alphabetic),
        _ => first.len_utf8(),
    };
    let (token, after) = rest.split_at(length);
    *rest = after;
    Some(token)
}

/// The levels of a label parsed so far.
#[derive(Default)]
struct LabelLevels {
    steps: Vec<Step>,
    /// What the next number counts.
    kind: Option<ProvisionKind>,
}

impl LabelLevels {
    /// Adds a token; `None` if no style explains it.
    fn read_token(&mut self, token: &str) -> Option<()> {
        if let Some(named) = dictionary::kind_of(token) {
            self.name_level(named);
        } else if let Some(number) = parse_digits(token) {
            self.push(Number::Arabic(number, Inserted::Nothing));
        } else if digit_of(token.chars().next()?).is_some() {
            return None;
        } else if !self.insert_ordinal(token) && !matches!(token, "er" | "st" | "nd" | "rd" | "th")
        {
            match number_word(token) {
                Some(number) => self.push(Number::Arabic(number, Inserted::Nothing)),
                None => self.read_letters(token)?,
            }
        }
        Some(())
    }

    /// The number of the last level.
    fn last_number(&mut self) -> Option<&mut Number> {
        self.steps.last_mut()?.number.as_mut()
    }

    /// Makes the ordinal of `19 bis` part of its number.
    fn insert_ordinal(&mut self, token: &str) -> bool {
        match (self.last_number(), latin_ordinal(token)) {
            (Some(Number::Arabic(_, inserted @ Inserted::Nothing)), Some(ordinal)) => {
                *inserted = Inserted::Latin(ordinal);
                true
            }
            _ => false,
        }
    }

    /// Makes the letter of `19A` part of its number; false if the token is not a single letter.
    fn insert_letter(&mut self, token: &str) -> bool {
        let is_single = token.chars().nth(1).is_none();
        match (self.last_number(), parse_letters(token)) {
            (Some(Number::Arabic(_, inserted)), Some(letter)) if is_single => {
                *inserted = Inserted::Letter(letter);
                true
            }
            _ => false,
        }
    }

    /// A word of letters: an inserted letter, a Roman or Chinese number, a letter, or a named level.
    fn read_letters(&mut self, token: &str) -> Option<()> {
        if let Some((numeral, word)) = split_counter(token) {
            let number = Number::Arabic(parse_chinese(numeral)?, Inserted::Nothing);
            self.name_level(word);
            self.push(number);
            return Some(());
        }
        let is_upper = token.chars().all(char::is_uppercase);
        let number = match (parse_roman(token), parse_letters(token)) {
            // A capital Roman number after `Article` is a number in other digits.
            (Some(roman), letter) if is_roman(token, letter) => {
                if is_upper && self.kind.is_some() {
                    Number::Arabic(roman, Inserted::Nothing)
                } else {
                    let letter = LETTER_I;
                    Number::Listed { letter, roman }
                }
            }
            (_, Some(letter)) => Number::Listed { letter, roman: 0 },
            _ => return None,
        };
        self.push(number);
        Some(())
    }

    /// Sets what the next number counts.
    fn name_level(&mut self, named: ProvisionKind) {
        self.end_word();
        self.kind = Some(named);
    }

    /// Makes a word still without a number a level of its own.
    fn end_word(&mut self) {
        let open = self.kind.take().filter(|open| !open.is_plain());
        let level = |kind| Step {
            kind: Some(kind),
            number: None,
        };
        self.steps.extend(open.map(level));
    }

    /// Adds a level with a number.
    fn push(&mut self, number: Number) {
        self.steps.push(Step {
            kind: self.kind.take().filter(|kind| !kind.is_plain()),
            number: Some(number),
        });
    }
}

/// Whether letters alone are more likely a Roman number than a letter: `ii`, `v`, but not `c`.
fn is_roman(token: &str, letter: Option<u32>) -> bool {
    letter.is_none()
        || token
            .chars()
            .all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'))
}

fn written_out(steps: &[Step]) -> String {
    let steps = steps.iter().enumerate();
    let written = steps.map(|(depth, step)| {
        let gap = if depth > 0 { " " } else { "" };
        match (
            step.kind.map(ProvisionKind::name),
            step.number.map(number_text),
        ) {
            (Some(kind), Some(number)) => format!("{gap}{kind} {number}"),
            (Some(kind), None) => format!("{gap}{kind}"),
            (None, Some(number)) if depth == 0 => number,
            (None, Some(number)) => format!("({number})"),
            (None, None) => String::new(),
        }
    });
    written.collect()
}

fn number_text(number: Number) -> String {
    match number {
        Number::Arabic(n, Inserted::Nothing) => n.to_string(),
        Number::Arabic(n, Inserted::Letter(letter)) => format!("{n}{}", letters_of(letter)),
        Number::Arabic(n, Inserted::Latin(ordinal)) => format!("{n}-{ordinal}"),
        Number::Listed { roman: i, .. } if i > 0 => roman(i).unwrap_or_default(),
        Number::Listed { letter, .. } => letters_of(letter),
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.steps(), other.steps());
        Self::class_of(left.as_deref())
            .cmp(&Self::class_of(right.as_deref()))
            .then_with(|| left.cmp(&right))
            .then_with(|| natural_order(&self.0, &other.0))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
