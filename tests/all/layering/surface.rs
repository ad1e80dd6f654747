//! What can be reached from outside, and what stands in its signatures.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Fields, ImplItem, Item, ItemImpl, Visibility};

use super::names::{Modules, Names, Target, names_made, paths_of};
use super::outside::Outside;
use super::signatures::owner_of;
use super::source::Source;

/// What a public item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    Function,
    Constant,
}

/// The public items that a path from the root leads to; each counts once, however many lead there.
pub(super) struct Surface<'s> {
    sources: &'s [Source],
    modules: &'s Modules,
    pub(super) items: BTreeMap<Target, Kind>,
    open: BTreeSet<Names>,
}

impl<'s> Surface<'s> {
    pub(super) fn of(sources: &'s [Source], modules: &'s Modules) -> Self {
        let mut surface = Self {
            sources,
            modules,
            items: BTreeMap::new(),
            open: BTreeSet::new(),
        };
        surface.add_module(&[]);
        surface
    }

    pub(super) fn count(&self, wanted: Kind) -> usize {
        self.items.values().filter(|kind| **kind == wanted).count()
    }

    fn add_module(&mut self, module: &[String]) {
        if !self.open.insert(module.to_vec()) {
            return;
        }
        let items = self.items_of(module);
        for item in items {
            match item {
                Item::Use(import) if is_public(&import.vis) => {
                    let paths = paths_of(&import.tree).into_iter();
                    paths.for_each(|(path, _)| self.add_import(module, &path));
                }
                Item::Mod(child) if is_public(&child.vis) => {
                    self.add_module(&[module, &[child.ident.to_string()]].concat());
                }
                _ => {
                    if let Some((name, kind)) = public(item) {
                        self.add_item(module, name, kind);
                    }
                }
            }
        }
        let made = names_made(items).map(|name| self.modules.resolve(module, &[name]));
        for target in made.collect::<Vec<_>>().into_iter().flatten() {
            // What the macro did not define was found above, or is private.
            if let Target::Item { module: home, name } = target
                && home == module
                && !items
                    .iter()
                    .any(|item| item_name(item).as_ref() == Some(&name))
            {
                self.add_item(module, name, Kind::Type);
            }
        }
    }

    fn add_import(&mut self, module: &[String], path: &[String]) {
        match self.modules.resolve(module, path) {
            Some(Target::Module(found)) => self.add_module(&found),
            Some(Target::Item { module, name }) => {
                let items = self.items_of(&module);
                let item = items
                    .iter()
                    .find(|item| item_name(item).as_ref() == Some(&name));
                let kind = item.and_then(public).map_or(Kind::Type, |(_, kind)| kind);
                self.add_item(&module, name, kind);
            }
            None => {}
        }
    }

    fn add_item(&mut self, module: &[String], name: String, kind: Kind) {
        let module = module.to_vec();
        self.items.insert(Target::Item { module, name }, kind);
    }

