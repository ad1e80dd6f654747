//! Doubtful clauses as a list to be read and filled in.

use crate::read::NO_ROW;
use crate::report::finding::report::Report;
use crate::report::form::page::{Inline, Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::first_words;
use crate::report::form::visible::one_line;
use crate::report::form::words::counted;
use crate::table::{Contender, Doubt};

/// What a person may answer.
pub(in crate::report) const ANSWERS: &str = "Answer each with: h (it belongs where it is), 1, 2 or 3 (it belongs in that \
     row), b (in both: where it is and in row 1; b2, b3), a (it stands alone), new: NAME (it belongs in another row, or in a \
     new one of this name), s or nothing (no answer).";
/// The most characters quoted of a row's typical clause.
const TYPICAL_CHARS: usize = 160;
/// The most rivals of a clause.
const N_RIVALS: usize = 3;

/// A section a clause; as records a line a clause. Both can be filled in and read again:
/// [`read_answers`](crate::read::read_answers).
impl Report for [Doubt] {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Doubtful clauses");
        let n = counted(self.len().min(limit), "clause", "clauses");
        page.text(format!("{n}, the most doubtful first. {ANSWERS}"));
        for (number, doubt) in (1..).zip(self.iter().take(limit)) {
            page.heading(format!("{number}. {}", doubt.quoted.citation));
            page.item(0, vec![quote(words_of(doubt))]);
            page.item(0, vec![plain(format!("clause: {}", doubt.quoted.id))]);
            let here = match &doubt.place {
                Some(place) => in_words(place),
                None => vec![plain(NO_ROW)],
            };
            page.item(0, [vec![plain("here:")], here].concat());
            for (number, rival) in (1..).zip(&doubt.rivals) {
                let number = plain(format!("{number}:"));
                page.item(0, [vec![number], in_words(rival)].concat());
            }
            page.item(0, vec![plain(format!("why: {}", doubt.why))]);
            page.text("Answer:");
        }
        page
    }

    fn records(&self) -> Records {
        let rivals = (1..=N_RIVALS).flat_map(|n| [format!("rival {n}"), format!("as in {n}")]);
        let first = ["number", "clause", "citation", "text", "here", "why"];
        let header = first.map(str::to_owned).into_iter().chain(rivals);
        let mut records =
            Records::new(header.chain(["answer".to_owned()])).with_numbers(&["number"]);
        for (number, doubt) in (1..).zip(self) {
            let here = doubt.place.as_ref().map_or("", |place| &place.issue);
            let mut cells = vec![
                i32::to_string(&number),
                doubt.quoted.id.clone(),
                doubt.quoted.citation.clone(),
                words_of(doubt),
                here.to_owned(),
                doubt.why.clone(),
            ];
            for rival in &doubt.rivals {
                let typical = typical(rival).unwrap_or_default();
                cells.extend([rival.issue.clone(), typical]);
            }
            records.add(cells);
        }
        records
    }
}

/// Returns the words of a clause, after those that introduce it.
pub(in crate::report) fn words_of(doubt: &Doubt) -> String {
    let lead_in = doubt.quoted.lead_in.iter().map(String::as_str);
    let words: Vec<&str> = lead_in.chain([doubt.quoted.text.as_str()]).collect();
    one_line(&words.join(" "))
}

/// Returns the first words of a row's typical clause, after its citation.
pub(in crate::report) fn typical(contender: &Contender) -> Option<String> {
    let typical = contender.typical.as_ref()?;
    let words = first_words(&typical.text, TYPICAL_CHARS);
    Some(format!("{}: “{words}”", typical.citation))
}

fn in_words(contender: &Contender) -> Vec<Inline> {
    let like = typical(contender).map(|typical| plain(format!("as in {typical}")));
    let name = strong(contender.issue.clone());
    std::iter::once(name).chain(like).collect()
}
