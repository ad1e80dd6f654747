//! [`learned_numbers`]: provisions whose word no dictionary knows, such as `Pasal 1`, `2. pants`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::clause::line::TextLine;
use crate::clause::number::{Candidate, Delimiter, Enumerator, Value};
use crate::provision::{ProvisionKind, Role, WordList, digit_of, is_in, kind_of, parse_roman};

/// The fewest numbers in a row that make a word the word of provisions.
const MIN_CHAIN: usize = 5;

/// The same without any word: numbers alone on their lines, or in parentheses after other words.
const MIN_BARE_CHAIN: usize = 10;

/// The most bytes and words of a line that may be the heading of a provision.
const MAX_BYTES: usize = 160;
const MAX_WORDS: usize = 8;

/// The most bytes of such a line with words right below it.
const MAX_BARE_BYTES: usize = 24;

/// The greatest number.
const MAX_NUMBER: u32 = 999;

/// A short line of its own with a number.
struct Heading {
    line: usize,
    value: u32,
    number: Range<usize>,
    /// What may be common to all headings, in lower case, with the end of each in the line.
    words: Vec<(String, usize)>,
}

/// Finds the provisions of a text by example: the same word in short lines of their own whose
/// numbers rise from 1, in digits of any script or capital Roman numerals, before or after the word.
///
/// `known` are the numbers already understood, by line; lines among them that have a word of
/// provisions are not returned again. Takes one pass over the lines, and a second one over the short
/// ones.
pub(crate) fn learned_numbers(
    text: &str,
    lines: &[TextLine],
    known: &[Candidate],
) -> Vec<Candidate> {
    let headings = headings_of(text, lines);
    if headings.len() < MIN_CHAIN {
        return Vec::new();
    }
    let Some((word, mut chain)) = longest_chain(&headings, lines) else {
        return Vec::new();
    };
    fill_gaps(&headings, &mut chain);
    if numbers_go_on(&headings, &chain, known) {
        return Vec::new();
    }
    let first = &headings[chain[0]];
    let mut found: Vec<Candidate> = Vec::new();
    if first.value == 2 && !word.is_empty() {
        found.extend(first_in_words(text, lines, first.line, &word));
    }
    let common = usual_words(&headings, &chain);
    found.extend(
        chain
            .iter()
            .map(|&at| candidate(text, lines, &headings[at], &common)),
    );
    let is_known = |line: usize| {
        let at = known.binary_search_by_key(&line, |candidate| candidate.line);
        at.is_ok_and(|at| known[at].number.kind.is_some())
    };
    found.retain(|candidate| !is_known(candidate.line));
    found
}

fn headings_of(text: &str, lines: &[TextLine]) -> Vec<Heading> {
    let is_blank = |index: usize| lines.get(index).is_none_or(|line| line.is_blank());
    let opens = |index: usize| !lines[index].is_blank() && (index == 0 || is_blank(index - 1));
    let short = (0..lines.len()).filter(|&index| {
        let n_bytes = lines[index].end - lines[index].start;
        n_bytes <= MAX_BYTES && opens(index) && (n_bytes <= MAX_BARE_BYTES || is_blank(index + 1))
    });
    short
        .filter_map(|line| heading_of(&text[lines[line].range()], line))
        .collect()
}

/// Reads the words and the number of a line; `None` if it has no number or too many words.
fn heading_of(words: &str, line: usize) -> Option<Heading> {
    let runs = runs_of(words);
    if runs.len() > MAX_WORDS + 2 {
        return None;
    }
    let value = |run: &Range<usize>| number_in(&words[run.clone()]);
    let at = runs.iter().position(|run| value(run).is_some())?;
    let number = runs[at].clone();
    let others = runs.iter().filter(|run| **run != number);
    let mut common: Vec<(String, usize)> = others
        .map(|run| (words[run.clone()].to_lowercase(), run.end))
        .collect();
    if common.is_empty() {
        common.push((String::new(), 0));
    }
    if words[..number.start].ends_with('(') && words[number.end..].starts_with(')') {
        common.push(("()".to_owned(), number.end + 1));
    }
    Some(Heading {
        line,
        value: value(&number)?,
        number,
        words: common,
    })
}

