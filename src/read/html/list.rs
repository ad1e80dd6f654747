//! [`List`]: the numbers that a browser shows before the items of a list.

use scraper::node::Element;

use crate::provision::Numeral;
use crate::read::html::content::{NodeRef, is_named};

/// A list during the walk: how it numbers its items.
#[derive(Debug)]
pub(super) struct List {
    numeral: Numeral,
    pub(super) next: i64,
    pub(super) step: i64,
}

/// Returns a list before its first item.
pub(super) fn list_of(element: &Element, node: NodeRef<'_>) -> List {
    let style = element.attr("style").unwrap_or_default();
    let sign = element.attr("type").and_then(|sign| sign.parse().ok());
    let by_type = sign.filter(|sign| *sign != '1').and_then(Numeral::of_sign);
    let has = |name: &str| style.contains(name);
    let numeral = match by_type {
        _ if element.name() == "ul" || has("none") => Numeral::Bullet,
        Some(numeral) => numeral,
        _ if has("lower-alpha") || has("lower-latin") => Numeral::Letters,
        _ if has("upper-alpha") || has("upper-latin") => Numeral::Capitals,
        _ if has("lower-roman") => Numeral::Roman,
        _ if has("upper-roman") => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    };
    let is_reversed = element.attr("reversed").is_some();
    let n_items = node
        .children()
        .filter(|child| is_named(*child, "li"))
        .count();
    let first = if is_reversed {
        i64::try_from(n_items).unwrap_or(i64::MAX)
    } else {
        1
    };
    let start = element.attr("start").and_then(|start| start.parse().ok());
    List {
        numeral,
        next: start.unwrap_or(first),
        step: if is_reversed { -1 } else { 1 },
    }
}

/// Returns the number of the next item; that of a bullet is empty.
pub(super) fn number_of(list: &List) -> String {
    if list.numeral == Numeral::Bullet {
        return String::new();
    }
    match u32::try_from(list.next) {
        Ok(count) if count > 0 => format!("{}.", list.numeral.write(count)),
        _ => format!("{}.", list.next),
    }
}
