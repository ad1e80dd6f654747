//! What functions take: no tuple, no bool. Closures, function pointers and what a trait of others
//! demands are free.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    FnArg, GenericArgument, ItemFn, ItemImpl, ItemTrait, PathArguments, Signature, TraitItemFn,
    Type,
};

use super::source::Source;

/// A parameter that says nothing where it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plain {
    Tuple,
    Bool,
}

/// Returns the parameters of a kind, as `file: function: parameter`.
pub(super) fn parameters(sources: &[Source], wanted: Plain) -> Vec<String> {
    let aliases = aliases_of(sources);
    let mut found = Vec::new();
    for source in sources {
        let mut visitor = Parameters {
            aliases: &aliases,
            owner: None,
            found: Vec::new(),
        };
        visitor.visit_file(&source.code);
        let of_kind = visitor
            .found
            .into_iter()
            .filter(|(kind, _)| *kind == wanted);
        found.extend(of_kind.map(|(_, told)| format!("{}: {told}", source.name)));
    }
    found
}

/// Returns the names of types that are tuples or bools by another name.
fn aliases_of(sources: &[Source]) -> BTreeMap<String, Plain> {
    let mut aliases = BTreeMap::new();
    for item in sources.iter().flat_map(|source| &source.code.items) {
        if let syn::Item::Type(alias) = item
            && let Some(kind) = plain(&alias.ty, &BTreeMap::new())
        {
            aliases.insert(alias.ident.to_string(), kind);
        }
    }
    aliases
}

/// Returns whether a type is a tuple or a bool, behind references and options also.
fn plain(ty: &Type, aliases: &BTreeMap<String, Plain>) -> Option<Plain> {
    match ty {
        Type::Tuple(tuple) => (!tuple.elems.is_empty()).then_some(Plain::Tuple),
        Type::Reference(reference) => plain(&reference.elem, aliases),
        Type::Paren(inner) => plain(&inner.elem, aliases),
        Type::Group(inner) => plain(&inner.elem, aliases),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            match &last.arguments {
                PathArguments::AngleBracketed(arguments) if last.ident == "Option" => {
                    arguments.args.iter().find_map(|argument| match argument {
                        GenericArgument::Type(ty) => plain(ty, aliases),
                        _ => None,
                    })
                }
                // An alias with types of its own is another type of that name.
                PathArguments::AngleBracketed(_) => None,
                _ if last.ident == "bool" => Some(Plain::Bool),
                _ => aliases.get(&last.ident.to_string()).copied(),
            }
        }
        _ => None,
    }
}

struct Parameters<'a> {
    aliases: &'a BTreeMap<String, Plain>,
    owner: Option<String>,
    found: Vec<(Plain, String)>,
}

impl Parameters<'_> {
    fn look_at(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            if let FnArg::Typed(parameter) = input
                && let Some(kind) = plain(&parameter.ty, self.aliases)
            {
                let function = qualified(self.owner.as_deref(), signature);
                let told = format!("{function}: {}", words_at(parameter.span()));
                self.found.push((kind, told));
            }
        }
    }
}

/// Returns the name of a function, after that of its type or trait.
pub(super) fn qualified(owner: Option<&str>, signature: &Signature) -> String {
    let owner = owner.map(|owner| format!("{owner}::")).unwrap_or_default();
    format!("{owner}{}", signature.ident)
}

/// Returns the name of the type that an `impl` is of.
pub(super) fn owner_of(block: &ItemImpl) -> Option<String> {
    match &*block.self_ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        other => Some(words_at(other.span())),
    }
}

/// Returns the source at a place, on one line.
pub(super) fn words_at(span: Span) -> String {
    let text = span.source_text().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'ast> Visit<'ast> for Parameters<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        let owner = self.owner.take();
        self.look_at(&function.sig);
        visit::visit_item_fn(self, function);
        self.owner = owner;
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        // A trait of this crate is looked at where it is defined, that of another crate is given.
        let owner = std::mem::replace(&mut self.owner, owner_of(block));
        for item in &block.items {
            if let syn::ImplItem::Fn(function) = item
                && block.trait_.is_none()
            {
                self.look_at(&function.sig);
            }
        }
        visit::visit_item_impl(self, block);
        self.owner = owner;
    }

    fn visit_item_trait(&mut self, definition: &'ast ItemTrait) {
        let owner = self.owner.replace(definition.ident.to_string());
        visit::visit_item_trait(self, definition);
        self.owner = owner;
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        self.look_at(&function.sig);
        visit::visit_trait_item_fn(self, function);
    }
}
