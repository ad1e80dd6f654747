//! [`ReadLimits`]: how much one file may contain.

use crate::error::{Error, ErrorKind, Result};

/// Refuses what there is more of than a limit allows.
///
/// # Errors
///
/// [`ErrorKind::Limit`], with the limit in place of the `{}` of the `rule`.
pub(crate) fn within(n: usize, limit: usize, rule: &str) -> Result<()> {
    if n <= limit {
        return Ok(());
    }
    let message = rule.replace("{}", &limit.to_string());
    Err(Error::new(ErrorKind::Limit, message))
}

macro_rules! limits {
    ($(#[$of_all:meta])* pub struct ReadLimits { $($(#[$doc:meta])+ $name:ident = $default:expr,)+ }) => {
        $(#[$of_all])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct ReadLimits {
            $($(#[$doc])+ pub $name: usize,)+
        }

        impl Default for ReadLimits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl ReadLimits {
            $(
                #[doc = concat!("Sets `", stringify!($name), "`.")]
                #[must_use]
                pub fn $name(mut self, $name: usize) -> Self {
                    self.$name = $name;
                    self
                }
            )+
        }
    };
}

limits! {
    /// How much one file may contain before it is refused; every field has a method that sets it.
    ///
    /// The contents of a corpus (clauses, and bytes of one clause) are limited by
    /// [`LoadParams`](crate::corpus::LoadParams). Fixed limits are: 2,000,000
    /// elements of a web page, 64 levels of nested clauses, 64 KiB of front matter, 64 levels of
    /// nested folders, 120,000 dictionaries of a PDF and 256 levels of nested PDF objects. Readers
    /// take time linear in the bytes they accept, so these limits bound the time as well; a PDF,
    /// which an external parser reads, has a limit of its own. No reader opens other files or uses
    /// the network.
    pub struct ReadLimits {
        /// The most bytes of a text file, inflated; 64 MiB.
        max_text_bytes = 64 << 20,
        /// The most bytes of a file of clause records, inflated; 1 GiB.
        max_record_bytes = 1 << 30,
        /// The most bytes of one line of such a file; 16 MiB.
        max_line_bytes = 16 << 20,
        /// The deepest nesting of a JSON record; 128, which is also the largest allowed value.
        max_json_depth = 128,
        /// The most inflated bytes for each compressed byte; 200. A file that inflates to less than
        /// 1 MiB is never refused for this.
        max_inflation = 200,
        /// The deepest nesting of elements of a web page; 512.
        max_html_depth = 512,
        /// The deepest nesting of elements of an XML document; 256.
        max_xml_depth = 256,
        /// The most bytes of a start tag of an XML document; 64 KiB.
        max_tag_bytes = 64 << 10,
        /// The most attributes of an element; 1,024.
        max_attributes = 1_024,
        /// The most entries of a ZIP archive, including DOCX and ODT documents; 1,024.
        max_entries = 1_024,
        /// The most bytes of one entry of an archive, inflated; 64 MiB.
        max_entry_bytes = 64 << 20,
        /// The most bytes inflated from one archive, and the most bytes of the words in the cells of a workbook, where a
        /// text counts for each cell that shares it; 128 MiB.
        max_archive_bytes = 128 << 20,
        /// The most pages of a PDF; 2,000.
        max_pages = 2_000,
        /// The most bytes that the streams of one PDF inflate to; 256 MiB.
        max_pdf_bytes = 256 << 20,
        /// The most drawing instructions of one PDF; 20,000,000. They are counted instead of time,
        /// so that the same file gives the same result on any machine.
        max_pdf_operators = 20_000_000,
        /// The most characters on the pages of one PDF; 10,000,000, which took 0.6 GB when all were
        /// on one page.
        max_pdf_glyphs = 10_000_000,
        /// The most columns of a CSV file; 256.
        max_columns = 256,
        /// The most cells of a workbook, with the empty ones before the last one of a row; 8,000,000.
        max_cells = 8_000_000,
        /// The most bytes of one field of a CSV file; 1 MiB.
        max_cell_bytes = 1 << 20,
        /// The proportion of unreadable characters above which a text is refused, in percent; 1.
        max_unreadable_percent = 1,
    }
}
