//! [`trend`]: whether strength grows or falls with time.

use crate::corpus::PublicationDate;
use crate::deontic::ModalClass;
use crate::id::ClauseId;

/// The fewest clauses for a trend of strength.
const MIN_FOR_TREND: usize = 5;

/// A clause's date and modal class.
#[derive(Clone, Copy)]
pub(crate) struct Dated {
    pub(crate) date: PublicationDate,
    pub(crate) clause: ClauseId,
    pub(crate) class: ModalClass,
}

/// Returns Kendall's tau-b (Kendall, 1945) between dates and levels; a date that contains another is
/// tied with it. Costs one comparison for each pair.
pub(crate) fn trend(dated: &[Dated]) -> Option<f64> {
    let known: Vec<(PublicationDate, u8)> = dated
        .iter()
        .filter_map(|of| Some((of.date, of.class.level()?)))
        .collect();
    if known.len() < MIN_FOR_TREND {
        return None;
    }
    let (mut balance, mut n_dates, mut n_levels) = (0.0, 0.0, 0.0);
    for (place, (date, level)) in known.iter().enumerate() {
        for (later, later_level) in &known[place + 1..] {
            let is_later = date.is_before(later);
            let is_other_level = level != later_level;
            n_dates += f64::from(u8::from(is_later));
            n_levels += f64::from(u8::from(is_other_level));
            if is_later && is_other_level {
                balance += if later_level > level { 1.0 } else { -1.0 };
            }
        }
    }
    (n_dates > 0.0 && n_levels > 0.0).then(|| balance / f64::sqrt(n_dates * n_levels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Metadata;

    fn dated(dates_and_levels: &[(&str, u8)]) -> Vec<Dated> {
        let of = |(place, (date, level)): (usize, &(&str, u8))| {
            let metadata = Metadata {
                first_published: Some((*date).to_owned()),
                ..Metadata::default()
            };
            let has_level = |class: &ModalClass| class.level() == Some(*level);
            Dated {
                date: PublicationDate::of(&metadata).unwrap(),
                clause: ClauseId::new(place),
                class: ModalClass::ALL.into_iter().find(has_level).unwrap(),
            }
        };
        dates_and_levels.iter().enumerate().map(of).collect()
    }

    #[test]
    fn the_trend_of_strength_by_hand() {
        let check = |of: &[(&str, u8)], expected: Option<f64>| {
            let found = trend(&dated(of));
            let is_same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                (found, expected) => found == expected,
            };
            assert!(is_same, "{of:?}: {found:?}");
        };
        let rising = [
            ("2001", 0),
            ("2002", 1),
            ("2003", 2),
            ("2004", 3),
            ("2005", 5),
        ];
        check(&rising, Some(1.0));
        check(&rising[..4], None);
        check(
            &[
                ("2001", 3),
                ("2002", 3),
                ("2003", 3),
                ("2004", 3),
                ("2005", 3),
            ],
            None,
        );
        // Pairs with different dates 8, with different levels 6; with both 5, all of them falling: -5
        // / sqrt(48).
        let falling = [
            ("2001", 5),
            ("2001-03", 5),
            ("2002", 5),
            ("2002-01", 3),
            ("2003", 3),
        ];
        check(&falling, Some(-5.0 / f64::sqrt(48.0)));
    }
}
