//! What all XML formats share: limits, encoding, parts of an element.

use quick_xml::Reader;
use quick_xml::events::Event;
use roxmltree::{Document, Node};

use crate::error::{Error, ErrorKind, Result};
use crate::read::blocks::{NOTE_MARK, append_collapsed, without_note_marks};
use crate::read::limits::{ReadLimits, within};
use crate::read::text;
use crate::read::text::line_of;

/// Refuses XML that has a document type, nests too deeply or has too long a start tag.
///
/// Without a document type there are only the five built-in entities, so no other file is ever
/// opened and no entity expands to more text. Takes one pass.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is not well-formed or has a document type, [`ErrorKind::Limit`] if
/// it exceeds one of the `limits`.
pub(crate) fn check(source: &str, limits: &ReadLimits) -> Result<()> {
    let mut reader = Reader::from_str(source);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.buffer_position()).unwrap_or(source.len());
        let place = |error: Error| error.at_line(line_of(source, at));
        let tag = match event.map_err(|error| place(not_well_formed(&error)))? {
            Event::Start(tag) => {
                depth += 1;
                tag
            }
            Event::Empty(tag) => tag,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::DocType(_) => {
                let message = "a document type with its entities is not read";
                return Err(place(Error::new(ErrorKind::Format, message)));
            }
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let rule = "elements are nested more than {} deep";
        within(depth, limits.max_xml_depth, rule).map_err(place)?;
        let is_long = tag.len() > limits.max_tag_bytes;
        if is_long || tag.attributes().with_checks(false).count() > limits.max_attributes {
            let message = format!(
                "a start tag has more than {} bytes or {} attributes",
                limits.max_tag_bytes, limits.max_attributes
            );
            return Err(place(Error::new(ErrorKind::Limit, message)));
        }
    }
}

/// Returns the text of a part of a package after [`check`].
///
/// # Errors
///
/// Those of [`check`], and [`ErrorKind::Format`] if the bytes are not text.
pub(crate) fn decode(bytes: &[u8], limits: &ReadLimits) -> Result<String> {
    let source = text::decode(bytes, limits, &mut Vec::new())?.into_owned();
    check(&source, limits)?;
    Ok(source)
}

pub(crate) fn not_well_formed(error: &dyn std::fmt::Display) -> Error {
    let message = format!("not well-formed XML: {error}");
    Error::new(ErrorKind::Format, message)
}

/// Returns the `w:val` of a child.
pub(crate) fn value_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child_of(node, name).and_then(|child| attribute_of(child, "val"))
}

/// Returns the first child of that name, whatever its prefix.
pub(crate) fn child_of<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|child| is_named(*child, name))
}

/// Returns an attribute by its name, whatever its prefix.
pub(crate) fn attribute_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// Returns whether a node is an element of this name.
pub(crate) fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// Returns the words of an element without its footnotes.
pub(crate) fn words_of(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    let mut skip_until = None;
    for part in node.descendants() {
        if skip_until.is_some_and(|end| part.range().start < end) {
            continue;
        }
        let is_note = part.has_tag_name("noteRef") || part.tag_name().name() == "authorialNote";
        if is_note && part != node {
            words.push(NOTE_MARK);
            skip_until = Some(part.range().end);
        } else if part.is_text() {
            append_collapsed(&mut words, part.text().unwrap_or_default());
        } else if matches!(part.tag_name().name(), "p" | "br" | "eol") {
            append_collapsed(&mut words, " ");
        }
    }
    without_note_marks(&words).trim().to_owned()
}

/// Returns the year at the start of a date.
pub(crate) fn year_of(date: &str) -> Option<i32> {
    let year = date.split('-').next()?.parse().ok()?;
    (1000..=9999).contains(&year).then_some(year)
}

/// Returns the title in the properties of a document, if it consists of words.
pub(crate) fn title_in(properties: &str) -> Option<String> {
    let parsed = Document::parse(properties).ok()?;
    let title = parsed.descendants().find(|node| is_named(*node, "title"))?;
    let title = title.text()?.trim().to_owned();
    (title.split(' ').count() > 1).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_deep_nesting_are_refused() {
        let deep = "<a>".repeat(300);
        let long = format!("<a x=\"{}\"/>", "y".repeat(70_000));
        let many = format!("<a {}/>", "x=\"\" ".repeat(2_000));
        let cases = [
            (
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "document type",
            ),
            (&deep, "nested"),
            (&long, "start tag"),
            (&many, "start tag"),
            ("<a>\n</b>", "well-formed"),
        ];
        for (source, word) in cases {
            let error = check(source, &ReadLimits::default()).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert!(error.line().is_some());
        }
        assert!(check(&"<a/>".repeat(1_000), &ReadLimits::default()).is_ok());
    }
}
