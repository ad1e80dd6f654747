//! [`columns_of`]: the columns of a table.

use std::collections::BTreeSet;
use std::iter::once;

use crate::cluster::first_free;
use crate::corpus::Corpus;
use crate::table::convergence_table::Column;
use crate::table::layout::ColumnKind;
use crate::words::fold_name;

/// Returns the columns of a table with this kind of column.
pub(super) fn columns_of(corpus: &Corpus, kind: ColumnKind) -> Vec<Column> {
    let titles: Vec<&String> = match kind {
        ColumnKind::Process => corpus.processes().iter().map(|p| &p.name).collect(),
        ColumnKind::Agreement => corpus.agreements().iter().map(|a| &a.name).collect(),
    };
    let names: Vec<&String> = match kind {
        ColumnKind::Process => titles.clone(),
        ColumnKind::Agreement => corpus.agreements().iter().map(|a| &a.key).collect(),
    };
    let mut taken = BTreeSet::new();
    let columns = names.into_iter().zip(titles).map(|(name, title)| {
        let slug = fold_name(name).replace(' ', "-");
        let base = if slug.is_empty() { "column" } else { &slug };
        let numbered = (2..).map(|n| format!("{base}-{n}"));
        Column {
            id: first_free(&mut taken, once(base.to_owned()).chain(numbered)),
            title: title.clone(),
        }
    });
    columns.collect()
}
