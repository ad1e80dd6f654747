//! [`contents_of`]: tables of contents, told by their echo in the text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::clause::line::TextLine;
use crate::clause::number::{Candidate, Delimiter, Enumerator, Value};
use crate::clause::wording::{ends_part, is_contents_heading, is_short, is_title_like};
use crate::provision::ProvisionKind;
use crate::words::letters_and_digits;

/// The fewest entries that must be repeated.
const MIN_ENTRIES: usize = 3;

/// The most lines between two entries: the rest of a long title, or a title without a number.
const MAX_BETWEEN: usize = 2;

/// What names a heading: the kind, the number as written.
type Key<'t> = (Option<ProvisionKind>, &'t str);

/// A line with a number that may be the heading of a provision, or its entry in the contents.
struct Entry<'t> {
    line: usize,
    /// The line after the last one of its title.
    end: usize,
    key: Key<'t>,
    title: &'t str,
}

/// Returns the lines of each table of contents: numbered titles, one after another without
/// sentences, most of which occur again later with the same number and title.
///
/// Takes one pass over the numbers, and a second one over the lines between titles that follow one
/// another.
pub(crate) fn contents_of(
    text: &str,
    lines: &[TextLine],
    numbers: &[Candidate],
) -> Vec<Range<usize>> {
    let entries = entries_of(text, lines, numbers);
    let runs = runs_of(text, lines, &entries);
    if runs.is_empty() {
        return Vec::new();
    }
    let mut places: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        places.entry(entry.key).or_default().push(at);
    }
    let is_repeated = |at: usize, end: usize| {
        let later = &places[&entries[at].key];
        let from = later.partition_point(|place| *place < end);
        // An early one of the later places is the heading.
        later[from..]
            .iter()
            .take(MIN_ENTRIES)
            .any(|place| are_alike(entries[at].title, entries[*place].title))
    };
    let contents_in = |run: Range<usize>| {
        let repeated: Vec<usize> = run.clone().filter(|at| is_repeated(*at, run.end)).collect();
        // What follows the last entry is the text.
        let last = *repeated.last()?;
        let is_enough =
            repeated.len() >= MIN_ENTRIES && repeated.len() * 4 >= (last + 1 - run.start) * 3;
        let first = first_line(text, lines, entries[run.start].line);
        is_enough.then(|| first..entries[last].end)
    };
    runs.into_iter().filter_map(contents_in).collect()
}

fn entries_of<'t>(text: &'t str, lines: &[TextLine], numbers: &[Candidate]) -> Vec<Entry<'t>> {
    let numbered = numbers.iter().enumerate();
    let may_head = numbered.filter(|(_, found)| may_head(text, lines, found));
    may_head
        .filter_map(|(nth, found)| entry_of(text, lines, found, numbers.get(nth + 1)))
        .collect()
}

/// Whether a numbered line may be a heading: its end and its number are not those of a sentence.
fn may_head(text: &str, lines: &[TextLine], found: &Candidate) -> bool {
    let ending = text.as_bytes()[..lines[found.line].end].last();
    let is_sentence = matches!(ending, Some(b'.' | b';' | b':' | b','));
    !is_sentence && is_heading_number(&found.number)
}

/// Whether a number may be that of a heading.
fn is_heading_number(number: &Enumerator) -> bool {
    let Some(kind) = number.kind else {
        let is_mark = matches!(number.delimiter, Delimiter::Dot | Delimiter::Space);
        let is_upper = !matches!(
            number.value,
            Value::Letters {
                is_upper: false,
                ..
            }
        );
        return is_mark && is_upper;
    };
    !kind.is_plain()
}

fn entry_of<'t>(
    text: &'t str,
    lines: &[TextLine],
    found: &Candidate,
    next: Option<&Candidate>,
) -> Option<Entry<'t>> {
    let Candidate { line, number } = found;
    let words = &text[lines[*line].range()];
    let rest = without_page(words.get(number.body..).unwrap_or(""));
    let is_next_numbered = next.is_some_and(|next| next.line == line + 1);
    let below = lines.get(line + 1).map_or("", |below| &text[below.range()]);
    let is_below = rest.is_empty() && !is_next_numbered && is_short(below);
    let (title, n_lines) = if is_below {
        (without_page(below), 2)
    } else {
        (rest, 1)
    };
    let is_entry = if title.is_empty() {
        number.kind.is_some()
    } else {
        is_title_like(title)
    };
    is_entry.then(|| Entry {
        line: *line,
        end: (line + n_lines).min(lines.len()),
        key: (number.kind, words.get(number.number.clone()).unwrap_or("")),
        title,
    })
}

/// A title without the dots and the number of a page after it.
fn without_page(title: &str) -> &str {
    let before = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_dotted = before.ends_with(['.', '…', '\t']) || before.ends_with("  ");
    if before.len() < title.len() && (is_dotted || before.ends_with(' ')) {
        before.trim_end_matches(['.', '…', ' ', '\t', '\u{a0}'])
    } else {
        title.trim_end_matches(['.', '…', ' '])
    }
}

/// Whether two titles are the same, or one is the beginning of the other on its first line, whatever
/// the case of their letters.
fn are_alike(a: &str, b: &str) -> bool {
    /// In bytes.
    const MIN_LETTERS: usize = 4;
    let (mut a, mut b) = (letters_and_digits(a), letters_and_digits(b));
    let mut n_bytes = 0;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y => n_bytes += x.len_utf8(),
            (None, _) | (_, None) => return n_bytes >= MIN_LETTERS,
            _ => return false,
        }
    }
}

/// Returns the ranges of entries that follow one another without sentences between them.
fn runs_of(text: &str, lines: &[TextLine], entries: &[Entry<'_>]) -> Vec<Range<usize>> {
    let follows = |a: &Entry<'_>, b: &Entry<'_>| {
        let between = lines.get(a.end..b.line).unwrap_or(&[]);
        let mut filled = between.iter().filter(|line| !line.is_blank());
        let n_filled = filled.clone().take(MAX_BETWEEN + 1).count();
        n_filled <= MAX_BETWEEN && !filled.any(|line| ends_part(&text[line.range()]))
    };
    let mut runs = Vec::new();
    let mut from = 0;
    for at in 1..=entries.len() {
        if at < entries.len() && follows(&entries[at - 1], &entries[at]) {
            continue;
        }
        if at - from >= MIN_ENTRIES {
            add_runs(entries, from..at, &mut runs);
        }
        from = at;
    }
    runs.retain(|run: &Range<usize>| run.len() >= MIN_ENTRIES);
    runs
}

/// Adds a range of entries, cut where one of them occurs again: there the text begins.
fn add_runs(entries: &[Entry<'_>], range: Range<usize>, runs: &mut Vec<Range<usize>>) {
    let mut keys = HashSet::new();
    let mut from = range.start;
    for at in range.clone() {
        if keys.insert(entries[at].key) {
            continue;
        }
        runs.push(from..at);
        keys.clear();
        keys.insert(entries[at].key);
        from = at;
    }
    runs.push(from..range.end);
}

/// The first line of the contents: that below their heading, if it is near.
fn first_line(text: &str, lines: &[TextLine], first: usize) -> usize {
    const MAX_LINES: usize = 8;
    let from = first.saturating_sub(MAX_LINES);
    let heading = (from..first).rfind(|&line| is_contents_heading(&text[lines[line].range()]));
    heading.map_or(first, |heading| heading + 1)
}
