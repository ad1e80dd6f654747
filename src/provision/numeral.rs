//! [`Numeral`]: how the number of a list item is written.

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// `1`, `2`.
    #[default]
    Decimal,
    /// `01`, `02`.
    Padded,
    /// `1st`, `2nd`.
    Ordinal,
    /// `a`, `b`.
    Letters,
    /// `A`, `B`.
    Capitals,
    /// `i`, `ii`.
    Roman,
    /// `I`, `II`.
    UpperRoman,
    /// `а`, `б`.
    Cyrillic,
    /// `А`, `Б`.
    UpperCyrillic,
    /// `一`, `二`.
    Ideographs,
    /// Not written at all.
    Nothing,
    /// A sign without a number.
    Bullet,
}

impl Numeral {
    /// Returns how numbers are written that begin with this sign, which stands for them in many formats.
    pub(crate) fn of_sign(sign: char) -> Option<Self> {
        Some(match sign {
            '1' => Self::Decimal,
            'a' => Self::Letters,
            'A' => Self::Capitals,
            'i' => Self::Roman,
            'I' => Self::UpperRoman,
            _ => return None,
        })
    }

    /// Returns a number as it is written.
    pub(crate) fn write(self, count: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::Padded => Some(format!("{count:02}")),
            Self::Ordinal => Some(format!("{count}{}", ordinal_ending(count))),
            Self::Letters | Self::Capitals => Some(letters_of(count)),
            Self::Roman | Self::UpperRoman => roman(count),
            Self::Cyrillic | Self::UpperCyrillic => cyrillic_of(count),
            Self::Ideographs => ideographs_of(count),
            Self::Nothing | Self::Bullet => Some(String::new()),
        };
        let written = written.unwrap_or_else(|| count.to_string());
        match self {
            Self::Capitals | Self::UpperRoman | Self::UpperCyrillic => written.to_uppercase(),
            _ => written,
        }
    }
}

fn ordinal_ending(count: u32) -> &'static str {
    match (count % 10, count % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    }
}

/// The letters that Russian lists use, which omit ё, й, ъ, ы, ь.
pub(crate) const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";

/// The Chinese digits, from 0 on.
pub(crate) const IDEOGRAPHS: &str = "〇一二三四五六七八九";

/// Writes a number in the letters that Russian lists use, up to 28.
fn cyrillic_of(count: u32) -> Option<String> {
    nth_of(CYRILLIC, count.checked_sub(1)?)
}

/// Writes a number in Chinese, up to 99.
fn ideographs_of(count: u32) -> Option<String> {
    let digit = |value: u32| {
        nth_of(IDEOGRAPHS, value)
            .filter(|_| value > 0)
            .unwrap_or_default()
    };
    let ones = digit(count % 10);
    match count / 10 {
        0 if count == 0 => None,
        0 => Some(ones),
        1 => Some(format!("十{ones}")),
        tens if tens < 10 => Some(format!("{}十{ones}", digit(tens))),
        _ => None,
    }
}

fn nth_of(signs: &str, index: u32) -> Option<String> {
    signs
        .chars()
        .nth(usize::try_from(index).ok()?)
        .map(String::from)
}

/// Writes a number in Latin letters: 1 is `a`, 27 is `aa`, as word processors count.
pub(crate) fn letters_of(count: u32) -> String {
    let Some(index) = count.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    let n_repeats = usize::try_from(index / 26).unwrap_or_default() + 1;
    letter.to_string().repeat(n_repeats.min(16))
}

/// The values of the Roman digits and of their subtractive pairs, largest first.
pub(crate) const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Returns a number in lower-case Roman digits; `None` for 0 and above 3999.
pub(crate) fn roman(number: u32) -> Option<String> {
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, digits) in ROMAN {
        while rest >= value {
            written.push_str(digits);
            rest -= value;
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_letters_and_roman_numbers() {
        let letters: Vec<String> = [0, 1, 26, 27, 53].map(letters_of).to_vec();
        assert_eq!(letters, ["0", "a", "z", "aa", "aaa"]);
        let romans: Vec<String> = [0, 4, 9, 14, 1999, 4000]
            .map(|count| Numeral::Roman.write(count))
            .to_vec();
        assert_eq!(romans, ["0", "iv", "ix", "xiv", "mcmxcix", "4000"]);
        assert!(letters_of(u32::MAX).len() <= 16);
    }

    #[test]
    fn every_numeral_is_written() {
        let cases = [
            (Numeral::Padded, 7, "07"),
            (Numeral::Ordinal, 1, "1st"),
            (Numeral::Ordinal, 12, "12th"),
            (Numeral::Ordinal, 23, "23rd"),
            (Numeral::Capitals, 3, "C"),
            (Numeral::UpperRoman, 4, "IV"),
            (Numeral::Cyrillic, 2, "б"),
            (Numeral::Cyrillic, 40, "40"),
            (Numeral::UpperCyrillic, 1, "А"),
            (Numeral::Ideographs, 10, "十"),
            (Numeral::Ideographs, 25, "二十五"),
            (Numeral::Bullet, 3, ""),
        ];
        for (numeral, count, expected) in cases {
            assert_eq!(numeral.write(count), expected);
        }
    }
}
