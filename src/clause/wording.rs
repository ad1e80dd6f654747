//! What the words of a line indicate: a title, an introduction, the end of a sentence, page furniture.

use crate::clause::line::width_of;
use crate::clause::number::is_superscript;
use crate::clause::opening::begins_recital;
use crate::provision::{Form, ProvisionKind, WordList, digit_of, is_in, word};

/// Marks that may follow the mark that ends a sentence.
const CLOSING: [char; 8] = ['"', '”', '»', '’', ')', ']', '*', '_'];

/// The last character that matters for the end of a sentence.
pub(crate) fn last_mark(text: &str) -> Option<char> {
    let text = text.trim_end();
    let inner = without_note_mark(text).trim_end_matches(CLOSING);
    // A hyphen directly after a word breaks it at a line's end.
    if let Some(word) = inner.strip_suffix('-')
        && let Some(letter) = word.chars().next_back().filter(|c| c.is_alphabetic())
    {
        return Some(letter);
    }
    let mark = inner.chars().next_back()?;
    if is_terminal(mark) || mark == ':' {
        Some(mark)
    } else {
        text.chars().next_back()
    }
}

/// Words without the number of a note after their last sentence: `reports.¹`, `reports.12`.
fn without_note_mark(text: &str) -> &str {
    let inner = text.trim_end_matches(is_superscript);
    let plain = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    let n_digits = inner.len() - plain.len();
    let Some(before) = plain.strip_suffix(['.', ';']).filter(|_| n_digits > 0) else {
        return inner;
    };
    let n_letters = before
        .chars()
        .rev()
        .take_while(|c| c.is_lowercase())
        .take(3)
        .count();
    if n_letters == 3 && n_digits <= 3 {
        plain
    } else {
        inner
    }
}

/// Whether a mark ends a sentence or an item.
pub(crate) fn is_terminal(mark: char) -> bool {
    matches!(
        mark,
        '.' | ';' | '!' | '?' | '。' | '；' | '！' | '？' | '؟' | '؛' | '…'
    )
}

/// Whether words end a sentence, an item or an introduction, so that a new paragraph may follow.
pub(crate) fn ends_part(text: &str) -> bool {
    last_mark(text)
        .is_some_and(|mark| is_terminal(mark) || matches!(mark, ':' | '：' | '-' | '–' | '—'))
        || ends_with_joined_item(text)
}

/// Whether an item ends with `; and` or `, or`.
fn ends_with_joined_item(text: &str) -> bool {
    let (before, word) = split_last_word(text);
    let before = before.trim_end();
    if is_in(word, &[WordList::Joint]) {
        return before.is_empty() || before.ends_with([';', ',', '؛', '；']);
    }
    // After a comma these are more often words of a sentence.
    before.ends_with(';') && is_in(word, &[WordList::JointAfterSemicolon])
}

/// Whether a line is only a word that joins two items: `or`.
pub(crate) fn is_joint(line: &str) -> bool {
    line.len() <= 8 && split_last_word(line).0.is_empty() && ends_with_joined_item(line)
}

/// Whether words end with a comma and a word that may join items or parts of a sentence.
pub(crate) fn ends_with_comma_and_joint(text: &str) -> bool {
    ends_with_joined_item(text) && split_last_word(text).0.trim_end().ends_with(',')
}

/// Whether words end with a dash directly after the last one: `The State shall-`.
pub(crate) fn ends_with_glued_dash(text: &str) -> bool {
    let text = text.trim_end();
    text.strip_suffix(['-', '–', '—'])
        .is_some_and(|words| words.ends_with(char::is_alphanumeric))
}

/// Whether words need a number after them, so that the number is a reference: `under Article`, `resolution`.
pub(crate) fn ends_with_reference(text: &str) -> bool {
    const BEFORE_NUMBER: [WordList; 4] = [
        WordList::Joint,
        WordList::NumberedDocument,
        WordList::Open,
        WordList::OpenBeforeNumber,
    ];
    let (_, last) = split_last_word(text);
    let is_reference = match word(last) {
        Some(word) if text.trim_end().ends_with('.') => word.form == Form::Short,
        Some(word) => is_cited_with_number(word.kind),
        None => false,
    };
    let is_open = || !text.trim_end().ends_with('.') && is_in(last, &BEFORE_NUMBER);
    (is_reference || is_open()) && !ends_with_joined_item(text)
}

