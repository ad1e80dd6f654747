//! The bundled corpus, which is part of the program.

use std::collections::BTreeMap;

use consonance::evaluation::Coding;

/// The files of the folder `corpus`, by name; its `corpus.toml` says which of them are agreements.
const FILES: [(&str, &str); 34] = [
    ("README.md", include_str!("../../../corpus/README.md")),
    ("arab2010.md", include_str!("../../../corpus/arab2010.md")),
    ("au2014.md", include_str!("../../../corpus/au2014.md")),
    (
        "catalogue.toml",
        include_str!("../../../corpus/catalogue.toml"),
    ),
    (
        "charteroftrust2018.md",
        include_str!("../../../corpus/charteroftrust2018.md"),
    ),
    ("coding.jsonl", include_str!("../../../corpus/coding.jsonl")),
    ("corpus.toml", include_str!("../../../corpus/corpus.toml")),
    ("ep2018.md", include_str!("../../../corpus/ep2018.md")),
    ("foc2018.md", include_str!("../../../corpus/foc2018.md")),
    (
        "g20antalya2015.md",
        include_str!("../../../corpus/g20antalya2015.md"),
    ),
    (
        "g7charlevoix2018.md",
        include_str!("../../../corpus/g7charlevoix2018.md"),
    ),
    (
        "g7declaration2017.md",
        include_str!("../../../corpus/g7declaration2017.md"),
    ),
    ("g7fm2018.md", include_str!("../../../corpus/g7fm2018.md")),
    (
        "g7taormina2017.md",
        include_str!("../../../corpus/g7taormina2017.md"),
    ),
    ("gcsc2019.md", include_str!("../../../corpus/gcsc2019.md")),
    ("gfce2016.md", include_str!("../../../corpus/gfce2016.md")),
    ("gge2015.md", include_str!("../../../corpus/gge2015.md")),
    ("hrc32-13.md", include_str!("../../../corpus/hrc32-13.md")),
    ("hrc34-7.md", include_str!("../../../corpus/hrc34-7.md")),
    ("issues.toml", include_str!("../../../corpus/issues.toml")),
    (
        "netmundial2014.md",
        include_str!("../../../corpus/netmundial2014.md"),
    ),
    ("norms.toml", include_str!("../../../corpus/norms.toml")),
    ("osce2016.md", include_str!("../../../corpus/osce2016.md")),
    ("paris2018.md", include_str!("../../../corpus/paris2018.md")),
    ("sco2015.md", include_str!("../../../corpus/sco2015.md")),
    (
        "spellings.toml",
        include_str!("../../../corpus/spellings.toml"),
    ),
    (
        "tallinn2017.md",
        include_str!("../../../corpus/tallinn2017.md"),
    ),
    (
        "techaccord2018.md",
        include_str!("../../../corpus/techaccord2018.md"),
    ),
    (
        "thesaurus.toml",
        include_str!("../../../corpus/thesaurus.toml"),
    ),
    (
        "unga57-239.md",
        include_str!("../../../corpus/unga57-239.md"),
    ),
    (
        "unga68-167.md",
        include_str!("../../../corpus/unga68-167.md"),
    ),
    (
        "unga70-237.md",
        include_str!("../../../corpus/unga70-237.md"),
    ),
    (
        "uschina2015.md",
        include_str!("../../../corpus/uschina2015.md"),
    ),
    (
        "wassenaar2017.md",
        include_str!("../../../corpus/wassenaar2017.md"),
    ),
];

/// The human coding among them.
const CODING: &str = "coding.jsonl";

/// Returns the files of the corpus, by name.
pub(crate) fn files() -> BTreeMap<&'static str, &'static [u8]> {
    let files = FILES.into_iter();
    files.map(|(name, text)| (name, text.as_bytes())).collect()
}

/// Returns the human coding of the corpus.
///
/// # Errors
///
/// Those of [`Coding::parse`].
pub(crate) fn coding() -> consonance::Result<Coding> {
    let text = FILES.into_iter().find(|(name, _)| *name == CODING);
    let text = text.map_or("", |(_, text)| text);
    Coding::parse(text).map_err(|error| error.in_file(CODING))
}
