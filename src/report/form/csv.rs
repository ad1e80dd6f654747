//! [`Records::to_csv`]: records for a spreadsheet.

use crate::read::guarded;
use crate::report::form::records::Records;
use crate::report::form::visible::visible;

impl Records {
    /// Returns the records as CSV in UTF-8, the header first; lines end in `\n`.
    ///
    /// If a cell begins like a formula, an apostrophe is put in front, so that spreadsheets take it as
    /// text. Invisible characters are shown as in [`visible`].
    ///
    /// # Panics
    ///
    /// Never: all lines have as many cells as the header, and writing to memory does not fail.
    pub fn to_csv(&self) -> String {
        let width = self.header.len();
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let cells = row.iter().map(|cell| guarded(visible(cell)).into_owned());
            let missing = std::iter::repeat_n(String::new(), width.saturating_sub(row.len()));
            writer
                .write_record(cells.chain(missing).take(width))
                .expect("records of one width go into memory");
        }
        let bytes = writer.into_inner().expect("memory takes what is written");
        String::from_utf8(bytes).expect("UTF-8 cells joined by commas are UTF-8")
    }
}
