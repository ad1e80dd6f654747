//! [`read_enumerator`]: possible numbers at the start of a line, before their position is checked.

mod word;

use std::ops::Range;

use crate::clause::enumerator::word::{chinese, with_word};
use crate::clause::number::{Delimiter, Enumerator, Value, arabic, head, skip_space, value_of};
use crate::provision::{digit_of, is_bullet, parse_letters, parse_roman};

/// Parses the possible number at the start of a line, if there is one.
///
/// Examines a few dozen bytes at most, however long the line is.
pub(crate) fn read_enumerator(line: &str) -> Option<Enumerator> {
    let first = line.chars().next()?;
    match first {
        '*' | '_' if line.starts_with("**") || line.starts_with("__") => in_bold(line),
        '(' | '[' | '（' => in_parentheses(line),
        _ if is_bullet(first) => bullet(line),
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
        written: 0..first.len_utf8(),
        body,
        ..Enumerator::unmarked()
    })
}

/// `**Norm 4:** States should`: a number in bold Markdown.
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

/// The number after a bullet, which says more than the bullet: `- (a) States shall`.
fn numbered_item(line: &str, body: usize) -> Option<Enumerator> {
    let rest = &line[body..];
    // A bullet after a bullet is ignored; without this, a line of bullets would nest calls.
    if rest.starts_with(is_bullet) {
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
    // `(1)(a)` is two numbers; `(a)bc` and `(s)he` are none.
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

/// Whether these words may follow `1.`: white space, a capital, a quotation mark or a parenthesis.
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

/// `a each member`, `ii the costs`: a letter or a small Roman number separated only by white space.
/// Words look the same, so its neighbors must be checked.
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
