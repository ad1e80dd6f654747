//! [`Budget`]: how much work one PDF may still cause.

use crate::error::{Error, ErrorKind, Result};
use crate::read::limits::ReadLimits;

/// Counts down the work that one PDF may cause; work is counted instead of time, so that the same
/// file gives the same result on any machine.
#[derive(Debug)]
pub(super) struct Budget {
    operators: usize,
    glyphs: usize,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(limits: &ReadLimits) -> Self {
        Self {
            operators: limits.max_pdf_operators,
            glyphs: limits.max_pdf_glyphs,
            bytes: u64::try_from(limits.max_pdf_bytes).unwrap_or(u64::MAX),
        }
    }

    /// # Errors
    ///
    /// [`ErrorKind::Limit`], as for the others, if fewer operators are left.
    pub(super) fn take_operators(&mut self, n: usize) -> Result<()> {
        let rest = self.operators.checked_sub(n);
        self.operators = left(rest, "draws more than is allowed")?;
        Ok(())
    }

    pub(super) fn take_glyph(&mut self) -> Result<()> {
        self.glyphs = left(
            self.glyphs.checked_sub(1),
            "shows more characters than are allowed",
        )?;
        Ok(())
    }

    pub(super) fn take_bytes(&mut self, n_bytes: u64) -> Result<()> {
        self.bytes = left(
            self.bytes.checked_sub(n_bytes),
            "inflates to more bytes than are allowed",
        )?;
        Ok(())
    }

    pub(super) fn n_bytes_left(&self) -> u64 {
        self.bytes
    }
}

fn left<T>(rest: Option<T>, what: &str) -> Result<T> {
    rest.ok_or_else(|| Error::new(ErrorKind::Limit, format!("the PDF {what}")))
}
