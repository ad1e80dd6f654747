//! One picture as a file of its own.

use anyhow::{Result, bail};
use clap::{Args as ClapArgs, ValueEnum};
use consonance::finding::{Findings, Study};
use consonance::report::svg::{Size, View, draw};

/// The picture drawn by `--format svg`, and its size.
#[derive(Debug, ClapArgs)]
pub(crate) struct PictureArgs {
    /// The picture to draw with `--format svg`.
    #[arg(long, value_enum, required_if_eq("format", "svg"))]
    view: Option<ViewArg>,

    /// The intended use of the picture, which sets its size.
    #[arg(long, value_enum, default_value_t = SizeArg::Slide)]
    size: SizeArg,
}

/// The subject of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ViewArg {
    /// The number of issues each process addresses
    Coverage,
    /// Issues over the years
    Timeline,
    /// Citations and text reuse between agreements, in time order
    Network,
    /// The similarity of agreements
    Heatmap,
    /// The similarity of issues
    Tree,
}

/// The intended use of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SizeArg {
    /// On a slide of 1280 by 720
    Slide,
    /// In a column of a journal, 89 mm wide
    Column,
    /// On a page of any width, without title
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
