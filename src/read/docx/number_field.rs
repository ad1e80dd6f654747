//! [`NumberField`]: a number within a line, which Word writes where a `LISTNUM` field asks for it.

/// A level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// The id of the list.
    pub(super) list: String,
    /// The level, from 0.
    pub(super) level: usize,
}

/// A number within a line, as its field asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberField {
    /// The name of its list.
    pub(super) list: Option<String>,
    /// Its level, from 0.
    pub(super) level: Option<usize>,
    /// Its number, where it restarts.
    pub(super) start: Option<u32>,
}

impl NumberField {
    /// Reads the instruction of a field; `None` if it is one of another kind.
    pub(super) fn parse(instruction: &str) -> Option<Self> {
        let mut words = instruction.split_whitespace();
        if !words.next()?.eq_ignore_ascii_case("LISTNUM") {
            return None;
        }
        let mut field = Self::default();
        while let Some(word) = words.next() {
            let number = |word: Option<&str>| word.and_then(|word| word.parse::<u32>().ok());
            match word {
                "\\l" => {
                    let level = number(words.next()).and_then(|level| usize::try_from(level).ok());
                    field.level = level.and_then(|level| level.checked_sub(1));
                }
                "\\s" => field.start = number(words.next()),
                name if !name.starts_with('\\') && field.list.is_none() => {
                    field.list = Some(name.trim_matches(['"', '“', '”']).to_owned());
                }
                _ => {}
            }
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_of_numbers_are_read() {
        let field = NumberField::parse(" LISTNUM \"Seq1\" \\l 2 \\s 7 ").unwrap();
        assert_eq!(field.list.as_deref(), Some("Seq1"));
        assert_eq!((field.level, field.start), (Some(1), Some(7)));
        assert_eq!(NumberField::parse("listnum"), Some(NumberField::default()));
        for other in ["PAGEREF x \\l 3", "TOC", "", "LISTNUMBER"] {
            assert_eq!(NumberField::parse(other), None, "{other}");
        }
    }
}
