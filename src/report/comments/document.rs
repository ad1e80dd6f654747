//! [`to_commented`]: the paper with its comments.

use crate::error::Result;
use crate::finding::{Paper, Quotations};
use crate::report::comments::copy::commented_copy;
use crate::report::comments::plain::plain_document;
use crate::report::comments::remark::remarks;
use crate::report::redline::RedlineParams;

/// Returns a paper as a Word document (Office Open XML, ECMA-376) with a comment on each quotation, and on each
/// reference that is not known.
///
/// Of a Word document this is a copy: its parts stay byte for byte but for the comments and the marks where they begin
/// and end, which stand between the runs of the paper; what cannot be found there, such as a footnote, has its comment
/// at the end. Of any other paper, and of a document whose markup does not allow it, it is a new document of its
/// paragraphs. The same paper gives the same bytes.
///
/// # Errors
///
/// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if the date is none.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Paper, check_quotations};
/// use consonance::read::ReadLimits;
/// use consonance::report::{RedlineParams, to_commented};
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let essay = b"It says that \"no State should let its territory serve\" for such acts.";
/// let paper = Paper::read(essay, "essay.txt", &ReadLimits::default())?;
/// let found = check_quotations(&corpus, &representation, &paper);
/// let document = to_commented(&found, &paper, &RedlineParams::default().author("Secretariat"))?;
/// assert!(document.starts_with(b"PK"), "a ZIP archive");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_commented(found: &Quotations, paper: &Paper, params: &RedlineParams) -> Result<Vec<u8>> {
    let remarks = remarks(found);
    match commented_copy(paper, &remarks, params)? {
        Some(copy) => Ok(copy),
        None => plain_document(paper, &remarks, params),
    }
}
