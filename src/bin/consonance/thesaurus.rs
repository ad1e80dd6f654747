//! The value of `--thesaurus`.

use std::path::Path;

use anyhow::Result;
use consonance::corpus::read_file;
use consonance::term::Thesaurus;

/// The word for no thesaurus on the command line.
const NO_THESAURUS: &str = "none";

/// Returns the spellings that are always unified, together with the entries of a file.
pub(crate) fn thesaurus_at(path: &Path) -> Result<Thesaurus> {
    if path.as_os_str() == NO_THESAURUS {
        return Ok(Thesaurus::spellings());
    }
    let text = read_file(path)?;
    let own = Thesaurus::parse(&text).map_err(|error| error.in_file(path.display().to_string()))?;
    Ok(Thesaurus::spellings().with(own))
}
