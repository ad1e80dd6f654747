//! The programs of the folder `examples/`, whole: each is a page long and does one job of a researcher.
//!
//! `cargo run --release --example NAME` runs one on the bundled corpus; the tests run them all.

/// Shows a program of the folder `examples/`.
macro_rules! programs {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        $(
            $(#[$doc])+
            #[doc = concat!("\n```ignore\n", include_str!(concat!("../../examples/", stringify!($name), ".rs")), "```")]
            pub mod $name {}
        )+
    };
}

programs! {
    /// The main job, from a folder to the rows of the table.
    converge,
    /// Ad-hoc search: a query or a prompt, hits with highlights, counts by field.
    search,
    /// A text in clauses with their official numbers.
    cut_a_text,
    /// The clauses most like one, and the words that make them so.
    similar_clauses,
    /// Clauses under issues that are given.
    given_issues,
    /// A table corrected once, and replayed.
    corrections,
    /// Whose words are in whose text.
    shared_wording,
    /// A draft beside its precedents.
    check_a_draft,
    /// One HTML page with everything on it.
    make_a_page,
    /// The table against a person's coding.
    score_a_coding,
}