    /// Returns the items of a module, which is a file or stands in one.
    fn items_of(&self, module: &[String]) -> &'s [Item] {
        let source = &self.sources[self.modules.file_of(module)];
        let mut items = source.code.items.as_slice();
        for name in &module[source.module.len()..] {
            let inner = items.iter().find_map(|item| match item {
                Item::Mod(inner) if inner.ident == name => inner.content.as_ref(),
                _ => None,
            });
            items = inner.map_or(&[], |(_, items)| items);
        }
        items
    }

    /// Returns the items that nothing outside uses. A type is used where it is named, and where a value
    /// of it is got by a name: that of a function, a field or a method.
    pub(super) fn unused(&self, outside: &Outside) -> Vec<Target> {
        let gifts = self.gifts();
        let mut used = outside.items.clone();
        loop {
            let is_got = |gift: &&Gift| {
                let is_named = |member: &String| outside.members.contains(member);
                used.contains(&gift.giver) && gift.member.as_ref().is_none_or(is_named)
            };
            let got: Vec<Target> = gifts
                .iter()
                .filter(is_got)
                .map(|gift| gift.given.clone())
                .collect();
            let n_before = used.len();
            used.extend(got);
            if used.len() == n_before {
                break;
            }
        }
        self.items
            .keys()
            .filter(|item| !used.contains(item))
            .cloned()
            .collect()
    }

    fn gifts(&self) -> Vec<Gift> {
        let mut gifts = Vec::new();
        for source in self.sources {
            let resolve = |path: &[String]| self.modules.resolve(&source.module, path);
            for item in &source.code.items {
                let Some(giver) = owner(item).and_then(|owner| resolve(&[owner])) else {
                    continue;
                };
                for (member, types) in given_by(item) {
                    for given in types.iter().filter_map(|path| resolve(path)) {
                        let (giver, member) = (giver.clone(), member.clone());
                        gifts.push(Gift {
                            giver,
                            member,
                            given,
                        });
                    }
                }
            }
        }
        gifts
    }

    /// Returns the types of other crates in public signatures, as `file: item: path`.
    pub(super) fn foreign_types(&self, dependencies: &[String]) -> Vec<String> {
        let mut found = BTreeSet::new();
        for source in self.sources {
            for item in &source.code.items {
                let owner = match item {
                    Item::Impl(block) => owner_of(block),
                    _ => item_name(item),
                };
                let Some(owner) = owner.filter(|owner| self.is_public(&source.module, owner))
                else {
                    continue;
                };
                let mut visitor = Signatures(Vec::new());
                visitor.visit_public(item);
                for path in visitor.0 {
                    let path = self.modules.foreign(&source.module, &path);
                    if dependencies.contains(&path[0]) {
                        found.insert(format!("{}: {owner}: {}", source.name, path.join("::")));
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    fn is_public(&self, module: &[String], name: &str) -> bool {
        let target = self.modules.resolve(module, &[name.to_owned()]);
        target.is_some_and(|target| self.items.contains_key(&target))
    }
}

/// How a value of a type is got: from a function or a value, by the name of a field or method if it takes
/// one.
struct Gift {
    giver: Target,
    member: Option<String>,
    given: Target,
}

/// Returns the types that an item gives, each with the name by which they are got.
fn given_by(item: &Item) -> Vec<(Option<String>, Vec<Names>)> {
    let name = |name: &syn::Ident| Some(name.to_string());
    match item {
        Item::Fn(function) => vec![(None, returned(&function.sig))],
        Item::Type(alias) => vec![(None, paths_in(&alias.ty))],
        Item::Struct(definition) => {
            let fields = definition
                .fields
                .iter()
                .filter(|field| is_public(&field.vis));
            fields
                .map(|field| (field.ident.as_ref().and_then(name), paths_in(&field.ty)))
                .collect()
        }
        Item::Enum(definition) => {
            let fields = definition
                .variants
                .iter()
                .flat_map(|variant| &variant.fields);
            fields.map(|field| (None, paths_in(&field.ty))).collect()
        }
        Item::Trait(definition) => {
            let methods = definition.items.iter().filter_map(|item| match item {
                syn::TraitItem::Fn(method) => {
                    Some((name(&method.sig.ident), returned(&method.sig)))
                }
                _ => None,
            });
            methods.collect()
        }
        Item::Impl(block) => {
            let given = block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) => Some((name(&method.sig.ident), returned(&method.sig))),
                ImplItem::Type(given) => Some((None, paths_in(&given.ty))),
                _ => None,
            });
            given.collect()
        }
        _ => Vec::new(),
    }
}

fn returned(signature: &syn::Signature) -> Vec<Names> {
    match &signature.output {
        syn::ReturnType::Type(_, ty) => paths_in(ty),
        syn::ReturnType::Default => Vec::new(),
    }
}

fn paths_in(ty: &syn::Type) -> Vec<Names> {
    let mut visitor = Signatures(Vec::new());
    visitor.visit_type(ty);
    visitor.0
}

/// Returns the name of an item, or of the type that an `impl` is of.
fn owner(item: &Item) -> Option<String> {
    match item {
        Item::Impl(block) => owner_of(block),
        _ => item_name(item),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn item_name(item: &Item) -> Option<String> {
    public_or_not(item).map(|(_, name, _)| name)
}

/// Returns the name and kind of a public item.
fn public(item: &Item) -> Option<(String, Kind)> {
    let (visibility, name, kind) = public_or_not(item)?;
    is_public(visibility).then_some((name, kind))
}

fn public_or_not(item: &Item) -> Option<(&Visibility, String, Kind)> {
    let (visibility, name, kind) = match item {
        Item::Enum(item) => (&item.vis, &item.ident, Kind::Type),
        Item::Struct(item) => (&item.vis, &item.ident, Kind::Type),
        Item::Trait(item) => (&item.vis, &item.ident, Kind::Type),
        Item::Type(item) => (&item.vis, &item.ident, Kind::Type),
        Item::Union(item) => (&item.vis, &item.ident, Kind::Type),
        Item::Fn(item) => (&item.vis, &item.sig.ident, Kind::Function),
        Item::Const(item) => (&item.vis, &item.ident, Kind::Constant),
        Item::Static(item) => (&item.vis, &item.ident, Kind::Constant),
        _ => return None,
    };
    Some((visibility, name.to_string(), kind))
}

/// The paths in the part of an item that is public.
struct Signatures(Vec<Names>);

impl Signatures {
    fn visit_public(&mut self, item: &Item) {
        match item {
            Item::Fn(function) => self.visit_signature(&function.sig),
            Item::Struct(definition) => {
                self.visit_generics(&definition.generics);
                self.visit_public_fields(&definition.fields);
            }
            Item::Enum(definition) => {
                let fields = definition
                    .variants
                    .iter()
                    .flat_map(|variant| &variant.fields);
                fields.for_each(|field| self.visit_type(&field.ty));
            }
            Item::Type(alias) => self.visit_type(&alias.ty),
            Item::Const(constant) => self.visit_type(&constant.ty),
            Item::Trait(definition) => self.visit_item_trait(definition),
            Item::Impl(block) => self.visit_impl(block),
            _ => {}
        }
    }

    fn visit_public_fields(&mut self, fields: &Fields) {
        for field in fields.iter().filter(|field| is_public(&field.vis)) {
            self.visit_type(&field.ty);
        }
    }

    /// Visits the methods of a type; of a trait that it has, what is in its brackets.
    fn visit_impl(&mut self, block: &ItemImpl) {
        if let Some((path, _)) = &block.trait_ {
            self.visit_path(path);
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(method) if is_public(&method.vis) => self.visit_signature(&method.sig),
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.visit_type(&constant.ty);
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Signatures {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.0.push(names.collect());
        visit::visit_path(self, path);
    }

    fn visit_block(&mut self, _: &'ast syn::Block) {}
}
