//! [`Typefaces`]: the fonts of a PDF, and the letters of their codes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use encoding_rs::MACINTOSH;
use hayro_cmap::{BfString, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use unicode_normalization::UnicodeNormalization;

use crate::error::Result;
use crate::read::pdf::budget::Budget;
use crate::read::pdf::measure::inflated_size;

/// Replaces a glyph whose letter is unknown.
pub(super) const UNKNOWN: char = '\u{FFFD}';

/// The fonts of one document, each loaded once.
pub(super) struct Typefaces<'p> {
    cache: FontCache<'p>,
    programs: FontResolverFn,
    encodings: CMapResolverFn,
    loaded: HashMap<ObjectIdentifier, Option<Rc<Typeface<'p>>>>,
}

impl<'p> Typefaces<'p> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(wanted) => Some(wanted.pick_standard_font().get_font_data()),
            }),
            encodings: Arc::new(load_embedded),
            loaded: HashMap::new(),
        }
    }

    /// Returns a font, or `None` if it is broken.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if its parts inflate to more than
    /// `budget` has left.
    pub(super) fn load(
        &mut self,
        dictionary: &Dict<'p>,
        budget: &mut Budget,
    ) -> Result<Option<Rc<Typeface<'p>>>> {
        let id = dictionary.obj_id();
        if let Some(known) = id.and_then(|id| self.loaded.get(&id)) {
            return Ok(known.clone());
        }
        for stream in streams_of(dictionary) {
            measure(&stream, budget)?;
        }
        let font = self.cache.font(dictionary, &self.programs, &self.encodings);
        let face = font.map(|font| Rc::new(Typeface::new(font, dictionary)));
        if let Some(id) = id {
            self.loaded.insert(id, face.clone());
        }
        Ok(face)
    }
}

/// Subtracts the inflated size of a stream from a budget.
pub(super) fn measure(stream: &Stream<'_>, budget: &mut Budget) -> Result<()> {
    let limit = budget.n_bytes_left();
    let size = inflated_size(&stream.raw_data(), &stream.filters(), limit);
    budget.take_bytes(size.unwrap_or(u64::MAX))
}

/// Returns the streams that are unpacked when a font is loaded.
fn streams_of<'p>(font: &Dict<'p>) -> Vec<Stream<'p>> {
    let descendants = font.get::<Array<'p>>("DescendantFonts");
    let descendant = descendants.and_then(|all| all.iter::<Dict<'p>>().next());
    let mut streams = Vec::new();
    for part in [Some(font), descendant.as_ref()].into_iter().flatten() {
        for name in ["ToUnicode", "Encoding", "CIDToGIDMap"] {
            streams.extend(part.get::<Stream<'p>>(name));
        }
        if let Some(descriptor) = part.get::<Dict<'p>>("FontDescriptor") {
            for name in ["FontFile", "FontFile2", "FontFile3"] {
                streams.extend(descriptor.get::<Stream<'p>>(name));
            }
        }
    }
    streams
}

/// What a code of a font shows.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// One or several characters; [`UNKNOWN`] if unknown.
    pub(super) words: Rc<str>,
    /// The advance, in thousandths of the font size, along and across the line.
    pub(super) advance: (f64, f64),
    /// Whether the letter is inferred from its position in the usual order of the font.
    pub(super) is_guessed: bool,
}

/// A font and the letters requested so far.
pub(super) struct Typeface<'p> {
    font: Font<'p>,
    has_usual_order: bool,
    known: RefCell<HashMap<u32, Letter>>,
}

impl<'p> Typeface<'p> {
    fn new(font: Font<'p>, dictionary: &Dict<'p>) -> Self {
        /// Fonts whose glyphs have had one order since 1992.
        const ORDERED: [&str; 3] = ["TimesNewRoman", "Arial", "CourierNew"];
        let text = |key: &str| dictionary.get::<Name<'p>>(key);
        let name = text("BaseFont").map(|name| name.as_str().to_owned());
        let name = name.unwrap_or_default();
        let bare = name.split_once('+').map_or(name.as_str(), |(_, bare)| bare);
        let is_by_glyph =
            text("Encoding").is_some_and(|name| name.as_str().starts_with("Identity"));
        let is_named = ORDERED.iter().any(|known| bare.starts_with(known));
        Self {
            font,
            has_usual_order: is_by_glyph && is_named && !dictionary.contains_key("ToUnicode"),
            known: RefCell::default(),
        }
    }