/// Whether words end before a number or a name, as no title does: `in accordance with`.
pub(crate) fn breaks_off(text: &str) -> bool {
    const OPEN_WORDS: [WordList; 3] = [WordList::Joint, WordList::Open, WordList::OpenBeforeName];
    let (before, last) = split_last_word(text);
    let is_small = last.starts_with(char::is_lowercase);
    let is_open = match word(last) {
        // `Status of Annexes` is a title.
        Some(word) if word.kind == ProvisionKind::Annex => word.form != Form::Many,
        Some(word) => is_small && needs_number(word.kind),
        None => is_small && is_in(last, &OPEN_WORDS),
    };
    is_open && n_words(before, 3) > 1
}

/// Whether a word for a kind of provision at the end of a line needs its number, and is not usually
/// an ordinary word, as `title` is.
fn is_cited_with_number(kind: ProvisionKind) -> bool {
    let is_of_sentences = matches!(
        kind,
        ProvisionKind::Recital
            | ProvisionKind::Recommendation
            | ProvisionKind::Commitment
            | ProvisionKind::Guideline
            | ProvisionKind::Book
            | ProvisionKind::Title
    );
    kind == ProvisionKind::Number || kind.rank().is_some() && !is_of_sentences
}

/// Whether a kind of provision is almost never named without a number.
fn needs_number(kind: ProvisionKind) -> bool {
    matches!(
        kind,
        ProvisionKind::Article
            | ProvisionKind::Section
            | ProvisionKind::Paragraph
            | ProvisionKind::Subparagraph
    )
}

/// The last word of a text, if it ends with letters, and the text before it.
fn split_last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let from = text.ceil_char_boundary(text.len().saturating_sub(40));
    let tail = text[from..].trim_end_matches('.');
    let at = tail
        .rfind(|c: char| !c.is_alphabetic() && c != '/')
        .map_or(0, |at| tail.ceil_char_boundary(at + 1));
    (&text[..from + at], &tail[at..])
}

/// Whether words introduce what follows and are not a sentence: `States should:`.
pub(crate) fn introduces(text: &str) -> bool {
    let text = text.trim_end();
    match last_mark(text) {
        None => false,
        Some(mark) if is_terminal(mark) => false,
        Some(',' | '،' | '，') => is_subject(text),
        Some(_) => true,
    }
}

/// Whether words announce a list with a colon or a dash.
pub(crate) fn announces(text: &str) -> bool {
    let text = text.trim_end();
    match last_mark(text) {
        Some(':' | '：') => true,
        Some('-' | '–' | '—') => n_words(text, 3) > 1,
        Some(',' | '،' | '，') => is_subject(text),
        _ => false,
    }
}

/// Whether words announce a list with a colon or a dash, not only with a comma.
pub(crate) fn announces_with_colon(words: &str) -> bool {
    announces(words) && !words.trim_end().ends_with([',', '،', '，'])
}

/// Whether words end as a sentence, an item or an introduction does.
pub(crate) fn ends_sentence(words: &str) -> bool {
    ends_part(words) || words.trim_end().ends_with([',', '،', '，'])
}

/// Whether an item of an unmarked list ends so that another one follows.
pub(crate) fn goes_on(text: &str) -> bool {
    matches!(last_mark(text), Some(';' | ',' | '؛' | '،' | '；' | '，'))
        || ends_with_joined_item(text)
}

/// Whether words up to a comma name a speaker (`The General Assembly,`) and are not a recital.
fn is_subject(text: &str) -> bool {
    n_words(text, 9) <= 8 && !begins_recital(text)
}

fn n_words(text: &str, at_most: usize) -> usize {
    text.split_whitespace().take(at_most).count()
}

/// Whether a text begins like a sentence or a title, not within one.
pub(crate) fn begins_anew(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase())
}

/// The most characters of a title.
const MAX_TITLE: usize = 150;

/// Whether a line may be a title: short, with a capital first, without the mark of a sentence.
pub(crate) fn is_title_like(line: &str) -> bool {
    line.len() <= MAX_TITLE * 4
        && width_of(line) <= MAX_TITLE
        && line
            .chars()
            .next()
            .is_some_and(|c| !matches!(c, '-' | '*' | '•' | '|' | '>' | '/' | '…' | '!'))
        && !is_in_brackets(line)
        && begins_anew(line)
        && line.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !matches!(
            last_mark(line),
            Some(',' | '，' | '、' | '،' | ':' | '：' | '-' | '–' | '—')
        )
        && !last_mark(line).is_some_and(is_terminal)
        && !ends_with_joined_item(line)
}

