//! [`ReadLimits`]: how much one file may ask for.

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
    /// How much one file may ask for before it is refused; every field has a method that sets it.
    ///
    /// What a corpus holds (clauses, and bytes of one clause) is limited by
    /// [`SegmentationParams`](crate::corpus::SegmentationParams). Fixed are: 2,000,000 elements of a web page, 64 levels of
    /// clauses inside each other, 64 KiB of front matter, 64 folders inside each other, 120,000 dictionaries
    /// of a PDF and 256 objects inside each other. Readers take time linear in the bytes they may have, so
    /// these bound the time as well; a PDF, which a foreign parser reads, has a limit of its own. No reader
    /// opens anything: no network, no other file.
    pub struct ReadLimits {
        /// The most bytes of a text file, inflated; 64 MiB.
        max_text_bytes = 64 << 20,
        /// The most bytes of a file of ready clauses, inflated; 1 GiB.
        max_record_bytes = 1 << 30,
        /// The most bytes of one line of such a file; 16 MiB.
        max_line_bytes = 16 << 20,
        /// The most objects and lists of a JSON record inside each other; 128, which is also the most
        /// that can be set.
        max_json_depth = 128,
        /// How many bytes each compressed byte may become; 200. A file that inflates to less than
        /// 1 MiB is never refused for it.
        max_inflation = 200,
        /// The most elements of a web page inside each other; 512.
        max_html_depth = 512,
        /// The most elements of an XML document inside each other; 256.
        max_xml_depth = 256,
        /// The most bytes of a start tag of an XML document; 64 KiB.
        max_tag_bytes = 64 << 10,
        /// The most attributes of an element; 1,024.
        max_attributes = 1_024,
        /// The most entries of a ZIP archive, DOCX and ODT documents among them; 1,024.
        max_entries = 1_024,
        /// The most bytes of one entry of an archive, inflated; 64 MiB.
        max_entry_bytes = 64 << 20,
        /// The most bytes that are inflated of one archive; 128 MiB.
        max_archive_bytes = 128 << 20,
        /// The most pages of a PDF; 2,000.
        max_pages = 2_000,
        /// The most bytes that the streams of one PDF inflate to; 256 MiB.
        max_pdf_bytes = 256 << 20,
        /// The most drawing instructions of one PDF; 20,000,000. They stand for the time it may take,
        /// so that the same file ends in the same way on any machine.
        max_pdf_operators = 20_000_000,
        /// The most characters that the pages of one PDF show; 10,000,000, which took 0.6 GB where all stood
        /// on one page.
        max_pdf_glyphs = 10_000_000,
        /// The most columns of a CSV file; 256.
        max_columns = 256,
        /// The most bytes of one field of a CSV file; 1 MiB.
        max_cell_bytes = 1 << 20,
        /// The share of unreadable characters above which a text is refused, in percent; 1.
        max_unreadable_percent = 1,
    }
}
