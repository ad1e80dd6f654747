//! PDF documents: what comes out of good ones, and that bad ones end in words or in an error.

use std::io::Write;
use std::time::Instant;

use consonance::error::ErrorKind;
use consonance::read::{Body, Document, Parsed, ReadLimits, read};
use flate2::Compression;
use flate2::write::ZlibEncoder;

fn reading_of(bytes: &[u8], name: &str) -> Parsed {
    read(bytes, name, &ReadLimits::default()).unwrap()
}

fn text_of(document: &Document) -> &str {
    match &document.body {
        Body::Text { text, .. } => text,
        Body::Clauses(_) => panic!("a text was expected"),
    }
}

/// Returns a PDF file of objects numbered from 1, the first of them the catalog.
fn file_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", n + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    let n_objects = places.len() + 1;
    pdf.extend(format!("xref\n0 {n_objects}\n0000000000 65535 f \n").bytes());
    for place in &places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end =
        format!("trailer<</Size {n_objects}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n");
    pdf.extend(end.bytes());
    pdf
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{dictionary}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Returns drawing instructions that show lines of words, a blank line as a wide gap.
fn drawing_of(words: &str) -> String {
    let mut drawing = "BT /F1 11 Tf 72 800 Td".to_owned();
    for line in words.lines() {
        let gap = if line.is_empty() { "80" } else { "14" };
        drawing.extend([" (", line, ") Tj 0 -", gap, " Td"]);
    }
    drawing + " ET"
}

fn hex_of(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// Returns the objects of a PDF with a page for each content, which is object 5, 7 and so on.
fn objects_of(contents: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let kids: Vec<String> = (0..contents.len())
        .map(|n| format!("{} 0 R", 4 + 2 * n))
        .collect();
    let tree = format!(
        "<</Type/Pages/Kids[{}]/Count {}>>",
        kids.join(" "),
        kids.len()
    );
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        tree.into_bytes(),
        FONT.into(),
    ];
    for (n, content) in contents.into_iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</Font<</F1 3 0 R>>/XObject<</X 5 0 R/Y 6 0 R>>>>>>",
            5 + 2 * n
        );
        objects.push(page.into_bytes());
        objects.push(content);
    }
    objects
}

/// Returns a PDF of one page a text, in Helvetica.
pub(crate) fn pdf_of(pages: &[&str]) -> Vec<u8> {
    let contents = pages
        .iter()
        .map(|words| stream("", drawing_of(words).as_bytes()));
    file_of(&objects_of(contents.collect()), "")
}

const WORDS: &str = "Article 1\nStates should talk to each other about the sea.";

/// Returns a PDF with one page of this content, packed as its dictionary says.
fn pdf_with(dictionary: &str, content: &[u8]) -> Vec<u8> {
    file_of(&objects_of(vec![stream(dictionary, content)]), "")
}

