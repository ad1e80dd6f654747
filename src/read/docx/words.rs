//! [`Words`]: the words of a paragraph, and those of the notes it refers to.

use std::collections::HashMap;

use roxmltree::Node;

use crate::read::blocks::is_one_of;
use crate::read::xml::{attribute_of, child_of};
use crate::words::single_spaced;

/// Elements of a paragraph that do not contain its words.
const NEVER: &str = "pPr rPr del moveFrom instrText delText delInstrText Fallback footnoteRef \
                     endnoteRef annotationRef softHyphen";

/// The words of a paragraph and their oddities.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) line: String,
    /// The keys of the notes that are referred to.
    pub(super) notes: Vec<String>,
    pub(super) n_deleted: usize,
    pub(super) n_inserted: usize,
    pub(super) n_struck: usize,
}

impl Words {
    /// Adds the words of an element.
    pub(super) fn of(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "t" => self.line.push_str(child.text().unwrap_or_default()),
                "tab" => self.line.push(' '),
                "br" | "cr" => self.line.push('\n'),
                "noBreakHyphen" => self.line.push('\u{2011}'),
                "footnoteReference" => self.notes.extend(key_of_note(child, "footnote")),
                "endnoteReference" => self.notes.extend(key_of_note(child, "endnote")),
                "r" if is_hidden(child) => {}
                "r" => {
                    self.n_struck += usize::from(has_property(child, "strike"));
                    self.of(child);
                }
                "ins" | "moveTo" => {
                    self.n_inserted += 1;
                    self.of(child);
                }
                "del" | "moveFrom" => self.n_deleted += 1,
                name if is_one_of(name, NEVER) => {}
                "p" => {
                    self.line.push('\n');
                    self.of(child);
                }
                _ => self.of(child),
            }
        }
    }
}

/// Returns the key of a note, by its kind and its id.
fn key_of_note(node: Node<'_, '_>, kind: &str) -> Option<String> {
    Some(format!("{kind} {}", attribute_of(node, "id")?))
}

fn has_property(run: Node<'_, '_>, name: &str) -> bool {
    let property = child_of(run, "rPr").and_then(|properties| child_of(properties, name));
    property.is_some_and(|property| {
        !matches!(attribute_of(property, "val"), Some("0" | "false" | "off"))
    })
}

fn is_hidden(run: Node<'_, '_>) -> bool {
    has_property(run, "vanish")
}

/// Returns the words of all notes of a part, by their keys.
pub(super) fn notes_of(root: Node<'_, '_>) -> HashMap<String, String> {
    let notes = root.children().filter(|node| {
        let is_separator = attribute_of(*node, "type").is_some_and(|kind| kind != "normal");
        node.is_element() && !is_separator
    });
    notes
        .filter_map(|note| {
            let mut words = Words::default();
            for paragraph in note.descendants().filter(|n| n.tag_name().name() == "p") {
                words.line.push(' ');
                words.of(paragraph);
            }
            let key = key_of_note(note, note.tag_name().name())?;
            Some((key, collapsed(&words.line)))
        })
        .collect()
}

/// Returns words with each run of spaces as one space, line ends kept.
pub(super) fn collapsed(words: &str) -> String {
    let lines = words.split('\n').map(single_spaced);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
