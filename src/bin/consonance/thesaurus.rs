//! The value of `--thesaurus`.

use std::path::Path;

use anyhow::Result;
use consonance::term::Thesaurus;

use crate::inputs::parsed_at;

/// The word for no thesaurus on the command line.
const NO_THESAURUS: &str = "none";

/// Returns the spellings that are always unified, together with the entries of a file.
pub(crate) fn thesaurus_at(path: &Path) -> Result<Thesaurus> {
    if path.as_os_str() == NO_THESAURUS {
        return Ok(Thesaurus::spellings());
    }
    let own = parsed_at(path, Thesaurus::parse)?;
    Ok(Thesaurus::spellings().with(own))
}
