//! [`Briefing`] as a page and records: sentences of fixed form, each with numbered citations, and the register of these.

mod register;
mod sentences;

use crate::finding::Briefing;
use crate::report::finding::report::Report;
use crate::report::form::page::{Block, Page, plain};
use crate::report::form::records::Records;
use register::Register;
use sentences::Sentences;

/// The limit of lists was given when the briefing was made: the page has the whole of it, so that the numbers of its
/// citations are those of the register. A record is a citation.
impl Report for Briefing {
    fn page(&self, _limit: usize) -> Page {
        let Sentences { mut page, register } = Sentences::of(self);
        page.heading("Sources");
        page.text(
            "The number, the clause, its file, and its bytes in the text that `consonance segment FILE --text OUT` \
             writes. The register has the words and the SHA-256 of each file as well.",
        );
        let rows = register.entries(self).map(|entry| {
            let cells = [entry.number, entry.citation, entry.file, entry.bytes];
            cells.map(|cell| vec![vec![plain(cell)]]).to_vec()
        });
        page.blocks.push(Block::Table {
            header: ["No.", "Clause", "File", "Bytes"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        });
        page
    }

    fn records(&self) -> Records {
        let titles = "number, agreement, citation, id, file, sha256, bytes, words";
        let mut records = Records::of(titles).with_numbers(&["number"]);
        let register: Register = Sentences::of(self).register;
        for entry in register.entries(self) {
            records.add(vec![
                entry.number,
                entry.agreement,
                entry.citation,
                entry.id,
                entry.file,
                entry.sha256,
                entry.bytes,
                entry.words,
            ]);
        }
        records
    }
}
