//! Numbers with a word of their own: `Article 25`, `ANNEX II`, `第五条`.

use crate::clause::enumerator::{
    Delimiter, Enumerator, Value, arabic, digits_end, head, head_of, skip_space, value_of,
};
use crate::provision::{Kind, MAX_WORD, Role};
use crate::provision::{digit_of, parse_chinese};

/// `Article 25(4)`, `ANNEX`, `operative cl. 3`, `¶13(f)`, `§ 5`, `No 15`.
pub(crate) fn with_word(line: &str) -> Option<Enumerator> {
    let (kind, after_word) = kind_word(line)?;
    let at = skip_space(line, after_word);
    let is_near = at - after_word <= 8;
    let numbered = is_near.then(|| number_after_word(&line[at..])).flatten();
    let (value, length) = match numbered {
        Some((value, length)) => (value, length),
        None if kind.role() == Role::Group => (Value::Nothing, spelled_number(&line[at..])?),
        None if matches!(kind, Kind::Annex | Kind::Preamble) => (Value::Nothing, 0),
        None => return None,
    };
    let number = if length == 0 { 0..0 } else { at..at + length };
    let end = if length == 0 { after_word } else { at + length };
    let mut closing = further_levels(line, end);
    let written = 0..closing;
    let marks = line[closing..].len() - line[closing..].trim_start_matches(is_mark).len();
    let spaces = skip_space(line, closing + marks);
    let rest = &line[spaces..];
    let dashes = rest.len() - rest.trim_start_matches(is_mark).len();
    // A dash between spaces sets a title apart as well.
    let is_dashed = dashes > 0 && rest[dashes..].starts_with(char::is_whitespace);
    closing += marks;
    let body = if is_dashed {
        skip_space(line, spaces + dashes)
    } else {
        skip_space(line, closing)
    };
    Some(Enumerator {
        kind: Some(kind),
        delimiter: Delimiter::Word,
        value,
        number,
        written,
        body,
        is_set_apart: marks > 0 || is_dashed || body >= line.len(),
    })
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ':' | '-' | '–' | '—' | '°' | 'º' | '：' | '\u{2011}'
    )
}

/// The kind that one or two words at the start of a line name, and where they end.
fn kind_word(line: &str) -> Option<(Kind, usize)> {
    let start = head_of(line, MAX_WORD);
    let first = start.chars().next()?;
    if matches!(first, '¶' | '§' | '№') {
        let end = start.len() - start.trim_start_matches(first).len();
        return Some((Kind::of_word(&start[..first.len_utf8()])?, end));
    }
    let end = word_end(start)?;
    let word = &start[..end];
    if let Some(named) = ordinal_annex(line, word) {
        return Some(named);
    }
    let end = end + usize::from(line[end..].starts_with(['.', '°'])) * mark_length(&line[end..]);
    if word.eq_ignore_ascii_case("operative") || word.eq_ignore_ascii_case("preambular") {
        let at = skip_space(line, end);
        let rest = head_of(&line[at..], MAX_WORD);
        let second = word_end(rest)?;
        let kind = Kind::of_word(&rest[..second])?;
        let dot = usize::from(line[at + second..].starts_with('.'));
        let kind = if word.starts_with(['p', 'P']) {
            Kind::Recital
        } else {
            kind
        };
        return Some((kind, at + second + dot));
    }
    Some((Kind::of_word(word)?, end))
}

/// `FIRST SCHEDULE`, `Second Annex`: an annex whose number stands before its word.
fn ordinal_annex(line: &str, word: &str) -> Option<(Kind, usize)> {
    const ORDINALS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let is_ordinal = ORDINALS
        .iter()
        .any(|ordinal| word.eq_ignore_ascii_case(ordinal));
    if !is_ordinal {
        return None;
    }
    let at = skip_space(line, word.len());
    let rest = head_of(&line[at..], MAX_WORD);
    let end = word_end(rest)?;
    let kind = Kind::of_word(&rest[..end])?;
    (kind.role() == Role::Annex).then_some((kind, at + end))
}

fn mark_length(rest: &str) -> usize {
    rest.chars().next().map_or(0, char::len_utf8)
}

fn word_end(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !(c.is_alphabetic() || c == 'º'))
        .unwrap_or(text.len());
    (end > 0).then_some(end)
}

/// A number behind a word: `25`, `19A`, `3.2`, `IV`, `premier`, `(c)`.
fn number_after_word(rest: &str) -> Option<(Value, usize)> {
    let start = head(rest, 0);
    if start.starts_with(|c| digit_of(c).is_some()) {
        let (value, end) = arabic(start)?;
        let ordinal = ["er", "re", "st", "º", "°", "ª", ".º", ".°", ".ª"]
            .iter()
            .find(|ending| start[end..].starts_with(**ending))
            .map_or(0, |ending| ending.len());
        let end = end + ordinal;
        let is_glued = start[end..].starts_with(char::is_alphanumeric);
        return (!is_glued).then_some((value, end));
    }
    let end = start
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(start.len());
    let word = &start[..end];
    if matches!(
        word.to_lowercase().as_str(),
        "premier" | "première" | "first" | "primero"
    ) {
        let value = Value::Arabic {
            number: 1,
            inserted: 0,
        };
        return Some((value, end));
    }
    // `Annex a` and `Part v` are words of a sentence: letters behind a word are capitals.
    let is_capital = word.chars().all(char::is_uppercase);
    let value = value_of(word).filter(|_| is_capital)?;
    // `X.1` is inserted behind `X`.
    let inserted = start[end..].strip_prefix('.').map_or(0, digits_end);
    Some((
        value,
        if inserted > 0 {
            end + 1 + inserted
        } else {
            end
        },
    ))
}

/// The length of a number in words behind `Chapter` or `Part`: `One`, `الثاني`.
fn spelled_number(rest: &str) -> Option<usize> {
    const WORDS: [&str; 20] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first",
        "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ];
    let end = word_end(head_of(rest, MAX_WORD))?;
    let word = &rest[..end];
    let is_english = WORDS.contains(&word.to_lowercase().as_str());
    let is_arabic = word.starts_with("ال");
    (is_english || is_arabic).then_some(end)
}

/// Where the levels in parentheses right behind a number end: `(4)(a)` of `Article 25(4)(a)`.
fn further_levels(line: &str, mut end: usize) -> usize {
    while line[end..].starts_with('(') {
        let inside = head(line, end + 1);
        let Some(length) = inside.find(')') else {
            return end;
        };
        if value_of(&inside[..length]).is_none() {
            return end;
        }
        end += length + 2;
    }
    end
}

/// `第五条`
pub(crate) fn chinese(line: &str) -> Option<Enumerator> {
    let ordinal = '第'.len_utf8();
    let start = head_of(&line[ordinal..], 40);
    let end = start.find(['条', '條', '章', '节', '節', '编', '部', '款', '项'])?;
    let number = parse_chinese(start[..end].trim())?;
    let word_length = if start[end..].starts_with("部分") {
        6
    } else {
        3
    };
    let kind = Kind::of_word(&start[end..end + word_length.min(start.len() - end)])?;
    let after = ordinal + end + word_length;
    let rest = &line[after..];
    let body = skip_space(
        line,
        after + rest.len() - rest.trim_start_matches(is_mark).len(),
    );
    Some(Enumerator {
        kind: Some(kind),
        delimiter: Delimiter::Word,
        value: Value::Arabic {
            number,
            inserted: 0,
        },
        number: ordinal..ordinal + end,
        written: 0..after,
        body,
        is_set_apart: body > after || body >= line.len(),
    })
}