/// Returns the runs of letters and those of digits.
fn runs_of(words: &str) -> Vec<Range<usize>> {
    let class = |c: char| match () {
        () if digit_of(c).is_some() => 1,
        () if c.is_alphanumeric() || is_mark(c) => 2,
        () => 0,
    };
    let mut runs: Vec<(Range<usize>, i32)> = Vec::new();
    for (at, c) in words.char_indices() {
        let (end, class) = (at + c.len_utf8(), class(c));
        match runs.last_mut() {
            Some((run, last)) if *last == class && run.end == at => run.end = end,
            _ if class > 0 => runs.push((at..end, class)),
            _ => {}
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

/// Whether a character is a vowel sign or an accent of the letter before it.
fn is_mark(c: char) -> bool {
    let is_sign =
        matches!(c, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FE00}'..='\u{FFEF}');
    c >= '\u{300}' && !is_sign && !c.is_whitespace() && !c.is_numeric()
}

fn number_in(run: &str) -> Option<u32> {
    let digits = run.chars().map(digit_of).collect::<Option<Vec<u32>>>();
    let value = match digits {
        Some(digits) if digits.len() <= 3 => {
            digits.iter().fold(0, |value, digit| value * 10 + digit)
        }
        None if run.chars().all(char::is_uppercase) => parse_roman(run)?,
        _ => return None,
    };
    (1..=MAX_NUMBER).contains(&value).then_some(value)
}

/// Returns the word with the longest chain of rising numbers, and the indexes of its headings.
fn longest_chain(headings: &[Heading], lines: &[TextLine]) -> Option<(String, Vec<usize>)> {
    let mut of_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        for (word, _) in &heading.words {
            let group = of_word.entry(word).or_default();
            if group.last() != Some(&at) {
                group.push(at);
            }
        }
    }
    let chains = of_word.into_iter().filter_map(|(word, group)| {
        let chain = chain_in(headings, &group);
        let is_bare = word.is_empty() || word == "()";
        let n_needed = if is_bare { MIN_BARE_CHAIN } else { MIN_CHAIN };
        let is_kept = chain.len() >= n_needed
            && chain.len() * 2 >= group.len()
            && may_number(word)
            && heads_words(headings, lines, &chain);
        is_kept.then(|| (word.to_owned(), chain))
    });
    // Among equals the longest word wins, then the first.
    chains.max_by(|(a, x), (b, y)| {
        let by_length = (x.len(), a.len()).cmp(&(y.len(), b.len()));
        by_length.then_with(|| b.cmp(a))
    })
}

/// Whether nearly all headings of a chain have words below them, unlike items of a list.
fn heads_words(headings: &[Heading], lines: &[TextLine], chain: &[usize]) -> bool {
    let has_words = |pair: &&[usize]| {
        let mut between = headings[pair[0]].line + 1..headings[pair[1]].line;
        between.any(|line| !lines[line].is_blank())
    };
    chain.windows(2).filter(has_words).count() * 5 >= (chain.len() - 1) * 4
}

/// Whether a word may be that of provisions: no group, such as a chapter, no figure and no page.
fn may_number(word: &str) -> bool {
    let is_provision = kind_of(word).is_none_or(|kind| kind.role() == Role::Provision);
    is_provision && !is_in(word, &[WordList::NoProvision])
}

/// Returns the longest run of headings whose numbers rise from 1 or 2 with at most one missing.
fn chain_in(headings: &[Heading], group: &[usize]) -> Vec<usize> {
    let (mut best, mut chain): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for &at in group {
        let value = headings[at].value;
        let last = chain.last().map(|last: &usize| headings[*last].value);
        if last.is_some_and(|last| (last + 1..=last + 2).contains(&value)) {
            chain.push(at);
        } else if value == 1 || last.is_none() && value == 2 {
            if chain.len() > best.len() {
                best = std::mem::take(&mut chain);
            }
            chain = vec![at];
        }
    }
    if chain.len() > best.len() {
        chain
    } else {
        best
    }
}

/// Adds headings with a number that is missing in the chain: between two of its headings, right
/// before the first or right after the last.
fn fill_gaps(headings: &[Heading], chain: &mut Vec<usize>) {
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let of_value = |mut range: Range<usize>, value| range.find(|at| headings[*at].value == value);
    let mut found: Vec<usize> = chain
        .windows(2)
        .filter(|pair| headings[pair[1]].value == headings[pair[0]].value + 2)
        .filter_map(|pair| of_value(pair[0] + 1..pair[1], headings[pair[0]].value + 1))
        .collect();
    if headings[first].value == 2 {
        found.extend(of_value(first.saturating_sub(1)..first, 1));
    }
    found.extend(of_value(
        last + 1..headings.len().min(last + 2),
        headings[last].value + 1,
    ));
    chain.extend(found);
    chain.sort_unstable();
}

/// The first provision, whose number is a word: `Article premier` before `Article 2`.
fn first_in_words(text: &str, lines: &[TextLine], before: usize, word: &str) -> Option<Candidate> {
    let at = lines[..before].iter().rposition(|line| {
        let words = &text[line.range()];
        let is_short =
            !line.is_blank() && words.len() <= MAX_BYTES && runs_of(words).len() <= MAX_WORDS;
        is_short
            && runs_of(words)
                .iter()
                .any(|run| words[run.clone()].to_lowercase() == word)
    })?;
    let line = lines[at];
    let end = line.end - line.start;
    Some(Candidate {
        line: at,
        number: enumerator(&text[line.range()], 0..end, 1, end),
    })
}

/// Whether the paragraphs below the headings count on from one to the next: then the headings are
/// those of groups, and the paragraphs are the provisions.
fn numbers_go_on(headings: &[Heading], chain: &[usize], known: &[Candidate]) -> bool {
    let bounds = chain
        .windows(2)
        .map(|pair| headings[pair[0]].line..headings[pair[1]].line);
    let first_below = bounds.filter_map(|lines| {
        let from = known.partition_point(|found| found.line <= lines.start);
        let mut below = known[from..]
            .iter()
            .take_while(|found| found.line < lines.end);
        below.find_map(|found| match found.number.value {
            Value::Arabic { number, .. } if found.number.kind.is_none() => Some(number),
            _ => None,
        })
    });
    first_below.filter(|first| *first > 1).count() > 1
}

/// The words that most headings of a chain share.
fn usual_words<'h>(headings: &'h [Heading], chain: &[usize]) -> Vec<&'h str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, _) in chain.iter().flat_map(|at| &headings[*at].words) {
        *counts.entry(word).or_default() += 1;
    }
    let is_common = |(word, n): (&'h str, usize)| (2 * n > chain.len()).then_some(word);
    counts.into_iter().filter_map(is_common).collect()
}

