//! [`Register`]: the numbers of citations, in the order in which they are first cited.

use crate::corpus::Original;
use crate::finding::Briefing;

/// The numbers of citations.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// The ids of the clauses; the first has the number 1.
    ids: Vec<String>,
}

/// A citation, as texts.
pub(super) struct SourceEntry {
    pub(super) number: String,
    pub(super) agreement: String,
    pub(super) citation: String,
    pub(super) id: String,
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) bytes: String,
    pub(super) words: String,
}

impl Register {
    /// Returns the mark of a citation, such as `[3]`: a clause keeps its number.
    pub(super) fn cite(&mut self, id: &str) -> String {
        let known = self.ids.iter().position(|known| known == id);
        let place = known.unwrap_or_else(|| {
            self.ids.push(id.to_owned());
            self.ids.len() - 1
        });
        format!("[{}]", place + 1)
    }

    /// Returns the citations in the order of their numbers; without a file, its cells are empty.
    pub(super) fn entries<'b>(
        &'b self,
        briefing: &'b Briefing,
    ) -> impl Iterator<Item = SourceEntry> + 'b {
        let numbered = (1_usize..).zip(&self.ids);
        numbered.filter_map(|(number, id)| {
            let quoted = briefing.quotes.get(id)?;
            let original = quoted.original.as_ref();
            Some(SourceEntry {
                number: number.to_string(),
                agreement: quoted.agreement.clone(),
                citation: quoted.citation.clone(),
                id: id.clone(),
                file: original.map(|of| of.file.clone()).unwrap_or_default(),
                sha256: original
                    .and_then(|of| of.sha256.clone())
                    .unwrap_or_default(),
                bytes: original.map(Original::bytes_in_words).unwrap_or_default(),
                words: quoted.text.clone(),
            })
        })
    }
}
