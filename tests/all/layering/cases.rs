//! The rules on small sources: each finds what it is for, and lets the rest alone.

use super::definitions::second_definitions;
use super::graph::Graph;
use super::names::Modules;
use super::outside::Outside;
use super::reserved::touched;
use super::signatures::{Plain, parameters};
use super::sizes::{functions, long_files};
use super::source::Source;
use super::surface::{Kind, Surface};
use super::told;
use super::vocabulary::repeated_names;

fn parse(files: &[(&str, &str)]) -> Vec<Source> {
    files
        .iter()
        .map(|(name, text)| Source::parse(name, text))
        .collect()
}

/// Checks that what was found is as expected, each by a part of it.
#[track_caller]
fn expect(found: &[String], parts: &[&str], case: &str) {
    let is_as_expected = found.len() == parts.len()
        && found
            .iter()
            .zip(parts)
            .all(|(found, part)| found.contains(part));
    assert!(is_as_expected, "{case}: {found:?}, not {parts:?}");
}

/// Files with which a source under test stands together.
const HOUSE: &[(&str, &str)] = &[
    (
        "lib.rs",
        "pub mod table; pub mod vector; pub mod report; pub use table::Row;",
    ),
    (
        "table/mod.rs",
        "mod rows; mod names; pub use rows::Row; pub(crate) use rows::sort;",
    ),
    ("table/rows.rs", "pub struct Row; pub(crate) fn sort() {}"),
    (
        "vector.rs",
        "pub struct Space; pub mod inner { pub struct Deep; }",
    ),
    ("report.rs", "pub fn save() {}"),
];

fn with(name: &'static str, text: &'static str) -> Vec<Source> {
    let others = HOUSE.iter().filter(|(other, _)| *other != name);
    parse(&others.copied().chain([(name, text)]).collect::<Vec<_>>())
}

#[test]
fn an_upward_use_is_found_wherever_it_hides() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::vector::Space;", &[]),
        ("use crate::report;", &[]),
        (
            "use crate::report::save;",
            &["table/names.rs -> report.rs: crate::report::save"],
        ),
        (
            "use crate::{vector::Space, report::{self, save}};",
            &["-> report.rs"],
        ),
        (
            "use crate::report as r; fn f() { r::save() }",
            &["-> report.rs: r::save"],
        ),
        ("fn f() { super::super::report::save() }", &["-> report.rs"]),
        (
            "fn f() { assert!(!crate::report::save().is_empty()); }",
            &["-> report.rs"],
        ),
        (
            "#[serde(with = \"crate::report::save\")] struct X;",
            &["-> report.rs"],
        ),
        (
            "fn f() { use crate::report::save; save() }",
            &["-> report.rs"],
        ),
        ("mod deep { use crate::report::save; }", &["-> report.rs"]),
        ("pub use crate::report::save;", &[]),
        (
            "pub use crate::report::save; fn f() { save() }",
            &["-> report.rs: save"],
        ),
        (
            "// crate::report::save\nconst X: &str = \"crate::report::save\";",
            &[],
        ),
        (
            "#[cfg(test)] mod tests { use crate::report::save; fn f() {} }",
            &[],
        ),
        (
            "struct X; impl X { #[cfg(test)] fn f() { crate::report::save() } }",
            &[],
        ),
    ];
    for (text, expected) in cases {
        let sources = with("table/names.rs", text);
        expect(
            &Graph::of(&sources, &Modules::of(&sources)).upward(),
            expected,
            text,
        );
    }
}

#[test]
fn a_name_of_the_root_leads_to_the_file_that_defines_it() {
    let sources = with("vector.rs", "use crate::Row;");
    let upward = Graph::of(&sources, &Modules::of(&sources)).upward();
    expect(
        &upward,
        &["vector.rs -> table/rows.rs: crate::Row"],
        "the room of the file counts",
    );
}

