//! The order of the rooms and what holds in each, read off the sources. `cargo test --test all
//! layering -- --nocapture` prints the counts.

mod cases;
mod definitions;
mod graph;
mod known;
mod names;
mod outside;
mod reserved;
mod signatures;
mod sizes;
mod source;
mod surface;
mod vocabulary;

use std::collections::BTreeSet;
use std::fs;

use graph::Graph;
use names::{Modules, Target};
use signatures::Plain;
use source::Source;
use surface::{Kind, Surface};

/// Holds what breaks a rule against the breaches that are known: a new one fails, and so does a known
/// one that is gone, so that the list gets shorter.
fn check(list: &str, found: &[String], known: &[&str]) {
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let new = found
        .difference(&known)
        .map(|breach| format!("{list} + {breach}"));
    let gone = known
        .difference(&found)
        .map(|breach| format!("{list} - {breach}"));
    let told: Vec<String> = new.chain(gone).collect();
    assert!(
        told.is_empty(),
        "new (+) or gone from known.rs (-):\n{}",
        told.join("\n")
    );
}

fn read() -> (Vec<Source>, Modules) {
    let sources = source::library();
    assert!(sources.len() > 50, "the sources are found");
    let modules = Modules::of(&sources);
    (sources, modules)
}

#[test]
fn every_module_of_the_crate_is_a_room() {
    let (sources, _) = read();
    assert_eq!(graph::unknown_rooms(&sources), BTreeSet::new());
}

#[test]
fn no_use_runs_up_the_table_of_rooms() {
    let (sources, modules) = read();
    let upward = Graph::of(&sources, &modules).upward();
    check("UPWARD", &upward, known::UPWARD);
}

#[test]
fn no_files_of_a_room_use_each_other_in_a_circle() {
    let (sources, modules) = read();
    let circles = Graph::of(&sources, &modules).circles();
    check("CIRCLES", &circles.concat(), known::CIRCLES);
}

#[test]
fn no_function_takes_a_tuple() {
    let (sources, _) = read();
    let tuples = signatures::parameters(&sources, Plain::Tuple);
    check("TUPLES", &tuples, known::TUPLES);
}

#[test]
fn no_function_takes_a_bool() {
    let (sources, _) = read();
    let bools = signatures::parameters(&sources, Plain::Bool);
    check("BOOLS", &bools, known::BOOLS);
}

#[test]
fn only_some_places_touch_the_outside() {
    let (sources, modules) = read();
    check(
        "TOUCHED",
        &reserved::touched(&sources, &modules),
        known::TOUCHED,
    );
}

#[test]
fn each_thing_has_one_definition() {
    let (sources, _) = read();
    let second = definitions::second_definitions(&sources);
    check("DEFINITIONS", &second, known::DEFINITIONS);
}

#[test]
fn lists_of_words_as_data_are_in_their_rooms() {
    let folder = source::root().join("src");
    let data = source::files(&folder, &["toml", "txt", "tsv", "csv", "json"]).into_iter();
    let data = data.map(|path| {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        (name.to_owned(), fs::read_to_string(&path).unwrap())
    });
    let lists = definitions::second_lists(&data.collect::<Vec<_>>());
    check("LISTS", &lists, known::LISTS);
}

#[test]
fn no_two_types_that_other_files_see_have_one_name() {
    let (sources, _) = read();
    check("NAMES", &vocabulary::repeated_names(&sources), known::NAMES);
}

#[test]
fn no_file_is_long_without_a_reason() {
    let (sources, _) = read();
    check(
        "LONG_FILES",
        &sizes::long_files(&sources),
        known::LONG_FILES,
    );
}

#[test]
fn functions_are_short() {
    let (sources, _) = read();
    let functions = sizes::functions(&sources);
    let is_long = |function: &&sizes::Function| function.n_lines > sizes::MAX_LINES_OF_FUNCTION;
    let long = functions
        .iter()
        .filter(is_long)
        .map(|function| function.name.clone());
    check(
        "LONG_FUNCTIONS",
        &long.collect::<Vec<_>>(),
        known::LONG_FUNCTIONS,
    );
    let median = sizes::percentile(&functions, 50, |function| function.n_lines);
    assert!(
        median <= known::MEDIAN,
        "half of the functions have {median} lines or more"
    );
    let p90 = sizes::percentile(&functions, 90, |function| function.n_lines);
    assert!(p90 <= 30, "one of ten functions has {p90} lines or more");
}

