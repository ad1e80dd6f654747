//! [`Filter`]: a field query, which keeps clauses by what is known of them and adds nothing to
//! their score.

use std::fmt;

use crate::index::schema::index_name;
use crate::language::Language;

/// The fields a query can name, as a message lists them.
pub(crate) const FIELD_NAMES: &str =
    "`process:`, `agreement:`, `year:`, `label:`, `heading:`, `language:`, `key:`";

/// The first year and the last year a range without an end takes in.
const ANY_YEAR: (i64, i64) = (i64::MIN, i64::MAX);

/// A condition on what is known of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// The words of a name stand in a row in the field's name.
    Name { field: NameField, folded: String },
    /// The key is this one.
    Key(String),
    /// The clause is in this language.
    Language(Language),
    /// The agreement is of one of these years, the first and the last among them.
    Years { first: i64, last: i64 },
}

/// A field whose value is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameField {
    Process,
    Agreement,
    Label,
    Heading,
}

impl NameField {
    fn word(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Agreement => "agreement",
            Self::Label => "label",
            Self::Heading => "heading",
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { field, folded } => write!(f, "{}:\"{folded}\"", field.word()),
            Self::Key(key) => write!(f, "key:{key}"),
            Self::Language(language) => write!(f, "language:{language}"),
            Self::Years { first, last } if first == last => write!(f, "year:{first}"),
            Self::Years { first, last } => {
                f.write_str("year:")?;
                if *first != ANY_YEAR.0 {
                    write!(f, "{first}")?;
                }
                f.write_str("..")?;
                if *last != ANY_YEAR.1 {
                    write!(f, "{last}")?;
                }
                Ok(())
            }
        }
    }
}

impl Filter {
    /// Returns the filter that keeps clauses of a process whose name holds the words of `name`.
    pub(crate) fn process(name: &str) -> Result<Self, String> {
        name_filter(NameField::Process, name)
    }

    /// Returns the filter that `field:value` asks for, or what is wrong with it.
    pub(crate) fn parse(field: &str, value: &str) -> Result<Self, String> {
        match field.to_ascii_lowercase().as_str() {
            "process" => name_filter(NameField::Process, value),
            "agreement" => name_filter(NameField::Agreement, value),
            "label" => name_filter(NameField::Label, value),
            "heading" => name_filter(NameField::Heading, value),
            "key" => Ok(Self::Key(value.to_owned())),
            "language" => Language::from_tag(value)
                .map(Self::Language)
                .ok_or_else(|| {
                    format!("`{value}` is not a language code of two or three letters such as `en`")
                }),
            "year" => years(value),
            _ => Err(format!(
                "unknown field `{field}`: the fields are {FIELD_NAMES}; put the words in quotation \
                 marks to search for them"
            )),
        }
    }

    /// Returns whether two filters ask about the same field: in a row they are alternatives.
    pub(crate) fn is_about_same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name { field: a, .. }, Self::Name { field: b, .. }) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// Returns whether the words of `wanted` stand in a row in `name`, both folded.
pub(crate) fn holds_words(name: &str, wanted: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let wanted: Vec<&str> = wanted.split(' ').collect();
    words.windows(wanted.len()).any(|run| run == wanted)
}

fn name_filter(field: NameField, value: &str) -> Result<Filter, String> {
    let folded = index_name(value);
    if folded.is_empty() {
        let word = field.word();
        return Err(format!("`{word}:` needs a name with a letter or a digit"));
    }
    Ok(Filter::Name { field, folded })
}

fn years(value: &str) -> Result<Filter, String> {
    let wrong = || format!("`{value}` is neither a year (2015) nor a range of years (2010..2018)");
    let year = |text: &str| text.parse::<i64>().map_err(|_| wrong());
    let Some((first, last)) = value.split_once("..") else {
        let only = year(value)?;
        return Ok(Filter::Years {
            first: only,
            last: only,
        });
    };
    if first.is_empty() && last.is_empty() {
        return Err(wrong());
    }
    let first = if first.is_empty() {
        ANY_YEAR.0
    } else {
        year(first)?
    };
    let last = if last.is_empty() {
        ANY_YEAR.1
    } else {
        year(last)?
    };
    if first > last {
        return Err(format!("the range `{value}` ends before it begins"));
    }
    Ok(Filter::Years { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_held_whole_word_by_whole_word() {
        let cases = [
            ("un gge", "gge", true),
            ("un gge", "un gge", true),
            ("un gge", "gg", false),
            ("13 f", "13 f", true),
            ("13 f i", "13 f", true),
            ("113 f", "13 f", false),
            ("", "13", false),
        ];
        for (name, wanted, expected) in cases {
            assert_eq!(holds_words(name, wanted), expected, "{wanted} in {name}");
        }
    }

    #[test]
    fn a_filter_is_shown_as_it_is_written() {
        let cases = [
            ("year", "2010..2018", "year:2010..2018"),
            ("year", "2010..", "year:2010.."),
            ("year", "..2018", "year:..2018"),
            ("YEAR", "2015", "year:2015"),
            ("process", "UN-GGÉ", "process:\"un gge\""),
            ("language", "en-GB", "language:en"),
        ];
        for (field, value, shown) in cases {
            assert_eq!(Filter::parse(field, value).unwrap().to_string(), shown);
        }
    }
}