#[test]
fn a_circle_is_found_through_re_exports() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("use super::names::N; pub struct Row;", "pub struct N;", &[]),
        (
            "use super::names::N; pub struct Row;",
            "use crate::table::Row; pub struct N;",
            &[
                "rows.rs -> table/names.rs",
                "names.rs -> table/rows.rs: crate::table::Row",
            ],
        ),
        (
            "use crate::table::names::N; pub struct Row;",
            "use super::*; pub struct N; fn f(_: Row) {}",
            &[
                "rows.rs -> table/names.rs",
                "names.rs -> table/rows.rs: Row",
            ],
        ),
        (
            "pub struct Row; fn f() { crate::table::names::N; }",
            "pub use crate::table::Row; pub struct N;",
            &[],
        ),
    ];
    for (rows, names, expected) in cases {
        let others = HOUSE.iter().filter(|(name, _)| *name != "table/rows.rs");
        let own = [("table/rows.rs", *rows), ("table/names.rs", *names)];
        let sources = parse(&others.copied().chain(own).collect::<Vec<_>>());
        let circles = Graph::of(&sources, &Modules::of(&sources)).circles();
        assert_eq!(circles.len(), usize::from(!expected.is_empty()));
        expect(&circles.concat(), expected, names);
    }
}

#[test]
fn two_circles_are_two_and_a_long_one_is_one() {
    let use_of = |name: &str| format!("use super::{name}::X; pub struct X;");
    let text = ["b", "c", "a", "e", "d"].map(use_of);
    let names = [
        "table/a.rs",
        "table/b.rs",
        "table/c.rs",
        "table/d.rs",
        "table/e.rs",
    ];
    let files: Vec<(&str, &str)> = names
        .into_iter()
        .zip(text.iter().map(String::as_str))
        .collect();
    let sources = parse(&[files.as_slice(), &[("table/mod.rs", "")]].concat());
    let circles = Graph::of(&sources, &Modules::of(&sources)).circles();
    assert_eq!(circles.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn a_tuple_and_a_bool_are_found_in_all_functions_but_given_ones() {
    let cases: &[(&str, Plain, &[&str])] = &[
        (
            "fn f(x: (u8, u8)) {}",
            Plain::Tuple,
            &["table/x.rs: f: x: (u8, u8)"],
        ),
        (
            "fn f((a, b): &(u8, u8)) {}",
            Plain::Tuple,
            &["f: (a, b): &(u8, u8)"],
        ),
        ("fn f(x: Option<(u8, u8)>) {}", Plain::Tuple, &["f: x"]),
        (
            "type Pair = (u8, u8); fn f(x: Pair<u8>) {}",
            Plain::Tuple,
            &[],
        ),
        (
            "type Pair = (u8, u8); fn f(x: Pair) {}",
            Plain::Tuple,
            &["f: x: Pair"],
        ),
        (
            "fn f(x: [u8; 2], y: &[(u8, u8)], z: ()) {}",
            Plain::Tuple,
            &[],
        ),
        (
            "fn f(x: impl Fn((u8, u8)) -> bool, y: fn(bool)) {}",
            Plain::Tuple,
            &[],
        ),
        (
            "fn f() { let g = |x: (u8, u8), y: bool| y; }",
            Plain::Bool,
            &[],
        ),
        ("fn f() -> (u8, bool) { (0, true) }", Plain::Bool, &[]),
        ("fn f() { fn g(x: bool) {} }", Plain::Bool, &["g: x: bool"]),
        (
            "struct S; impl S { fn f(&self, is: &bool) {} }",
            Plain::Bool,
            &["S::f: is: &bool"],
        ),
        ("trait T { fn f(self, is: bool); }", Plain::Bool, &["T::f"]),
        (
            "impl Visit for S { fn f(&self, is: bool) { fn g(is: bool) {} } }",
            Plain::Bool,
            &[": g:"],
        ),
        (
            "#[cfg(test)] mod tests { fn f(x: bool) {} }",
            Plain::Bool,
            &[],
        ),
        ("#[test] fn f(x: bool) {}", Plain::Bool, &[]),
    ];
    for (text, kind, expected) in cases {
        expect(
            &parameters(&parse(&[("table/x.rs", text)]), *kind),
            expected,
            text,
        );
    }
}

#[test]
fn a_door_to_the_outside_is_found_where_it_does_not_belong() {
    let cases: &[(&'static str, &'static str, &[&str])] = &[
        ("corpus/load.rs", "use std::fs::File;", &[]),
        ("report/file.rs", "use std::fs;", &[]),
        (
            "index/store/folder.rs",
            "use tantivy::Index; use std::fs;",
            &[],
        ),
        (
            "corpus/builder.rs",
            "use std::{fs, io};",
            &["`std::fs`: only corpus/load.rs"],
        ),
        (
            "report/json.rs",
            "fn f() { std::fs::write(x, y); }",
            &["`std::fs::write`"],
        ),
        (
            "report/html.rs",
            "use std::{io, fs as files}; fn f() { files::write() }",
            &["`std::fs::write`", "`std::fs`"],
        ),
        (
            "cluster/rule.rs",
            "fn f() { std::time::Instant::now(); }",
            &["clock"],
        ),
        (
            "read/kind.rs",
            "fn f() { println!(\"{:?}\", std::env::var(\"X\")) }",
            &["environment"],
        ),
        ("index/search.rs", "use std::net::TcpStream;", &["network"]),
        (
            "vector/space.rs",
            "use tantivy::Term;",
            &["`tantivy::Term`"],
        ),
        ("vector/space.rs", "use std as s;", &["as a whole"]),
        ("id.rs", "#[cfg(test)] mod tests { use std::fs; }", &[]),
    ];
    for (name, text, expected) in cases {
        let sources = parse(&[(name, text)]);
        expect(&touched(&sources, &Modules::of(&sources)), expected, text);
    }
}

#[test]
fn a_second_definition_is_found_by_what_gives_it_away() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "deontic/x.rs",
            "const VERBS: [&str; 3] = [\"shall\", \"should\", \"must\"];",
            &[],
        ),
        (
            "reuse/x.rs",
            "const VERBS: [&str; 3] = [\"shall\", \"should\", \"must\"];",
            &["modal verbs: reuse/x.rs: VERBS: must, shall, should"],
        ),
        (
            "reuse/x.rs",
            "fn f() { matches!(x, \"shall\" | \"should not\" | \"may\") }",
            &["modal verbs"],
        ),
        (
            "reuse/x.rs",
            "const VERBS: &str = \"shall should may\";",
            &["modal verbs"],
        ),
        (
            "reuse/x.rs",
            "const WORDS: &str = \"what states may do, they shall or must do\";",
            &[],
        ),
        (
            "reuse/x.rs",
            "fn a() -> &str { \"shall\" } fn b() -> &str { \"must\" }",
            &[],
        ),
        (
            "read/x.rs",
            "fn f(x: &str) { match x { \"article\" | \"chapter\" => 1, \"annex\" => 2 } }",
            &["provision words"],
        ),
        (
            "provision/x.rs",
            "const KINDS: &[&str] = &[\"article\", \"chapter\", \"annex\"];",
            &[],
        ),
        (
            "clause/x.rs",
            "const FIRST: &[&str] = &[\"one\", \"two\", \"three\"];",
            &["words of numbers"],
        ),
        (
            "reuse/x.rs",
            "const NO: &[&str] = &[\"not\", \"never\", \"nor\"];",
            &["negations"],
        ),
        (
            "term/x.rs",
            "fn f() { text.unicode_words(); }",
            &["boundaries: term/x.rs: unicode_words"],
        ),
        ("words.rs", "fn f() { text.unicode_words(); }", &[]),
        (
            "read/x.rs",
            "fn f() { text.split(|c: char| !c.is_alphanumeric()) }",
            &["split(|c: char|"],
        ),
        ("read/x.rs", "fn f() { text.split(' ') }", &[]),
        (
            "table/x.rs",
            "fn longest_run() {}",
            &["words shared by clauses"],
        ),
        ("reuse/x.rs", "struct Passages; fn align() {}", &[]),
        ("reuse/x.rs", "fn roman(x: &str) {}", &["Roman numbers"]),
        (
            "read/x.rs",
            "fn f(c: char) { match c { 'i' => 1, 'v' => 5, 'x' => 10, 'l' => 50, 'c' => 100 } }",
            &["Roman numbers: read/x.rs: f"],
        ),
    ];
    for (name, text, expected) in cases {
        expect(&second_definitions(&parse(&[(name, text)])), expected, text);
    }
}

