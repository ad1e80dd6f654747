//! [`Enumerator`]: what may be a number at the start of a line, before its place is checked.

mod word;

use std::ops::Range;

use crate::clause::enumerator::word::{chinese, with_word};

use crate::clause::line::is_space;
use crate::provision::Kind;
use crate::provision::{
    digit_of, latin_ordinal, parse_chinese, parse_digits, parse_letters, parse_roman,
};

/// How a number is set apart from the words it numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// `1.`
    Dot,
    /// `(1)`
    Parentheses,
    /// `1)`
    Closing,
    /// `1°`
    Degree,
    /// `1` and white space, or the end of the line.
    Space,
    /// `Article 1`
    Word,
    /// `-`, `•`
    Bullet,
}

/// What a number may be read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number, and 1 for `A` or `bis` behind it.
    Arabic { number: u32, inserted: u32 },
    /// `3.2`: all levels.
    Decimal(Vec<u32>),
    /// Letters, of which some are Roman numbers as well.
    Letters {
        letter: Option<u32>,
        roman: Option<u32>,
        is_upper: bool,
    },
    /// No number: a bullet, `Annex`, `Preamble`.
    Nothing,
}

impl Value {
    /// Returns how many levels it has, and which digits: the same for numbers of one list.
    pub(crate) fn n_levels(&self) -> (u8, usize) {
        match self {
            Self::Arabic { .. } => (0, 1),
            Self::Decimal(levels) => (1, levels.len()),
            Self::Letters { .. } => (2, 1),
            Self::Nothing => (3, 1),
        }
    }

    /// Whether it is the next letter or the next Roman number after another.
    pub(crate) fn may_follow(&self, before: &Self) -> bool {
        let is_next = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a + 1 == b);
        match (before, self) {
            (
                Self::Letters {
                    letter: a,
                    roman: i,
                    ..
                },
                Self::Letters {
                    letter: b,
                    roman: ii,
                    ..
                },
            ) => is_next(*a, *b) || is_next(*i, *ii),
            _ => false,
        }
    }

    /// Whether a list may begin with it: `1`, `a`, `i`.
    pub(crate) fn is_first(&self) -> bool {
        match self {
            Self::Arabic { number, .. } => *number == 1,
            Self::Letters { letter, roman, .. } => *letter == Some(1) || *roman == Some(1),
            _ => false,
        }
    }
}

/// A possible number at the start of a line; ranges count from the start of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enumerator {
    pub(crate) kind: Option<Kind>,
    pub(crate) delimiter: Delimiter,
    pub(crate) value: Value,
    /// The number as written, without what sets it apart: `25`, `a`, `3.2`.
    pub(crate) number: Range<usize>,
    /// The kind's word and the number as written: `Article 25(4)`.
    pub(crate) written: Range<usize>,
    /// Where the words behind it begin.
    pub(crate) body: usize,
    /// Whether a mark or nothing stands between the number and the words, not only white space.
    pub(crate) is_set_apart: bool,
}

/// Marks of unnumbered items.
const BULLETS: [char; 13] = [
    '-', '*', '•', '–', '—', '·', '◦', '▪', '●', '‣', '○', '■', '□',
];

/// The most bytes looked at for a number.
const MAX_NUMBER: usize = 24;

/// Reads the number a line begins with, if it begins with what may be one.
///
/// Looks at some dozens of bytes at most, however long the line is.
pub(crate) fn read_enumerator(line: &str) -> Option<Enumerator> {
    let first = line.chars().next()?;
    match first {
        '*' | '_' if line.starts_with("**") || line.starts_with("__") => in_bold(line),
        '(' | '[' | '（' => in_parentheses(line),
        '-' | '*' | '•' | '–' | '—' | '·' | '◦' | '▪' | '●' | '‣' | '○' | '■' | '□' => {
            bullet(line)
        }
        '第' => chinese(line),
        '¶' | '§' => with_word(line),
        _ if digit_of(first).is_some() => digits_first(line),
        _ if first.is_alphabetic() => list_letter(line).or_else(|| with_word(line)),
        '№' => with_word(line),
        _ => None,
    }
}

fn bullet(line: &str) -> Option<Enumerator> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let body = skip_space(line, first.len_utf8());
    if let Some(number) = numbered_item(line, body) {
        return Some(number);
    }
    Some(Enumerator {
        kind: None,
        delimiter: Delimiter::Bullet,
        value: Value::Nothing,
        number: 0..0,
        written: 0..first.len_utf8(),
        body,
        is_set_apart: true,
    })
}

