//! Numbers with a word before them: `Article 25`, `ANNEX II`, `第五条`.

use crate::clause::number::{
    Delimiter, Enumerator, Value, arabic, digits_end, head, head_of, inserted_words, skip_space,
    title_in_parentheses, value_of,
};
use crate::provision::{
    Form, MAX_WORD, ProvisionKind, Role, WordList, chinese_length, digit_of, find_counter, is_in,
    joint_length, kind_of, number_word, parse_chinese, parse_digits, range_length, word,
};
use crate::words::prefix_length;

/// `Article 25(4)`, `ANNEX`, `operative cl. 3`, `¶13(f)`, `§ 5`, `No 15`.
pub(crate) fn with_word(line: &str) -> Option<Enumerator> {
    let (kind, after_word) = kind_word(line)?;
    let at = skip_space(line, after_word);
    let at = at + number_sign_length(&line[at..]);
    let is_near = at - after_word <= 12;
    let numbered = is_near
        .then(|| number_after_word(kind, &line[at..]))
        .flatten();
    let (value, length) = match numbered {
        Some((value, length)) => (value, length),
        None if kind.role() == Role::Group => (Value::Nothing, arabic_ordinal(&line[at..])?),
        None if may_stand_alone(&line[..after_word], kind) => (Value::Nothing, 0),
        None => return None,
    };
    let number = if length == 0 { 0..0 } else { at..at + length };
    let end = if length == 0 { after_word } else { at + length };
    let written = joined_numbers(line, further_levels(line, end));
    let marks = line[written..].len() - line[written..].trim_start_matches(is_mark).len();
    let closing = written + marks;
    let spaces = skip_space(line, closing);
    let rest = &line[spaces..];
    let dashes = rest.len() - rest.trim_start_matches(is_mark).len();
    // A dash between spaces also separates a title.
    let is_dashed = dashes > 0
        && (rest[dashes..].is_empty() || rest[dashes..].starts_with(char::is_whitespace));
    let is_closed = matches!(rest, "," | ";");
    let body = if is_closed {
        line.len()
    } else if is_dashed {
        skip_space(line, spaces + dashes)
    } else {
        spaces
    };
    Some(Enumerator {
        kind: Some(kind),
        delimiter: Delimiter::Word,
        value,
        number,
        written: 0..written,
        body,
        is_set_apart: marks > 0 || is_dashed || body >= line.len(),
    })
}

/// The length of a sign between a word and its number: `No. ` of `Article No. 7`, `#`.
fn number_sign_length(rest: &str) -> usize {
    const SIGNS: [&str; 9] = ["No.", "No", "no.", "Nr.", "n°", "nº", "N°", "№", "#"];
    if !rest.starts_with(['N', 'n', '№', '#']) {
        return 0;
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    sign.map_or(0, |sign| {
        let at = skip_space(rest, sign.len());
        let is_number = rest[at..].starts_with(|c| digit_of(c).is_some());
        if is_number { at } else { 0 }
    })
}

/// Whether a word may name a part without a number: `Annex`, `Preamble`, but not `Annexes`.
fn may_stand_alone(written: &str, kind: ProvisionKind) -> bool {
    let is_many = word(written).is_some_and(|word| word.form == Form::Many);
    matches!(kind, ProvisionKind::Annex | ProvisionKind::Preamble) && !is_many
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ':' | '-' | '–' | '—' | '°' | 'º' | '：' | '\u{2011}'
    )
}

/// The kind named by one or two words at the start of a line, and where they end.
fn kind_word(line: &str) -> Option<(ProvisionKind, usize)> {
    let start = head_of(line, MAX_WORD);
    let first = start.chars().next()?;
    if matches!(first, '¶' | '§' | '№') {
        let end = start.len() - start.trim_start_matches(first).len();
        return Some((kind_of(&start[..first.len_utf8()])?, end));
    }
    let end = word_end(start)?;
    let word = &start[..end];
    let mark = line[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '°'));
    let after = end + mark.map_or(0, char::len_utf8);
    let Some(kind) = kind_of(word).filter(|_| !is_in(word, &[WordList::Operative])) else {
        return two_words(line, word, after);
    };
    let end = match kind {
        ProvisionKind::Disposition => disposition_end(line, after)?,
        _ => after,
    };
    Some((kind, end))
}

/// Where the words `Disposición final` end, of which the first ends at a byte.
fn disposition_end(line: &str, after: usize) -> Option<usize> {
    let at = skip_space(line, after);
    let length = word_end(head_of(&line[at..], MAX_WORD))?;
    is_in(&line[at..at + length], &[WordList::Disposition]).then_some(at + length)
}

