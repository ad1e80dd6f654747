//! Instruments that are cited by several names, and bodies whose reports are cited by year.

use std::sync::LazyLock;

use serde::Deserialize;

/// Something with several names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownInstrument {
    /// The name to show.
    pub(super) name: String,
    /// Every name of it, in the form of [`fold_name`](crate::words::fold_name).
    pub(super) aliases: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    instrument: Vec<KnownInstrument>,
    body: Vec<KnownInstrument>,
}

const DATA: &str = include_str!("../words/instruments.toml");

static LISTS: LazyLock<Lists> = LazyLock::new(|| toml::from_str(DATA).unwrap_or_default());

/// The instruments that texts of every field cite.
pub(super) fn instruments_known() -> &'static [KnownInstrument] {
    &LISTS.instrument
}

/// The bodies whose reports are cited by year.
pub(super) fn reporting_bodies() -> &'static [KnownInstrument] {
    &LISTS.body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold_name;

    #[test]
    fn every_name_is_folded_and_occurs_once() {
        let lists: Lists = toml::from_str(DATA).unwrap();
        let mut all = Vec::new();
        for known in lists.instrument.iter().chain(&lists.body) {
            assert!(known.aliases.is_sorted(), "{}", known.name);
            all.extend(&known.aliases);
        }
        assert!(all.iter().all(|alias| fold_name(alias) == **alias));
        let n_aliases = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), n_aliases);
    }
}
