//! [`Input`]: the bytes of a file and what is known of it before it is read.

use crate::read::limits::ReadLimits;

/// A file in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) file_name: &'a str,
    pub(crate) limits: &'a ReadLimits,
    pub(crate) nesting: ArchiveLevel,
}

/// Whether a file is read by itself or as part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArchiveLevel {
    Outside,
    Inside,
}
