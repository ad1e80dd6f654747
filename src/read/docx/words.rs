//! [`Words`]: the words of a paragraph, and those of the notes it refers to.

use std::collections::HashMap;

use roxmltree::Node;

use crate::read::blocks::{NOTE_MARK, is_one_of, without_note_marks};
use crate::read::docx::number_field::NumberField;
use crate::read::xml::{attribute_of, child_of};
use crate::words::single_spaced;

/// Elements of a paragraph that do not contain its words.
const NEVER: &str = "pPr rPr del moveFrom delText delInstrText Fallback footnoteRef \
                     endnoteRef annotationRef softHyphen";

/// The place of a number that a field asks for, until it is counted.
pub(super) const FIELD_MARK: char = '\u{FDD1}';

/// The words of a paragraph and their oddities.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) line: String,
    /// The keys of the notes that are referred to.
    pub(super) notes: Vec<String>,
    /// The fields that ask for a number, each at its mark in the line.
    pub(super) numbers: Vec<NumberField>,
    /// The open fields.
    fields: Vec<Field>,
    pub(super) n_deleted: usize,
    pub(super) n_inserted: usize,
    pub(super) n_struck: usize,
}

/// An open field.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether it asks for a number, which is counted here: the result it brings is not read.
    is_number: bool,
}

impl Words {
    /// Adds the words of an element.
    pub(super) fn of(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "t" | "tab" if self.is_in_number() => {}
                "t" => self.line.push_str(child.text().unwrap_or_default()),
                "fldChar" => {
                    let place = attribute_of(child, "fldCharType");
                    self.mark_field(place.unwrap_or_default());
                }
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.instruction.push_str(child.text().unwrap_or_default());
                    }
                }
                "fldSimple" => {
                    self.mark_field("begin");
                    if let Some(field) = self.fields.last_mut() {
                        let instruction = attribute_of(child, "instr");
                        field.instruction.push_str(instruction.unwrap_or_default());
                    }
                    self.mark_field("separate");
                    self.of(child);
                    self.mark_field("end");
                }
                "tab" => self.line.push(' '),
                "br" | "cr" => self.line.push('\n'),
                "noBreakHyphen" => self.line.push('\u{2011}'),
                "footnoteReference" => self.note(child, "footnote"),
                "endnoteReference" => self.note(child, "endnote"),
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

    fn note(&mut self, reference: Node<'_, '_>, kind: &str) {
        self.line.push(NOTE_MARK);
        self.notes.extend(key_of_note(reference, kind));
    }

    /// Begins a field, its result, or what follows it.
    fn mark_field(&mut self, place: &str) {
        match place {
            "begin" => self.fields.push(Field::default()),
            "separate" => self.read_field(),
            "end" => {
                self.read_field();
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn read_field(&mut self) {
        let Some(field) = self.fields.last_mut().filter(|field| !field.is_number) else {
            return;
        };
        if let Some(number) = NumberField::parse(&field.instruction) {
            field.is_number = true;
            self.numbers.push(number);
            self.line.push(FIELD_MARK);
        }
    }

    fn is_in_number(&self) -> bool {
        self.fields.iter().any(|field| field.is_number)
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
            Some((key, collapsed(&words.line.replace(FIELD_MARK, ""))))
        })
        .collect()
}

/// Returns words with each run of spaces as one space and without note marks, line ends kept.
pub(super) fn collapsed(words: &str) -> String {
    let words = without_note_marks(words);
    let lines = words.split('\n').map(single_spaced);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
