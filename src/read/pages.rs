//! [`Pages`]: paragraphs as they stand on printed pages, put together to a running text.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::{Diagnostic, Severity};
use crate::read::blocks::{Blocks, is_list_mark};
use crate::read::markdown::begins_with_number;
use crate::read::{Body, HintKind};

/// How many blocks from the top and the bottom of a page may be its head or foot.
const MARGIN: usize = 3;

/// A head or foot stands on so many pages at least.
const MIN_PAGES: usize = 3;

/// A head or foot is no longer than this, in characters.
const MAX_RUNNING: usize = 200;

/// A block of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) words: String,
    /// How many characters are how large, in tenths of a point.
    sizes: BTreeMap<u32, usize>,
}

impl Line {
    pub(crate) fn of(words: String) -> Self {
        Self {
            words,
            ..Self::default()
        }
    }

    pub(crate) fn add_size(&mut self, points: f32, n_characters: usize) {
        let tenths = (points.clamp(0.0, 1_000.0) * 10.0).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped above"
        )]
        let tenths = tenths as u32;
        *self.sizes.entry(tenths).or_default() += n_characters;
    }

    /// Returns the size most of its characters have.
    fn size(&self) -> Option<u32> {
        most_of(&self.sizes)
    }
}

fn most_of(counts: &BTreeMap<u32, usize>) -> Option<u32> {
    let most = counts.iter().max_by_key(|(size, n)| (**n, **size));
    most.map(|(size, _)| *size)
}

/// The pages of a document.
#[derive(Debug, Default)]
pub(crate) struct Pages(Vec<Vec<Line>>);

impl Pages {
    pub(crate) fn push(&mut self, lines: Vec<Line>) {
        let is_drawn = |line: &Line| {
            let is_rule =
                |c: char| c.is_whitespace() || matches!(c, '_' | '–' | '—' | '-' | '.' | '*');
            line.words.chars().all(is_rule)
        };
        self.0
            .push(lines.into_iter().filter(|line| !is_drawn(line)).collect());
    }

    pub(crate) fn n_characters(&self) -> usize {
        let lines = self.0.iter().flatten();
        lines.map(|line| line.words.chars().count()).sum()
    }

    /// Returns the running text: heads, feet and page numbers removed, footnotes at the end, words
    /// and paragraphs that a page or line end broke put together.
    pub(crate) fn into_body(mut self, diagnostics: &mut Vec<Diagnostic>) -> Body {
        let n_running = self.remove_running();
        let mut blocks = Blocks::default();
        let n_notes = self.move_notes(&mut blocks);
        let (paragraphs, n_joined) = self.into_paragraphs();
        let (paragraphs, n_mended) = without_breaks(&paragraphs);
        for words in &paragraphs {
            blocks.push(words, HintKind::Paragraph);
        }
        let facts = [
            (n_running, "heads, feet and numbers of pages are removed"),
            (n_notes, "footnotes stand at the end"),
            (n_joined, "paragraphs that a page end broke are joined"),
            (n_mended, "words that a hyphen broke are joined"),
        ];
        for (n, what) in facts.into_iter().filter(|(n, _)| *n > 0) {
            diagnostics.push(Diagnostic::new(Severity::Repaired, format!("{n} {what}")));
        }
        blocks.into_body()
    }

    /// Removes what repeats at the top or the bottom of pages, word for word or but for a number that
    /// grows as the pages do.
    fn remove_running(&mut self) -> usize {
        let mut pages_of: HashMap<String, HashSet<usize>> = HashMap::new();
        for (page, lines) in self.0.iter().enumerate() {
            for index in margin_of(lines.len()) {
                for key in keys_of(&lines[index].words, page) {
                    pages_of.entry(key).or_default().insert(page);
                }
            }
        }
        let n_needed = MIN_PAGES.max(self.0.len() / 6);
        let mut n_removed = 0;
        for (page, lines) in self.0.iter_mut().enumerate() {
            let margin: HashSet<usize> = margin_of(lines.len()).collect();
            let mut index = 0;
            lines.retain(|line| {
                let is_margin = margin.contains(&index);
                index += 1;
                let is_running = is_margin
                    && keys_of(&line.words, page)
                        .iter()
                        .any(|key| pages_of.get(key).is_some_and(|of| of.len() >= n_needed));
                n_removed += usize::from(is_running);
                !is_running
            });
        }
        n_removed
    }