#[test]
fn a_second_hash_is_found_by_its_constants() {
    let prime = "const PRIME: u64 = 0x0100_0000_01b3;";
    let files = [
        ("index/a.rs", prime),
        ("table/b.rs", "fn f() { x.wrapping_mul(0x100000001b3) }"),
    ];
    expect(
        &second_definitions(&parse(&files)),
        &["a hash: index/a.rs, table/b.rs"],
        "two files",
    );
    expect(&second_definitions(&parse(&files[..1])), &[], "one file");
}

#[test]
fn a_word_list_as_data_belongs_to_its_room() {
    let list = "modals = [\"shall\", \"should\", \"must\"]";
    let file = |name: &str| [(name.to_owned(), list.to_owned())];
    let found = |name: &str| super::definitions::second_lists(&file(name));
    expect(
        &found("term/words.toml"),
        &["modal verbs: term/words.toml"],
        "elsewhere",
    );
    expect(&found("deontic/english.toml"), &[], "at home");
    let nouns = "nouns = [\"article\", \"chapter\", \"annex\"]";
    let lists =
        |name: &str| super::definitions::second_lists(&[(name.to_owned(), nouns.to_owned())]);
    expect(
        &lists("deontic/lexicon/en.toml"),
        &[],
        "nouns that are subjects",
    );
    expect(
        &lists("deontic/words.toml"),
        &["provision words: deontic/words.toml"],
        "nouns elsewhere in that room",
    );
}

