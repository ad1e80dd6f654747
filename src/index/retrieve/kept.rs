//! [`KeptClauses`]: the clauses that pass the filters of a query.

use crate::error::Result;
use crate::index::query::filter::{Filter, holds_words};
use crate::index::query::plan::{Leaf, Plan};
use crate::index::retrieve::postings::Postings;
use crate::index::retrieve::scored::ClauseSet;
use crate::index::store::catalog::Catalog;
use crate::index::store::field::FacetField;
use crate::index::store::schema::column;
use crate::index::store::table::StoredColumn;

/// The clauses that pass each filter of a query, found once for matching, notes and marks.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptClauses(Vec<(Filter, ClauseSet)>);

impl KeptClauses {
    /// Returns the clauses that pass the filters of a plan.
    pub(crate) fn of(plan: &Plan, postings: Postings<'_>, catalog: &Catalog) -> Result<Self> {
        let mut kept = Self::default();
        for leaf in plan.leaves() {
            if let Leaf::Filter(filter) = leaf
                && kept.by(filter).is_none()
            {
                let clauses = clauses_kept_by(filter, postings, catalog)?;
                kept.0.push((filter.clone(), clauses));
            }
        }
        Ok(kept)
    }

    /// Returns the clauses that pass a filter; `None` if it is not in the query.
    pub(crate) fn by(&self, filter: &Filter) -> Option<&ClauseSet> {
        let found = self.0.iter().find(|(known, _)| known == filter);
        found.map(|(_, clauses)| clauses)
    }

    /// Returns whether a clause passes a filter of the query.
    pub(crate) fn holds(&self, filter: &Filter, clause: u32) -> bool {
        self.by(filter).is_some_and(|kept| kept.holds(clause))
    }

    /// Returns the clauses that pass a filter of every list; `None` if there is no list.
    pub(crate) fn by_all(&self, lists: &[Vec<Filter>]) -> Option<ClauseSet> {
        let passing_any = |list: &Vec<Filter>| {
            let sets = list.iter().filter_map(|filter| self.by(filter));
            sets.cloned().reduce(|a, b| a.or(&b))
        };
        let sets = lists.iter().filter_map(passing_any);
        sets.reduce(|a, b| a.and(&b))
    }
}

/// Returns the clauses that pass a filter.
pub(crate) fn clauses_kept_by(
    filter: &Filter,
    postings: Postings<'_>,
    catalog: &Catalog,
) -> Result<ClauseSet> {
    let table = postings.table;
    let named =
        |column, words: &str| postings.clauses_with_value(column, |name| holds_words(name, words));
    let mut kept = ClauseSet::empty(table.n_clauses());
    match filter {
        Filter::Key(key) => kept.extend(postings.clauses_with_key(key)?),
        Filter::Label(label) => kept.extend(named(column::FOLDED_LABEL, label)?),
        Filter::Heading(name) => kept.extend(named(column::FOLDED_HEADING, name)?),
        Filter::Language(_) => add_with_value(&table.languages, filter, &mut kept),
        Filter::Name { field, .. } if *field == FacetField::Kind => {
            add_with_value(&table.kinds, filter, &mut kept);
        }
        Filter::Name { field, .. } if *field == FacetField::Force => {
            add_with_value(&table.forces, filter, &mut kept);
        }
        Filter::Name { field, .. } if *field == FacetField::Addressee => {
            add_with_value(&table.addressees, filter, &mut kept);
        }
        Filter::Name { .. } | Filter::Years { .. } => {
            let agreements = 0..catalog.entries.len();
            let passing = agreements.filter(|&of| filter.keeps_agreement(catalog, of));
            passing.for_each(|of| kept.add_range(table.clauses_of(of)));
        }
    }
    Ok(kept)
}

/// Adds the clauses of the values of a column that a filter keeps.
fn add_with_value(column: &StoredColumn, filter: &Filter, kept: &mut ClauseSet) {
    let values = column.values.iter();
    let is_kept: Vec<bool> = values.map(|value| filter.keeps_value(value)).collect();
    let passes = |clause: &u32| {
        let mut places = column.of(*clause).iter();
        places.any(|&place| is_kept[usize::from(place)])
    };
    kept.extend((0..column.n_clauses()).filter(passes));
}