#[test]
fn a_pdf_gives_its_paragraphs_without_heads_and_feet() {
    let page = |n: usize, words: &str| {
        let lines = "States that have agreed to this code will keep to it and tell\n\
                     each other how they do so, year after year, in good faith and\n\
                     without delay, and they will";
        format!(
            "A Code of the Forum\n\nArticle {n}\n\nStates should {words} each other whenever they see the need.\n\
             {lines} {words} all.\n\n{n}"
        )
    };
    let pages = [page(1, "talk to"), page(2, "listen to"), page(3, "help")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let reading = reading_of(&pdf_of(&pages), "a.pdf");
    let text = text_of(&reading.documents[0]);
    assert!(
        text.contains("Article 2\n\nStates should listen to each other whenever they see the need. States that"),
        "{text}"
    );
    assert!(!text.contains("A Code of the Forum"), "{text}");
    assert!(
        reading.diagnostics[0].message.contains("6 lines of heads"),
        "{:?}",
        reading.diagnostics
    );
}

#[test]
fn a_pdf_without_text_is_refused_with_its_pages_counted() {
    let error = read(&pdf_of(&["", "", ""]), "a.pdf", &ReadLimits::default()).unwrap_err();
    assert!(error.to_string().contains("3 pages"), "{error}");
    let mut limits = ReadLimits::default();
    limits.max_pages = 2;
    let error = read(&pdf_of(&["", "", ""]), "a.pdf", &limits).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let line = |n: usize| {
        let y = 700 - 14 * n;
        format!(
            "1 0 0 1 60 {y} Tm (left{n} talks of peace and of the sea today) Tj \
             1 0 0 1 330 {y} Tm (right{n} listens to the sea and to peace now) Tj "
        )
    };
    let lines: Vec<String> = (0..8).map(line).collect();
    let drawing = format!("BT /F1 10 Tf {}ET", lines.concat());
    let reading = reading_of(&pdf_with("", drawing.as_bytes()), "a.pdf");
    let text = text_of(&reading.documents[0]);
    let last_left = text.find("left7").unwrap();
    assert!(last_left < text.find("right0").unwrap(), "{text}");
}

#[test]
fn packed_pages_and_drawings_inside_drawings_are_read() {
    let words = drawing_of(WORDS);
    let hex = hex_of(words.as_bytes());
    let mut objects = objects_of(vec![stream("", b"/Y Do")]);
    objects.push(stream("/Subtype/Form/BBox[0 0 600 850]", words.as_bytes()));
    let cases = [
        pdf_with("/Filter/FlateDecode", &deflated(words.as_bytes())),
        pdf_with("/Filter[/ASCIIHexDecode]", hex.as_bytes()),
        file_of(&objects, ""),
    ];
    for bytes in cases {
        let reading = reading_of(&bytes, "a.pdf");
        assert!(text_of(&reading.documents[0]).contains("talk to each other"));
    }
}

/// Reads a file and checks that it ends in time.
fn outcome_of(what: &str, bytes: &[u8]) -> consonance::error::Result<Parsed> {
    let start = Instant::now();
    let outcome = read(bytes, "a.pdf", &ReadLimits::default());
    let seconds = start.elapsed().as_secs_f64();
    assert!(seconds < 10.0, "{what}: {seconds} s");
    if seconds > 0.5 {
        println!("{what}: {seconds:.1} s, {:?}", outcome.as_ref().err());
    }
    outcome
}

#[test]
fn a_torn_or_changed_pdf_ends_in_words_or_an_error() {
    let plain = pdf_of(&[WORDS]);
    let packed = pdf_with(
        "/Filter/FlateDecode",
        &deflated(drawing_of(WORDS).as_bytes()),
    );
    for good in [plain, packed] {
        for n in (0..good.len()).step_by(7) {
            let _ = outcome_of("torn", &good[..n]);
        }
        for n in 9..good.len() {
            for bits in [0x01, 0x15, 0x80] {
                let mut changed = good.clone();
                changed[n] ^= bits;
                let _ = outcome_of("changed", &changed);
            }
        }
    }
}

#[test]
fn deep_nesting_ends_in_words_or_an_error() {
    let n = 100_000;
    let deep = [
        "[".repeat(n),
        format!("{}{}", "[".repeat(n), "]".repeat(n)),
        "<</A".repeat(n),
        "<</A[".repeat(n),
        "(".repeat(n),
        "q ".repeat(n),
        "BT ".repeat(n),
        "/A BMC ".repeat(n),
        "/A <</B".repeat(n),
    ];
    for nest in &deep {
        let plain = String::from_utf8(pdf_of(&[WORDS])).unwrap();
        let hex = hex_of(nest.as_bytes());
        let cases = [
            plain.replace("[4 0 R]", nest).into_bytes(),
            plain.replace("/Helvetica", nest).into_bytes(),
            pdf_with("", nest.as_bytes()),
            pdf_with("/Filter/FlateDecode", &deflated(nest.as_bytes())),
            pdf_with("/Filter/AHx", hex.as_bytes()),
            pdf_with("/Filter[/AHx/Fl]", &deflated(nest.as_bytes())),
            with_object_stream(nest.as_bytes()),
            with_letters(nest),
        ];
        for bytes in cases {
            let _ = outcome_of(&nest[..8], &bytes);
        }
    }
}

/// Returns a PDF whose font is object 1 of a packed stream of objects.
fn with_object_stream(object: &[u8]) -> Vec<u8> {
    let mut objects = objects_of(vec![stream("", drawing_of(WORDS).as_bytes())]);
    let packed = deflated(&[b"9 0 ", object].concat());
    objects.push(stream(
        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
        &packed,
    ));
    let file = without_table(file_of(&objects, ""));
    let page = String::from_utf8_lossy(&file)
        .into_owned()
        .replace("3 0 R", "9 0 R");
    if page.len() == file.len() {
        page.into_bytes()
    } else {
        file
    }
}

/// Returns a PDF whose font tells its letters in this way.
fn with_letters(table: &str) -> Vec<u8> {
    let mut objects = objects_of(vec![stream("", drawing_of(WORDS).as_bytes())]);
    objects[2] = FONT.replace(">>", "/ToUnicode 6 0 R>>").into_bytes();
    let head = "/CIDInit /ProcSet findresource begin begincmap ";
    objects.push(stream("", format!("{head}{table}").as_bytes()));
    file_of(&objects, "")
}

#[test]
fn much_nesting_takes_no_longer_than_its_length() {
    let n = 2_000_000;
    for nest in ["[".repeat(n), "<</A".repeat(n), "1 0 obj".repeat(n / 2)] {
        let plain = String::from_utf8(pdf_of(&[WORDS])).unwrap();
        let cases = [
            plain.replace("[4 0 R]", &nest).into_bytes(),
            pdf_with("", nest.as_bytes()),
            with_object_stream(nest.as_bytes()),
            with_letters(&nest),
        ];
        for (case, bytes) in cases.iter().enumerate() {
            let _ = outcome_of(&format!("{} {case}", &nest[..4]), bytes);
        }
    }
}

/// Returns a file without its table, so that a reader looks for the objects by itself.
fn without_table(mut file: Vec<u8>) -> Vec<u8> {
    let table = file.windows(5).position(|part| part == b"xref\n");
    file.truncate(table.unwrap());
    let trailer = b"trailer<</Root 1 0 R>>\n";
    [file.as_slice(), trailer].concat()
}

#[test]
fn what_is_never_closed_takes_no_longer_than_its_length() {
    let n = 3_000_000;
    let open = [
        "/A <</B",
        " <</Type/B",
        "1 0 obj(",
        "1 0 obj<",
        "1 0 obj<</A",
        "1 0 obj[",
        " [",
        " (",
        "((((",
        "1 0 obj%",
        " <",
        "1 0 obj /A",
        "1 0 obj <</A(>>)",
        "trailer<<",
        " stream",
        ">>stream ",
        " obj",
        "1 ",
        "<<>>",
        "1 0 obj<</Type/Page>>",
        "1 0 obj<</Type/ObjStm>>stream\n",
    ];
    for words in open {
        let nest = words.repeat(n / words.len());
        let plain = String::from_utf8(pdf_of(&[WORDS])).unwrap();
        let cases = [
            plain.replace("[4 0 R]", &nest).into_bytes(),
            without_table(plain.replace("[4 0 R]", &nest).into_bytes()),
            without_table(pdf_with("", nest.as_bytes())),
            with_object_stream(nest.as_bytes()),
            with_letters(&nest),
        ];
        for (case, bytes) in cases.iter().enumerate() {
            let _ = outcome_of(&format!("{words} {case}"), bytes);
        }
    }
}

/// Returns bytes as codes of nine bits for an LZW stream, which clears its table before it grows.
fn in_lzw(bytes: &[u8]) -> Vec<u8> {
    const CLEAR: u16 = 256;
    let mut codes = Vec::new();
    for part in bytes.chunks(200) {
        codes.push(CLEAR);
        codes.extend(part.iter().copied().map(u16::from));
    }
    codes.push(CLEAR + 1);
    let bits = codes
        .iter()
        .flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1 == 1));
    let bits: Vec<bool> = bits.collect();
    let byte = |bits: &[bool]| {
        (0..8).fold(0, |byte, bit| {
            byte << 1 | u8::from(bits.get(bit) == Some(&true))
        })
    };
    bits.chunks(8).map(byte).collect()
}