/// The kind named by two words: `operative cl.`, `preambular paragraph`, `FIRST SCHEDULE`.
fn two_words(line: &str, first: &str, after: usize) -> Option<(ProvisionKind, usize)> {
    let at = skip_space(line, after);
    let length = word_end(head_of(&line[at..], MAX_WORD))?;
    let second = word(&line[at..at + length])?;
    let is_annex = second.kind.role() == Role::Annex && second.form != Form::Many;
    if is_annex && number_word(first).is_some() {
        return Some((second.kind, at + length));
    }
    let is_preambular = is_in(first, &[WordList::Preambular]);
    if !is_preambular && !is_in(first, &[WordList::Operative]) {
        return None;
    }
    let dot = usize::from(line[at + length..].starts_with('.'));
    let kind = if is_preambular {
        ProvisionKind::Recital
    } else {
        second.kind
    };
    Some((kind, at + length + dot))
}

fn word_end(text: &str) -> Option<usize> {
    let end = prefix_length(text, |c| c.is_alphabetic() || c == 'º');
    (end > 0).then_some(end)
}

/// A number after a word: `25`, `19A`, `3.2`, `IV`, `premier`, `Twenty-One`.
fn number_after_word(kind: ProvisionKind, rest: &str) -> Option<(Value, usize)> {
    let start = head(rest, 0);
    if start.starts_with(|c| digit_of(c).is_some()) {
        let (value, end) = arabic(start)?;
        let ordinal = ["er", "re", "st", "º", "°", "ª", ".º", ".°", ".ª"]
            .iter()
            .find(|ending| start[end..].starts_with(**ending))
            .map_or(0, |ending| ending.len());
        let end = end + ordinal;
        // What follows `1er` is read only now.
        let (value, end) = match value {
            Value::Arabic {
                number,
                inserted: 0,
            } if ordinal > 0 => {
                let (inserted, length) = inserted_words(&start[end..]);
                (Value::Arabic { number, inserted }, end + length)
            }
            value => (value, end),
        };
        let is_glued = start[end..].starts_with(char::is_alphanumeric);
        return (!is_glued).then_some((value, end));
    }
    // `No one shall` is not a number.
    if !kind.is_plain()
        && let Some((number, end)) = spelled_number(head_of(rest, MAX_SPELLED))
    {
        return Some((Value::plain(number), end));
    }
    let end = prefix_length(start, char::is_alphabetic);
    let word = &start[..end];
    if is_in(word, &[WordList::Only]) {
        return Some((Value::plain(1), end));
    }
    if let Some((number, length)) = coded_number(&start[end..]).filter(|_| (1..=3).contains(&end)) {
        let is_capital = word.chars().all(char::is_uppercase);
        return is_capital.then_some((Value::plain(number), end + length));
    }
    // `Annex a` and `Part v` are words of a sentence: letters after a word must be capitals.
    let is_capital = word.chars().all(char::is_uppercase);
    let value = value_of(word).filter(|_| is_capital)?;
    // `X.1` is inserted after `X`.
    let inserted = start[end..].strip_prefix('.').map_or(0, digits_end);
    let with_inserted = end + 1 + inserted;
    Some((value, if inserted > 0 { with_inserted } else { end }))
}

/// The number in `T-3` after its letter, and its length: `-3`.
fn coded_number(rest: &str) -> Option<(u32, usize)> {
    let digits = rest.strip_prefix(['-', '–', '\u{2011}'])?;
    let dash = rest.len() - digits.len();
    let length = digits_end(digits);
    let is_alone = !digits[length..].starts_with(char::is_alphanumeric);
    let number = parse_digits(&digits[..length]).filter(|_| length <= 3 && is_alone)?;
    Some((number, dash + length))
}

/// The most bytes of a number in words.
const MAX_SPELLED: usize = 64;

/// A number in words: `One`, `Twenty-One`, `décimo primero`, `الثانية عشرة`.
fn spelled_number(rest: &str) -> Option<(u32, usize)> {
    let end = word_end(rest)?;
    let number = number_word(&rest[..end])?;
    if rest.starts_with("ال") {
        return Some(arabic_tens(rest, number, end).unwrap_or((number, end)));
    }
    let ones = rest[end..].strip_prefix(['-', ' ']).and_then(|after| {
        let length = word_end(after)?;
        let is_tens = number >= 10 && number.is_multiple_of(10);
        let ones = number_word(&after[..length]).filter(|ones| *ones < 10 && is_tens)?;
        Some((number + ones, end + 1 + length))
    });
    Some(ones.unwrap_or((number, end)))
}

/// The tens after the ones of an Arabic number, in one number with them: `الثانية عشرة`,
/// `الحادية والعشرون`.
fn arabic_tens(rest: &str, ones: u32, end: usize) -> Option<(u32, usize)> {
    let after = rest[end..].strip_prefix(' ')?;
    let length = word_end(after)?;
    let word = &after[..length];
    let tens = number_word(word.strip_prefix('و').unwrap_or(word))?;
    let is_tens = ones < 10 && tens >= 10 && tens.is_multiple_of(10);
    is_tens.then_some((ones + tens, end + 1 + length))
}

/// The length of an Arabic number in words after `Chapter` or `Part`: `الثاني`.
fn arabic_ordinal(rest: &str) -> Option<usize> {
    let end = word_end(head_of(rest, MAX_WORD))?;
    rest.starts_with("ال").then_some(end)
}

/// Where the levels in parentheses directly after a number end: `(4)(a)` of `Article 25(4)(a)`.
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