#[test]
fn no_type_of_another_crate_is_public() {
    let (sources, modules) = read();
    let surface = Surface::of(&sources, &modules);
    let foreign = surface.foreign_types(&dependencies());
    check("FOREIGN", &foreign, known::FOREIGN);
}

/// Returns the crates that the library uses, without those whose types may be in its signatures.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(source::root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let names = manifest["dependencies"].as_table().unwrap().keys();
    let names = names.map(|name| name.replace('-', "_"));
    names
        .filter(|name| !["ndarray", "serde", "linfa"].contains(&name.as_str()))
        .collect()
}

#[test]
fn little_is_public() {
    let (sources, modules) = read();
    let surface = Surface::of(&sources, &modules);
    let [types, functions] = [Kind::Type, Kind::Function].map(|kind| surface.count(kind));
    assert!(types <= known::PUBLIC_TYPES, "{types} public types");
    assert!(
        functions <= known::PUBLIC_FUNCTIONS,
        "{functions} public functions"
    );
}

#[test]
fn what_is_public_is_used_outside() {
    let (sources, modules) = read();
    let surface = Surface::of(&sources, &modules);
    let unused = surface.unused(&outside::outside(&sources, &modules));
    let unused: Vec<String> = unused.iter().map(told).collect();
    check("UNUSED", &unused, known::UNUSED);
}

#[test]
fn docs_have_examples_that_run() {
    let (sources, modules) = read();
    let n_blocks = outside::blocks_that_run(&sources).count();
    assert!(
        n_blocks >= known::DOC_BLOCKS,
        "{n_blocks} doc blocks that run"
    );
    let surface = Surface::of(&sources, &modules);
    let mut without = surface.unused(&outside::in_docs(&sources, &modules));
    without.retain(|item| surface.items[item] == Kind::Function);
    let without: Vec<String> = without.iter().map(told).collect();
    check("WITHOUT_EXAMPLE", &without, known::WITHOUT_EXAMPLE);
}

fn told(target: &Target) -> String {
    match target {
        Target::Module(module) => module.join("::"),
        Target::Item { module, name } => format!("{}::{name}", module.join("::")),
    }
}

#[test]
fn the_counts_are_printed() {
    let (sources, modules) = read();
    let graph = Graph::of(&sources, &modules);
    let surface = Surface::of(&sources, &modules);
    let functions = sizes::functions(&sources);
    let counts = [
        ("circles of files", graph.circles().len()),
        ("uses upward", graph.upward().len()),
        (
            "tuple parameters",
            signatures::parameters(&sources, Plain::Tuple).len(),
        ),
        (
            "bool parameters",
            signatures::parameters(&sources, Plain::Bool).len(),
        ),
        (
            "second definitions",
            definitions::second_definitions(&sources).len(),
        ),
        (
            "names of several types",
            vocabulary::repeated_names(&sources).len(),
        ),
        ("public types", surface.count(Kind::Type)),
        ("public functions", surface.count(Kind::Function)),
        ("public constants", surface.count(Kind::Constant)),
        (
            "doc blocks that run",
            outside::blocks_that_run(&sources).count(),
        ),
        ("functions", functions.len()),
        (
            "lines of the median function",
            sizes::percentile(&functions, 50, |function| function.n_lines),
        ),
        (
            "lines of code in the body of the median function",
            sizes::percentile(&functions, 50, |function| function.n_lines_of_body),
        ),
        (
            "lines that nine of ten functions do not pass",
            sizes::percentile(&functions, 90, |function| function.n_lines),
        ),
        (
            "files over 400 lines without a reason",
            sizes::long_files(&sources).len(),
        ),
        (
            "lines without tests",
            sources.iter().map(|source| source.lines().count()).sum(),
        ),
        (
            "lines of code",
            sources.iter().map(Source::n_lines_of_code).sum(),
        ),
    ];
    for (what, count) in counts {
        println!("layering: {what}: {count}");
    }
}
