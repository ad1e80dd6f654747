//! [`marked_quotations`]: what stands in quotation marks, of any language.

use std::ops::Range;

/// The most paragraphs of a quotation that are not opened again.
const MAX_PARAGRAPHS: usize = 12;

/// What stands in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkedWords {
    /// The bytes with the marks.
    pub(super) outer: Range<usize>,
    /// The bytes between the marks.
    pub(super) inner: Range<usize>,
}

/// A mark that is open.
#[derive(Clone, Copy, Debug)]
struct OpenMark {
    mark: char,
    at: usize,
    paragraph: usize,
}

/// Opening marks, and what closes each.
const PAIRS: [(char, &[char]); 13] = [
    ('“', &['”']),
    ('”', &['”']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('「', &['」']),
    ('『', &['』']),
    ('"', &['"']),
    ('\'', &['\'']),
];

/// Returns what stands in quotation marks, in the order of the opening marks; a quotation inside another comes after
/// it.
///
/// An apostrophe is no mark. A quotation may run over paragraphs: each may be opened again, as is usual, and only the
/// last is closed. A mark that is never closed quotes nothing. Takes one pass.
pub(super) fn marked_quotations(text: &str, paragraphs: &[Range<usize>]) -> Vec<MarkedWords> {
    let mut reader = MarkReader {
        text,
        paragraphs,
        open: Vec::new(),
        found: Vec::new(),
    };
    let is_mark = |c: char| {
        c == '’'
            || PAIRS
                .iter()
                .any(|(open, closers)| *open == c || closers.contains(&c))
    };
    for (at, mark) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
        reader.read(mark, at);
    }
    let mut found = reader.found;
    found.sort_by_key(|marked| (marked.outer.start, std::cmp::Reverse(marked.outer.end)));
    found
}

struct MarkReader<'t> {
    text: &'t str,
    paragraphs: &'t [Range<usize>],
    open: Vec<OpenMark>,
    found: Vec<MarkedWords>,
}