#[test]
fn lines_are_counted_without_tests() {
    let body = "fn f() {\n\n    // why\n    1;\n}\n";
    let tests = format!(
        "{body}#[cfg(test)]\nmod tests {{\n{}}}\n",
        "fn t() {}\n".repeat(500)
    );
    let long = "fn f() {}\n".repeat(401);
    let told = format!("//! 401 lines because they are one list.\n{long}");
    let sources = parse(&[("id.rs", &tests), ("score.rs", &long), ("error.rs", &told)]);
    assert_eq!(long_files(&sources), ["score.rs"]);
    assert_eq!(sources[0].lines().count(), 5);
    assert_eq!(sources[0].n_lines_of_code(), 3);
    let found = &functions(&sources)[0];
    assert_eq!((found.n_lines, found.n_lines_of_body), (5, 1));
}

#[test]
fn what_can_be_reached_from_outside_is_counted_once() {
    let sources = parse(&[
        (
            "lib.rs",
            "pub mod a; mod b; mod c; pub use b::Out; pub use c::*;",
        ),
        (
            "a.rs",
            "pub struct A; pub(crate) struct Hidden; struct Own; pub fn f() {} pub use crate::b::Out; pub mod inner { pub enum E {} }",
        ),
        (
            "b.rs",
            "pub struct Out; pub struct In; pub const N: usize = 1;",
        ),
        (
            "c.rs",
            "macro_rules! id { ($x:ident) => { pub struct $x; } } id!(ClauseId); pub trait T {}",
        ),
    ]);
    let modules = Modules::of(&sources);
    let surface = Surface::of(&sources, &modules);
    let found: Vec<String> = surface.items.keys().map(told).collect();
    assert_eq!(
        found,
        [
            "a::A",
            "a::f",
            "a::inner::E",
            "b::Out",
            "c::ClauseId",
            "c::T"
        ]
    );
    assert_eq!(surface.count(Kind::Function), 1);
}