/// `**Norm 4:** States should`: a number that Markdown makes bold.
fn in_bold(line: &str) -> Option<Enumerator> {
    let number = with_word(&line[2..])?;
    let closing = line[2 + number.body..].strip_prefix(&line[..2])?;
    let after = line.len() - closing.len();
    let body = line.len()
        - line[after..]
            .trim_start_matches([':', '.', ' ', '–', '—'])
            .len();
    Some(Enumerator {
        number: number.number.start + 2..number.number.end + 2,
        written: number.written.start + 2..number.written.end + 2,
        body,
        is_set_apart: true,
        ..number
    })
}

/// The number behind a bullet, which says more than the bullet: `- (a) States shall`.
fn numbered_item(line: &str, body: usize) -> Option<Enumerator> {
    let rest = &line[body..];
    // A bullet behind a bullet is none; without this, a line of bullets would nest calls.
    if rest.starts_with(BULLETS) {
        return None;
    }
    let number = read_enumerator(rest)?;
    let is_sure = match number.delimiter {
        Delimiter::Parentheses => true,
        Delimiter::Word => number.is_set_apart && number.body < rest.len(),
        _ => false,
    };
    let shifted = |range: Range<usize>| range.start + body..range.end + body;
    is_sure.then(|| Enumerator {
        number: shifted(number.number.clone()),
        written: shifted(number.written.clone()),
        body: number.body + body,
        ..number
    })
}

/// `(1)`, `(a)`, `(iv)`, `[1]`.
fn in_parentheses(line: &str) -> Option<Enumerator> {
    let open = line.chars().next()?.len_utf8();
    let inside = head(line, open);
    let length = inside.find([')', ']', '）'])?;
    let number = open..open + length;
    let value = value_of(line[number.clone()].trim())?;
    let close = line[number.end..].chars().next()?.len_utf8();
    let end = number.end + close;
    // `(1)(a)` is two numbers, `(a)bc` is none, `(s)he` neither.
    let rest = &line[end..];
    let is_word = rest.starts_with(char::is_lowercase) && inside.starts_with('s');
    if is_word {
        return None;
    }
    Some(Enumerator {
        kind: None,
        delimiter: Delimiter::Parentheses,
        value,
        number,
        written: 0..end,
        body: skip_space(line, end),
        is_set_apart: true,
    })
}

/// `1.`, `1)`, `1°`, `3.2`, `19A.`, `2 bis.`, `1 ` and `1.-`.
fn digits_first(line: &str) -> Option<Enumerator> {
    let start = head(line, 0);
    let (value, mut end) = arabic(start)?;
    let is_decimal = matches!(value, Value::Decimal(_));
    let number = 0..end;
    if line[end..].starts_with('\\') {
        end += 1;
    }
    let mark = line[end..].chars().next();
    let (delimiter, length) = match mark {
        None => (Delimiter::Space, 0),
        Some('.') => (Delimiter::Dot, 1),
        Some(')') => (Delimiter::Closing, 1),
        Some('）' | '、' | '．') => (Delimiter::Closing, 3),
        Some('°' | 'º') => (Delimiter::Degree, 2),
        Some(c) if c.is_whitespace() => (Delimiter::Space, 0),
        Some('(') if is_decimal => (Delimiter::Space, 0),
        Some(_) => return None,
    };
    end += length;
    let rest = &line[end..];
    if delimiter == Delimiter::Dot && !may_follow_dot(rest) {
        return None;
    }
    let end = end + rest.len() - rest.trim_start_matches(['-', '–', '—', '.']).len();
    Some(Enumerator {
        kind: None,
        delimiter,
        value,
        number,
        written: 0..end,
        body: skip_space(line, end),
        is_set_apart: delimiter != Delimiter::Space || line[end..].is_empty(),
    })
}

/// Whether words may follow `1.` so: white space, a capital, a quotation mark or a parenthesis.
fn may_follow_dot(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | '(' | '"' | '“' | '«' | '*')
            || (c.is_alphabetic() && !c.is_lowercase())
    })
}

