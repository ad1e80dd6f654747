//! What the names in a source mean: each is followed, through imports and re-exports, to the file that
//! defines it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

use super::source::Source;

/// A path of names, such as `crate::table::Row`.
pub(super) type Names = Vec<String>;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(Names),
    Item { module: Names, name: String },
}

/// A module, which is a file or stands in one.
#[derive(Default)]
struct Module {
    file: usize,
    items: BTreeSet<String>,
    imports: Vec<Import>,
    globs: Vec<Names>,
}

struct Import {
    name: String,
    path: Names,
}

/// The modules of a crate.
pub(super) struct Modules(BTreeMap<Names, Module>);

impl Modules {
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut modules = BTreeMap::new();
        for (file, source) in sources.iter().enumerate() {
            add_module(
                &mut modules,
                source.module.clone(),
                file,
                &source.code.items,
            );
        }
        Self(modules)
    }

    /// Returns the file that a module is or stands in.
    pub(super) fn file_of(&self, module: &[String]) -> usize {
        self.0[module].file
    }

    /// Returns what a path means in a module; nothing if it leads out of the crate.
    pub(super) fn resolve(&self, module: &[String], path: &[String]) -> Option<Target> {
        self.follow(module, path, 32)
    }

    fn follow(&self, module: &[String], path: &[String], depth: usize) -> Option<Target> {
        let (module, path) = rooted(module, path)?;
        let (Some(own), Some((name, rest))) = (self.0.get(&module), path.split_first()) else {
            return self
                .0
                .contains_key(&module)
                .then_some(Target::Module(module));
        };
        let depth = depth.checked_sub(1)?;
        let child = [module.as_slice(), std::slice::from_ref(name)].concat();
        // A module and a function may have one name; the last name of a path is then the function.
        if self.0.contains_key(&child) && !rest.is_empty() {
            return self.follow(&child, rest, depth);
        }
        if own.items.contains(name) {
            let name = name.clone();
            return Some(Target::Item { module, name });
        }
        let through = |path: &Names| self.follow(&module, &[path, rest].concat(), depth);
        let named = own.imports.iter().filter(|import| import.name == *name);
        let by_import = named.filter_map(|import| through(&import.path));
        let by_glob = own.globs.iter().filter_map(|glob| {
            let path = [glob.as_slice(), std::slice::from_ref(name), rest].concat();
            self.follow(&module, &path, depth)
        });
        let mut found: Vec<Target> = by_import.chain(by_glob).collect();
        // Of a module and an item the item is meant.
        found.sort_by_key(|target| matches!(target, Target::Module(_)));
        let is_module = self.0.contains_key(&child);
        found
            .into_iter()
            .next()
            .or_else(|| is_module.then_some(Target::Module(child)))
    }

    /// Returns the path of names that a path begins with outside the crate, imports followed: that
    /// of `Term` is `tantivy::Term` where `use tantivy::Term` stands.
    pub(super) fn foreign(&self, module: &[String], path: &[String]) -> Names {
        let first = path.first();
        let own = self.0.get(module);
        let mut imports = own.into_iter().flat_map(|own| &own.imports);
        match imports.find(|import| Some(&import.name) == first && import.path != path) {
            Some(import) => [&import.path, &path[1..]].concat(),
            None => path.to_vec(),
        }
    }
}

/// Returns the module that a path starts from, and the rest of the path.
fn rooted<'p>(module: &[String], path: &'p [String]) -> Option<(Names, &'p [String])> {
    let mut module = module.to_vec();
    let mut path = path;
    while let Some((first, rest)) = path.split_first() {
        match first.as_str() {
            "crate" => module.clear(),
            "self" => {}
            "super" => drop(module.pop()?),
            _ => break,
        }
        path = rest;
    }
    Some((module, path))
}

fn add_module(modules: &mut BTreeMap<Names, Module>, path: Names, file: usize, items: &[Item]) {
    let mut module = Module {
        file,
        ..Module::default()
    };
    for item in items {
        module.items.extend(names_defined(item));
        if let Item::Mod(ItemMod {
            ident,
            content: Some((_, items)),
            ..
        }) = item
        {
            let child = [path.as_slice(), &[ident.to_string()]].concat();
            add_module(modules, child, file, items);
        }
    }
    let mut imports = Imports(&mut module);
    for item in items {
        imports.visit_item(item);
    }
    let imported: BTreeSet<&String> = module.imports.iter().map(|import| &import.name).collect();
    let made = names_made(items).filter(|name| !imported.contains(name));
    module.items.extend(made.collect::<Vec<_>>());
    modules.insert(path, module);
}