    /// Returns the code at a position, and its length in bytes.
    pub(super) fn code_at(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    pub(super) fn letter(&self, code: u32) -> Letter {
        if let Some(letter) = self.known.borrow().get(&code) {
            return letter.clone();
        }
        let letter = self.find(code);
        self.known.borrow_mut().insert(code, letter.clone());
        letter
    }

    fn find(&self, code: u32) -> Letter {
        let glyph = self.font.map_code(code);
        let told = match self.font.glyph(glyph, code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let told = match told {
            Some(BfString::Char(c)) => readable(&c.to_string()),
            Some(BfString::String(words)) => readable(&words),
            None => None,
        };
        let is_usual = told.is_none() && self.has_usual_order;
        let guess = is_usual.then(|| usual_letter(glyph.to_u32())).flatten();
        let advance = self.font.code_advance(code);
        Letter {
            is_guessed: guess.is_some(),
            words: told
                .or_else(|| guess.map(String::from))
                .unwrap_or_else(|| UNKNOWN.to_string())
                .into(),
            advance: (advance.x, advance.y),
        }
    }
}

/// Returns words in their usual characters: joined and positional forms decomposed, signs of symbol
/// fonts as bullets; `None` if they are not letters.
fn readable(words: &str) -> Option<String> {
    let mut plain = String::new();
    for c in words.chars() {
        match c {
            '\u{FB00}'..='\u{FB06}' | '\u{FB13}'..='\u{FB17}' => {
                plain.extend([c].into_iter().nfkc());
            }
            // Decomposition would put a space before a mark that is alone.
            '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                plain.extend([c].into_iter().nfkc().filter(|c| *c != ' '));
            }
            '\u{A0}' | '\t' | '\n' | '\r' => plain.push(' '),
            '\u{AD}' | '\u{2010}' => plain.push('-'),
            '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' => plain.push('•'),
            '\u{F020}'..='\u{F07E}' => plain.extend(char::from_u32(u32::from(c) - 0xF000)),
            '\u{E000}'..='\u{F8FF}' | UNKNOWN => return None,
            // The stroke that stretches Arabic words is not a letter.
            '\u{FEFF}' | '\u{200B}' | '\u{640}' => {}
            _ if c.is_control() => return None,
            _ => plain.push(c),
        }
    }
    (!words.is_empty()).then_some(plain)
}

/// Returns the letter of a glyph of the oldest system fonts, by its position: ASCII, then the
/// letters of the Macintosh, then the Cyrillic ones.
fn usual_letter(glyph: u32) -> Option<char> {
    let of_macintosh = |byte: u32| {
        let byte = [u8::try_from(byte).ok()?];
        let (letter, _) = MACINTOSH.decode_without_bom_handling(&byte);
        letter.chars().next()
    };
    match glyph {
        3..=97 => char::from_u32(glyph + 29),
        98..=171 => of_macintosh(glyph + 30),
        // The no-break space is not among them.
        172..=186 => of_macintosh(glyph + 31),
        556..=567 => char::from_u32(0x401 + glyph - 556),
        568..=569 => char::from_u32(0x40E + glyph - 568),
        570..=633 => char::from_u32(0x410 + glyph - 570),
        634..=645 => char::from_u32(0x451 + glyph - 634),
        646..=647 => char::from_u32(0x45E + glyph - 646),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_forms_are_decomposed() {
        for (form, expected) in [
            ("\u{FB01}", Some("fi")),
            ("\u{FEFB}", Some("\u{644}\u{627}")),
            ("\u{FE8E}", Some("\u{627}")),
            ("\u{F0B7}", Some("•")),
            ("\u{640}", Some("")),
            ("\u{1}", None),
            ("a", Some("a")),
        ] {
            assert_eq!(readable(form).as_deref(), expected, "{form:?}");
        }
    }

    #[test]
    fn the_usual_order_is_known() {
        for (glyph, letter) in [
            (3, ' '),
            (36, 'A'),
            (169, '«'),
            (179, '“'),
            (570, 'А'),
            (602, 'а'),
        ] {
            assert_eq!(usual_letter(glyph), Some(letter), "{glyph}");
        }
        assert_eq!(usual_letter(400), None);
    }
}
