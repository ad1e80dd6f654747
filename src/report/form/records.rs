//! [`Records`]: a report as rows under a header, for spreadsheets and data frames.

/// A report as rows under a header, before formatting.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::forces;
/// use consonance::report::Report;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let records = forces(&corpus).records();
/// assert_eq!(records.rows.len(), 93, "a clause a row");
/// assert!(records.to_csv().starts_with(&records.header.join(",")));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Records {
    /// The name of their sheet in a workbook: at most 31 characters, none of `[]:*?/\`, different from
    /// those of the other sheets.
    pub name: String,
    /// The titles of the columns.
    pub header: Vec<String>,
    /// The rows; missing cells at the end of a row are empty.
    pub rows: Vec<Vec<String>>,
    /// The titles of the columns whose cells are numbers or empty.
    pub numbers: &'static [&'static str],
    /// The number of columns that stay visible when a reader of a workbook scrolls to the right.
    pub(in crate::report) n_fixed: u16,
}

impl Records {
    pub(in crate::report) fn new<T: Into<String>>(header: impl IntoIterator<Item = T>) -> Self {
        Self {
            header: header.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Returns records without rows; the titles are separated by a comma and a space.
    pub(in crate::report) fn of(titles: &str) -> Self {
        Self::new(titles.split(", "))
    }

    pub(in crate::report) fn with_numbers(mut self, titles: &'static [&'static str]) -> Self {
        self.numbers = titles;
        self
    }

    /// Returns the records as a sheet of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Adds a row.
    pub(in crate::report) fn add(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds a row whose last cell is `last`; the cells between are empty.
    pub(in crate::report) fn add_ending(&mut self, mut cells: Vec<String>, last: &str) {
        cells.resize(self.header.len().saturating_sub(1), String::new());
        cells.push(last.to_owned());
        self.rows.push(cells);
    }

    /// Adds a row with notes in the columns of these titles, if there are such; the cells between are empty.
    pub(in crate::report) fn add_with_notes(
        &mut self,
        mut cells: Vec<String>,
        notes: &[(&str, Option<String>)],
    ) {
        for (title, note) in notes {
            let place = self.header.iter().position(|own| own == title);
            if let (Some(place), Some(note)) = (place, note) {
                cells.resize(place, String::new());
                cells.push(note.clone());
            }
        }
        self.rows.push(cells);
    }
}
