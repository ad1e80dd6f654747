//! The list as Markdown: a section a clause, the answer after `Answer:`.

use crate::read::answers::filled::FilledAnswer;

/// Reads the sections that name a clause.
pub(super) fn read(text: &str) -> Vec<FilledAnswer> {
    let mut answers: Vec<FilledAnswer> = Vec::new();
    let mut is_answering = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let item = line.strip_prefix(['-', '*', '+']).map(str::trim_start);
        if let Some(clause) = item.and_then(|item| item.strip_prefix("clause:")) {
            is_answering = false;
            answers.push(FilledAnswer {
                place: format!("line {number}"),
                clause: unescaped(clause.trim()),
                ..FilledAnswer::default()
            });
            continue;
        }
        let Some(last) = answers.last_mut() else {
            continue;
        };
        if let Some(answer) = answer_in(line) {
            last.place = format!("line {number}");
            last.answer = unescaped(answer);
            is_answering = true;
        } else if line.starts_with('#') {
            is_answering = false;
        } else if let Some((number, name)) = item.and_then(row_of) {
            match number {
                RowNumber::Here => last.here = Some(name),
                RowNumber::Rival(number) => last.offer(number, name),
            }
        } else if is_answering && last.answer.is_empty() {
            // Written below.
            last.answer = unescaped(line);
        }
    }
    answers
}

/// Which row a line is about.
enum RowNumber {
    Here,
    /// Counted from 1.
    Rival(usize),
}

/// Returns what follows `Answer:`, in whatever case and with whatever marks around it.
fn answer_in(line: &str) -> Option<&str> {
    const LABEL: &str = "answer";
    let is_mark = |c: char| matches!(c, '*' | '_' | '-' | '+' | ' ');
    let bare = line.trim_start_matches(is_mark);
    let label = bare.get(..LABEL.len())?;
    let rest = bare[LABEL.len()..].trim_start_matches(is_mark);
    let answer = rest.strip_prefix(':')?.trim_matches(is_mark);
    label.eq_ignore_ascii_case(LABEL).then_some(answer)
}

/// Returns the number and the name in `1: **NAME** ...`, or in `here: **NAME** ...`.
fn row_of(item: &str) -> Option<(RowNumber, String)> {
    let (number, name) = item.split_once(": **")?;
    let number = match number {
        "here" => RowNumber::Here,
        digits => RowNumber::Rival(digits.parse().ok()?),
    };
    Some((number, unescaped(&name[..end_of_bold(name)?])))
}

/// Returns where the bold words end that a text begins with: at two stars, of which none is escaped.
fn end_of_bold(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => {
                characters.next();
            }
            '*' if text[at..].starts_with("**") => return Some(at),
            _ => {}
        }
    }
    None
}

/// Returns a text without the escapes of Markdown.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => plain.push(c),
        }
        if c == '\\' {
            plain.extend(characters.next_if(char::is_ascii_punctuation));
        }
    }
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_rivals_and_answers_are_found_whatever_a_person_left_around_them() {
        let text = "# Doubtful clauses\n\n- 1: **No section** yet\n\n## 1. A 1\n\n- clause: a\\_b/1\n\
                    - here: **Reef**\n- 1: **Fog \\*thick\\* &amp; rain**, as in “x”\n- 2: **Tide**\n\n\
                    **Answer:** b2\n\n## 2. A 2\n\n- clause: a/2\n\nAnswer:\n\nnew: Lights\nand a remark\n";
        let answers = read(text);
        assert_eq!(answers.len(), 2);
        assert_eq!(answers[0].clause, "a_b/1");
        assert_eq!(answers[0].here.as_deref(), Some("Reef"));
        assert_eq!(answers[1].here, None);
        assert_eq!(answers[0].rivals, ["Fog *thick* & rain", "Tide"]);
        assert_eq!(
            (answers[0].answer.as_str(), answers[0].place.as_str()),
            ("b2", "line 12")
        );
        assert_eq!(answers[1].answer, "new: Lights");
    }

    #[test]
    fn names_end_where_their_stars_do_and_rivals_keep_their_numbers() {
        let text = "- clause: a/1\n- 1: **Tide\\***, as in “x”\n- 3: **Fog\\\\** as in “y”\n\n- **Answer** : 3\n";
        let answers = read(text);
        assert_eq!(answers[0].rivals, ["Tide*", "", "Fog\\"]);
        assert_eq!(answers[0].answer, "3");
        for label in [
            "answer: b",
            "**Answer**: b",
            "* ANSWER: **b**",
            "Answer : b",
        ] {
            assert_eq!(answer_in(label), Some("b"), "{label}");
        }
        assert_eq!(answer_in("Answers differ: b"), None);
    }

    #[test]
    fn escapes_are_undone() {
        let cases = [
            ("a\\_b", "a_b"),
            ("\\\\", "\\"),
            ("c\\d", "c\\d"),
            ("&amp;lt;", "&lt;"),
        ];
        for (written, expected) in cases {
            assert_eq!(unescaped(written), expected, "{written}");
        }
    }
}
