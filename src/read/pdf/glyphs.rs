//! [`glyphs_of`]: the characters a page shows, each with its place.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use crate::error::{Error, ErrorKind, Result};
use crate::read::pdf::budget::Budget;
use crate::read::pdf::letters::{Letter, Typeface, Typefaces, measure};

/// How deep drawings may use each other.
const MAX_DEPTH: usize = 12;

/// How deep what a drawing says may nest; deeper, reading it would take much longer than its length.
const MAX_NESTING: usize = 64;

/// How many states a page may put aside; further ones are not kept.
const MAX_STATES: usize = 512;

/// How many operators the use of another drawing counts for, beside its own.
const USE_COST: usize = 500;

/// A place further out than this is on no page.
const FAR: f64 = 1e6;

/// A character on a page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it stands for: one or several characters.
    pub(super) words: Rc<str>,
    /// Where it begins on the line it stands on, and how high that line is, in points.
    pub(super) x: f64,
    pub(super) y: f64,
    /// How far the next one stands from it.
    pub(super) width: f64,
    /// The size of its font.
    pub(super) size: f64,
    /// In which direction its line runs.
    pub(super) turn: Turn,
    pub(super) is_guessed: bool,
}

/// The direction of a line: how many quarters it is turned to the left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    #[default]
    Upright,
    Left,
    Over,
    Right,
}

/// Returns the characters of a page in the order in which it draws them.
///
/// Only what places text is followed: pictures, colors and lines are passed over. Text that is drawn
/// invisibly is taken as well: scans that went through character recognition hold theirs so.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if the page asks for more than `budget` has.
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
    drawing.run(&content, page.resources(), State::default())?;
    let bounds = page.intersected_crop_box();
    let is_within = |glyph: &Glyph| {
        let (x, y) = glyph.turn.back(glyph.x, glyph.y);
        let is_across = bounds.x0 - 1.0 <= x && x <= bounds.x1 + 1.0;
        is_across && bounds.y0 - 1.0 <= y && y <= bounds.y1 + 1.0
    };
    let mut glyphs = drawing.glyphs;
    // A page without a size shows all.
    if bounds.x1 - bounds.x0 > 1.0 && bounds.y1 - bounds.y0 > 1.0 {
        glyphs.retain(is_within);
    }
    Ok(glyphs)
}

impl Turn {
    fn of(direction: (f64, f64)) -> Self {
        let (x, y) = direction;
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Self::Upright,
            (true, false, _) => Self::Over,
            (false, _, true) => Self::Left,
            (false, _, false) => Self::Right,
        }
    }

    /// Turns a place of the page so that lines of this direction run to the right.
    fn along(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Upright => (x, y),
            Self::Left => (y, -x),
            Self::Over => (-x, -y),
            Self::Right => (-y, x),
        }
    }

    fn back(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Upright => (x, y),
            Self::Left => (-y, x),
            Self::Over => (-x, -y),
            Self::Right => (y, -x),
        }
    }
}

/// An affine map by its six numbers in the order of the format: where the steps `(1, 0)` and `(0, 1)`
/// go, and where `(0, 0)` goes.
#[derive(Clone, Copy, Debug)]
struct Map([f64; 6]);

impl Map {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Returns the map that applies `self` first.
    fn then(self, next: Self) -> Self {
        let along = next.turned(self.0[0], self.0[1]);
        let up = next.turned(self.0[2], self.0[3]);
        let origin = next.at(self.0[4], self.0[5]);
        Self([along.0, along.1, up.0, up.1, origin.0, origin.1])
    }

    fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn at(self, x: f64, y: f64) -> (f64, f64) {
        let turned = self.turned(x, y);
        (turned.0 + self.0[4], turned.1 + self.0[5])
    }

    /// Maps a direction.
    fn turned(self, x: f64, y: f64) -> (f64, f64) {
        let by = self.0;
        (by[0] * x + by[2] * y, by[1] * x + by[3] * y)
    }
}