/// Whether the word at the start of a line is a plural: `Articles`, `Arts`.
fn names_several(line: &str) -> bool {
    let written = word_end(line).map_or("", |end| &line[..end]);
    word(written).is_some_and(|word| match word.form {
        Form::Whole => false,
        Form::Many => true,
        Form::Short => written.ends_with('s'),
    })
}

/// Where the numbers that are joined to a number end, if the line says nothing else: `12 and 13` of
/// `Articles 12 and 13`.
fn joined_numbers(line: &str, end: usize) -> usize {
    let mut at = end;
    loop {
        let rest = &line[at..];
        let joint = joint_length(rest).or_else(|| range_length(rest));
        let digits = joint.map_or(0, |joint| digits_end(&rest[joint..]));
        if digits == 0 {
            let is_whole = line[at..].chars().all(|c| is_mark(c) || c == ' ');
            let is_list = at > end && is_whole && names_several(line);
            return if is_list { at } else { end };
        }
        at += joint.unwrap_or_default() + digits;
    }
}

/// What goes on after a cited article and begins no article: `及`, `规定`.
const CITED: [char; 14] = [
    '及', '和', '或', '与', '至', '、', '规', '所', '的', '與', '規', '之', '又', '若',
];

/// Words between a cited Korean article and what goes on: `제4조 및 제5조`.
const JOINTS: [&str; 4] = ["및", "또는", "내지", "제"];

/// Whether an article is cited and begins no provision, by the words after it: a particle, `및`.
fn is_cited(rest: &str) -> bool {
    let is_particle = |c: char| matches!(c, 'ぁ'..='ん' | '가'..='힣');
    rest.starts_with(CITED)
        || rest.starts_with(is_particle)
        || rest.starts_with(' ')
            && JOINTS
                .iter()
                .any(|word| rest.trim_start().starts_with(word))
}

/// The number of an article inserted after another, and its length: `之一`, `의2`.
fn inserted_after(rest: &str) -> Option<(u32, usize)> {
    const BEFORE: [char; 3] = ['之', 'の', '의'];
    let digits = head_of(rest.strip_prefix(BEFORE)?, 12);
    let length = chinese_length(digits);
    Some((parse_chinese(&digits[..length])?, '之'.len_utf8() + length))
}

/// `第五条`, `第五条之一`, `제4조의2`
pub(crate) fn counted(line: &str) -> Option<Enumerator> {
    let ordinal = '第'.len_utf8();
    let start = head_of(&line[ordinal..], 40);
    let (word, kind) = find_counter(start)?;
    let number = parse_chinese(start[..word.start].trim())?;
    let end = ordinal + word.end;
    let (value, after) = match inserted_after(&line[end..]) {
        Some((inserted, length)) => (Value::Arabic { number, inserted }, end + length),
        None => (Value::plain(number), end),
    };
    let rest = &line[after..];
    if is_cited(rest) {
        return None;
    }
    let marks = rest.len() - rest.trim_start_matches(is_mark).len();
    let body = skip_space(line, after + marks);
    Some(Enumerator {
        kind: Some(kind),
        delimiter: Delimiter::Word,
        value,
        number: ordinal..ordinal + word.start,
        written: 0..after,
        body,
        is_set_apart: body > after || body >= line.len() || title_in_parentheses(rest).is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, written: Option<&str>, value: Option<u32>) {
        let found = with_word(line);
        let read = found.as_ref().map(|found| &line[found.written.clone()]);
        assert_eq!(read, written, "{line}");
        let number = found.and_then(|found| match found.value {
            Value::Arabic { number, .. } => Some(number),
            _ => None,
        });
        assert_eq!(number, value, "{line}");
    }

    #[test]
    fn a_number_in_parentheses_is_no_title_of_an_article() {
        assert_eq!(title_in_parentheses("(通報) 締約国は"), Some("通報"));
        assert_eq!(title_in_parentheses("(1) 締約国は"), None);
        assert_eq!(title_in_parentheses("(通報"), None);
    }

    #[test]
    fn numbers_in_words_are_parsed() {
        check("Chapter Eleven. Ports", Some("Chapter Eleven"), Some(11));
        check("PART TWENTY-ONE", Some("PART TWENTY-ONE"), Some(21));
        check("Annex One", Some("Annex One"), Some(1));
        check("Article premier", Some("Article premier"), Some(1));
        check("SECOND SCHEDULE", Some("SECOND SCHEDULE"), None);
        check("No one shall be held", None, None);
        check("Chapter and verse", None, None);
    }

    #[test]
    fn a_part_without_a_number_is_singular() {
        check("ANNEX", Some("ANNEX"), None);
        check("Annexes", None, None);
        check("Preamble", Some("Preamble"), None);
    }

    #[test]
    fn a_word_before_the_kind_is_included() {
        check("operative cl. 3", Some("operative cl. 3"), Some(3));
        let kind = with_word("preambular paragraph 2").and_then(|found| found.kind);
        assert_eq!(kind, Some(ProvisionKind::Recital));
    }
}
