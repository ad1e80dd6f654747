//! One word, one thing: no two types that other files see have one name.

use std::collections::BTreeMap;

use syn::{Ident, Item, Visibility};

use super::source::Source;

/// Returns the names that several files give to types, as `name: files`.
pub(super) fn repeated_names(sources: &[Source]) -> Vec<String> {
    let mut files_of: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for name in source.code.items.iter().filter_map(seen_type) {
            files_of
                .entry(name.to_string())
                .or_default()
                .push(&source.name);
        }
    }
    let repeated = files_of.into_iter().filter(|(_, files)| files.len() > 1);
    repeated
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect()
}

/// Returns the name of a type that other files may name.
fn seen_type(item: &Item) -> Option<&Ident> {
    let (visibility, name) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    (!matches!(visibility, Visibility::Inherited)).then_some(name)
}
