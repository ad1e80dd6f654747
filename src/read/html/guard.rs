//! Examines the tags of a web page before it is parsed, and refuses pages that would take too long.

use crate::error::{Error, Result};
use crate::read::blocks::is_one_of;
use crate::read::limits::{ReadLimits, within};
use crate::read::text::line_of;

/// The most elements of a page, including those that a parser repeats for unclosed formatting.
const MAX_ELEMENTS: usize = 2_000_000;

/// Elements without an end tag.
const VOID: &str = "area base br col embed hr img input link meta param source track wbr keygen";

/// Elements whose end tag is often omitted and follows from what comes next.
const IMPLIED: &str = "p li dt dd td th tr tbody thead tfoot colgroup option optgroup rt rp rb";

/// Elements that a parser opens again in each block until they are closed.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements whose contents are not markup.
const RAW: &str = "script style textarea title xmp iframe noembed noframes";

/// Elements whose contents cannot close elements outside them.
const SCOPES: &str = "table template applet marquee object caption svg math foreignobject desc \
                      button select";

/// Elements that close what is open inside them; the end of any other element reaches no further.
const BLOCKS: &str = "address article aside blockquote body center details dialog dir div dl \
                      fieldset figure footer form h1 h2 h3 h4 h5 h6 header html main menu nav ol \
                      pre section summary ul";

/// The elements that are open at a position of a page.
#[derive(Debug, Default)]
struct Open {
    /// The names of the open elements that need an end tag.
    names: Vec<String>,
    /// The number of open elements of each kind in [`FORMATTING`], in its order.
    formatting: [usize; FORMATTING.len()],
    n_elements: usize,
}

/// Refuses a page that is nested too deeply, or that a parser would expand too much.
///
/// Parsing takes time quadratic in the depth. Takes one pass over the bytes.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if elements nest deeper than the `limits` allow, there are more than two
/// million, or one has more than 1,024 attributes.
pub(crate) fn check(page: &str, limits: &ReadLimits) -> Result<()> {
    let bytes = page.as_bytes();
    let mut open = Open::default();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&b| b == b'<') {
        at += found + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            at += 3 + position_of(&rest[3..], b"-->");
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let start = usize::from(is_end);
        if !rest.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = name_at(&rest[start..]);
        let (length, n_attributes) = measure_tag(&rest[start..]);
        let told = |error: Error| error.at_line(line_of(page, at));
        let rule = "an element has more than {} attributes";
        within(n_attributes, limits.max_attributes, rule).map_err(told)?;
        at += start + length;
        if is_end {
            open.end(&name);
            continue;
        }
        open.start(&name);
        let told = |error: Error| error.at_line(line_of(page, at));
        let rule = "elements are nested more than {} deep";
        within(open.names.len(), limits.max_html_depth, rule).map_err(told)?;
        within(open.n_elements, MAX_ELEMENTS, "more than {} elements").map_err(told)?;
        if is_one_of(&name, RAW) {
            at += raw_length(&bytes[at..], &name);
        }
    }
    Ok(())
}

impl Open {
    fn start(&mut self, name: &str) {
        let n_repeated: usize = self.formatting.iter().sum();
        self.n_elements += 1 + n_repeated;
        if let Some(index) = FORMATTING.iter().position(|known| *known == name) {
            // A second link or unbroken line ends the first.
            let is_single = matches!(name, "a" | "nobr");
            let count = &mut self.formatting[index];
            *count = if is_single { 1 } else { *count + 1 };
        }
        if matches!(name, "a" | "nobr")
            && let Some(index) = self.names.iter().rposition(|open| open == name)
        {
            self.names.remove(index);
        }
        if !is_one_of(name, VOID) && !is_one_of(name, IMPLIED) {
            self.names.push(name.to_owned());
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(index) = FORMATTING.iter().position(|known| *known == name) {
            self.formatting[index] = self.formatting[index].saturating_sub(1);
            // Formatting elements may end in any order: those opened since stay open.
            if let Some(index) = self.names.iter().rposition(|open| open == name) {
                self.names.remove(index);
            }
            return;
        }
        let is_block = is_one_of(name, BLOCKS) || is_one_of(name, SCOPES);
        for index in (0..self.names.len()).rev() {
            let open = self.names[index].as_str();
            if open == name {
                self.names.truncate(index);
                return;
            }
            let is_wall = is_one_of(open, SCOPES) && name != "table";
            if is_wall || !is_block && is_one_of(open, BLOCKS) {
                return;
            }
        }
    }
}

/// Returns the name of the tag that begins here, in lower case, truncated to 32 bytes.
fn name_at(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(32)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/' | b'<'))
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}

/// Returns the length of a tag and an upper bound of the number of its attributes.
fn measure_tag(bytes: &[u8]) -> (usize, usize) {
    let mut quote = None;
    let mut n_attributes = 0;
    let mut was_space = false;
    for (index, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (index + 1, n_attributes),
            (None, b'"' | b'\'') if bytes[..index].trim_ascii_end().ends_with(b"=") => {
                quote = Some(byte);
            }
            (None, b'"' | b'\'' | b'/') => n_attributes += 1,
            (None, _) => n_attributes += usize::from(was_space && !byte.is_ascii_whitespace()),
        }
        was_space = quote.is_none() && byte.is_ascii_whitespace();
    }
    (bytes.len(), n_attributes)
}

/// Returns where a needle ends, or the number of bytes if it does not occur.
fn position_of(bytes: &[u8], needle: &[u8]) -> usize {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
        .map_or(bytes.len(), |index| index + needle.len())
}

/// Returns the number of bytes before the end tag of an element without markup.
fn raw_length(bytes: &[u8], name: &str) -> usize {
    let end = format!("</{name}");
    bytes
        .windows(end.len())
        .position(|window| window.eq_ignore_ascii_case(end.as_bytes()))
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_page(page: &str, refusal: Option<&str>) {
        let outcome = check(page, &ReadLimits::default());
        let head: String = page.chars().take(60).collect();
        match (outcome, refusal) {
            (Ok(()), None) => {}
            (Err(error), Some(word)) => assert!(error.to_string().contains(word), "{error}"),
            (outcome, _) => panic!("{head}: {outcome:?}"),
        }
    }

    #[test]
    fn depth_is_counted_as_a_parser_would() {
        check_page(&"<p>one <br> <li>two".repeat(2_000), None);
        check_page(&"<div><span>x</div>".repeat(2_000), None);
        check_page(&"<a name=x>".repeat(2_000), None);
        check_page(
            &"<!-- <div> --><script>'<div>'</script>".repeat(2_000),
            None,
        );
        check_page("<textarea><div>", None);
        let deep = Some("deep");
        check_page(&"<div>".repeat(600), deep);
        check_page(&"<b><div></b>".repeat(600), deep);
        check_page(&"<div><table><td></div>".repeat(600), deep);
        check_page(&"<div><i></span>".repeat(600), deep);
        check_page(&"<x a=\"</x>\">".repeat(600), deep);
        check_page(&"<table><tr><td>".repeat(600), deep);
    }

    #[test]
    fn repeated_formatting_and_too_many_attributes_are_refused() {
        let fonts = "<font size=1>".repeat(400);
        check_page(
            &format!("{fonts}{}", "<p>x".repeat(50_000)),
            Some("elements"),
        );
        check_page(&format!("<p {}>", "a=1 ".repeat(2_000)), Some("attributes"));
        check_page(&format!("<img src=\"{}\">", "a b=".repeat(2_000)), None);
    }
}
