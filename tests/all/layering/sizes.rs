//! How long files and functions are.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, ItemImpl, Signature, TraitItemFn};

use super::signatures::{owner_of, qualified};
use super::source::Source;

const MAX_LINES_OF_FILE: usize = 400;
pub(super) const MAX_LINES_OF_FUNCTION: usize = 80;

/// Returns the files with too many lines without tests. One whose head says `N lines because ...`
/// has its reason.
pub(super) fn long_files(sources: &[Source]) -> Vec<String> {
    let is_long = |source: &&Source| source.lines().count() > MAX_LINES_OF_FILE;
    let has_no_reason = |source: &&Source| !source.head().contains("lines because ");
    let long = sources.iter().filter(is_long).filter(has_no_reason);
    long.map(|source| source.name.clone()).collect()
}

/// A function with a body.
pub(super) struct Function {
    pub(super) name: String,
    /// The lines from its name to its end.
    pub(super) n_lines: usize,
    /// The lines between its braces that are neither empty nor comments.
    pub(super) n_lines_of_body: usize,
}

/// Returns the length that so many of a hundred functions do not pass.
pub(super) fn percentile(
    functions: &[Function],
    n: usize,
    length: fn(&Function) -> usize,
) -> usize {
    let mut lengths: Vec<usize> = functions.iter().map(length).collect();
    lengths.sort_unstable();
    lengths[lengths.len() * n / 100]
}

/// Returns all functions with a body.
pub(super) fn functions(sources: &[Source]) -> Vec<Function> {
    let mut found = Vec::new();
    for source in sources {
        let mut visitor = Functions {
            source,
            owner: None,
            found: Vec::new(),
        };
        visitor.visit_file(&source.code);
        found.extend(visitor.found);
    }
    found
}

struct Functions<'s> {
    source: &'s Source,
    owner: Option<String>,
    found: Vec<Function>,
}

impl Functions<'_> {
    fn push(&mut self, signature: &Signature, body: &Block) {
        let name = qualified(self.owner.as_deref(), signature);
        let start = signature.fn_token.span().start().line;
        let [open, close] = [body.span().start().line, body.span().end().line];
        let inside = self
            .source
            .text
            .lines()
            .take(close - 1)
            .skip(open)
            .map(str::trim);
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
        self.found.push(Function {
            name: format!("{}: {name}", self.source.name),
            n_lines: close - start + 1,
            n_lines_of_body: inside.filter(is_code).count(),
        });
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.push(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let owner = std::mem::replace(&mut self.owner, owner_of(block));
        visit::visit_item_impl(self, block);
        self.owner = owner;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.push(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(body) = &function.default {
            self.push(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}
