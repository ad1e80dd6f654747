//! Texts of others, which lie beside the crate where they may be used. Tests that read them are in modules
//! `needs_shared`.

use std::path::{Path, PathBuf};

/// Returns the path of a file or folder among them.
pub(crate) fn shared(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(name);
    assert!(path.exists(), "{} is not there", path.display());
    path
}
