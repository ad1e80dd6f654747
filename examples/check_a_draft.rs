//! Holds a draft against the agreements: what of it is agreed language, what is new, and what its
//! precedents say.
//!
//! ```sh
//! cargo run --release --example check_a_draft
//! cargo run --release --example check_a_draft -- mine.md my/agreements
//! ```

use std::collections::BTreeMap;
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::CorpusBuilder;
use consonance::finding::check_draft;
use consonance::similarity::{Representation, RepresentationParams};

/// A draft of two clauses.
const SAMPLE: &[u8] = b"\
1. States should not knowingly allow their territory to be used for internationally wrongful acts.

2. Ferries shall carry a lantern.
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args_os().skip(1);
    let draft = arguments.next().map(PathBuf::from);
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = PathBuf::from(arguments.next().unwrap_or(bundled.into()));

    // The draft is one agreement among the others, known by the name of its file.
    let mut builder = CorpusBuilder::new();
    builder.add_paths(&[folder])?;
    let name = if let Some(path) = draft {
        builder.add_paths(std::slice::from_ref(&path))?;
        path.display().to_string()
    } else {
        builder.add_files(&BTreeMap::from([("draft.txt", SAMPLE)]))?;
        "draft.txt".to_owned()
    };
    // It stays an agreement of its own, even if it repeats another word for word.
    builder.keep_apart(&name);
    let corpus = builder.build()?;
    let [draft] = corpus.agreements_in(&name)[..] else {
        return Err("the draft is not one text".into());
    };

    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let found = check_draft(&corpus, &representation, draft);

    let mut out = io::stdout().lock();
    for clause in &found.clauses {
        let agreed = 100.0 * clause.share_agreed.value();
        writeln!(out, "\n{agreed:.0} % agreed language: {}", clause.text)?;
        for precedent in clause.precedents.iter().take(2) {
            let (cited, grade) = (&precedent.clause.citation, precedent.grade.name());
            writeln!(out, "  {cited} ({grade}): {}", precedent.text)?;
        }
        // 1 where nothing in the corpus is like it.
        writeln!(out, "  novelty {:.2}", clause.novelty.value())?;
    }
    Ok(())
}
