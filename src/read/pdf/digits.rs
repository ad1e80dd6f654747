//! [`with_digits`]: the small letter l written for the digit 1 in numbers of provisions.

/// Inserts the digit where a paragraph begins with `l.` and no list has reached that letter, and
/// where a paragraph is only a word and a number such as `3l`; returns the number of corrections.
///
/// Typewriters had no key for the digit, and character recognition confuses the two. Takes linear time.
pub(super) fn with_digits(paragraphs: &mut [String]) -> usize {
    let mut n_mended = 0;
    let mut is_behind_k = false;
    for words in paragraphs {
        let mended = if is_behind_k { None } else { in_list(words) };
        let mended = mended.or_else(|| behind_word(words));
        if let Some(mended) = mended {
            *words = mended;
            n_mended += 1;
        }
        let is_lettered = words.get(1..2) == Some(".") && words.starts_with(char::is_lowercase);
        if is_lettered {
            is_behind_k = words.starts_with('k');
        }
    }
    n_mended
}

fn in_list(words: &str) -> Option<String> {
    let rest = words.strip_prefix("l. ")?;
    Some(format!("1. {rest}"))
}

fn behind_word(words: &str) -> Option<String> {
    let (word, number) = words.split_once(' ')?;
    let is_digit = |c: char| c.is_ascii_digit();
    let is_number = number.contains(is_digit)
        && number.len() <= 3
        && number.chars().all(|c| is_digit(c) || c == 'l');
    let is_mistaken = is_number && number.contains('l') && word.starts_with(char::is_uppercase);
    is_mistaken.then(|| format!("{word} {}", number.replace('l', "1")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_becomes_a_digit_where_no_letter_can_be() {
        let cases: [(&[&str], &[&str]); 4] = [
            (&["l. Talk.", "2. Listen."], &["1. Talk.", "2. Listen."]),
            (&["k. Talk.", "l. Listen."], &["k. Talk.", "l. Listen."]),
            (&["Article 3l", "Article l0"], &["Article 31", "Article 10"]),
            (&["Article 3la", "level l"], &["Article 3la", "level l"]),
        ];
        for (given, expected) in cases {
            let mut words: Vec<String> = given.iter().map(|&words| words.to_owned()).collect();
            let n_changed = given.iter().zip(expected).filter(|(a, b)| a != b).count();
            assert_eq!(with_digits(&mut words), n_changed, "{given:?}");
            assert_eq!(words, expected);
        }
    }
}