impl MarkReader<'_> {
    fn read(&mut self, mark: char, at: usize) {
        let paragraph = self.paragraphs.partition_point(|of| of.start <= at);
        self.open
            .retain(|open| paragraph - open.paragraph < MAX_PARAGRAPHS);
        let is_first = paragraph > 0 && self.paragraphs[paragraph - 1].start == at;
        let may_open = self.may_open(mark, at);
        // Straight marks open and close: what is before and after tells which.
        if self.may_close(mark, at)
            && let Some(place) = self.place_closed_by(mark, paragraph)
        {
            self.close(place, mark, at);
            return;
        }
        if !may_open {
            return;
        }
        let same = self.open.iter().position(|open| open.mark == mark);
        match same {
            // The quotation goes on in another paragraph.
            Some(place) if is_first => self.open[place].paragraph = paragraph,
            Some(place) => {
                self.open.truncate(place);
                self.open.push(OpenMark {
                    mark,
                    at,
                    paragraph,
                });
            }
            None => self.open.push(OpenMark {
                mark,
                at,
                paragraph,
            }),
        }
    }

    /// Returns the latest open mark that this one closes.
    fn place_closed_by(&self, mark: char, paragraph: usize) -> Option<usize> {
        let is_closed = |open: &OpenMark| {
            let stays_inside = matches!(open.mark, '\'' | '‘' | '‚');
            closers_of(open.mark).contains(&mark) && (open.paragraph == paragraph || !stays_inside)
        };
        self.open.iter().rposition(is_closed)
    }

    fn close(&mut self, place: usize, mark: char, at: usize) {
        let OpenMark {
            mark: opening,
            at: start,
            ..
        } = self.open[place];
        self.open.truncate(place);
        self.found.push(MarkedWords {
            outer: start..at + mark.len_utf8(),
            inner: start + opening.len_utf8()..at,
        });
    }

    /// Whether a mark may open a quotation: nothing, a space or a sign is before it, and no space after it.
    fn may_open(&self, mark: char, at: usize) -> bool {
        let is_opening = PAIRS.iter().any(|(open, _)| *open == mark);
        let has_room = !self.before(at).is_some_and(char::is_alphanumeric);
        let next = self.after(at + mark.len_utf8());
        let is_spaced = next.is_none_or(char::is_whitespace);
        // French marks have spaces inside.
        let allows_space = matches!(mark, '«' | '‹');
        let is_reversed = matches!(mark, '»' | '›' | '”');
        let before_is_space = self
            .before(at)
            .is_none_or(|c| c.is_whitespace() || "([{—–".contains(c));
        is_opening
            && (has_room || matches!(mark, '「' | '『'))
            && (!is_spaced || allows_space)
            && (before_is_space || !is_reversed)
    }

    /// Whether a mark may close a quotation; an apostrophe does not.
    fn may_close(&self, mark: char, at: usize) -> bool {
        let after = self.after(at + mark.len_utf8());
        let before = self.before(at);
        match mark {
            '\'' | '’' => {
                let is_inside = after.is_some_and(char::is_alphanumeric);
                let is_spaced = before.is_none_or(char::is_whitespace);
                !is_inside && !is_spaced && !self.is_possessive(mark, at)
            }
            '"' => before.is_some_and(|c| !c.is_whitespace() && !"([{—–".contains(c)),
            _ => true,
        }
    }

    /// Whether a mark after an s may be an apostrophe: small letters follow, and another mark that closes.
    fn is_possessive(&self, mark: char, at: usize) -> bool {
        let follows = &self.text[at + mark.len_utf8()..];
        let next = follows
            .strip_prefix(' ')
            .and_then(|rest| rest.chars().next());
        if !self.text[..at].ends_with('s') || !next.is_some_and(char::is_lowercase) {
            return false;
        }
        let end = follows.find("\n\n").unwrap_or(follows.len());
        let end = follows[..end].find(['‘', '‚']).unwrap_or(end);
        let mut later = follows[..end].match_indices(mark);
        later.any(|(place, _)| {
            let behind = follows[place + mark.len_utf8()..].chars().next();
            !follows[..place].ends_with([' ', 's']) && !behind.is_some_and(char::is_alphanumeric)
        })
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

fn closers_of(mark: char) -> &'static [char] {
    let pair = PAIRS.iter().find(|(open, _)| *open == mark);
    pair.map_or(&[], |(_, closers)| closers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for paragraph in text.split("\n\n") {
            paragraphs.push(start..start + paragraph.len());
            start += paragraph.len() + 2;
        }
        let found = marked_quotations(text, &paragraphs).into_iter();
        found.map(|marked| &text[marked.inner]).collect()
    }

    #[test]
    fn marks_of_all_languages_quote() {
        let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
        check("It says “keep a light” here.", &["keep a light"]);
        check(
            "Es sagt „ein Licht“ und „noch eins“.",
            &["ein Licht", "noch eins"],
        );
        check("Il dit « une lampe » ici.", &[" une lampe "]);
        check("Sie sagt »ein Licht« hier.", &["ein Licht"]);
        check("Den säger ”ett ljus” här.", &["ett ljus"]);
        check(
            "It says \"keep (a) light\" and \"ring\".",
            &["keep (a) light", "ring"],
        );
        check("他说「点灯」和『敲钟』。", &["点灯", "敲钟"]);
        check("(‹ un › et ‚eins‘)", &[" un ", "eins"]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
        check("The keepers’ lamp isn’t lit, nor the pilot's.", &[]);
        check("It says ‘the pilot’s lamp’ twice.", &["the pilot’s lamp"]);
        check(
            "It says ‘the keepers’ lamps are lit’ there.",
            &["the keepers’ lamps are lit"],
        );
        check(
            "the 'keeper's lamp' and the keepers' bell",
            &["keeper's lamp"],
        );
        check("in the '90s nobody’s lamp", &[]);
    }

    #[test]
    fn quotations_nest_and_run_over_paragraphs() {
        let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
        check(
            "“He said ‘light it’ and left”",
            &["He said ‘light it’ and left", "light it"],
        );
        check(
            "“One.\n\n“Two.\n\n“Three.” End.",
            &["One.\n\n“Two.\n\n“Three."],
        );
        check("\"One.\n\n\"Two.\" End.", &["One.\n\n\"Two."]);
        check("“One.\n\nTwo.” End.", &["One.\n\nTwo."]);
        check(
            "An “open mark. Then “a closed one” here.",
            &["a closed one"],
        );
        check("a 12\" pipe and \"a lamp\"", &["a lamp"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_ranges_in_order(text in "[ab “”‘’„«»\"'\n]{0,40}") {
            let mut last = 0;
            for words in marked_quotations(&text, std::slice::from_ref(&(0..text.len()))) {
                prop_assert!(words.outer.start >= last && words.inner.start <= words.inner.end);
                prop_assert!(text.get(words.inner.clone()).is_some());
                last = words.outer.start;
            }
        }
    }
}
