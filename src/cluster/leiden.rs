//! Leiden: communities of a weighted graph by the constant Potts model.

use std::collections::VecDeque;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

/// How often the whole is run again on its own result; it has settled before, as a rule.
const MAX_ROUNDS: usize = 10;
/// What a move must gain, so that rounding errors move nothing.
const LEAST_GAIN: f64 = 1e-9;

/// An undirected graph without loops.
#[derive(Clone, Debug)]
pub(super) struct WeightedGraph {
    /// For each node its neighbors, in order, and the weights of the edges to them, which are
    /// positive; each edge stands at both its nodes.
    neighbors: Vec<Vec<(usize, f64)>>,
    /// For each node how many rows it stands for.
    sizes: Vec<f64>,
}

impl WeightedGraph {
    /// Returns the graph with an edge for each pair of `(node, node, weight)`; of the same pair
    /// given twice the weights are added, and loops are dropped.
    pub(super) fn new(sizes: Vec<f64>, edges: &[(usize, usize, f64)]) -> Self {
        let mut neighbors = vec![Vec::new(); sizes.len()];
        for &(a, b, weight) in edges.iter().filter(|(a, b, _)| a != b) {
            neighbors[a].push((b, weight));
            neighbors[b].push((a, weight));
        }
        for list in &mut neighbors {
            list.sort_by_key(|(node, _)| *node);
            list.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                if is_same {
                    kept.1 += next.1;
                }
                is_same
            });
        }
        Self { neighbors, sizes }
    }

    fn n_nodes(&self) -> usize {
        self.sizes.len()
    }

    fn sizes_of(&self, labels: &[usize]) -> Vec<f64> {
        let mut sizes = vec![0.0; self.n_nodes()];
        for (node, &label) in labels.iter().enumerate() {
            sizes[label] += self.sizes[node];
        }
        sizes
    }
}

/// Returns for each node of the graph the number of its community; numbers follow the first node of
/// each.
///
/// The quality is that of the constant Potts model (Traag, Van Dooren and Nesterov, 2011): each
/// edge within a community counts its weight, each pair of rows within one counts `-resolution`. So
/// a community is denser within than `resolution`, and less dense than that towards others, however
/// large the graph is: there is no limit of resolution as with modularity. The search is Leiden
/// (Traag, Waltman and van Eck, 2019): nodes move to the community where they gain most, communities
/// are refined into well-connected parts, parts become the nodes of a smaller graph, and so on; the
/// whole is run again until nothing changes. In the refinement each node takes the best part, not a
/// drawn one. Chance gives the order of the nodes only.
///
/// Costs some passes over the edges, one after the other: the same on any number of threads.
pub(super) fn communities(graph: &WeightedGraph, resolution: f64, seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut labels: Vec<usize> = (0..graph.n_nodes()).collect();
    for _ in 0..MAX_ROUNDS {
        let next = run(graph, labels.clone(), (resolution, &mut random));
        let is_settled = next == labels;
        labels = next;
        if is_settled {
            break;
        }
    }
    labels
}

/// One run of Leiden, from a partition whose numbers follow the first node of each community.
fn run(
    graph: &WeightedGraph,
    mut labels: Vec<usize>,
    (resolution, random): (f64, &mut Xoshiro256PlusPlus),
) -> Vec<usize> {
    let mut level = graph.clone();
    let mut level_node_of: Vec<usize> = (0..graph.n_nodes()).collect();
    loop {
        let mut order: Vec<usize> = (0..level.n_nodes()).collect();
        order.shuffle(random);
        move_nodes(&level, &mut labels, (resolution, &order));
        let parts = numbered_by_first(&refine(&level, &labels, (resolution, &order)));
        let n_parts = parts.iter().max().map_or(0, |most| most + 1);
        if n_parts == level.n_nodes() {
            let of_nodes: Vec<usize> = level_node_of.iter().map(|&node| labels[node]).collect();
            return numbered_by_first(&of_nodes);
        }
        let mut labels_of_parts = vec![0; n_parts];
        for (node, &part) in parts.iter().enumerate() {
            labels_of_parts[part] = labels[node];
        }
        labels = numbered_by_first(&labels_of_parts);
        level = aggregate(&level, &parts, n_parts);
        for node in &mut level_node_of {
            *node = parts[*node];
        }
    }
}

/// Sums the weights from one node to each community, in memory that serves again.
struct Links {
    weights: Vec<f64>,
    touched: Vec<usize>,
}

impl Links {
    fn new(n_labels: usize) -> Self {
        Self {
            weights: vec![0.0; n_labels],
            touched: Vec::new(),
        }
    }