/// Returns bytes as letters in base 85.
fn in_base_85(bytes: &[u8]) -> Vec<u8> {
    let mut letters = Vec::new();
    for part in bytes.chunks(4) {
        let mut group = [0; 4];
        group[..part.len()].copy_from_slice(part);
        let mut value = u32::from_be_bytes(group);
        let mut five = [0; 5];
        for letter in five.iter_mut().rev() {
            *letter = b'!' + u8::try_from(value % 85).unwrap();
            value /= 85;
        }
        letters.extend(&five[..=part.len()]);
    }
    letters.extend(b"~>");
    letters
}

#[test]
fn every_packing_gives_its_words_and_refuses_what_nests() {
    let words = drawing_of(WORDS).into_bytes();
    let nest = "/A <</B".repeat(300_000).into_bytes();
    for (name, pack) in [
        ("LZWDecode", in_lzw as fn(&[u8]) -> Vec<u8>),
        ("ASCII85Decode", in_base_85),
        ("FlateDecode", deflated),
    ] {
        let dictionary = format!("/Filter/{name}");
        let reading = reading_of(&pdf_with(&dictionary, &pack(&words)), "a.pdf");
        assert!(
            text_of(&reading.documents[0]).contains("talk to each other"),
            "{name}"
        );
        let _ = outcome_of(name, &pdf_with(&dictionary, &pack(&nest)));
        let mut objects = objects_of(vec![stream("", &words)]);
        let packed = pack(&[b"9 0 ", nest.as_slice()].concat());
        objects.push(stream(
            &format!("/Type/ObjStm/N 1/First 4{dictionary}"),
            &packed,
        ));
        for file in [file_of(&objects, ""), without_table(file_of(&objects, ""))] {
            let error = outcome_of(name, &file).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Limit, "{name}: {error}");
        }
    }
}

