//! What only some places may touch: files, the clock, the environment, the network, tantivy.

use super::names::{Modules, mentions};
use super::source::Source;

/// Paths that only some places may name: what begins so, where it may, and the rule in words.
const RESERVED: &[(&str, &[&str], &str)] = &[
    (
        "std::fs",
        &[
            "corpus/load.rs",
            "index/",
            "report/file.rs",
            "vector/sentence/files.rs",
            "vector/sentence/weights.rs",
        ],
        "only corpus/load.rs opens files of texts, only vector/sentence those of models, only index and report/file.rs write",
    ),
    ("std::env", &[], "nothing reads the environment"),
    ("std::time", &[], "nothing reads the clock"),
    ("std::net", &[], "nothing opens the network"),
    ("std::process", &[], "nothing starts or ends a program"),
    (
        "tantivy",
        &["index/", "term/"],
        "types of tantivy stay in index and term",
    ),
];

/// Returns what is touched where it may not be, as `file: path: rule`.
pub(super) fn touched(sources: &[Source], modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for mention in mentions(&source.module, &source.code) {
            let path = modules.foreign(&mention.module, &mention.path).join("::");
            let is_in = |reserved: &str| {
                let rest = path.strip_prefix(reserved);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            };
            // The whole of `std` under another name would hide what is taken from it.
            let is_whole = mention.path == ["std"];
            let rule = RESERVED.iter().find(|(reserved, ..)| is_in(reserved));
            if let Some((_, places, rule)) = rule
                && !source.is_in(places)
            {
                found.push(format!("{}: `{path}`: {rule}", source.name));
            } else if is_whole {
                found.push(format!("{}: `std` is imported as a whole", source.name));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