    /// Takes the links of a node to the communities of those neighbors that `counts` allows.
    fn take(
        &mut self,
        neighbors: &[(usize, f64)],
        labels: &[usize],
        counts: impl Fn(usize) -> bool,
    ) {
        for &label in &self.touched {
            self.weights[label] = 0.0;
        }
        self.touched.clear();
        for &(neighbor, weight) in neighbors.iter().filter(|(node, _)| counts(*node)) {
            let label = labels[neighbor];
            if self.weights[label] <= 0.0 {
                self.touched.push(label);
            }
            self.weights[label] += weight;
        }
    }
}

/// Moves each node to the community where it gains most, or to one of its own, until none gains;
/// after a move the neighbors that are elsewhere are looked at again.
fn move_nodes(graph: &WeightedGraph, labels: &mut [usize], (resolution, order): (f64, &[usize])) {
    let mut sizes = graph.sizes_of(labels);
    let mut empty: Vec<usize> = (0..sizes.len())
        .filter(|&l| sizes[l] <= 0.0)
        .rev()
        .collect();
    let mut links = Links::new(graph.n_nodes());
    let mut queue: VecDeque<usize> = order.iter().copied().collect();
    let mut is_queued = vec![true; graph.n_nodes()];
    while let Some(node) = queue.pop_front() {
        is_queued[node] = false;
        let (own, size) = (labels[node], graph.sizes[node]);
        links.take(&graph.neighbors[node], labels, |_| true);
        let staying = links.weights[own] - resolution * size * (sizes[own] - size);
        let mut best = (staying + LEAST_GAIN, own);
        if best.0 < 0.0 {
            // A node alone gains nothing and loses nothing.
            best = (0.0, *empty.last().unwrap_or(&own));
        }
        for &label in links.touched.iter().filter(|label| **label != own) {
            let gain = links.weights[label] - resolution * size * sizes[label];
            if gain > best.0 {
                best = (gain, label);
            }
        }
        let label = best.1;
        if label == own {
            continue;
        }
        if empty.last() == Some(&label) {
            empty.pop();
        }
        sizes[own] -= size;
        sizes[label] += size;
        labels[node] = label;
        if sizes[own] <= 0.0 {
            empty.push(own);
        }
        for &(neighbor, _) in &graph.neighbors[node] {
            if labels[neighbor] != label && !is_queued[neighbor] {
                is_queued[neighbor] = true;
                queue.push_back(neighbor);
            }
        }
    }
}

/// Returns for each node its part: within each community, single nodes that are well connected to
/// the rest of it join the well-connected part where they gain most.
fn refine(
    graph: &WeightedGraph,
    labels: &[usize],
    (resolution, order): (f64, &[usize]),
) -> Vec<usize> {
    let community_sizes = graph.sizes_of(labels);
    let mut parts: Vec<usize> = (0..graph.n_nodes()).collect();
    let mut part_sizes = graph.sizes.clone();
    let mut is_alone = vec![true; graph.n_nodes()];
    // The weight of the edges from each part to the rest of its community.
    let mut outward: Vec<f64> = (0..graph.n_nodes())
        .map(|node| {
            let neighbors = graph.neighbors[node].iter();
            let within = neighbors.filter(|(other, _)| labels[*other] == labels[node]);
            within.map(|(_, weight)| weight).sum()
        })
        .collect();
    let mut links = Links::new(graph.n_nodes());
    for &node in order {
        let community_size = community_sizes[labels[node]];
        let is_well_connected = |part: usize, outward: &[f64], part_sizes: &[f64]| {
            let rest = community_size - part_sizes[part];
            outward[part] >= resolution * part_sizes[part] * rest
        };
        if !is_alone[node] || !is_well_connected(node, &outward, &part_sizes) {
            continue;
        }
        let is_within = |other: usize| labels[other] == labels[node];
        links.take(&graph.neighbors[node], &parts, is_within);
        let mut best = (LEAST_GAIN, node);
        for &part in links.touched.iter().filter(|part| **part != node) {
            let gain = links.weights[part] - resolution * graph.sizes[node] * part_sizes[part];
            if gain > best.0 && is_well_connected(part, &outward, &part_sizes) {
                best = (gain, part);
            }
        }
        let part = best.1;
        if part != node {
            outward[part] += outward[node] - 2.0 * links.weights[part];
            part_sizes[part] += graph.sizes[node];
            parts[node] = part;
            // A part is named after the node that others joined, which then stays.
            is_alone[part] = false;
            is_alone[node] = false;
        }
    }
    parts
}

/// Returns the graph whose nodes are the parts.
fn aggregate(graph: &WeightedGraph, parts: &[usize], n_parts: usize) -> WeightedGraph {
    let mut sizes = vec![0.0; n_parts];
    let mut edges = Vec::new();
    for (node, neighbors) in graph.neighbors.iter().enumerate() {
        sizes[parts[node]] += graph.sizes[node];
        let once = neighbors.iter().filter(|(other, _)| *other > node);
        edges.extend(once.map(|&(other, weight)| (parts[node], parts[other], weight)));
    }
    WeightedGraph::new(sizes, &edges)
}

