//! What a text as a whole tells before its lines are walked: its possible numbers, and how its
//! sections and titles are written.

use crate::clause::enumerator::{read_enumerator, read_spaced_letter};
use crate::clause::line::Line;
use crate::clause::number::{Delimiter, Enumerator};
use crate::clause::wording::is_stopped_title;
use crate::provision::{Kind, Role};

/// What may be a number at the start of a line, with its line.
pub(crate) fn numbers_of(text: &str, lines: &[Line]) -> Vec<(usize, Enumerator)> {
    let mut numbers = Vec::with_capacity(lines.len() / 4);
    let mut spaced: Vec<(usize, Enumerator)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let words = &text[line.range()];
        if let Some(number) = read_enumerator(words) {
            numbers.push((index, number));
        } else if let Some(number) = read_spaced_letter(words) {
            spaced.push((index, number));
        }
    }
    let n_numbers = numbers.len();
    numbers.extend(in_sequence(spaced));
    if numbers.len() > n_numbers {
        numbers.sort_by_key(|(index, _)| *index);
    }
    numbers
}

/// Those letters without a mark that have a neighbor in their list near by: an `a` with a `b`
/// behind it, a `b` with an `a` before it.
fn in_sequence(letters: Vec<(usize, Enumerator)>) -> Vec<(usize, Enumerator)> {
    const NEAR: usize = 8;
    let is_next = |a: &Enumerator, b: &Enumerator| b.value.may_follow(&a.value);
    let is_kept: Vec<bool> = (0..letters.len())
        .map(|at| {
            let number = &letters[at].1;
            let before = &letters[at.saturating_sub(NEAR)..at];
            let behind = &letters[at + 1..(at + 1 + NEAR).min(letters.len())];
            before.iter().any(|(_, near)| is_next(near, number))
                || number.value.is_first() && behind.iter().any(|(_, near)| is_next(number, near))
        })
        .collect();
    let kept = letters.into_iter().zip(is_kept);
    kept.filter_map(|(letter, is_kept)| is_kept.then_some(letter))
        .collect()
}

/// How sections stand in a text: they are its provisions if it has no articles and the numbers
/// below each section begin anew.
pub(crate) fn section_role(numbers: &[(usize, Enumerator)]) -> Role {
    let (mut is_below_section, mut n_anew) = (false, 0);
    for (_, number) in numbers {
        match number.kind {
            Some(Kind::Section) => is_below_section = true,
            Some(kind) if kind.role() == Role::Provision && !kind.is_plain() => {
                return Role::Group;
            }
            None if is_below_section && number.delimiter != Delimiter::Bullet => {
                is_below_section = false;
                if !number.value.is_first() {
                    return Role::Group;
                }
                n_anew += 1;
            }
            _ => {}
        }
    }
    if n_anew > 1 {
        Role::Provision
    } else {
        Role::Group
    }
}

/// How the titles of articles end that stand in the line of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TitleStyle {
    /// `Article 2. Aim`
    Bare,
    /// `Artículo 2. Objeto.`
    Stopped,
}

/// Titles end with a full stop if nearly all articles begin with a few words and a full stop, and
/// have more words behind them.
pub(crate) fn article_titles(
    text: &str,
    lines: &[Line],
    numbers: &[(usize, Enumerator)],
) -> TitleStyle {
    let (mut n_articles, mut n_stopped) = (0, 0);
    for (nth, (index, number)) in numbers.iter().enumerate() {
        let words = &text[lines[*index].range()];
        let rest = &words[number.body..];
        if number.kind != Some(Kind::Article) || rest.is_empty() {
            continue;
        }
        n_articles += 1;
        let next_line = (index + 1..lines.len()).find(|&next| !lines[next].is_blank());
        let is_next_article = numbers.get(nth + 1).is_some_and(|(line, next)| {
            next_line == Some(*line) && next.kind == Some(Kind::Article)
        });
        let has_more = next_line.is_some() && !is_next_article;
        n_stopped += usize::from(has_more && is_stopped_title(rest));
    }
    if n_stopped > 1 && n_stopped * 5 >= n_articles * 4 {
        TitleStyle::Stopped
    } else {
        TitleStyle::Bare
    }
}
