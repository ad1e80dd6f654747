//! [`Mutator`]: seeds, changed by chance.

/// Pieces that mean something to one of the readers.
const BAIT: [&str; 36] = [
    "(",
    ")",
    "(a)",
    "1.",
    "1.1.1.1.1.1.1.1",
    "Article 1\n",
    "§",
    "\n\n",
    "\u{c}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "ﬁ",
    "—",
    "\t",
    "|",
    "|-|-|\n",
    "\"",
    "“",
    "---\n",
    "+++\n",
    "&amp;",
    "<p>",
    "</p>",
    "<ol><li>",
    "<!--",
    "]]>",
    "{",
    "}",
    "[",
    "NOT ",
    "~9",
    "*",
    "99999999999999999999",
    "0 0 obj",
    "year = 1\n",
];

/// A source of chance (xorshift, Marsaglia, 2003) that changes texts.
pub(crate) struct Mutator {
    state: u64,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        let state = seed | 1;
        Self { state }
    }

    /// Returns a number below `end`; 0 if there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % end.max(1) as u64) as usize
    }

    /// Returns one of the seeds with up to 16 changes, some of them parts of other seeds.
    pub(crate) fn changed<'s>(&mut self, seeds: &'s [(String, Vec<u8>)]) -> (&'s str, Vec<u8>) {
        let (name, bytes) = &seeds[self.below(seeds.len())];
        let mut bytes = bytes.clone();
        for _ in 0..1 + self.below(16) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(60)).min(bytes.len());
            match self.below(6) {
                0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].repeat(1 + self.below(30));
                    bytes.splice(at..at, piece);
                }
                3 => {
                    let (_, other) = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len());
                    let piece = &other[from..(from + 200).min(other.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
                _ => drop(bytes.splice(at..at, BAIT[self.below(BAIT.len())].bytes())),
            }
        }
        (name, bytes)
    }
}
