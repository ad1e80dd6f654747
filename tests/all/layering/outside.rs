//! What programs, benches, tests and examples in docs name of the crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::names::{Modules, Names, Target, mentions, paths_of};
use super::source::{Source, files, root};
use syn::visit::Visit;

/// What is named outside the crate.
#[derive(Default)]
pub(super) struct Outside {
    pub(super) items: BTreeSet<Target>,
    /// Names of fields and methods, of whatever they are.
    pub(super) members: BTreeSet<String>,
}

pub(super) fn outside(sources: &[Source], modules: &Modules) -> Outside {
    let mut outside = Outside::default();
    for folder in ["examples", "benches", "tests", "src/bin"] {
        for path in files(&root().join(folder), &["rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            if !path.components().any(|part| part.as_os_str() == "layering") {
                outside.add(&text, modules);
            }
        }
    }
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for example in blocks_that_run(sources).chain(examples(readme.lines())) {
        outside.add(&example, modules);
    }
    outside
}

/// Returns what the examples in the docs of the crate name.
pub(super) fn in_docs(sources: &[Source], modules: &Modules) -> Outside {
    let mut named = Outside::default();
    for example in blocks_that_run(sources) {
        named.add(&example, modules);
    }
    named
}

/// Returns the examples in the docs of the crate, without those in another language than Rust.
pub(super) fn blocks_that_run(sources: &[Source]) -> impl Iterator<Item = String> {
    let blocks = sources
        .iter()
        .flat_map(|source| examples_in_docs(&source.text));
    blocks.filter(|block| !block.starts_with("/*"))
}

impl Outside {
    /// Adds what a program names, or an example that may be no whole program.
    pub(super) fn add(&mut self, text: &str, modules: &Modules) {
        let whole = syn::parse_file(text);
        let code = whole.or_else(|_| syn::parse_file(&format!("fn example() {{ {text} \n}}")));
        let Ok(code) = code else { return };
        let mut imports = Imports::default();
        imports.visit_file(&code);
        for mention in mentions(&[], &code) {
            let mut path = mention.path;
            self.members.extend(path.last().cloned());
            if let Some(import) = path.first().and_then(|first| imports.0.get(first)) {
                path.splice(..1, import.iter().cloned());
            }
            if path.first().is_some_and(|first| first == "consonance") {
                self.items.extend(modules.resolve(&[], &path[1..]));
            }
        }
        Members(&mut self.members).visit_file(&code);
    }
}

/// Adds the names of fields and methods; those in macros are among the paths.
struct Members<'m>(&'m mut BTreeSet<String>);

impl<'ast> Visit<'ast> for Members<'_> {
    fn visit_member(&mut self, member: &'ast syn::Member) {
        if let syn::Member::Named(name) = member {
            self.0.insert(name.to_string());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.0.insert(call.method.to_string());
        syn::visit::visit_expr_method_call(self, call);
    }
}

/// The names that imports lend to paths of the crate.
#[derive(Default)]
struct Imports(BTreeMap<String, Names>);

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        for (path, name) in paths_of(&import.tree) {
            if let Some(name) = name.filter(|name| *name != "consonance") {
                self.0.insert(name, path);
            }
        }
    }
}

fn examples_in_docs(text: &str) -> Vec<String> {
    let docs = text.lines().map(|line| {
        let line = line.trim_start();
        let words = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        words.unwrap_or_default()
    });
    examples(docs)
}

/// Returns the Rust code between fences.
fn examples<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(language)) => {
                let is_rust = matches!(language.trim(), "" | "rust" | "no_run");
                open = Some(if is_rust {
                    String::new()
                } else {
                    "/*".to_owned()
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(code), None) => {
                let hidden = line.trim_start().strip_prefix("# ");
                code.push_str(hidden.unwrap_or(line));
                code.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}
