//! [`PublicationDate`] and [`Direction`]: which of two texts was published first.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::agreement::{Metadata, YEARS};

/// When the wording of an agreement was first published, as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PublicationDate {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// The day, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// Whether only the year of the document is known: its wording may have been published earlier.
    pub is_document_year: bool,
}

impl PublicationDate {
    /// Returns the date of an agreement: the given date of first publication, else the year of the
    /// document; `None` if neither is known or the date cannot be parsed.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let given = metadata.first_published.as_deref().and_then(parse);
        given.or_else(|| metadata.year.map(Self::of_document))
    }

    /// Returns the date for a document of which only the year is known.
    pub fn of_document(year: i32) -> Self {
        Self {
            year,
            month: None,
            day: None,
            is_document_year: true,
        }
    }

    /// Compares two dates at the precision that both have: a year is neither before nor after a
    /// month of the same year.
    pub fn order(&self, other: &Self) -> Ordering {
        let finer = |x: Option<u8>, y: Option<u8>| match (x, y) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => Ordering::Equal,
        };
        let by_year = self.year.cmp(&other.year);
        let by_month = by_year.then(finer(self.month, other.month));
        let has_months = self.month.is_some() && other.month.is_some();
        if has_months {
            return by_month.then(finer(self.day, other.day));
        }
        by_month
    }

    /// Returns whether it is certainly earlier than another date.
    pub(crate) fn is_before(&self, other: &Self) -> bool {
        self.order(other) == Ordering::Less
    }

    /// Returns a sort key: within one year, less precise dates come first.
    pub(crate) fn sort_key(&self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(0), self.day.unwrap_or(0))
    }
}

impl fmt::Display for PublicationDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

fn parse(date: &str) -> Option<PublicationDate> {
    let mut parts = date.trim().split('-');
    let year = parts
        .next()?
        .parse()
        .ok()
        .filter(|year| YEARS.contains(year))?;
    let mut part = |last: u8| -> Option<Option<u8>> {
        let Some(part) = parts.next() else {
            return Some(None);
        };
        let number: u8 = part.parse().ok()?;
        (1..=last).contains(&number).then_some(Some(number))
    };
    Some(PublicationDate {
        year,
        month: part(12)?,
        day: part(31)?,
        is_document_year: false,
    })
}

/// Which text had the words first, judged by the dates. A later date does not prove that a text
/// took the words from the other: both may have them from a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The first text is the older one.
    AToB,
    /// The second text is the older one.
    BToA,
    /// Both were published at the same time, at the precision that is known.
    Tie,
    /// The date of one or both is not known.
    Unknown,
}

impl Direction {
    /// Returns which of two texts was first.
    pub fn of(dates: [Option<PublicationDate>; 2]) -> Self {
        match dates {
            [Some(a), Some(b)] => match a.order(&b) {
                Ordering::Less => Self::AToB,
                Ordering::Greater => Self::BToA,
                Ordering::Equal => Self::Tie,
            },
            _ => Self::Unknown,
        }
    }

    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AToB => "a-to-b",
            Self::BToA => "b-to-a",
            Self::Tie => "tie",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(first: Option<&str>, year: Option<i32>) -> Metadata {
        Metadata {
            first_published: first.map(str::to_owned),
            year,
            ..Metadata::default()
        }
    }

    #[test]
    fn direction_follows_first_publication_with_ties_and_unknown_dates() {
        let cases = [
            (
                ("2015-07", Some(2016)),
                ("2015-08-01", None),
                Direction::AToB,
            ),
            (("2015", None), ("2015-08", None), Direction::Tie),
            (("2015-08-02", None), ("2015-08-01", None), Direction::BToA),
            // First publication counts, not the document's year.
            (("2014", Some(2019)), ("", Some(2018)), Direction::AToB),
            (("", None), ("2018", None), Direction::Unknown),
            (("soon", Some(2018)), ("2018", None), Direction::Tie),
            (("2018-13", None), ("2018", None), Direction::Unknown),
        ];
        for ((first_a, year_a), (first_b, year_b), expected) in cases {
            let date = |first: &str, year| {
                PublicationDate::of(&metadata((!first.is_empty()).then_some(first), year))
            };
            let dates = [date(first_a, year_a), date(first_b, year_b)];
            assert_eq!(Direction::of(dates), expected, "{first_a} {first_b}");
        }
    }

    #[test]
    fn a_date_is_written_as_precisely_as_it_is_known() {
        let date = PublicationDate::of(&metadata(Some("2015-7-2"), None)).unwrap();
        assert_eq!(date.to_string(), "2015-07-02");
        assert_eq!(PublicationDate::of_document(1998).to_string(), "1998");
    }
}
