//! [`View`]: the available pictures, their titles, and how to read them.

use crate::finding::Findings;
use crate::report::svg::sketch::{Size, Sketch};
use crate::report::svg::{arcs, coverage, heat, spread, tree};

/// A picture of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum View {
    /// Agreements by agreements, shaded by similarity.
    SimilarityMatrix,
    /// Agreements in time order, connected by text reuse or citation.
    Network,
    /// Issues over the years.
    Timeline,
    /// The number of issues each process addresses.
    Coverage,
    /// The tree of issues.
    Issues,
}

impl View {
    /// All views, in the order of reports.
    pub const ALL: [Self; 5] = [
        Self::Coverage,
        Self::Timeline,
        Self::Network,
        Self::SimilarityMatrix,
        Self::Issues,
    ];

    /// Returns the name that a user types: `heatmap`.
    pub fn name(self) -> &'static str {
        self.words()[0]
    }

    /// Returns the title of the picture.
    pub fn title(self) -> &'static str {
        self.words()[1]
    }

    /// Returns why there is nothing to draw, if [`draw`] returns `None`.
    pub fn lack(self) -> &'static str {
        self.words()[2]
    }

    /// Returns how to read the picture, in one sentence.
    pub fn reading(self) -> &'static str {
        self.words()[3]
    }

    /// Returns the name, the title, why there is nothing to draw, and how to read it.
    fn words(self) -> [&'static str; 4] {
        match self {
            Self::SimilarityMatrix => [
                "heatmap",
                "Which agreements are alike",
                "a map takes two agreements",
                "Each field compares two agreements by their telling words, the lighter the more \
                 alike; the tree on the left joins the most alike first.",
            ],
            Self::Network => [
                "network",
                "Who has whose words, in time order",
                "no two dated agreements share words in a row, and none cites another",
                "Agreements stand below each other from the oldest to the newest; a curve joins two \
                 that share at least six words in a row, the thicker the more clauses (orange), or of \
                 which one cites the other (blue).",
            ],
            Self::Timeline => [
                "timeline",
                "Issues through the years",
                "no issue has a clause with a date",
                "Each circle is a year in which clauses on the issue were adopted, the larger the \
                 more clauses, the lighter the more strongly they bind.",
            ],
            Self::Coverage => [
                "coverage",
                "How many issues each process speaks of",
                "no issue is shared by several clauses",
                "The longer the bar, the more issues a process speaks of; its parts say how many \
                 other processes speak of them too.",
            ],
            Self::Issues => [
                "tree",
                "Which issues are near each other",
                "a tree takes two issues",
                "Issues that join far to the right use nearly the same words; those that join at the \
                 left have little in common.",
            ],
        }
    }
}

/// Returns a view as an SVG document; `None` if there is nothing to draw.
///
/// What does not fit the size in readable letters is left out, and the picture says so. The same
/// findings give the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Findings, Study};
/// use consonance::report::svg::{Size, View, draw};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let picture = draw(&Findings::of(&study)?, View::Timeline, Size::Slide).unwrap();
/// assert!(picture.contains("<title>Issues through the years</title>"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn draw(findings: &Findings<'_>, view: View, size: Size) -> Option<String> {
    let mut sketch = Sketch::new(size, view.title(), view.reading());
    let is_drawn = match view {
        View::SimilarityMatrix => heat::draw(&mut sketch, &findings.agreements, size),
        View::Network => arcs::draw(&mut sketch, &findings.network, size),
        View::Timeline => spread::draw(&mut sketch, findings, size),
        View::Coverage => coverage::draw(&mut sketch, findings.study.table(), size),
        View::Issues => tree::draw(&mut sketch, &findings.issues, size),
    };
    is_drawn.then(|| sketch.finish())
}
