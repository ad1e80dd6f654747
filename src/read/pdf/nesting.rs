//! [`Nesting`]: how deeply the objects of a PDF are nested, and how many there are.

use crate::error::{Error, ErrorKind, Result};

/// The deepest nesting of lists, dictionaries or parentheses; documents have some dozens of levels.
const MAX_DEPTH: usize = 256;

/// The most dictionaries; documents of some hundred pages have some tens of thousands. Each may be
/// a page, which takes about a thousand bytes.
const MAX_DICTIONARIES: usize = 120_000;

/// The nesting found in a file so far.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    n_dictionaries: usize,
}

impl Nesting {
    /// Checks bytes that contain objects, in one pass.
    ///
    /// Brackets are counted without parsing. An opening bracket that is never closed counts as
    /// nesting, since a parser would read on to the end from each of them. Brackets inside
    /// parentheses, which are strings, count up to the closing parenthesis only.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`] if objects nest deeper than 256, or there are more than 120,000
    /// dictionaries in all checked bytes.
    pub(super) fn look_over(&mut self, bytes: &[u8]) -> Result<()> {
        let mut depth: usize = 0;
        let mut depths_outside: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let is_pair = bytes.get(at + 1) == Some(&byte);
            match byte {
                b'\\' if !depths_outside.is_empty() => at += 1,
                b'(' => depths_outside.push(depth),
                b')' => depth = depths_outside.pop().unwrap_or(depth),
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'<' if is_pair => {
                    (depth, at) = (depth + 1, at + 1);
                    self.n_dictionaries += 1;
                }
                b'>' if is_pair => (depth, at) = (depth.saturating_sub(1), at + 1),
                _ => {}
            }
            at += 1;
            if depth > MAX_DEPTH || depths_outside.len() > MAX_DEPTH {
                let message = format!("the PDF's objects nest deeper than {MAX_DEPTH}");
                return Err(Error::new(ErrorKind::Limit, message));
            }
        }
        if self.n_dictionaries > MAX_DICTIONARIES {
            let message = format!("the PDF has more than {MAX_DICTIONARIES} dictionaries");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_brackets_may_be_many_and_unclosed_ones_may_not() {
        let n = 1_000;
        let cases = [
            ("<</A[1 2]/B<</C(x)>>>>".repeat(n), true),
            ("([open) (in words\\) ]) ".repeat(n), true),
            ("[".repeat(200) + &"]".repeat(200), true),
            ("[".repeat(n) + &"]".repeat(n), false),
            ("<</A ".repeat(n), false),
            ("/A <</B[".repeat(n), false),
            ("1 0 obj( endobj ".repeat(n), false),
            ("<</A(>>)".repeat(n), false),
        ];
        for (bytes, is_fine) in cases {
            let outcome = Nesting::default().look_over(bytes.as_bytes());
            assert_eq!(outcome.is_ok(), is_fine, "{}", &bytes[..16]);
        }
        let many = "<<>>".repeat(MAX_DICTIONARIES + 1);
        assert!(Nesting::default().look_over(many.as_bytes()).is_err());
    }
}
