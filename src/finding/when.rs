//! [`When`]: when a text was first public, as well as that is known.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;

/// When a text was first public: a day, a month or a year.
///
/// Two dates of which one contains the other (`2015` and `2015-07`) have no order: see
/// [`When::is_before`]. The order of the type, by the first day each may mean and then the more exact
/// one first, is for lists alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct When {
    /// The year.
    pub year: i32,
    /// The month, if it is known: 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, if it is known: 1 to 31.
    pub day: Option<u8>,
    /// Where the date comes from.
    pub source: DateSource,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateSource {
    /// The metadata say when the wording was first public.
    FirstPublished,
    /// The metadata say only the year of the document, which may be a later one.
    DocumentYear,
}

impl When {
    /// Returns the date of an agreement: when its wording was first public, else the year of the
    /// document; nothing if neither is known.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let published = metadata.first_published.as_deref().and_then(Self::parse);
        let year = metadata.year.map(|year| Self {
            year,
            month: None,
            day: None,
            source: DateSource::DocumentYear,
        });
        published.or(year)
    }

    /// Returns the date that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` says; nothing for any other text.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let mut part = |most: u8| match parts.next() {
            None => Some(None),
            Some(digits) => {
                let number = digits.parse().ok()?;
                (1..=most).contains(&number).then_some(Some(number))
            }
        };
        Some(Self {
            year,
            month: part(12)?,
            day: part(31)?,
            source: DateSource::FirstPublished,
        })
    }

    /// Returns whether it is surely earlier than another date.
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    fn first_day(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last_day(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let first = self.first_day().cmp(&other.first_day());
        first
            .then_with(|| self.last_day().cmp(&other.last_day()))
            .then_with(|| (self.month, self.day).cmp(&(other.month, other.day)))
            .then_with(|| self.source.cmp(&other.source))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let (Some(_), Some(day)) = (self.month, self.day) {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> When {
        When::parse(text).unwrap()
    }

    #[test]
    fn dates_as_exact_as_they_are_given() {
        for text in ["2015", "2015-07", "2015-07-22"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "July 2015",
            "2015-13",
            "2015-07-32",
            "2015-07-22-1",
            "2015-0",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_within_another_is_neither_before_nor_after_it() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!(date(a).is_before(date(b)), expected, "{a} {b}");
        };
        check("2014", "2015-07", true);
        check("2015-07-21", "2015-07-22", true);
        check("2015-06", "2015-07-01", true);
        check("2015", "2015-07", false);
        check("2015-07", "2015", false);
        check("2015", "2015", false);
    }

    #[test]
    fn the_year_of_the_document_stands_in() {
        let mut metadata = Metadata {
            year: Some(2018),
            ..Metadata::default()
        };
        let when = When::of(&metadata).unwrap();
        assert_eq!((when.year, when.source), (2018, DateSource::DocumentYear));
        metadata.first_published = Some("2017-04-11".to_owned());
        assert_eq!(When::of(&metadata).unwrap().to_string(), "2017-04-11");
        assert_eq!(When::of(&Metadata::default()), None);
    }
}