/// Returns bytes in the cipher RC4, which is its own inverse.
fn in_cipher(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0_usize;
    for i in 0..256 {
        j = (j + usize::from(state[i]) + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0, 0);
    let mut next = || {
        i = (i + 1) % 256;
        j = (j + usize::from(state[i])) % 256;
        state.swap(i, j);
        state[usize::from(state[i].wrapping_add(state[j]))]
    };
    bytes.iter().map(|byte| byte ^ next()).collect()
}

/// What a trailer says of a file encrypted with 40 bits and an empty password.
const ENCRYPTED: &str = "/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/P -4\
    /O<2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67>\
    /U<a64e367000e34d42af67b3be5c91f5f87f252a369c6a874ea40a79129903a526>>>";

/// The keys that objects 5 and 6 of such a file have.
const KEY_OF_5: [u8; 10] = [0xad, 0xf6, 0x1c, 0xd6, 0x92, 0xfe, 0x3c, 0xb5, 0xd4, 0xf5];
const KEY_OF_6: [u8; 10] = [0xb2, 0x2a, 0x19, 0x36, 0xf5, 0x7b, 0xf3, 0x8a, 0xeb, 0x76];

#[test]
fn an_encrypted_file_without_a_password_is_read_and_its_hostile_objects_are_refused() {
    let words = in_cipher(&KEY_OF_5, drawing_of(WORDS).as_bytes());
    let mut objects = objects_of(vec![stream("", &words)]);
    let reading = reading_of(&file_of(&objects, ENCRYPTED), "a.pdf");
    assert!(text_of(&reading.documents[0]).contains("talk to each other"));
    for nest in ["/A <</B", "[", "9 0 obj(", "<<>>"] {
        let nest = [b"9 0 ", nest.repeat(1_000_000).as_bytes()].concat();
        let packed = in_cipher(&KEY_OF_6, &deflated(&nest));
        objects.truncate(5);
        objects.push(stream(
            "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
            &packed,
        ));
        let whole = file_of(&objects, ENCRYPTED);
        let mut torn = without_table(whole.clone());
        torn.truncate(torn.len() - 3);
        torn.extend(ENCRYPTED.bytes().chain(*b">>\n"));
        for file in [whole, torn] {
            let _ = outcome_of("encrypted", &file);
        }
    }
}

#[test]
fn pages_without_end_end_in_words_or_an_error() {
    let n = 2_000_000;
    let tree = |kids: &str| format!("9 0 <</Type/Pages/Kids[{kids}]/Count 1>>");
    let many = ["<<>>", "<</Type/Page>> ", "[] ", "4 0 R ", "9 0 R ", "1 "];
    for kids in many.map(|kid| tree(&kid.repeat(n))) {
        let mut objects = objects_of(vec![stream("", drawing_of(WORDS).as_bytes())]);
        objects[0] = b"<</Type/Catalog/Pages 9 0 R>>".to_vec();
        let packed = deflated(kids.as_bytes());
        objects.push(stream(
            "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
            &packed,
        ));
        let _ = outcome_of(&kids[24..30], &without_table(file_of(&objects, "")));
        objects[1] = kids.replacen("9 0 ", "", 1).into_bytes();
        objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
        let _ = outcome_of(&kids[24..30], &file_of(&objects, ""));
    }
}

#[test]
fn rings_end_in_words_or_an_error() {
    let plain = String::from_utf8(pdf_of(&[WORDS, WORDS])).unwrap();
    let many = |name: &str| stream("/Subtype/Form/BBox[0 0 9 9]", name.repeat(60).as_bytes());
    let mut rings = objects_of(vec![stream("/Subtype/Form/BBox[0 0 9 9]", b"/X Do /Y Do")]);
    rings.push(many("/X Do /Y Do "));
    let cases = [
        plain.replace("[4 0 R 6 0 R]", "[2 0 R 2 0 R]"),
        plain.replace("/Pages 2 0 R", "/Pages 1 0 R"),
        plain.replace("[4 0 R 6 0 R]", "4 0 R"),
        plain.replace("/Contents 5 0 R", "/Contents 4 0 R"),
        plain.replace("/Root 1 0 R", "/Root 1 0 R/Prev 9"),
        plain.replace("/Helvetica", " 3 0 R"),
        plain.replace("/Length ", "/Length 5 0 R/A "),
        plain.replace("/Length ", "/Filter 5 0 R/A "),
        plain.replace("4 0 obj\n<<", "4 0 obj\n4 0 R <<"),
    ];
    for bytes in cases
        .into_iter()
        .map(String::into_bytes)
        .chain([file_of(&rings, "")])
    {
        let _ = outcome_of("ring", &bytes);
    }
    let start = plain.find("xref\n").unwrap();
    let looped = plain.replace("/Root 1 0 R", &format!("/Root 1 0 R/Prev {start}"));
    assert!(outcome_of("table", looped.as_bytes()).is_ok());
}

#[test]
fn bombs_are_refused() {
    let zeros = deflated(&vec![0; 600 << 20]);
    let twice = deflated(&zeros);
    let pages = deflated(
        &[
            b"2 0 <</Type/Pages/Kids[".to_vec(),
            b"<<>>".repeat(2_000_000),
        ]
        .concat(),
    );
    let cases = [
        ("content", pdf_with("/Filter/FlateDecode", &zeros)),
        (
            "twice",
            pdf_with("/Filter[/FlateDecode/FlateDecode]", &twice),
        ),
        ("named otherwise", pdf_with("/Filter/#46lateDecode", &zeros)),
        ("elsewhere", pdf_with("/Filter 9 0 R", &zeros)),
        ("letters", {
            let mut objects = objects_of(vec![stream("", drawing_of(WORDS).as_bytes())]);
            objects[2] = FONT.replace(">>", "/ToUnicode 6 0 R>>").into_bytes();
            objects.push(stream("/Filter/FlateDecode", &zeros));
            file_of(&objects, "")
        }),
        (
            "table",
            pdf_with(
                "/Type/XRef/W[1 1 1]/Filter/FlateDecode",
                &deflated(&vec![1; 40 << 20]),
            ),
        ),
    ];
    for (what, bytes) in cases {
        let error = outcome_of(what, &bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{what}: {error}");
    }
    let mut objects = objects_of(vec![stream("", drawing_of(WORDS).as_bytes())]);
    objects.push(stream(
        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
        &pages,
    ));
    let _ = outcome_of("pages", &file_of(&objects, ""));
}

#[test]
fn odd_sizes_and_counts_end_in_words_or_an_error() {
    let plain = String::from_utf8(pdf_of(&[WORDS])).unwrap();
    let changes = [
        ("/Count 1", "/Count 999999999"),
        ("/Count 1", "/Count -1"),
        ("/Length ", "/Length 99999999999 "),
        ("/Length ", "/Length -5 "),
        ("[0 0 595 842]", "[0 0 1e38 1e38]"),
        ("[0 0 595 842]", "[-1e38 -1e38 1e38 1e38]"),
        ("[0 0 595 842]", "[0 0 0 0]"),
        ("/Size 6", "/Size 99999999999"),
        ("72 800 Td", "1e300 1e300 Td 1e300 0 0 1e300 0 0 cm"),
        ("/F1 11 Tf", "/F1 1e300 Tf"),
        ("/F1 11 Tf", "/F1 0 Tf"),
        ("/F1 11 Tf", "/F1 -11 Tf"),
        ("/Root 1 0 R", "/Root 1 0 R/Encrypt 1 0 R"),
        (
            "/Root 1 0 R",
            "/Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6>>/ID[(a)(b)]",
        ),
    ];
    for (from, to) in changes {
        assert!(plain.contains(from), "{from}");
        let _ = outcome_of(to, plain.replace(from, to).as_bytes());
    }
    let error = read(
        &file_of(&objects_of(Vec::new()), ""),
        "a.pdf",
        &ReadLimits::default(),
    );
    assert!(error.unwrap_err().to_string().contains("no pages"));
}

#[test]
fn much_work_is_refused_before_it_takes_long() {
    let mut limits = ReadLimits::default();
    limits.max_pdf_operators = 1_000;
    limits.max_pdf_glyphs = 100_000;
    let cases = [
        ("q Q ".repeat(1_000), "draws more"),
        (
            format!("BT /F1 9 Tf ({}) Tj ET", "x".repeat(100_001)),
            "more characters",
        ),
    ];
    for (content, word) in cases {
        let error = read(&pdf_with("", content.as_bytes()), "a.pdf", &limits).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(error.to_string().contains(word), "{error}");
    }
}