#[test]
fn a_foreign_type_is_found_in_what_is_public_only() {
    let cases: &[(&str, &[&str])] = &[
        (
            "use tantivy::Term; pub fn f(x: &Term) {}",
            &["index.rs: f: tantivy::Term"],
        ),
        ("pub struct S { x: tantivy::Term }", &[]),
        (
            "pub struct S { pub x: Vec<tantivy::Term> }",
            &["S: tantivy::Term"],
        ),
        ("pub enum E { X(tantivy::Term) }", &["E: tantivy::Term"]),
        (
            "pub struct S; impl S { pub fn f() -> tantivy::Term {} fn g(x: tantivy::Term) {} }",
            &["S: tantivy::Term"],
        ),
        (
            "pub struct S; impl From<tantivy::Term> for S {}",
            &["S: tantivy::Term"],
        ),
        ("struct S; impl S { pub fn f() -> tantivy::Term {} }", &[]),
        ("pub(crate) fn f(x: tantivy::Term) {}", &[]),
        (
            "pub fn f(x: ndarray::Array1) { let y: tantivy::Term; }",
            &[],
        ),
    ];
    for (text, expected) in cases {
        let sources = parse(&[("lib.rs", "pub mod index;"), ("index.rs", text)]);
        let modules = Modules::of(&sources);
        let surface = Surface::of(&sources, &modules);
        expect(
            &surface.foreign_types(&["tantivy".to_owned()]),
            expected,
            text,
        );
    }
}

#[test]
fn what_is_named_outside_is_told_by_its_definition() {
    let cases: &[(&str, &[&str])] = &[
        ("use consonance::table::Row;", &["table::rows::Row"]),
        (
            "use consonance::Row as R; fn f(_: R) {}",
            &["table::rows::Row"],
        ),
        (
            "use consonance::vector; fn f() { vector::Space::new() }",
            &["vector", "vector::Space"],
        ),
        ("let x = consonance::report::save(); x?;", &["report::save"]),
        (
            "fn f() { assert!(consonance::report::save()) }",
            &["report::save"],
        ),
        ("use other::table::Row;", &[]),
    ];
    let sources = parse(&[HOUSE, &[("table/names.rs", "")]].concat());
    let modules = Modules::of(&sources);
    for (text, expected) in cases {
        let mut outside = Outside::default();
        outside.add(text, &modules);
        let named: Vec<String> = outside.items.iter().map(told).collect();
        expect(&named, expected, text);
    }
}

#[test]
fn a_name_of_two_types_is_found_where_other_files_see_them() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "pub struct Row;",
            "pub(crate) enum Row {}",
            &["Row: score.rs, table/x.rs"],
        ),
        ("pub struct Row;", "struct Row;", &[]),
        (
            "pub struct Row;",
            "pub fn row() {} pub use crate::score::Row;",
            &[],
        ),
    ];
    for (one, other, expected) in cases {
        let sources = parse(&[("score.rs", one), ("table/x.rs", other)]);
        expect(&repeated_names(&sources), expected, other);
    }
}

#[test]
fn a_type_is_used_where_a_value_of_it_is_got() {
    let table = "pub struct Row { pub cells: Vec<Cell>, pub trust: Option<Trust> } pub struct Cell; \
        pub struct Trust; pub struct Table; impl Table { pub fn first(&self) -> &Row { &self.row } } \
        pub fn read() -> Table { Table } pub fn write() {} pub enum Kind { A(Part) } pub struct Part;";
    let cases: &[(&str, &[&str])] = &[
        (
            "use consonance::table::{read, write};",
            &["Cell", "Kind", "Part", "Row", "Trust"],
        ),
        (
            "fn f() { consonance::table::read().first() }",
            &["Cell", "Kind", "Part", "Trust", "write"],
        ),
        (
            "fn f() { println!(\"{}\", consonance::table::read().first().cells) }",
            &["Kind", "Part", "Trust", "write"],
        ),
        (
            "use consonance::table::{Kind, Row, write}; fn f(row: Row) { row.trust }",
            &["Cell", "Table", "read"],
        ),
    ];
    let sources = parse(&[("lib.rs", "pub mod table;"), ("table.rs", table)]);
    let modules = Modules::of(&sources);
    for (text, expected) in cases {
        let mut outside = Outside::default();
        outside.add(text, &modules);
        let unused = Surface::of(&sources, &modules).unused(&outside);
        expect(&unused.iter().map(told).collect::<Vec<_>>(), expected, text);
    }
}
