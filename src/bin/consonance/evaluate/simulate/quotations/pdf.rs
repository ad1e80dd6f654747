//! [`pdf_of`]: a text as a PDF, in the simplest way that there is.

/// The most characters of a line, and the lines of a page.
const LINE: usize = 85;
const PAGE: usize = 50;

/// Returns a text as a PDF of A4 pages in Helvetica; a letter that this cannot show is left out.
pub(super) fn pdf_of(text: &str) -> Vec<u8> {
    let lines = lines_of(text);
    let pages: Vec<&[String]> = lines.chunks(PAGE).collect();
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", 4 + 2 * n))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{}]/Count {}>>",
            kids.join(" "),
            pages.len()
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
                5 + 2 * n
            )
            .into_bytes(),
        );
        objects.push(drawing_of(lines));
    }
    file_of(&objects)
}

/// Returns the lines of a text, each paragraph followed by an empty one.
fn lines_of(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() >= LINE {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        lines.push(String::new());
    }
    lines
}

fn drawing_of(lines: &[String]) -> Vec<u8> {
    let mut drawing = b"BT /F1 11 Tf 72 780 Td 14 TL\n".to_vec();
    for line in lines {
        drawing.push(b'(');
        drawing.extend(line.chars().filter_map(code_of).flat_map(escaped));
        drawing.extend(b") Tj T*\n");
    }
    drawing.extend(b"ET");
    let head = format!("<</Length {}>>stream\n", drawing.len());
    [head.as_bytes(), &drawing, b"\nendstream"].concat()
}

/// Returns the code of a letter in the encoding of the font.
fn code_of(c: char) -> Option<u8> {
    match c {
        '…' => Some(0x85),
        '„' => Some(0x84),
        '‘' => Some(0x91),
        '’' => Some(0x92),
        '“' => Some(0x93),
        '”' => Some(0x94),
        '–' => Some(0x96),
        '—' => Some(0x97),
        _ => u8::try_from(u32::from(c)).ok(),
    }
}

fn escaped(code: u8) -> Vec<u8> {
    match code {
        b'(' | b')' | b'\\' => vec![b'\\', code],
        code => vec![code],
    }
}

fn file_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", n + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!(
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    );
    pdf.extend(trailer.bytes());
    pdf
}