    /// Moves small print at the foot of each page that begins with a mark behind the text.
    fn move_notes(&mut self, blocks: &mut Blocks) -> usize {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for line in self.0.iter().flatten() {
            for (size, n) in &line.sizes {
                *sizes.entry(*size).or_default() += n;
            }
        }
        let Some(body_size) = most_of(&sizes) else {
            return 0;
        };
        for lines in &mut self.0 {
            let is_small =
                |line: &Line| line.size().is_some_and(|size| size * 100 < body_size * 92);
            let n_small = lines.iter().rev().take_while(|line| is_small(line)).count();
            let small = lines.len() - n_small;
            let first = lines[small..]
                .iter()
                .position(|line| note_start(&line.words));
            let Some(first) = first.map(|first| small + first) else {
                continue;
            };
            let mut note = String::new();
            for line in lines.split_off(first) {
                if note_start(&line.words) {
                    blocks.push_note(&std::mem::take(&mut note));
                }
                if !note.is_empty() {
                    note.push(' ');
                }
                note.push_str(&line.words);
            }
            blocks.push_note(&note);
        }
        blocks.n_notes()
    }

    /// Joins what a page end broke: a block that stops in a sentence and one that goes on in small
    /// letters.
    fn into_paragraphs(self) -> (Vec<String>, usize) {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut n_joined = 0;
        for lines in self.0 {
            for (index, line) in lines.into_iter().enumerate() {
                let goes_on = paragraphs
                    .last()
                    .is_some_and(|before| goes_on(before, &line.words, index == 0));
                match paragraphs.last_mut() {
                    Some(before) if goes_on => {
                        before.push(' ');
                        before.push_str(&line.words);
                        n_joined += 1;
                    }
                    _ => paragraphs.push(line.words),
                }
            }
        }
        (paragraphs, n_joined)
    }
}

/// Returns which of the blocks of a page are near its top or bottom.
fn margin_of(n_lines: usize) -> impl Iterator<Item = usize> {
    (0..n_lines).filter(move |index| *index < MARGIN || index + MARGIN >= n_lines)
}

/// Returns what a head or foot is known by: its words, and its words with each number in them as
/// its distance from the page.
fn keys_of(words: &str, page: usize) -> Vec<String> {
    if words.chars().count() > MAX_RUNNING {
        return Vec::new();
    }
    let mut keys = Vec::new();
    // A number alone repeats by chance.
    if words.chars().any(char::is_alphabetic) && !is_list_mark(words) {
        keys.push(words.to_owned());
    }
    // Provisions may begin a page each, with the numbers of the pages.
    let is_digit = |c: char| c.is_ascii_digit();
    if names_provision(words) {
        return keys;
    }
    let first = words.find(is_digit);
    let last = words.rfind(is_digit);
    for at in first.into_iter().chain(last) {
        let start = words[..at].trim_end_matches(is_digit).len();
        let length = words[start..]
            .find(|c: char| !is_digit(c))
            .unwrap_or(words.len() - start);
        let end = start + length;
        let Ok(number) = words[start..end].parse::<i64>() else {
            continue;
        };
        let distance = number - i64::try_from(page).unwrap_or(i64::MAX);
        keys.push(format!(
            "{}\u{0}{distance}\u{0}{}",
            &words[..start],
            &words[end..]
        ));
    }
    keys
}

/// Returns whether words are nothing but the name and number of a provision, such as `Article 5`.
fn names_provision(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let is_page = matches!(
        name.to_lowercase().as_str(),
        "page" | "página" | "seite" | "p." | "стр." | "pág."
    );
    let has_name = name.chars().all(char::is_alphabetic);
    has_name && !is_page && parts.next().is_some_and(is_list_mark) && parts.next().is_none()
}

/// Returns whether a block begins as a footnote does.
fn note_start(words: &str) -> bool {
    let mark = words.split(' ').next().unwrap_or_default();
    let mark = mark.trim_matches(['(', ')', '[', ']', '.']);
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡');
    !mark.is_empty() && mark.chars().count() <= 3 && mark.chars().all(is_sign)
}

