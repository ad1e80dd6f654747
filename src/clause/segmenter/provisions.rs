//! [`Provisions`]: the labels of provisions with a word before their number.

use std::collections::HashSet;

use crate::clause::number::Value;
use crate::provision::ProvisionKind;

/// The provisions with a word before their number so far, and their annex.
#[derive(Debug, Default)]
pub(super) struct Provisions {
    /// Whether any part has a label.
    pub(super) has_any: bool,
    annex: Option<Annex>,
    /// Their labels as written, in lower case.
    written: HashSet<String>,
    greatest: u32,
}

/// A separate text after the main one.
#[derive(Debug)]
struct Annex {
    /// Its number as written.
    written: String,
    /// The same with its present part, if the numbers begin again in each part.
    label: String,
    /// What its parts are, if the numbers begin again in each of them.
    part: Option<ProvisionKind>,
    /// Whether its label is needed to distinguish its provisions from earlier ones because their
    /// numbers begin again. Unknown before the first of them.
    is_needed: Option<bool>,
}

impl Provisions {
    pub(super) fn annex(&self) -> Option<&str> {
        self.annex.as_ref().map(|annex| annex.label.as_str())
    }

    pub(super) fn enter_annex(&mut self, label: String) {
        // A document may call itself an annex; then there is no other part to distinguish it from.
        self.annex = self.has_any.then(|| Annex {
            written: label.clone(),
            label,
            part: None,
            is_needed: None,
        });
    }

    /// What the parts of the annex are that its labels name.
    pub(super) fn part(&self) -> Option<ProvisionKind> {
        self.annex.as_ref()?.part
    }

    /// Begins a part of the annex in which the numbers begin again.
    pub(super) fn enter_part(&mut self, kind: Option<ProvisionKind>, written: &str) {
        if let Some(annex) = &mut self.annex {
            annex.label = format!("{} {written}", annex.written);
            annex.part = kind;
        }
    }

    /// The label of a provision, with that of its annex if the numbers of provisions begin again there.
    pub(super) fn label(&mut self, kind: ProvisionKind, value: &Value, written: String) -> String {
        let is_repeat = !self.written.insert(written.to_lowercase());
        let mut begins_again = is_repeat;
        if let Value::Arabic { number, .. } = *value {
            begins_again |= number < self.greatest;
            self.greatest = self.greatest.max(number);
        }
        let Some(annex) = &mut self.annex else {
            return written;
        };
        if kind.is_plain() || *annex.is_needed.get_or_insert(begins_again) {
            format!("{} {written}", annex.label)
        } else {
            written
        }
    }
}
