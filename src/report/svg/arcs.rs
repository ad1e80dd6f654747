//! The network of agreements: in a column in time order, joined by curves.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::PublicationDate;
use crate::finding::{Edge, EdgeKind, Network, Node};
use crate::report::form::words::counted;
use crate::report::svg::palette::{BLUE, GRAY, ORANGE};
use crate::report::svg::sketch::{Anchor, LINE, Size, Sketch, Stroke, fitted, width_of};

/// The most curves: more could not be told apart.
const MAX_EDGES: usize = 160;
/// What the curves mean.
const KINDS: [(&str, &str); 2] = [("has words of", ORANGE), ("cites", BLUE)];
/// The thickest curve.
const MAX_STROKE: f64 = 7.0;

/// Draws the connected nodes, and the strongest edges.
pub(super) fn draw(sketch: &mut Sketch, network: &Network, size: Size) -> bool {
    let mut edges: Vec<&Edge> = network.edges.iter().collect();
    // The sort is stable: ties keep the network's order.
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
    let nodes = nodes_of(network, &mut edges, size.n_lines());
    if edges.is_empty() {
        return false;
    }
    let top = sketch.legend(&KINDS) + LINE;
    let left = size.width() * 0.5;
    let places: BTreeMap<&str, f64> = nodes
        .iter()
        .enumerate()
        .map(|(place, node)| (node.id.as_str(), top + place as f64 * LINE))
        .collect();
    let names: BTreeMap<&str, &str> = nodes
        .iter()
        .map(|node| (node.id.as_str(), node.name.as_str()))
        .collect();
    let most = edges[0].weight.max(1) as f64;
    let span = |edge: &Edge| (places[edge.from.as_str()] - places[edge.to.as_str()]).abs();
    let longest = edges.iter().map(|edge| span(edge)).fold(LINE, f64::max);
    // A curve reaches three quarters as far as its handles.
    let unit = (size.width() - left) * 1.3 / longest;
    for edge in &edges {
        let (from, to) = (places[edge.from.as_str()], places[edge.to.as_str()]);
        let x = left + span(edge) * unit.min(5.0);
        let curve =
            format!("M{left:.1} {from:.1}C{x:.1} {from:.1} {x:.1} {to:.1} {left:.1} {to:.1}");
        let width = (MAX_STROKE * edge.weight as f64 / most).max(0.8);
        let (color, verb) = match edge.kind {
            EdgeKind::Citation => (BLUE, "cites"),
            EdgeKind::TextReuse => (ORANGE, "has words of"),
        };
        let told = format!(
            "{} {verb} {}: {}",
            names[edge.from.as_str()],
            names[edge.to.as_str()],
            counted(edge.weight, "clause", "clauses")
        );
        sketch.path(&curve, Stroke { color, width }, &told);
    }
    let dates = nodes.iter().map(|node| width_of(&date_of(node)));
    let names = left - 16.0 - dates.fold(0.0, f64::max);
    for node in nodes {
        let y = places[node.id.as_str()];
        let date = date_of(node);
        sketch.text([names, y + 4.0], Anchor::End, &fitted(&node.name, names));
        sketch.text([left - 8.0, y + 4.0], Anchor::End, &date);
        sketch.circle([left, y, 3.0], GRAY, "");
    }
    true
}

fn date_of(node: &Node) -> String {
    let date = node.date.map(|date| date.to_string());
    date.unwrap_or_else(|| "undated".to_owned())
}

/// Returns the nodes to draw, the oldest first, and keeps only the strongest edges between them.
fn nodes_of<'a>(network: &'a Network, edges: &mut Vec<&Edge>, n_lines: usize) -> Vec<&'a Node> {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let dated: BTreeSet<&str> = (network.nodes.iter())
        .filter(|node| node.date.is_some())
        .map(|node| node.id.as_str())
        .collect();
    edges.retain(|edge| dated.contains(edge.from.as_str()) && dated.contains(edge.to.as_str()));
    edges.truncate(MAX_EDGES);
    for edge in edges.iter() {
        let n_new = [&edge.from, &edge.to]
            .iter()
            .filter(|id| !ids.contains(id.as_str()))
            .count();
        if ids.len() + n_new <= n_lines {
            ids.extend([edge.from.as_str(), edge.to.as_str()]);
        }
    }
    edges.retain(|edge| ids.contains(edge.from.as_str()) && ids.contains(edge.to.as_str()));
    let mut nodes: Vec<&Node> = network
        .nodes
        .iter()
        .filter(|node| ids.contains(node.id.as_str()))
        .collect();
    // Within a year, the less precise date comes first.
    let day_of = |date: PublicationDate| (date.year, date.month, date.day);
    nodes.sort_by_key(|node| (node.date.map(day_of), node.id.clone()));
    nodes
}
