//! [`read_answers`]: the answers in a list of doubtful clauses that a person filled in, in each of the forms in
//! which it is written: Markdown, CSV, Word.

mod csv;
mod filled;
mod markdown;
#[cfg(feature = "office")]
mod word;

pub use filled::FilledAnswer;
pub(crate) use filled::NO_ROW;
#[cfg(feature = "office")]
pub(crate) use word::ANSWER_HEADER;

use crate::error::{Error, ErrorKind, Result};
use crate::read::limits::ReadLimits;
use crate::read::text;

/// Returns the answers in a list that `report` wrote and a person filled in, in their order; those left
/// empty are among them.
///
/// The form is told by its content. A Word document may have been edited: tracked deletions are dropped.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is no such list, or damaged; [`ErrorKind::Limit`] if it exceeds one of the limits.
///
/// # Examples
///
/// ```
/// use consonance::read::{ReadLimits, read_answers};
///
/// let list = "## 1. Harbor Rules art. 3\n\n- clause: harbor/3\n- 1: **Fog**\n\nAnswer: 1\n";
/// let answers = read_answers(list.as_bytes(), &ReadLimits::default())?;
/// assert_eq!((answers[0].clause.as_str(), answers[0].answer.as_str()), ("harbor/3", "1"));
/// assert_eq!(answers[0].rivals, ["Fog"]);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn read_answers(bytes: &[u8], limits: &ReadLimits) -> Result<Vec<FilledAnswer>> {
    let answers = if bytes.starts_with(b"PK") {
        packed(bytes, limits)?
    } else {
        let text = text::decode(bytes, limits, &mut Vec::new())?;
        match csv::read(&text)? {
            Some(answers) => answers,
            None => markdown::read(&text),
        }
    };
    if answers.is_empty() {
        let message = "this is no list of doubtful clauses: it names no clause to answer for";
        return Err(Error::new(ErrorKind::Format, message));
    }
    Ok(answers)
}

#[cfg(feature = "office")]
use word::read as packed;

#[cfg(not(feature = "office"))]
fn packed(_: &[u8], _: &ReadLimits) -> Result<Vec<FilledAnswer>> {
    Err(crate::read::off::off_without("a Word document", "office"))
}
