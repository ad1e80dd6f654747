//! One picture as a file of its own.

use anyhow::{Result, bail};
use clap::{Args as ClapArgs, ValueEnum};
use consonance::finding::{Findings, Study};
use consonance::report::svg::{Size, View, draw};

/// Which picture `--format svg` draws, and for where.
#[derive(Debug, ClapArgs)]
pub(crate) struct PictureArgs {
    /// The picture to draw with `--format svg`.
    #[arg(long, value_enum, required_if_eq("format", "svg"))]
    view: Option<ViewArg>,

    /// Where the picture will stand.
    #[arg(long, value_enum, default_value_t = SizeArg::Slide)]
    size: SizeArg,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ViewArg {
    /// How many issues each process speaks of
    Coverage,
    /// Issues through the years
    Timeline,
    /// Who has whose words, in time order
    Network,
    /// Which agreements are alike
    Heatmap,
    /// Which issues are near each other
    Tree,
}

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SizeArg {
    /// On a slide of 1280 by 720
    Slide,
    /// In a column of a journal, 89 mm wide
    Column,
    /// On a page as wide as it likes, without title
    Page,
}

/// Returns the picture of a table as SVG.
pub(crate) fn picture(args: &PictureArgs, study: &Study) -> Result<String> {
    let view = match args.view {
        Some(ViewArg::Timeline) => View::Timeline,
        Some(ViewArg::Network) => View::Network,
        Some(ViewArg::Heatmap) => View::SimilarityMatrix,
        Some(ViewArg::Tree) => View::Issues,
        Some(ViewArg::Coverage) | None => View::Coverage,
    };
    let size = match args.size {
        SizeArg::Slide => Size::Slide,
        SizeArg::Column => Size::Column,
        SizeArg::Page => Size::Page,
    };
    match draw(&Findings::of(study)?, view, size) {
        Some(picture) => Ok(picture),
        None => bail!("there is nothing to draw: {}", view.lack()),
    }
}
