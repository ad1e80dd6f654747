//! Quoted text of several lines, as in an act that amends another.

/// The most bytes a quotation may have.
const MAX_QUOTATION: usize = 20_000;

/// The quotation in the present clause.
#[derive(Debug, Default)]
pub(crate) struct OpenQuotation {
    /// Where it ends.
    end: usize,
    /// No quotation that begins before this byte is closed.
    unclosed_until: usize,
}

impl OpenQuotation {
    /// Whether a byte is in it.
    pub(crate) fn holds(&self, byte: usize) -> bool {
        byte < self.end
    }

    /// Records the end of a quotation that begins at a byte; returns whether it continues after its line.
    pub(crate) fn open(&mut self, text: &str, start: usize, line_end: usize) -> bool {
        if start < self.unclosed_until {
            return false;
        }
        match quotation_end(text, start, line_end) {
            Some(end) => self.end = end,
            None => self.unclosed_until = line_end,
        }
        self.end > line_end
    }
}

/// Returns the end of a quotation that begins at a byte of `text` and is not closed before `line_end`.
///
/// `None` if no quotation mark opens there, if it closes in its line, or if its end is not found
/// within 20,000 bytes. Nested marks of the same kind are counted.
fn quotation_end(text: &str, start: usize, line_end: usize) -> Option<usize> {
    let open = text[start..].chars().next()?;
    let closing: &[char] = match open {
        '“' => &['”'],
        '«' => &['»'],
        '„' => &['“', '”'],
        '‘' => &['’'],
        '"' => &['"'],
        _ => return None,
    };
    // A straight mark does not show whether it opens or closes.
    let is_closed = open == '"' && text[start + 1..line_end.max(start + 1)].contains('"');
    if is_closed {
        return None;
    }
    let limit = text.floor_char_boundary((start + MAX_QUOTATION).min(text.len()));
    let from = start + open.len_utf8();
    let mut depth = 1;
    for (at, c) in text[from..limit].char_indices() {
        let end = from + at + c.len_utf8();
        if c == open && c != '"' {
            depth += 1;
        } else if closing.contains(&c) && (c != '’' && c != '"' || ends_quotation(&text[end..])) {
            depth -= 1;
        } else {
            continue;
        }
        if depth == 0 {
            return (end > line_end).then_some(end);
        }
    }
    None
}

/// Whether an apostrophe or a straight mark closes a quotation, judged by what follows it.
fn ends_quotation(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| matches!(c, ';' | '.' | ',' | ')' | '\n' | '\r'))
}

/// Returns where in a line a quotation begins after a colon: `Section 6 reads: “6. Duties`.
pub(crate) fn opening_in(line: &str) -> Option<usize> {
    let colon = line.rfind(':')?;
    let rest = line[colon..].trim_start_matches([':', ' ']);
    rest.starts_with(['“', '«', '„', '‘', '"'])
        .then_some(line.len() - rest.len())
}
