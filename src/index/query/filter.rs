//! [`Filter`]: a field query, which selects clauses by their metadata and adds nothing to their score.

use std::fmt;

use crate::clause::ClauseKind;
use crate::deontic::{Addressee, ModalClass};
use crate::index::store::catalog::Catalog;
use crate::index::store::field::FacetField;
use crate::index::store::schema::index_name;
use crate::language::Language;

/// The fields that a query can name.
pub(crate) const FIELDS: [&str; 13] = [
    "process",
    "agreement",
    "year",
    "label",
    "heading",
    "language",
    "key",
    "kind",
    "force",
    "addressee",
    "actor",
    "region",
    "status",
];

/// The first and last year of a range without ends.
const ANY_YEAR: (i32, i32) = (i32::MIN, i32::MAX);

/// A condition on the metadata of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// The words of a name occur consecutively in the field's name.
    Name { field: FacetField, folded: String },
    /// The words occur consecutively in the official number.
    Label(String),
    /// The words occur consecutively in the heading.
    Heading(String),
    /// The key is this one.
    Key(String),
    /// The clause is in this language.
    Language(Language),
    /// The agreement is of one of these years, both ends included.
    Years { first: i32, last: i32 },
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { field, folded } => write!(f, "{field}:\"{folded}\""),
            Self::Label(folded) => write!(f, "label:\"{folded}\""),
            Self::Heading(folded) => write!(f, "heading:\"{folded}\""),
            Self::Key(key) => write!(f, "key:{key}"),
            Self::Language(language) => write!(f, "language:{language}"),
            Self::Years { first, last } if first == last => write!(f, "year:{first}"),
            Self::Years { first, last } => {
                let shown = |year: i32, any: i32| match year {
                    year if year == any => String::new(),
                    year => year.to_string(),
                };
                let first = shown(*first, ANY_YEAR.0);
                write!(f, "year:{first}..{}", shown(*last, ANY_YEAR.1))
            }
        }
    }
}

impl Filter {
    /// Returns the filter for clauses of a process whose name contains the words of `name`.
    pub(crate) fn process(name: &str) -> Result<Self, String> {
        name_filter(FacetField::Process, name)
    }

    /// Returns the filter of `field:value`, or what is wrong with it.
    pub(crate) fn parse(field: &str, value: &str) -> Result<Self, String> {
        let field = field.to_ascii_lowercase();
        match &*field {
            "key" => Ok(Self::Key(value.to_owned())),
            "label" => folded_name(&field, value).map(Self::Label),
            "heading" => folded_name(&field, value).map(Self::Heading),
            "language" => Language::from_tag(value)
                .map(Self::Language)
                .ok_or_else(|| {
                    format!("`{value}` is not a language code of two or three letters such as `en`")
                }),
            "year" => years(value),
            _ => match FacetField::from_name(&field) {
                Some(field) => name_filter(field, value),
                None => Err(unknown_field(&field)),
            },
        }
    }

    /// Returns whether two filters test the same field: side by side they are alternatives.
    pub(crate) fn is_about_same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name { field: a, .. }, Self::Name { field: b, .. }) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Returns whether the clauses of an agreement pass; false for a field of clauses.
    pub(crate) fn keeps_agreement(&self, catalog: &Catalog, agreement: usize) -> bool {
        match self {
            Self::Name { field, folded } => {
                let mut names = catalog.folded(agreement, *field);
                names.any(|name| holds_words(name, folded))
            }
            Self::Years { first, last } => {
                let year = catalog.entries[agreement].year;
                year.is_some_and(|year| (*first..=*last).contains(&year))
            }
            _ => false,
        }
    }

    /// Returns whether a value of a column passes.
    pub(crate) fn keeps_value(&self, value: &str) -> bool {
        match self {
            Self::Name { folded, .. } => holds_words(&index_name(value), folded),
            Self::Language(language) => language.code() == value,
            _ => false,
        }
    }
}

/// Returns whether this is the name of a field, ignoring case.
pub(crate) fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name))
}

fn unknown_field(field: &str) -> String {
    let names: Vec<String> = FIELDS.iter().map(|name| format!("`{name}:`")).collect();
    format!(
        "unknown field `{field}`: the fields are {}; put the words in quotation marks to search for \
         them",
        names.join(", ")
    )
}

/// Returns whether the words of `wanted` occur consecutively in `name`, both folded.
pub(crate) fn holds_words(name: &str, wanted: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let wanted: Vec<&str> = wanted.split(' ').collect();
    words.windows(wanted.len()).any(|run| run == wanted)
}

/// Returns a name for look-up, or what is wrong with it.
fn folded_name(field: &str, value: &str) -> Result<String, String> {
    let folded = index_name(value);
    if folded.is_empty() {
        return Err(format!("`{field}:` needs a name with a letter or a digit"));
    }
    Ok(folded)
}

fn name_filter(field: FacetField, value: &str) -> Result<Filter, String> {
    let folded = folded_name(field.name(), value)?;
    let known: Vec<&str> = match field {
        FacetField::Kind => ClauseKind::ALL.iter().map(|kind| kind.name()).collect(),
        FacetField::Force => ModalClass::ALL.iter().map(|class| class.name()).collect(),
        FacetField::Addressee => Addressee::ALL.iter().map(|kind| kind.name()).collect(),
        _ => Vec::new(),
    };
    let is_known = |name: &&str| holds_words(&index_name(name), &folded);
    if !known.is_empty() && !known.iter().any(is_known) {
        let known = known.join(", ");
        return Err(format!("`{value}` is no {field}: expected one of {known}"));
    }
    Ok(Filter::Name { field, folded })
}

fn years(value: &str) -> Result<Filter, String> {
    let wrong = || format!("`{value}` is neither a year (2015) nor a range of years (2010..2018)");
    let year = |text: &str| text.parse::<i32>().map_err(|_| wrong());
    let (first, last) = match value.split_once("..") {
        None => (year(value)?, year(value)?),
        Some(("", "")) => return Err(wrong()),
        Some(("", last)) => (ANY_YEAR.0, year(last)?),
        Some((first, "")) => (year(first)?, ANY_YEAR.1),
        Some((first, last)) => (year(first)?, year(last)?),
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
    fn names_are_compared_by_whole_words() {
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