/// Renumbers labels so that they follow their first member.
fn numbered_by_first(labels: &[usize]) -> Vec<usize> {
    let n_labels = labels.iter().max().map_or(0, |most| most + 1);
    let mut new_of_old = vec![usize::MAX; n_labels];
    let mut next = 0;
    let mut renumbered = Vec::with_capacity(labels.len());
    for &label in labels {
        if new_of_old[label] == usize::MAX {
            new_of_old[label] = next;
            next += 1;
        }
        renumbered.push(new_of_old[label]);
    }
    renumbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graph(n_nodes: usize, edges: &[(usize, usize, f64)]) -> WeightedGraph {
        WeightedGraph::new(vec![1.0; n_nodes], edges)
    }

    /// The quality by its formula, from all pairs.
    fn quality(graph: &WeightedGraph, labels: &[usize], resolution: f64) -> f64 {
        let mut sum = 0.0;
        for a in 0..labels.len() {
            for b in (0..a).filter(|&b| labels[a] == labels[b]) {
                let edge = graph.neighbors[a].iter().find(|(other, _)| *other == b);
                sum += edge.map_or(0.0, |(_, weight)| *weight) - resolution;
            }
        }
        sum
    }

    fn is_connected(graph: &WeightedGraph, members: &[usize]) -> bool {
        let mut reached = vec![members[0]];
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            for (other, _) in &graph.neighbors[node] {
                if members.contains(other) && !reached.contains(other) {
                    reached.push(*other);
                }
            }
            next += 1;
        }
        reached.len() == members.len()
    }

    #[test]
    fn communities_by_hand() {
        // Two triangles of weight 1 and a bridge of 0.5: together the two have 6.5 of 15 pairs.
        let edges = [
            (0, 1, 1.0),
            (1, 2, 1.0),
            (0, 2, 1.0),
            (3, 4, 1.0),
            (4, 5, 1.0),
            (3, 5, 1.0),
            (2, 3, 0.5),
        ];
        let graph = graph(6, &edges);
        let cases: [(&str, f64, &[usize]); 4] = [
            ("all that hangs together", 0.0, &[0; 6]),
            // Joining gains 0.5 and costs nine pairs.
            ("a pair costs less than it gains", 0.05, &[0; 6]),
            ("a pair costs more", 0.06, &[0, 0, 0, 1, 1, 1]),
            ("no edge is enough", 1.0, &[0, 1, 2, 3, 4, 5]),
        ];
        for (name, resolution, expected) in cases {
            for seed in 0..5 {
                let found = communities(&graph, resolution, seed);
                assert_eq!(found, expected, "{name}, seed {seed}");
            }
        }
        assert!((quality(&graph, &[0; 6], 0.1) - (6.5 - 1.5)).abs() < 1e-12);
    }

    #[test]
    fn small_communities_of_a_large_ring_stay_apart() {
        // Thirty cliques of five in a ring: modularity would join them two by two.
        let mut edges = Vec::new();
        for clique in 0..30 {
            for a in 0..5 {
                edges.extend((0..a).map(|b| (5 * clique + a, 5 * clique + b, 1.0)));
            }
            edges.push((5 * clique, (5 * clique + 5) % 150, 1.0));
        }
        let found = communities(&graph(150, &edges), 0.3, 1);
        let expected: Vec<usize> = (0..150).map(|node| node / 5).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn edges_given_twice_add_up_and_loops_are_dropped() {
        let graph = graph(2, &[(0, 1, 0.25), (1, 0, 0.5), (1, 1, 9.0)]);
        assert_eq!(graph.neighbors, [vec![(1, 0.75)], vec![(0, 0.75)]]);
    }

    proptest! {
        #[test]
        fn communities_are_connected_and_no_node_gains_by_moving(
            edges in prop::collection::vec((0_usize..12, 0_usize..12, 0.1_f64..1.0), 0..40),
            resolution in 0.0_f64..0.8,
            seed in 0_u64..9,
        ) {
            let graph = graph(12, &edges);
            let labels = communities(&graph, resolution, seed);
            prop_assert_eq!(&labels, &communities(&graph, resolution, seed));
            for label in 0..=*labels.iter().max().unwrap() {
                let members: Vec<usize> = (0..12).filter(|&node| labels[node] == label).collect();
                prop_assert!(is_connected(&graph, &members), "{:?}", members);
            }
            let reached = quality(&graph, &labels, resolution);
            for node in 0..12 {
                for label in 0..12 {
                    let mut moved = labels.clone();
                    moved[node] = label;
                    prop_assert!(quality(&graph, &moved, resolution) <= reached + 1e-6);
                }
            }
        }
    }
}
