//! [`network`]: agreements and instruments, connected by citation and text reuse.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, PublicationDate};
use crate::finding::citations::find::Citations;
use crate::id::{AgreementId, ClauseId};
use crate::reuse::{MIN_WORDS, SharedWording};

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.network/1";
/// Agreements and the instruments they cite, connected by citation and text reuse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Network {
    /// The name and version of this form: `consonance.network/1`.
    pub schema: String,
    /// The agreements of the corpus, in corpus order, then the instruments outside it, by name.
    pub(crate) nodes: Vec<Node>,
    /// The edges, by kind, start and end.
    pub(crate) edges: Vec<Edge>,
}

/// An agreement or a cited instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Node {
    /// The key of an agreement, or the name of an instrument.
    pub(crate) id: String,
    /// The name to show.
    pub(crate) name: String,
    /// Its kind.
    pub(crate) kind: NodeKind,
    /// The process of an agreement.
    pub(crate) process: Option<String>,
    /// The date of an agreement.
    pub(crate) date: Option<PublicationDate>,
}

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NodeKind {
    /// An agreement of the corpus.
    Agreement,
    /// An instrument outside the corpus that its clauses cite.
    Instrument,
}

/// An edge between two nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Edge {
    /// The id of the node that cites, or that has the words later.
    pub(crate) from: String,
    /// The id of the node that is cited, or that had the words first.
    pub(crate) to: String,
    /// Its kind.
    pub(crate) kind: EdgeKind,
    /// Whether the direction is known; if not, `from` and `to` are in the order of the nodes.
    pub(crate) is_directed: bool,
    /// The number of clauses of `from` that cite `to`, or that share words with it.
    pub(crate) weight: usize,
}

/// The kind of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EdgeKind {
    /// One cites the other.
    Citation,
    /// Both share six consecutive words or more that are not boilerplate. The dates decide which had
    /// them first; a common source outside the corpus is possible.
    TextReuse,
}

/// Returns the network of a corpus: the nodes are its agreements and what they cite, the edges are
/// citations and text reuse.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{citations, network};
/// use consonance::reuse::SharedWording;
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let wording = SharedWording::of(&corpus, &representation, 6);
/// let found = network(&corpus, &citations(&corpus), &wording);
/// let graph = found.to_graphml();
/// assert!(graph.contains("GGE 2015") && graph.contains("Charter of the United Nations"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn network(corpus: &Corpus, citations: &Citations, wording: &SharedWording) -> Network {
    let mut edges = citation_edges(citations);
    edges.extend(borrowing_edges(corpus, wording));
    edges.sort_by(|a, b| (a.kind, &a.from, &a.to).cmp(&(b.kind, &b.from, &b.to)));
    Network {
        schema: SCHEMA.to_owned(),
        nodes: nodes(corpus, citations),
        edges,
    }
}

fn nodes(corpus: &Corpus, citations: &Citations) -> Vec<Node> {
    let of_corpus = corpus.agreements().iter().map(|agreement| Node {
        id: agreement.key.clone(),
        name: agreement.name.clone(),
        kind: NodeKind::Agreement,
        process: Some(corpus.process(agreement.process).name.clone()),
        date: PublicationDate::of(&agreement.metadata),
    });
    let outside: BTreeSet<&str> = citations
        .instruments
        .iter()
        .filter(|instrument| instrument.agreement.is_none())
        .map(|instrument| instrument.name.as_str())
        .collect();
    let outside = outside.into_iter().map(|name| Node {
        id: name.to_owned(),
        name: name.to_owned(),
        kind: NodeKind::Instrument,
        process: None,
        date: None,
    });
    of_corpus.chain(outside).collect()
}

fn citation_edges(citations: &Citations) -> Vec<Edge> {
    let mut citing: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for citation in &citations.citations {
        let to = citation.agreement.as_ref().unwrap_or(&citation.instrument);
        let clauses = citing.entry((&citation.by, to)).or_default();
        clauses.insert(&citation.clause.id);
    }
    let edge = |((from, to), clauses): ((&str, &str), BTreeSet<&str>)| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: EdgeKind::Citation,
        is_directed: true,
        weight: clauses.len(),
    };
    citing.into_iter().map(edge).collect()
}

/// Returns an edge for every two agreements whose clauses reuse words, as
/// [`find_reuse`](crate::reuse::find_reuse) finds them.
fn borrowing_edges(corpus: &Corpus, wording: &SharedWording) -> Vec<Edge> {
    let mut sharing: BTreeMap<(AgreementId, AgreementId), BTreeSet<ClauseId>> = BTreeMap::new();
    let pairs = wording.pairs(MIN_WORDS).into_iter();
    for pair in pairs.filter(|pair| pair.n_words > 0) {
        let [a, b] = pair.clauses;
        for (clause, other) in [(a, b), (b, a)] {
            let agreements = [clause, other].map(|clause| corpus.clause(clause).agreement);
            let clauses = sharing.entry(agreements.into()).or_default();
            clauses.insert(clause);
        }
    }
    let mut edges = Vec::new();
    for (&(from, to), clauses) in &sharing {
        let [a, b] = [from, to].map(|id| PublicationDate::of(&corpus.agreement(id).metadata));
        let is_before = |x: Option<PublicationDate>, y: Option<PublicationDate>| {
            x.zip(y).is_some_and(|(x, y)| x.is_before(&y))
        };
        // Each pair occurs from both sides: it is counted from the later one, otherwise from the first.
        let is_directed = is_before(b, a);
        if is_directed || !is_before(a, b) && from < to {
            edges.push(Edge {
                from: corpus.agreement(from).key.clone(),
                to: corpus.agreement(to).key.clone(),
                kind: EdgeKind::TextReuse,
                is_directed,
                weight: clauses.len(),
            });
        }
    }
    edges
}
