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
        let bare = line.trim_start_matches('*');
        if let Some(answer) = bare.strip_prefix("Answer:") {
            last.place = format!("line {number}");
            last.answer = unescaped(answer.trim_matches(['*', ' ', '_']));
            is_answering = true;
        } else if line.starts_with('#') {
            is_answering = false;
        } else if let Some((number, name)) = item.and_then(row_of) {
            match number {
                "here" => last.here = Some(name),
                _ => last.rivals.push(name),
            }
        } else if is_answering && last.answer.is_empty() {
            // Written below.
            last.answer = unescaped(line);
        }
    }
    answers
}

/// Returns the number and the name in `1: **NAME** ...`, or in `here: **NAME** ...`.
fn row_of(item: &str) -> Option<(&str, String)> {
    let (number, name) = item.split_once(": **")?;
    let is_number = number == "here" || number.parse::<usize>().is_ok();
    // A star of the name itself is escaped.
    let mut ends = name.match_indices("**").map(|(at, _)| at);
    let end = ends.find(|at| !name[..*at].ends_with('\\'))?;
    is_number.then(|| (number, unescaped(&name[..end])))
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