/// What decides where the next character stands.
#[derive(Clone)]
struct State<'p> {
    page: Map,
    text: Map,
    line: Map,
    face: Option<Rc<Typeface<'p>>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            page: Map::SAME,
            text: Map::SAME,
            line: Map::SAME,
            face: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

impl State<'_> {
    fn begin_text(&mut self) {
        (self.text, self.line) = (Map::SAME, Map::SAME);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Map::shift(x, y).then(self.line);
        self.text = self.line;
    }

    /// Moves on by thousandths of the size, to the left as arrays of text count.
    fn kern(&mut self, thousandths: f64) {
        let by = -thousandths / 1_000.0 * self.size;
        let is_vertical = self.face.as_ref().is_some_and(|face| !face.is_horizontal());
        self.advance(if is_vertical {
            (0.0, by)
        } else {
            (by * self.stretch, 0.0)
        });
    }

    fn advance(&mut self, by: (f64, f64)) {
        self.text = Map::shift(by.0, by.1).then(self.text);
    }

    /// Places a letter and moves on behind it; nothing if its place is on no page.
    fn place(&mut self, letter: &Letter, is_word_space: bool) -> Option<Glyph> {
        let space = self.letter_space + if is_word_space { self.word_space } else { 0.0 };
        let scaled = |thousandths: f64| thousandths / 1_000.0 * self.size;
        let is_vertical = letter.advance.1 != 0.0;
        let by = if is_vertical {
            (0.0, scaled(letter.advance.1) + space)
        } else {
            ((scaled(letter.advance.0) + space) * self.stretch, 0.0)
        };
        let to_page = self.text.then(self.page);
        let (page_x, page_y) = to_page.at(0.0, self.rise);
        let height = to_page.turned(0.0, self.size);
        let size = height.0.hypot(height.1);
        // Letters under each other are read as a line that runs down.
        let direction = to_page.turned(
            if is_vertical { 0.0 } else { 1.0 },
            if is_vertical { -1.0 } else { 0.0 },
        );
        let turn = Turn::of(direction);
        let shown = to_page.turned(by.0, by.1);
        self.advance(by);
        let (x, y) = turn.along(page_x, page_y);
        let is_near = x.abs() < FAR && y.abs() < FAR && size < FAR && size > 0.0;
        is_near.then(|| Glyph {
            words: Rc::clone(&letter.words),
            x,
            y,
            width: shown.0.hypot(shown.1).min(FAR),
            size,
            turn,
            is_guessed: letter.is_guessed,
        })
    }
}

/// A page on its way through its drawing instructions.
struct Drawing<'d, 'p> {
    faces: &'d mut Typefaces<'p>,
    budget: &'d mut Budget,
    glyphs: Vec<Glyph>,
    depth: usize,
}

/// The fonts a drawing has named so far.
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

    /// Follows what needs nothing but the state.
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
            let is_word_space = length == 1 && code == 32;
            self.glyphs
                .extend(state.place(&face.letter(code), is_word_space));
        }
        Ok(())
    }

    /// Follows a drawing that another one uses by its name.
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

/// Returns whether brackets nest too deeply; those in pictures and strings, which mean nothing, end at
/// the first byte outside ASCII or at the end of the string.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_follow_each_other() {
        let doubled = Map([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Map::shift(1.0, 3.0).then(doubled).at(1.0, 1.0), (4.0, 8.0));
        assert_eq!(doubled.then(Map::shift(1.0, 3.0)).at(1.0, 1.0), (3.0, 5.0));
    }

    #[test]
    fn turned_places_come_back() {
        for turn in [Turn::Upright, Turn::Left, Turn::Over, Turn::Right] {
            let (x, y) = turn.along(3.0, 4.0);
            assert_eq!(turn.back(x, y), (3.0, 4.0));
        }
        assert_eq!(Turn::of((0.0, 2.0)), Turn::Left);
        assert_eq!(Turn::Left.along(0.0, 5.0), (5.0, 0.0));
    }
}
