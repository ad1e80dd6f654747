//! The sources of the crate, parsed; what only tests see is left out.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, Item};

/// A source file of the crate.
pub(super) struct Source {
    /// Its path under `src`, such as `table/rows.rs`.
    pub(super) name: String,
    /// The module it is, from the root of the crate.
    pub(super) module: Vec<String>,
    pub(super) text: String,
    pub(super) code: syn::File,
    /// The lines of its tests.
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    pub(super) fn parse(name: &str, text: &str) -> Self {
        let mut code = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut tests = Vec::new();
        remove_tests(&mut code.items, &mut tests);
        Self {
            name: name.to_owned(),
            module: module_of(name),
            text: text.to_owned(),
            code,
            tests,
        }
    }

    /// Returns the room: the first name of the module, none for the root of the crate.
    pub(super) fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    pub(super) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.name.starts_with(place))
    }

    /// Returns the lines without those of tests.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let is_test = |line: usize| self.tests.iter().any(|lines| lines.contains(&line));
        let numbered = self.text.lines().enumerate();
        numbered.filter_map(move |(index, line)| (!is_test(index + 1)).then_some(line))
    }

    /// Returns the comment at the head of the file.
    pub(super) fn head(&self) -> String {
        let lines = self.text.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// Returns the number of lines that are neither empty nor comments nor tests.
    pub(super) fn n_lines_of_code(&self) -> usize {
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
        self.lines().map(str::trim).filter(is_code).count()
    }
}

fn module_of(name: &str) -> Vec<String> {
    let mut names: Vec<String> = name
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    names.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
    names
}

/// Returns the sources of the library.
pub(super) fn library() -> Vec<Source> {
    let root = root().join("src");
    let parse = |path: PathBuf| {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        (!name.starts_with("bin/"))
            .then(|| Source::parse(&name, &fs::read_to_string(path).unwrap()))
    };
    files(&root, &["rs"])
        .into_iter()
        .filter_map(parse)
        .collect()
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files below a folder with one of these endings, in order.
pub(super) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if ending.is_some_and(|ending| endings.contains(&ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn remove_tests(items: &mut Vec<Item>, tests: &mut Vec<RangeInclusive<usize>>) {
    items.retain(|item| keep(item, attributes_of(item), tests));
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    remove_tests(items, tests);
                }
            }
            Item::Impl(block) => block.items.retain(|item| {
                let attributes = match item {
                    ImplItem::Fn(function) => function.attrs.as_slice(),
                    ImplItem::Const(constant) => &constant.attrs,
                    _ => &[],
                };
                keep(item, attributes, tests)
            }),
            _ => {}
        }
    }
}

/// Tells whether an item is no test; the lines of one that is are added.
fn keep(
    item: &impl Spanned,
    attributes: &[Attribute],
    tests: &mut Vec<RangeInclusive<usize>>,
) -> bool {
    let is_test = attributes.iter().any(is_for_tests);
    if is_test {
        let span = item.span();
        tests.push(span.start().line..=span.end().line);
    }
    !is_test
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let is_cfg = attribute.path().is_ident("cfg");
    let condition = attribute
        .meta
        .require_list()
        .map(|list| list.tokens.to_string());
    let is_of_tests = condition.is_ok_and(|words| matches!(words.as_str(), "test" | "doctest"));
    attribute.path().is_ident("test") || (is_cfg && is_of_tests)
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
