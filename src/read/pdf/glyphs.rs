//! [`glyphs_of`]: the characters a page shows, each with its position.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use crate::error::{Error, ErrorKind, Result};
use crate::read::pdf::budget::Budget;
use crate::read::pdf::glyph::Glyph;
use crate::read::pdf::letters::{Typeface, Typefaces, measure};
use crate::read::pdf::state::{Map, State};

/// The deepest nesting of drawings.
const MAX_DEPTH: usize = 12;

/// The deepest nesting in the instructions of a drawing; deeper ones would take time far above linear.
const MAX_NESTING: usize = 64;

/// The most saved states of a page; further ones are not kept.
const MAX_STATES: usize = 512;

/// The number of operators counted for the use of another drawing, in addition to its own.
const USE_COST: usize = 500;

/// Returns the characters of a page in the order in which it draws them.
///
/// Only instructions that place text are followed; pictures, colors and lines are ignored.
/// Invisible text is included, because character recognition stores its result in this way.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if the page needs more than `budget` has left.
pub(super) fn glyphs_of<'p>(
    page: &Page<'p>,
    faces: &mut Typefaces<'p>,
    budget: &mut Budget,
) -> Result<Vec<Glyph>> {
    let mut drawing = Drawing {
        faces,
        budget,
        glyphs: Vec::new(),
        depth: 0,
    };
    let content = drawing.content_of(page.raw())?;
    let state = State {
        size: 1.0,
        stretch: 1.0,
        ..State::default()
    };
    drawing.run(&content, page.resources(), state)?;
    let bounds = page.intersected_crop_box();
    let is_within = |glyph: &Glyph| {
        let (x, y) = glyph.turn.back(glyph.x, glyph.y);
        let is_across = bounds.x0 - 1.0 <= x && x <= bounds.x1 + 1.0;
        is_across && bounds.y0 - 1.0 <= y && y <= bounds.y1 + 1.0
    };
    let mut glyphs = drawing.glyphs;
    // A page without a size shows everything.
    if bounds.x1 - bounds.x0 > 1.0 && bounds.y1 - bounds.y0 > 1.0 {
        glyphs.retain(is_within);
    }
    Ok(glyphs)
}

/// A page during the walk over its drawing instructions.
struct Drawing<'d, 'p> {
    faces: &'d mut Typefaces<'p>,
    budget: &'d mut Budget,
    glyphs: Vec<Glyph>,
    depth: usize,
}

/// The fonts that a drawing has named so far.
type Named<'p> = HashMap<Vec<u8>, Option<Rc<Typeface<'p>>>>;

