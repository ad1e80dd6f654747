//! Labels: the number of a part together with those of the parts that contain it.

use std::borrow::Cow;

use crate::clause::enumerator::value_of_sign;
use crate::clause::number::{Delimiter, Value};
use crate::clause::segmenter::{Found, Region, Segmenter};
use crate::provision::Numeral;
use crate::words::single_spaced;

impl Segmenter<'_> {
    /// The full label of a number: that of its parent and its own.
    pub(super) fn compose(&mut self, found: Found<'_>, depth: usize) -> Option<String> {
        if let Some(kind) = found.number.kind {
            let written = self.written(found);
            return Some(self.provisions.label(kind, &found.number.value, written));
        }
        let parent = self.sequence.parent_label(depth);
        if found.number.delimiter == Delimiter::Bullet {
            return parent.or(self.provisions.annex()).map(str::to_owned);
        }
        if let Some(parent) = parent {
            return Some(self.compose_with(parent, found));
        }
        let number = self.number_of(found);
        if self.region == Region::Recitals {
            return Some(format!("Recital {number}"));
        }
        let is_letter = matches!(found.number.value, Value::Letters { .. });
        let written = match (self.provisions.annex(), found.number.delimiter) {
            (Some(annex), _) if is_letter => format!("{annex}({number})"),
            (Some(annex), _) => format!("{annex} ¶{number}"),
            (None, Delimiter::Parentheses) => format!("({number})"),
            (None, Delimiter::Degree) => format!("{number}°"),
            (None, _) => number.into_owned(),
        };
        Some(written)
    }

    /// A number under a parent: in parentheses, or instead of the parent's own if it repeats it.
    fn compose_with(&self, parent: &str, found: Found<'_>) -> String {
        let number = &*self.number_of(found);
        if let Value::Decimal(_) = &found.number.value {
            let outer = number.rsplit_once('.').map_or("", |(outer, _)| outer);
            if let Some(stem) = parent.strip_suffix(outer)
                && !stem.ends_with(|c: char| c.is_ascii_digit() || c == '.')
            {
                return format!("{stem}{number}");
            }
        }
        [parent, "(", number, ")"].concat()
    }

    /// The number as written, without its mark.
    fn number_of(&self, found: Found<'_>) -> Cow<'_, str> {
        let number = self.survey.text[found.base..][found.number.number.clone()].trim();
        let sign = number.chars().next().filter(|sign| !sign.is_ascii());
        match sign.and_then(value_of_sign) {
            Some((value, _)) if number.starts_with(|sign| matches!(sign, '㈠'..='㈩')) => {
                Cow::Owned(Numeral::Ideographs.write(value))
            }
            Some((value, _)) => Cow::Owned(value.to_string()),
            None => Cow::Borrowed(number.trim_end_matches(['º', '°', 'ª'])),
        }
    }

    pub(super) fn written(&self, found: Found<'_>) -> String {
        let written = &self.survey.text[found.base..][found.number.written.clone()];
        single_spaced(written.trim_end_matches(['.', ':', ' ']))
    }
}