fn candidate(text: &str, lines: &[TextLine], heading: &Heading, common: &[&str]) -> Candidate {
    let words = &text[lines[heading.line].range()];
    let is_common = |(known, _): &&(String, usize)| common.contains(&known.as_str());
    let of_words = heading.words.iter().filter(is_common);
    let end_of_word = of_words.map(|(_, end)| *end).max().unwrap_or(words.len());
    let end = heading.number.end.max(end_of_word);
    let is_inside = |c: char| {
        !c.is_whitespace() && !matches!(c, '.' | ':' | ',' | ';' | '-' | '–' | '—' | ')' | ']')
    };
    let rest = &words[end..];
    let end = end + rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
    // Words in small letters belong to the number: it is written out.
    let is_written_out = words[end..].trim_start().starts_with(char::is_lowercase);
    let end = if is_written_out { words.len() } else { end };
    Candidate {
        line: heading.line,
        number: enumerator(words, heading.number.clone(), heading.value, end),
    }
}

fn enumerator(words: &str, number: Range<usize>, value: u32, end: usize) -> Enumerator {
    let start = words.len()
        - words
            .trim_start_matches(['#', '*', '_', ' ', '[', '('])
            .len();
    let is_separator = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ':' | ',' | ';' | '-' | '–' | '—' | ')' | ']' | '*' | '_' | 'º' | '°' | 'ª'
            )
    };
    let body = words.len() - words[end..].trim_start_matches(is_separator).len();
    Enumerator {
        kind: Some(ProvisionKind::Article),
        delimiter: Delimiter::Word,
        value: Value::plain(value),
        number,
        written: start.min(end)..end,
        body,
        is_set_apart: true,
    }
}
