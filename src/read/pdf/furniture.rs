//! Page furniture: headers, footers, page numbers and footnotes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::read::blocks::is_list_mark;
use crate::read::pdf::lines::{PdfLine, tenths};
use crate::words::prefix_length;

/// The number of lines at the top and the bottom of a page that may be its header or footer.
const MARGIN: usize = 3;

/// The fewest pages with the same header or footer.
const MIN_PAGES: usize = 3;

/// The most lines of a footnote on the page after its own.
const MAX_REST: usize = 6;

/// The most characters of a header or footer.
const MAX_RUNNING: usize = 200;

/// Removes lines that repeat at the top or the bottom of pages, exactly or except for a number that
/// increases with the pages; returns the number of removed lines. Takes linear time.
pub(super) fn remove_running(pages: &mut [Vec<PdfLine>]) -> usize {
    let mut pages_of: HashMap<String, HashSet<usize>> = HashMap::new();
    let margins: Vec<[Vec<usize>; 3]> = pages.iter().map(|lines| margins_of(lines)).collect();
    for (page, lines) in pages.iter().enumerate() {
        for index in margins[page].iter().flatten() {
            for key in keys_of(&lines[*index].words, page) {
                pages_of.entry(key).or_default().insert(page);
            }
        }
    }
    let n_needed = MIN_PAGES.max(pages.len() / 6);
    let repeats = |line: &PdfLine, page: usize| {
        let keys = keys_of(&line.words, page);
        let n_pages = |key: &String| pages_of.get(key).map_or(0, HashSet::len);
        keys.iter().any(|key| n_pages(key) >= n_needed)
    };
    let mut n_removed = 0;
    for (page, lines) in pages.iter_mut().enumerate() {
        let mut running = HashSet::new();
        for margin in &margins[page] {
            // A repeated line further in is text, unless all lines further out are furniture.
            let outer = margin.iter().take_while(|index| {
                let line = &lines[**index];
                repeats(line, page) || is_job_number(&line.words)
            });
            running.extend(outer.copied());
        }
        n_removed += running.len();
        let mut index = 0;
        lines.retain(|_| {
            index += 1;
            !running.contains(&(index - 1))
        });
    }
    n_removed
}

/// Returns the lines near the top of a page, those near its bottom, both from the edge inward, and
/// those that run along its side.
fn margins_of(lines: &[PdfLine]) -> [Vec<usize>; 3] {
    let (turned, mut upright): (Vec<usize>, Vec<usize>) =
        (0..lines.len()).partition(|index| lines[*index].is_turned);
    upright.sort_by(|a, b| lines[*b].y.total_cmp(&lines[*a].y).then(a.cmp(b)));
    let top = upright.iter().take(MARGIN).copied().collect();
    let bottom = upright.iter().rev().take(MARGIN).copied().collect();
    [top, bottom, turned]
}

/// Removes from the pages the small print at the foot of each column that begins with a mark;
/// returns it as footnotes.
pub(super) fn take_notes(pages: &mut [Vec<PdfLine>]) -> Vec<String> {
    let Some(body_size) = body_size(pages) else {
        return Vec::new();
    };
    let is_small = |line: &PdfLine| tenths(line.size) * 100 < body_size * 92;
    let mut notes = Vec::new();
    for lines in pages {
        // A page entirely in small print is a table of contents or an annex.
        if lines.iter().all(is_small) {
            continue;
        }
        let mut kept = Vec::with_capacity(lines.len());
        for column in lines.chunk_by(|a, b| a.region == b.region) {
            let n_small = column
                .iter()
                .rev()
                .take_while(|line| is_small(line))
                .count();
            let small = column.len() - n_small;
            let first = column[small..]
                .iter()
                .position(|line| note_start(&line.words));
            let is_open = notes
                .last()
                .is_some_and(|note: &String| !note.ends_with(['.', ')']));
            let start = match first {
                Some(first) if is_open && first <= MAX_REST => small,
                None if is_open && (1..=MAX_REST).contains(&n_small) => small,
                Some(first) => small + first,
                None => column.len(),
            };
            kept.extend_from_slice(&column[..start]);
            add_notes(&mut notes, &column[start..]);
        }
        *lines = kept;
    }
    notes
}