/// Returns whether a block is the rest of the one before.
fn goes_on(before: &str, words: &str, is_first: bool) -> bool {
    if begins_with_number(words) {
        return false;
    }
    let starts_small = words.starts_with(char::is_lowercase);
    let is_open = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–'));
    let is_long = before.chars().count() > 60;
    is_open && starts_small && (is_first || is_long || before.ends_with('-'))
}

/// Joins words that a hyphen at a line end broke: without it where the whole word stands elsewhere
/// in the text, else with it.
fn without_breaks(paragraphs: &[String]) -> (Vec<String>, usize) {
    let words: HashSet<String> = paragraphs
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect();
    let mut n_mended = 0;
    let mended = paragraphs
        .iter()
        .map(|paragraph| mend(paragraph, &words, &mut n_mended))
        .collect();
    (mended, n_mended)
}

fn mend(paragraph: &str, known: &HashSet<String>, n_mended: &mut usize) -> String {
    /// Words before which a hyphen is left hanging on purpose.
    const HANGING: [&str; 8] = ["and", "or", "to", "et", "ou", "und", "oder", "y"];
    let mut text = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let head = last_word(before);
        let end = after
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(after.len());
        let tail = &after[..end];
        let is_break =
            !head.is_empty() && tail.starts_with(char::is_lowercase) && !HANGING.contains(&tail);
        text.push_str(before);
        if is_break {
            *n_mended += 1;
            let whole = format!("{head}{tail}").to_lowercase();
            if !known.contains(&whole) {
                text.push('-');
            }
        } else {
            text.push_str("- ");
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Returns the letters at the end of a text.
fn last_word(text: &str) -> &str {
    let kept = text.trim_end_matches(char::is_alphabetic).len();
    &text[kept..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(pages: &[&[&str]]) -> (String, Vec<String>) {
        let mut all = Pages::default();
        for page in pages {
            all.push(
                page.iter()
                    .map(|words| Line::of((*words).to_owned()))
                    .collect(),
            );
        }
        let mut diagnostics = Vec::new();
        let Body::Text { text, .. } = all.into_body(&mut diagnostics) else {
            panic!("pages make a text")
        };
        let told = diagnostics.iter().map(ToString::to_string).collect();
        (text, told)
    }

    #[test]
    fn heads_feet_and_page_numbers_go_and_articles_stay() {
        let (text, told) = body_of(&[
            &["Forum 2015", "Article 1", "Talk of", "1"],
            &["Forum 2015", "peace.", "Article 2", "Listen.", "2"],
            &["Forum 2015", "Article 3", "____", "Go.", "3"],
            &["Forum 2015", "Article 7", "End.", "page 4 of 9"],
        ]);
        let expected = "Article 1\n\nTalk of peace.\n\nArticle 2\n\nListen.\n\nArticle 3\n\nGo.\n\n\
                        Article 7\n\nEnd.\n\npage 4 of 9\n";
        assert_eq!(text, expected);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("7 heads"), "{told:?}");
    }

    #[test]
    fn small_print_at_the_foot_is_a_note() {
        let line = |words: &str, size: f32| {
            let mut line = Line::of(words.to_owned());
            line.add_size(size, words.chars().count());
            line
        };
        let mut pages = Pages::default();
        pages.push(vec![
            line("A long paragraph of the body.", 10.0),
            line("1 A source that", 8.0),
            line("goes on.", 8.0),
        ]);
        let Body::Text { text, hints } = pages.into_body(&mut Vec::new()) else {
            panic!("pages make a text")
        };
        assert_eq!(
            text,
            "A long paragraph of the body.\n\n1 A source that goes on.\n"
        );
        assert_eq!(hints[1].kind, HintKind::Note);
    }

    #[test]
    fn broken_words_are_mended_and_hanging_hyphens_stay() {
        let (text, _) = body_of(&[&[
            "Cooperation and inter- national peace, user- friendly, pre- and post-war.",
            "International law.",
        ]]);
        let expected = "Cooperation and international peace, user-friendly, pre- and post-war.\n\n\
                        International law.\n";
        assert_eq!(text, expected);
    }
}
