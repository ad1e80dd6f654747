//! [`Query`]: a parsed query before its words are analyzed, and how parts side by side are grouped.

use crate::index::query::filter::Filter;
use crate::index::query::pattern::Pattern;

/// A parsed query before its words are analyzed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Query {
    /// Words separated by white space, any of which matches.
    Words(String),
    /// Consecutive words, with at most `slop` other words between them.
    Phrase { text: String, slop: usize },
    /// Words by their spelling.
    Pattern(Pattern),
    /// A condition that adds nothing to the score.
    Filter(Filter),
    /// Several side by side.
    Group(Group<Query>),
}

/// Parts side by side: what must, may and must not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group<T> {
    /// One filter of each list must match: a list holds the filters of one field.
    pub(crate) filters: Vec<Vec<Filter>>,
    /// All of these must match.
    pub(crate) required: Vec<T>,
    /// At least one of these must match, unless there is a required part.
    pub(crate) optional: Vec<T>,
    /// None of these may match.
    pub(crate) prohibited: Vec<T>,
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self {
            filters: Vec::new(),
            required: Vec::new(),
            optional: Vec::new(),
            prohibited: Vec::new(),
        }
    }
}

impl<T> Group<T> {
    /// Returns the group in which all of these must match.
    pub(crate) fn all(required: Vec<T>) -> Self {
        let group = Self::default();
        Self { required, ..group }
    }

    /// Returns the group in which any of these must match.
    pub(crate) fn any(optional: Vec<T>) -> Self {
        let group = Self::default();
        Self { optional, ..group }
    }

    /// Returns the group in which this must not match.
    pub(crate) fn without(part: T) -> Self {
        Self {
            prohibited: vec![part],
            ..Self::default()
        }
    }

    /// Returns what must, may and must not match, without the filters.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &T> {
        let positive = self.required.iter().chain(&self.optional);
        positive.chain(&self.prohibited)
    }
}

/// The sign of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    None,
    Plus,
    Minus,
    Not,
}

/// A part of a group with its context.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) sign: Sign,
    pub(crate) query: Query,
    /// Whether the word OR precedes or follows it.
    pub(crate) is_beside_or: bool,
}

pub(crate) fn negated(sign: Sign, query: Query) -> Query {
    match sign {
        Sign::None | Sign::Plus => query,
        Sign::Minus | Sign::Not => Query::Group(Group::without(query)),
    }
}

/// Sorts the parts into what must, may and must not match, and joins consecutive words, so that a term
/// of several words is recognized.
pub(crate) fn group_of(items: Vec<Item>) -> Query {
    let mut group = Group::default();
    let mut may_join = false;
    for item in items {
        let is_free = !item.is_beside_or;
        let is_plain_word =
            is_free && item.sign == Sign::None && matches!(item.query, Query::Words(_));
        match (item.sign, item.query) {
            (Sign::None, Query::Words(word)) => match group.optional.last_mut() {
                Some(Query::Words(words)) if is_plain_word && may_join => {
                    words.push(' ');
                    words.push_str(&word);
                }
                _ => group.optional.push(Query::Words(word)),
            },
            (Sign::None | Sign::Plus, Query::Filter(filter)) if is_free => {
                add_filter(&mut group.filters, filter);
            }
            (Sign::Plus, query) => group.required.push(query),
            (Sign::Minus, query) => group.prohibited.push(query),
            (Sign::Not, query) if is_free => group.prohibited.push(query),
            (sign, query) => group.optional.push(negated(sign, query)),
        }
        may_join = is_plain_word;
    }
    let is_one_part = group.filters.is_empty()
        && group.required.is_empty()
        && group.prohibited.is_empty()
        && group.optional.len() == 1;
    match group.optional.pop_if(|_| is_one_part) {
        Some(query) => query,
        None => Query::Group(group),
    }
}

fn add_filter(filters: &mut Vec<Vec<Filter>>, filter: Filter) {
    let same_field = filters
        .iter_mut()
        .find(|list| list.iter().any(|other| other.is_about_same_field(&filter)));
    match same_field {
        Some(list) => list.push(filter),
        None => filters.push(vec![filter]),
    }
}
