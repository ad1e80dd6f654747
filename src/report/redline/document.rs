//! [`to_redline`]: assembles the document.

use crate::error::{Error, ErrorKind, Result};
use crate::finding::{ClauseFate, VersionClause, Versions};
use crate::report::finding::versions::{numbers, reasons, told_of};
use crate::report::form::package::packed;
use crate::report::form::words::joined;
use crate::report::form::xml::in_xml;
use crate::report::redline::markup::TrackedMarkup;
use crate::report::redline::params::RedlineParams;
use crate::report::redline::sheet::{Sheet, sheets};
use crate::report::table::docx::layout::PageSize;
use crate::report::table::docx::parts;
use crate::reuse::Fate;

/// The font size.
const HALF_POINTS: usize = 22;
/// What a document with comments has besides the others.
const COMMENTS_TYPE: &str = "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>";
const COMMENTS_RELATION: &str = "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/></Relationships>";

/// Returns the later of two versions as a Word document (Office Open XML, ECMA-376) with tracked insertions and
/// deletions against the earlier one.
///
/// It contains headings, lead-ins and clauses with their official numbers. If all changes are accepted, it is the
/// later version, and if all are rejected the earlier one, word for word, with white space as one space. What
/// moved is deleted in one place and inserted in the other. A comment says what became of a clause that binds more
/// or less, or moved, was split or merged. The same versions give the same bytes.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if there are not two versions, or the date is none.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{VersionText, compare_versions};
/// use consonance::report::{RedlineParams, to_redline};
///
/// let version = |file: &str| -> consonance::Result<VersionText> {
///     let corpus = Corpus::load(&[file.into()], &LoadParams::default())?;
///     Ok(VersionText::of(&corpus, corpus.agreements_in(file)[0]))
/// };
/// let found = compare_versions(&[version("corpus/unga57-239.md")?, version("corpus/unga68-167.md")?]);
/// let params = RedlineParams::default().author("Secretariat").date("2026-03-01".to_owned());
/// assert!(to_redline(&found, &params)?.starts_with(b"PK"), "a ZIP archive");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_redline(versions: &Versions, params: &RedlineParams) -> Result<Vec<u8>> {
    let [step] = &versions.steps[..] else {
        let n = versions.names.len();
        let message = format!("a document with tracked changes is of two versions, not of {n}");
        return Err(Error::new(ErrorKind::Parameter, message));
    };
    let date = params.date_in_word()?;
    let mut markup = TrackedMarkup::new(&params.author, date.as_deref());
    for sheet in sheets(step) {
        let comment = comment_on(&sheet);
        markup.push(&sheet, comment.as_deref());
    }
    let title = format!("{} compared with {}", step.after, step.before);
    Ok(commented_document(&markup.body, &markup.comments, &title))
}

/// Returns a Word document with comments, of the markup of its paragraphs and of its comments.
pub(in crate::report) fn commented_document(body: &str, comments: &str, title: &str) -> Vec<u8> {
    let document = parts::document(body, PageSize::A4_UPRIGHT);
    let types = parts::CONTENT_TYPES.replace("</Types>", COMMENTS_TYPE);
    let relations = parts::DOCUMENT_RELATIONS.replace("</Relationships>", COMMENTS_RELATION);
    packed(&[
        ("[Content_Types].xml", &types),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::core(&in_xml(title))),
        ("word/document.xml", &document),
        ("word/styles.xml", &parts::styles(HALF_POINTS)),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", parts::FOOTER),
        ("word/comments.xml", &comments_part(comments)),
        ("word/_rels/document.xml.rels", &relations),
    ])
}

fn comments_part(comments: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{comments}</w:comments>"
    )
}

/// Returns what is said of a clause in the margin: where it stands now, or that it binds more or less, moved, was
/// split or merged. The tracked changes show the rest.
fn comment_on(sheet: &Sheet<'_>) -> Option<String> {
    let change = sheet.change?;
    if sheet.fate == Fate::Deleted && !change.after.is_empty() {
        let places = change.after.iter().map(VersionClause::shown_number);
        return Some(format!("It stands at {} now.", joined(places, ", ")));
    }
    let is_divided = matches!(change.fate, ClauseFate::Split | ClauseFate::Merged);
    let is_worth_it = change.is_moved || is_divided || change.force_in_words().is_some();
    let told = format!("{}: {}.", numbers(change), told_of(change));
    is_worth_it.then(|| joined([vec![told], reasons(change)].concat(), " "))
}
