//! [`read_enumerator`]: possible numbers at the start of a line, before their position is checked.

mod word;

use std::ops::Range;

use crate::clause::enumerator::word::{counted, with_word};
use crate::clause::number::{
    Delimiter, Enumerator, Value, arabic, head, latin_words, skip_space, value_of,
};
use crate::provision::{
    chinese_length, digit_of, is_bullet, parse_chinese, parse_letters, parse_roman,
};
use crate::words::prefix_length;

/// Parses the possible number at the start of a line, if there is one.
///
/// Examines a few dozen bytes at most, however long the line is.
pub(crate) fn read_enumerator(line: &str) -> Option<Enumerator> {
    let first = line.chars().next()?;
    match first {
        '*' | '_' if line.starts_with("**") || line.starts_with("__") => in_bold(line),
        '(' | '[' | '（' => in_parentheses(line),
        _ if is_bullet(first) => bullet(line),
        '第' => counted(line),
        '¶' | '§' => with_word(line),
        _ if digit_of(first).is_some() => digits_first(line),
        '제' => counted(line).or_else(|| list_letter(line)),
        _ if first.is_alphabetic() => letters_first(line),
        '№' => with_word(line),
        _ if !first.is_ascii() => in_one_sign(line),
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
    let Some(value) = value_of(line[number.clone()].trim()) else {
        return word_in_parentheses(line);
    };
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

/// `[Article 5]`, `(Article 6)`: a whole line in parentheses.
fn word_in_parentheses(line: &str) -> Option<Enumerator> {
    const MAX_LINE: usize = 60;
    let inner = line.strip_suffix([')', ']', '）'])?;
    let open = line.chars().next()?.len_utf8();
    let word = with_word(inner.get(open..)?).filter(|_| line.len() <= MAX_LINE)?;
    let is_whole = open + word.body >= inner.len() && !word.number.is_empty();
    is_whole.then(|| Enumerator {
        number: open + word.number.start..open + word.number.end,
        written: open..open + word.written.end,
        body: line.len(),
        is_set_apart: true,
        ..word
    })
}

/// `①`, `㈠`, `⒈`: a number with its mark in one sign.
fn in_one_sign(line: &str) -> Option<Enumerator> {
    let sign = line.chars().next()?;
    let (number, delimiter) = value_of_sign(sign)?;
    let end = sign.len_utf8();
    Some(Enumerator {
        kind: None,
        delimiter,
        value: Value::plain(number),
        number: 0..end,
        written: 0..end,
        body: skip_space(line, end),
        is_set_apart: true,
    })
}

/// The number that one sign writes, and the mark it includes.
pub(crate) fn value_of_sign(sign: char) -> Option<(u32, Delimiter)> {
    /// The signs of each range count from this number.
    const RANGES: [(char, char, u32, Delimiter); 11] = [
        ('①', '⑳', 1, Delimiter::Circle),
        ('⑴', '⒇', 1, Delimiter::Parentheses),
        ('⒈', '⒛', 1, Delimiter::Dot),
        ('⓵', '⓾', 1, Delimiter::Circle),
        ('❶', '❿', 1, Delimiter::Circle),
        ('➀', '➉', 1, Delimiter::Circle),
        ('➊', '➓', 1, Delimiter::Circle),
        ('㈠', '㈩', 1, Delimiter::Parentheses),
        ('㉑', '㉟', 21, Delimiter::Circle),
        ('㊀', '㊉', 1, Delimiter::Circle),
        ('㊱', '㊿', 36, Delimiter::Circle),
    ];
    let range = RANGES
        .iter()
        .find(|(first, last, ..)| (*first..=*last).contains(&sign))?;
    let (first, _, from, delimiter) = *range;
    Some((from + u32::from(sign) - u32::from(first), delimiter))
}

/// A letter, a Roman number or an ideographic number before a mark, or a word before a number.
fn letters_first(line: &str) -> Option<Enumerator> {
    let is_wide = line.starts_with(|c: char| c >= '\u{3000}');
    let ideographs = is_wide.then(|| ideographs_first(line)).flatten();
    ideographs
        .or_else(|| list_letter(line))
        .or_else(|| capitals_before_dash(line))
        .or_else(|| with_word(line))
}

/// `一、`, and the items of Japanese acts: `一　`, `イ　`.
fn ideographs_first(line: &str) -> Option<Enumerator> {
    const WIDE_SPACE: char = '\u{3000}';
    let start = head(line, 0);
    let end = chinese_length(start);
    let is_kana = end == 0;
    let end = if is_kana {
        line.chars().next()?.len_utf8()
    } else {
        end
    };
    let is_item = line[end..].starts_with(WIDE_SPACE);
    let is_point = !is_kana && line[end..].starts_with(['、', '．']);
    if !is_item && !is_point {
        return None;
    }
    let number = if is_kana {
        parse_letters(&line[..end])?
    } else {
        parse_chinese(&line[..end])?
    };
    let item = Value::Letters {
        letter: Some(number),
        roman: None,
        inserted: 0,
        is_upper: false,
    };
    let (value, length) = if is_point {
        (Value::plain(number), '、'.len_utf8())
    } else {
        (item, 0)
    };
    Some(Enumerator {
        kind: None,
        delimiter: Delimiter::Closing,
        value,
        number: 0..end,
        written: 0..end + length,
        body: skip_space(line, end + length),
        is_set_apart: true,
    })
}

/// `II – to keep`: a capital Roman number before a dash between spaces.
fn capitals_before_dash(line: &str) -> Option<Enumerator> {
    const MAX_ROMAN: usize = 8;
    let end = prefix_length(head(line, 0), |c| c.is_ascii_uppercase());
    let is_spaced = line[end..].starts_with([' ', '\t', '\u{a0}']);
    if end == 0 || end > MAX_ROMAN || !is_spaced {
        return None;
    }
    let (inserted, length) = latin_words(head(line, end));
    let after = end + length;
    let at = skip_space(line, after);
    let dash = line[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '–' | '—'))?;
    let rest = &line[at + dash.len_utf8()..];
    let is_spaced = at > after && rest.starts_with(char::is_whitespace);
    let roman = parse_roman(&line[..end]).filter(|_| is_spaced)?;
    let value = Value::Letters {
        letter: None,
        roman: Some(roman),
        inserted,
        is_upper: true,
    };
    Some(Enumerator {
        kind: None,
        delimiter: Delimiter::Dot,
        value,
        number: 0..after,
        written: 0..after,
        body: skip_space(line, line.len() - rest.len()),
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
        // A wide space sets the paragraphs of Japanese acts apart as a mark does.
        Some('\u{3000}') => (Delimiter::Dot, 0),
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
    let letters = start.find(|c: char| !c.is_alphabetic())?;
    let (inserted, length) = latin_words(&start[letters..]);
    let end = letters + length;
    let escape = usize::from(line[end..].starts_with('\\'));
    let mark = line[end + escape..].chars().next()?;
    let delimiter = match mark {
        '.' => Delimiter::Dot,
        ')' => Delimiter::Closing,
        _ => return None,
    };
    let value = value_of(&line[..letters])?.with_inserted(inserted);
    let after = end + escape + 1;
    let rest = &line[after..];
    let is_capital_set = line[..letters].chars().all(char::is_uppercase);
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
        body: behind_dash(line, skip_space(line, after)),
        is_set_apart: true,
    })
}

/// Where the words begin after a number, its mark and a dash between spaces: `I. – The Parties`.
fn behind_dash(line: &str, at: usize) -> usize {
    let rest = line[at..].strip_prefix(['-', '–', '—']);
    rest.filter(|rest| rest.starts_with(char::is_whitespace))
        .map_or(at, |rest| skip_space(line, line.len() - rest.len()))
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
            inserted: 0,
            is_upper: false,
        },
        number: 0..end,
        written: 0..end,
        body: skip_space(line, end),
        is_set_apart: false,
    })
}