/// Whether a line is one remark in square brackets; a draft has several, or words around them.
fn is_in_brackets(line: &str) -> bool {
    let inner = line.trim_end().strip_prefix('[');
    inner.is_some_and(|inner| inner.find(']').is_none_or(|end| end + 1 == inner.len()))
}

/// Whether a short line stands out by its capitals: all of them, or one on each long word.
pub(crate) fn has_capitals(line: &str) -> bool {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let n_lower = letters().filter(|c| c.is_lowercase()).count();
    let n_upper = letters().filter(|c| c.is_uppercase()).count();
    if n_lower == 0 {
        return n_upper >= 2;
    }
    let is_capital = |word: &str| {
        word.chars()
            .find(|c| c.is_alphabetic())
            .is_none_or(char::is_uppercase)
    };
    let mut long_words = line
        .split_whitespace()
        .filter(|word| word.len() > 4)
        .peekable();
    long_words.peek().is_some() && long_words.all(is_capital)
}

/// Whether a line in capitals is a heading: it has a word of four letters, unlike a mathematical formula.
pub(crate) fn is_capital_heading(line: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    is_all_capitals(line) && line.split_whitespace().any(is_word)
}

/// Whether words that end with a full stop may be a title: `Scope.`
pub(crate) fn is_stopped_title(line: &str) -> bool {
    const MAX_WORDS: usize = 8;
    let words = line.strip_suffix('.').unwrap_or("");
    n_words(words, MAX_WORDS + 1) <= MAX_WORDS && is_title_like(words)
}

/// Whether a line has no small letter and at least two capitals.
pub(crate) fn is_all_capitals(line: &str) -> bool {
    let has_lower = line.chars().any(char::is_lowercase);
    !has_lower && line.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether a line is so short that it may be a heading for this reason alone.
pub(crate) fn is_short(line: &str) -> bool {
    line.len() <= 240 && width_of(line) <= 80 && n_words(line, 11) <= 10
}

/// Whether a line is page furniture: `- 3 -`, `Page 3 of 12`, `/...`.
pub(crate) fn is_furniture(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    if is_rule(line) || is_symbol(line) {
        return true;
    }
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| digit_of(c).is_some());
    let dashed = line
        .strip_prefix(['-', '–', '—'])
        .and_then(|rest| rest.strip_suffix(['-', '–', '—']));
    if dashed.is_some_and(|inner| is_digits(inner.trim())) || line == "/..." || line == "/…" {
        return true;
    }
    if !line.starts_with(['p', 'P']) {
        return false;
    }
    let lower = line.to_lowercase();
    let Some(rest) = lower.strip_prefix("page ") else {
        return false;
    };
    rest.split([' ', '/', '|'])
        .all(|word| is_digits(word) || matches!(word, "of" | "de" | "sur" | "von" | ""))
}

/// Whether a line is drawn, not written: `____`.
pub(crate) fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line
            .bytes()
            .all(|byte| matches!(byte, b'_' | b'-' | b'=' | b'*'))
}

/// Whether a line gives its page and the number of pages: `3/12`.
pub(crate) fn is_page_of_pages(line: &str) -> bool {
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() <= 4);
    line.len() <= 9
        && line.split_once('/').is_some_and(|(page, n_pages)| {
            let (page, n_pages) = (number(page.trim()), number(n_pages.trim()));
            page.is_some_and(|page| n_pages.is_some_and(|n| (1..=n).contains(&page)))
        })
}

/// Whether a line is the symbol of a document, which heads each page: `A/70/174`.
fn is_symbol(line: &str) -> bool {
    let n_slashes = line.bytes().filter(|&byte| byte == b'/').count();
    let is_in_capitals = line.bytes().all(|byte| {
        byte.is_ascii_uppercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'/' | b'.' | b'-' | b'(' | b')')
    });
    n_slashes >= 2
        && is_in_capitals
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && line.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a line is an entry of a table of contents: a title, dots, a page number.
pub(crate) fn is_contents_entry(line: &str) -> bool {
    ends_with_page(line) && (line.contains("....") || line.contains(". . .") || line.contains("……"))
}

/// Whether a short line ends with a page number.
pub(crate) fn ends_with_page(line: &str) -> bool {
    line.len() <= 400
        && line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'))
        && line
            .rsplit(|c: char| c.is_whitespace() || c == '.' || c == '…')
            .next()
            .is_some_and(|page| page.len() <= 4)
}

/// Whether a line is the heading of a table of contents.
pub(crate) fn is_contents_heading(line: &str) -> bool {
    line.len() <= 40
        && is_in(
            line.trim_matches([':', '#', ' ']),
            &[WordList::ContentsHeading],
        )
}