impl<'p> Drawing<'_, 'p> {
    /// Returns the instructions of a page: one stream, or several one after the other.
    fn content_of(&mut self, page: &Dict<'p>) -> Result<Vec<u8>> {
        let mut streams: Vec<Stream<'p>> = page.get::<Stream<'p>>("Contents").into_iter().collect();
        if let Some(several) = page.get::<Array<'p>>("Contents") {
            streams.extend(several.iter::<Stream<'p>>());
        }
        let mut content = Vec::new();
        for stream in streams {
            self.budget.take_operators(1)?;
            measure(&stream, self.budget)?;
            if let Ok(part) = stream.decoded_data() {
                content.extend_from_slice(&part);
                content.push(b'\n');
            }
        }
        Ok(content)
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'p>, state: State<'p>) -> Result<()> {
        if nests_deeply(content) {
            let message = "drawing instructions of the PDF nest deeper than any document needs";
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let mut instructions = TypedIter::new(content);
        let mut state = state;
        let mut aside: Vec<State<'p>> = Vec::new();
        let mut named = Named::new();
        while let Some(instruction) = instructions.next() {
            self.budget.take_operators(1)?;
            match instruction {
                TypedInstruction::SaveState(_) if aside.len() < MAX_STATES => {
                    aside.push(state.clone());
                }
                TypedInstruction::RestoreState(_) => state = aside.pop().unwrap_or(state),
                TypedInstruction::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.face = self.face(font.0, resources, &mut named)?;
                }
                TypedInstruction::XObject(name) => self.use_drawing(name.0, resources, &state)?,
                other => self.follow(&other, &mut state)?,
            }
        }
        Ok(())
    }

    /// Follows instructions that need only the state.
    fn follow(
        &mut self,
        instruction: &TypedInstruction<'_, '_>,
        state: &mut State<'p>,
    ) -> Result<()> {
        match instruction {
            TypedInstruction::Transform(map) => {
                state.page =
                    map_of([&map.0, &map.1, &map.2, &map.3, &map.4, &map.5]).then(state.page);
            }
            TypedInstruction::BeginText(_) => state.begin_text(),
            TypedInstruction::SetTextMatrix(map) => {
                state.line = map_of([&map.0, &map.1, &map.2, &map.3, &map.4, &map.5]);
                state.text = state.line;
            }
            TypedInstruction::NextLine(by) => state.next_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                state.next_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            TypedInstruction::TextLeading(by) => state.leading = by.0.as_f64(),
            TypedInstruction::TextRise(by) => state.rise = by.0.as_f64(),
            TypedInstruction::CharacterSpacing(by) => state.letter_space = by.0.as_f64(),
            TypedInstruction::WordSpacing(by) => state.word_space = by.0.as_f64(),
            TypedInstruction::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0,
            TypedInstruction::ShowText(text) => self.show(text.0.as_bytes(), state)?,
            TypedInstruction::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0.as_bytes(), state)?;
            }
            TypedInstruction::ShowTextWithParameters(text) => {
                state.word_space = text.0.as_f64();
                state.letter_space = text.1.as_f64();
                state.next_line(0.0, -state.leading);
                self.show(text.2.as_bytes(), state)?;
            }
            TypedInstruction::ShowTexts(texts) => {
                for part in texts.0.iter::<Object<'_>>() {
                    match part {
                        Object::Number(by) => state.kern(by.as_f64()),
                        Object::String(text) => self.show(text.as_bytes(), state)?,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn face(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'p>,
        named: &mut Named<'p>,
    ) -> Result<Option<Rc<Typeface<'p>>>> {
        if let Some(known) = named.get(&**name) {
            return Ok(known.clone());
        }
        let face = match resources.get_font(name) {
            Some(dictionary) => self.faces.load(&dictionary, self.budget)?,
            None => None,
        };
        named.insert(name.to_vec(), face.clone());
        Ok(face)
    }

    fn show(&mut self, codes: &[u8], state: &mut State<'p>) -> Result<()> {
        let Some(face) = state.face.clone() else {
            return Ok(());
        };
        let mut at = 0;
        while at < codes.len() {
            self.budget.take_glyph()?;
            let (code, length) = face.code_at(codes, at);
            at += length;
            let mut space = state.letter_space;
            if length == 1 && code == 32 {
                space += state.word_space;
            }
            self.glyphs.extend(state.place(&face.letter(code), space));
        }
        Ok(())
    }

    /// Follows a drawing that another one uses by name.
    fn use_drawing(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'p>,
        state: &State<'p>,
    ) -> Result<()> {
        if self.depth >= MAX_DEPTH {
            return Ok(());
        }
        self.budget.take_operators(USE_COST)?;
        let Some(stream) = resources.get_x_object(name) else {
            return Ok(());
        };
        let kind = stream.dict().get::<Name<'p>>("Subtype");
        if kind.is_none_or(|kind| &*kind != b"Form") {
            return Ok(());
        }
        measure(&stream, self.budget)?;
        let Ok(content) = stream.decoded_data() else {
            return Ok(());
        };
        let mut inner = state.clone();
        if let Some(map) = stream.dict().get::<[f64; 6]>("Matrix") {
            inner.page = Map(map).then(inner.page);
        }
        let own = stream
            .dict()
            .get::<Dict<'p>>("Resources")
            .map(Resources::new);
        self.depth += 1;
        self.run(&content, own.as_ref().unwrap_or(resources), inner)?;
        self.depth -= 1;
        Ok(())
    }
}

/// Returns whether brackets nest too deeply. Brackets in pictures and strings do not count: they
/// end at the first byte outside ASCII or at the end of the string.
fn nests_deeply(content: &[u8]) -> bool {
    let (mut depth, mut before) = (0_usize, 0);
    for &byte in content {
        let is_pair = byte == before;
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if is_pair => depth += 1,
            b'>' if is_pair => depth = depth.saturating_sub(1),
            b')' => depth = 0,
            _ if !byte.is_ascii() => depth = 0,
            _ => {}
        }
        before = byte;
        if depth > MAX_NESTING {
            return true;
        }
    }
    false
}

fn map_of(numbers: [&hayro_syntax::object::Number; 6]) -> Map {
    Map(numbers.map(hayro_syntax::object::Number::as_f64))
}