fn names_defined(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Returns the types that macros of items are asked to define: those of their names that begin with a
/// capital.
pub(super) fn names_made(items: &[Item]) -> impl Iterator<Item = String> {
    let calls = items.iter().filter_map(|item| match item {
        Item::Macro(call) if call.ident.is_none() => Some(call.mac.tokens.clone()),
        _ => None,
    });
    calls.flatten().filter_map(|token| match token {
        TokenTree::Ident(name) => {
            Some(name.to_string()).filter(|name| name.starts_with(char::is_uppercase))
        }
        _ => None,
    })
}

/// Adds the imports of a module, also those inside its functions.
struct Imports<'m>(&'m mut Module);

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        for (path, name) in paths_of(&import.tree) {
            match name {
                Some(name) => self.0.imports.push(Import { name, path }),
                None => self.0.globs.push(path),
            }
        }
    }

    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}
}

/// Returns the paths of a `use` and the names they have from then on; none for all names of a module.
pub(super) fn paths_of(tree: &UseTree) -> Vec<(Names, Option<String>)> {
    let below = |prefix: &str, tree: &UseTree| {
        let paths = paths_of(tree).into_iter();
        let prefixed = paths.map(|(path, name)| ([vec![prefix.to_owned()], path].concat(), name));
        prefixed.collect::<Vec<_>>()
    };
    match tree {
        UseTree::Path(path) => {
            let mut paths = below(&path.ident.to_string(), &path.tree);
            for (path, name) in &mut paths {
                if path.len() > 1 && path.pop_if(|last| last == "self").is_some() {
                    let is_renamed = name.as_deref() != Some("self");
                    let last = path.last().cloned();
                    *name = if is_renamed { name.take() } else { last };
                }
            }
            paths
        }
        UseTree::Name(name) => vec![(vec![name.ident.to_string()], Some(name.ident.to_string()))],
        UseTree::Rename(name) => {
            vec![(vec![name.ident.to_string()], Some(name.rename.to_string()))]
        }
        UseTree::Glob(_) => vec![(Vec::new(), None)],
        UseTree::Group(group) => group.items.iter().flat_map(paths_of).collect(),
    }
}

/// A path in a source, and the module it stands in.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    pub(super) module: Names,
    pub(super) path: Names,
    /// Whether it only lends a name to users of the module.
    pub(super) is_reexport: bool,
}

/// Returns all paths that a source names: in imports, in code, in macros, in attributes.
pub(super) fn mentions(module: &[String], code: &syn::File) -> Vec<Mention> {
    let mut visitor = Mentions {
        module: module.to_vec(),
        found: Vec::new(),
    };
    visitor.visit_file(code);
    visitor.found
}

struct Mentions {
    module: Names,
    found: Vec<Mention>,
}

impl Mentions {
    fn push(&mut self, path: Names) {
        self.found.push(Mention {
            module: self.module.clone(),
            path,
            is_reexport: false,
        });
    }

    /// Finds paths in what a macro is given, which need be no code.
    fn scan(&mut self, tokens: TokenStream) {
        let mut path: Names = Vec::new();
        let mut n_colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if n_colons != 2 {
                        self.end(&mut path);
                    }
                    path.push(name.to_string());
                    n_colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => n_colons += 1,
                other => {
                    self.end(&mut path);
                    n_colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.scan(group.stream());
                    }
                }
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Names) {
        if !path.is_empty() {
            self.push(std::mem::take(path));
        }
    }
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        let is_reexport = !matches!(import.vis, Visibility::Inherited);
        for (path, _) in paths_of(&import.tree) {
            self.push(path);
            self.found.last_mut().unwrap().is_reexport = is_reexport;
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.push(
            path.segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect(),
        );
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        visit::visit_macro(self, call);
        self.scan(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // serde takes paths of functions as texts.
        let Ok(list) = attribute.meta.require_list() else {
            return;
        };
        for token in list.tokens.clone() {
            if let TokenTree::Literal(text) = token
                && let Ok(text) = syn::parse_str::<syn::LitStr>(&text.to_string())
                && let Ok(path) = text.parse::<syn::Path>()
            {
                self.visit_path(&path);
            }
        }
    }
}
