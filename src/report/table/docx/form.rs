//! [`to_form`]: doubtful clauses as a Word document to be filled in.

use crate::read::{ANSWER_HEADER, CITATION_STYLE, NO_ROW};
use crate::report::finding::doubts::{ANSWERS, typical, words_of};
use crate::report::form::package::packed;
use crate::report::table::docx::layout::PageSize;
use crate::report::table::docx::markup::{Split, TableMarkup, note, paragraph, plain, run};
use crate::report::table::docx::parts;
use crate::table::Doubt;

/// The widths of the columns, in percent of the page.
const SHARES: [usize; 5] = [9, 36, 15, 28, 12];
/// The font size.
const HALF_POINTS: usize = 18;

/// Returns doubtful clauses as a Word document: a row a clause, with an empty cell for the answer. Filled in, it is
/// read by [`read_answers`](crate::read::read_answers). The same doubts give the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::read::{ReadLimits, read_answers};
/// use consonance::report::to_form;
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, DoubtParams, converge_on, doubts};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let asked = doubts(&corpus, &representation, &table, &DoubtParams::default().most(3))?;
/// let answers = read_answers(&to_form(&asked), &ReadLimits::default())?;
/// assert_eq!(answers[2].clause, asked[2].quoted.id);
/// assert_eq!(answers[2].answer, "", "nobody filled it in");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_form(doubts: &[Doubt]) -> Vec<u8> {
    let page = PageSize::A4;
    let widths = SHARES.map(|share| share * page.text_width() / 100);
    let markup = TableMarkup {
        widths: &widths,
        header: &ANSWER_HEADER,
    };
    let mut body = plain("Title", "Doubtful clauses");
    body.push_str(&plain("Normal", ANSWERS));
    markup.begin(&mut body);
    for (number, doubt) in (1..).zip(doubts) {
        markup.row(&mut body, &cells(number, doubt), Split::IfNeeded);
    }
    TableMarkup::end(&mut body);
    packed(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::core("Doubtful clauses")),
        ("word/document.xml", &parts::document(&body, page)),
        ("word/styles.xml", &parts::styles(HALF_POINTS)),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", parts::FOOTER),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
    ])
}

fn cells(number: usize, doubt: &Doubt) -> [String; 5] {
    let id = note("Cell", &doubt.quoted.id);
    let citation = run(Some(CITATION_STYLE), &doubt.quoted.citation);
    let words = run(None, &format!(": {}", words_of(doubt)));
    let here = match &doubt.place {
        Some(place) => [plain("Issue", &place.issue), typical_note(typical(place))].concat(),
        None => plain("Cell", NO_ROW),
    };
    let rivals = (1..).zip(&doubt.rivals).map(|(number, rival)| {
        let name = plain("Issue", &format!("{number}: {}", rival.issue));
        name + &typical_note(typical(rival))
    });
    [
        plain("Cell", &number.to_string()) + &id,
        paragraph("Cell", &(citation + &words)) + &note("Cell", &doubt.why),
        here,
        rivals.collect(),
        String::new(),
    ]
}

fn typical_note(typical: Option<String>) -> String {
    typical.map_or_else(String::new, |words| note("Cell", &format!("as in {words}")))
}