fn add_notes(notes: &mut Vec<String>, lines: &[PdfLine]) {
    for line in lines {
        match notes.last_mut() {
            Some(note) if !note_start(&line.words) => {
                note.push(' ');
                note.push_str(&line.words);
            }
            _ => notes.push(line.words.clone()),
        }
    }
}

/// Returns the size of most letters, in tenths of a point.
pub(super) fn body_size(pages: &[Vec<PdfLine>]) -> Option<u32> {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for line in pages.iter().flatten() {
        *sizes.entry(tenths(line.size)).or_default() += line.words.len();
    }
    let most = sizes.iter().max_by_key(|(size, n)| (**n, **size));
    most.map(|(size, _)| *size)
}

/// Returns the keys of a header or footer: its words, and its words with each number replaced by
/// its difference from the page number. Words are sorted, because left and right pages mirror them.
fn keys_of(words: &str, page: usize) -> Vec<String> {
    if words.chars().count() > MAX_RUNNING {
        return Vec::new();
    }
    let mut keys = Vec::new();
    // A number alone may repeat by chance.
    if !words.bytes().all(|byte| byte.is_ascii_digit()) && !is_list_mark(words) {
        keys.push(sorted(words));
    }
    // If each provision begins a new page, their numbers increase with the pages.
    if names_provision(words) {
        return keys;
    }
    let page = i64::try_from(page).unwrap_or(i64::MAX);
    keys.extend(numbers_in(words).filter_map(|range| {
        let distance = words[range.clone()].parse::<i64>().ok()? - page;
        let marked = format!(
            "{}\u{0}{distance}\u{0}{}",
            &words[..range.start],
            &words[range.end..]
        );
        Some(sorted(&marked))
    }));
    keys
}

fn sorted(words: &str) -> String {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

/// Returns the runs of digits.
fn numbers_in(words: &str) -> impl Iterator<Item = Range<usize>> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + words[at..].find(is_digit)?;
        at = start + prefix_length(&words[start..], is_digit);
        Some(start..at)
    })
}

/// Returns whether a line is the number under which a body prints a document, such as
/// `24-01234 (E) 010224` or `*2401234*`: no words, and digits enough for no page or year.
fn is_job_number(words: &str) -> bool {
    let n_digits = words.bytes().filter(u8::is_ascii_digit).count();
    let mut parts = words.split_whitespace();
    n_digits >= 7 && words.contains(['*', '-']) && parts.all(is_part_of_job_number)
}

/// Whether a word is made of digits, as in `*1234567*` and `15-12345`, or a language, as in `(E)`.
fn is_part_of_job_number(word: &str) -> bool {
    let digits = word.trim_matches('*').split('-');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_language = word.len() == 3 && word.starts_with('(') && word.ends_with(')');
    is_language || digits.clone().count() <= 2 && digits.clone().all(is_number)
}

/// Returns whether words are only the name and number of a provision, such as `Article 5`.
fn names_provision(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let has_name = name.chars().all(char::is_alphabetic) && !means_page(name);
    has_name && parts.next().is_some_and(is_list_mark) && parts.next().is_none()
}

/// Whether a word is that for a page, whose number is of no provision.
fn means_page(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "page" | "página" | "seite" | "p." | "стр." | "pág."
    )
}

/// Returns whether a block begins as a footnote does.
fn note_start(words: &str) -> bool {
    let mark = words.split(' ').next().unwrap_or_default();
    let mark = mark.trim_matches(['(', ')', '[', ']', '.']);
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡');
    !mark.is_empty() && mark.chars().count() <= 3 && mark.chars().all(is_sign)
}