/// `a)`, `a.`, `iv)`, `IV.`
fn list_letter(line: &str) -> Option<Enumerator> {
    let start = head(line, 0);
    let end = start.find(|c: char| !c.is_alphabetic())?;
    let escape = usize::from(line[end..].starts_with('\\'));
    let mark = line[end + escape..].chars().next()?;
    let delimiter = match mark {
        '.' => Delimiter::Dot,
        ')' => Delimiter::Closing,
        _ => return None,
    };
    let value = value_of(&line[..end])?;
    let after = end + escape + 1;
    let rest = &line[after..];
    let is_capital_set = line[..end].chars().all(char::is_uppercase);
    let may_follow = rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || delimiter == Delimiter::Closing
        || (is_capital_set && end > 1 && may_follow_dot(rest))
        || (is_capital_set && rest.starts_with(char::is_lowercase) && !rest.contains('.'));
    if !may_follow {
        return None;
    }
    Some(Enumerator {
        kind: None,
        delimiter,
        value,
        number: 0..end,
        written: 0..after,
        body: skip_space(line, after),
        is_set_apart: true,
    })
}

/// `a each member`, `ii the costs`: a letter or a small Roman number that white space alone sets
/// apart. Words look the same, so that its neighbors have to be looked at.
pub(crate) fn read_spaced_letter(line: &str) -> Option<Enumerator> {
    const MAX_ROMAN: usize = 5;
    let end = line.find(|c: char| !c.is_ascii_lowercase())?;
    let is_spaced = line[end..].starts_with([' ', '\t', '\u{a0}']);
    if end == 0 || end > MAX_ROMAN || !is_spaced {
        return None;
    }
    let word = &line[..end];
    let (letter, roman) = (parse_letters(word), parse_roman(word));
    if end > 1 && roman.is_none() {
        return None;
    }
    Some(Enumerator {
        kind: None,
        delimiter: Delimiter::Space,
        value: Value::Letters {
            letter: letter.filter(|_| end == 1),
            roman,
            is_upper: false,
        },
        number: 0..end,
        written: 0..end,
        body: skip_space(line, end),
        is_set_apart: false,
    })
}

/// Digits, with what may be glued to them: decimals, an inserted letter, `bis` behind a space.
fn arabic(start: &str) -> Option<(Value, usize)> {
    let mut end = digits_end(start);
    let number = parse_digits(&start[..end])?;
    let mut levels = vec![number];
    while let Some(rest) = start[end..].strip_prefix('.') {
        let length = digits_end(rest);
        if length == 0 {
            break;
        }
        levels.push(parse_digits(&rest[..length])?);
        end += 1 + length;
    }
    let is_date = levels.len() > 2 && levels.last().is_some_and(|level| *level >= 1000);
    if is_date {
        return None;
    }
    if levels.len() > 1 {
        return Some((Value::Decimal(levels), end));
    }
    let rest = &start[end..];
    let letters = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let glued = &rest[..letters];
    let is_inserted =
        letters == 1 && !glued.starts_with(|c: char| c.is_ascii_lowercase() && c > 'h');
    if is_inserted && let Some(inserted) = parse_letters(glued) {
        return Some((Value::Arabic { number, inserted }, end + 1));
    }
    let spaced = rest.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(rest);
    let length = spaced
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(spaced.len());
    if let Some(inserted) = latin_ordinal(&spaced[..length]) {
        let end = start.len() - spaced.len() + length;
        return Some((Value::Arabic { number, inserted }, end));
    }
    Some((
        Value::Arabic {
            number,
            inserted: 0,
        },
        end,
    ))
}

fn digits_end(text: &str) -> usize {
    text.find(|c| digit_of(c).is_none()).unwrap_or(text.len())
}

/// The value of what stands alone between marks.
fn value_of(text: &str) -> Option<Value> {
    let first = text.chars().next()?;
    if digit_of(first).is_some() {
        let (value, end) = arabic(text)?;
        return (end == text.len()).then_some(value);
    }
    if let Some(number) = parse_chinese(text) {
        return Some(Value::Arabic {
            number,
            inserted: 0,
        });
    }
    let (letter, roman) = (parse_letters(text), parse_roman(text));
    (letter.is_some() || roman.is_some()).then(|| Value::Letters {
        letter,
        roman,
        is_upper: first.is_uppercase(),
    })
}

/// The first bytes from a place on, cut at a character: all that a number is looked for in.
fn head(line: &str, from: usize) -> &str {
    head_of(&line[from..], MAX_NUMBER)
}

fn head_of(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}

fn skip_space(line: &str, from: usize) -> usize {
    line.len() - line[from..].trim_start_matches(is_space).len()
}
