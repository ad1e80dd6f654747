//! [`inflated_size`]: the size of an unpacked stream, computed without keeping its bytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;

/// Returns the number of bytes of a stream after its filters are undone in order; `None` if it is
/// more than `limit`, or cannot be determined without unpacking a form that is never packed twice.
///
/// Keeps at most `limit` bytes, and only for streams packed more than once. Takes time linear in
/// the unpacked bytes.
pub(super) fn inflated_size(bytes: &[u8], filters: &[Filter], limit: u64) -> Option<u64> {
    let mut current = Cow::Borrowed(bytes);
    let mut largest = 0;
    for (index, filter) in filters.iter().enumerate() {
        let is_last = index + 1 == filters.len();
        let size = match filter {
            Filter::FlateDecode => flate_size(&current, limit)?,
            Filter::LzwDecode => lzw_size(&current, limit)?,
            Filter::RunLengthDecode => run_length_size(&current, limit)?,
            // The other filters do not grow, and pictures are never unpacked.
            _ => length_of(&current),
        };
        largest = largest.max(size);
        if is_last {
            break;
        }
        current = undone(current, *filter, limit)?;
    }
    Some(largest.max(length_of(bytes)))
}

/// Returns the bytes of an unpacked stream, which was measured before; `None` if it is packed in a
/// form that is never used for objects.
pub(super) fn inflated<'b>(bytes: &'b [u8], filters: &[Filter]) -> Option<Cow<'b, [u8]>> {
    let whole = Cow::Borrowed(bytes);
    let mut filters = filters.iter();
    filters.try_fold(whole, |packed, filter| undone(packed, *filter, u64::MAX))
}

fn undone(packed: Cow<'_, [u8]>, filter: Filter, limit: u64) -> Option<Cow<'_, [u8]>> {
    Some(match filter {
        Filter::FlateDecode => Cow::Owned(flate(&packed, limit)),
        Filter::Ascii85Decode => Cow::Owned(ascii_85(&packed)),
        Filter::AsciiHexDecode => Cow::Owned(ascii_hex(&packed)),
        Filter::Crypt => packed,
        _ => return None,
    })
}

fn length_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Returns the bytes of a deflated stream, with or without the two-byte header.
fn unpacked(bytes: &[u8]) -> Box<dyn Read + '_> {
    let has_head = bytes.first().is_some_and(|byte| byte & 0x0F == 8);
    if has_head && ZlibDecoder::new(bytes).read(&mut [0]).is_ok() {
        // This reader ignores what follows a wrong checksum; others do not.
        return Box::new(DeflateDecoder::new(bytes.get(2..).unwrap_or_default()));
    }
    Box::new(DeflateDecoder::new(bytes))
}

fn flate_size(bytes: &[u8], limit: u64) -> Option<u64> {
    let mut size = 0;
    let mut packed = unpacked(bytes);
    let mut buffer = vec![0; 64 << 10];
    while let Ok(n @ 1..) = packed.read(&mut buffer) {
        size += length_of(&buffer[..n]);
        if size > limit {
            return None;
        }
    }
    Some(size)
}

fn flate(bytes: &[u8], limit: u64) -> Vec<u8> {
    let mut inflated = Vec::new();
    // A damaged stream gives its bytes up to the damage.
    let _ = unpacked(bytes).take(limit).read_to_end(&mut inflated);
    inflated
}

/// Follows the codes of an LZW stream (Welch, 1984), keeping only the lengths of their strings.
fn lzw_size(bytes: &[u8], limit: u64) -> Option<u64> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::with_capacity(4_096);
    let (mut size, mut before) = (0, 0);
    let (mut window, mut n_bits, mut width) = (0_u32, 0, 9);
    for byte in bytes {
        window = window << 8 | u32::from(*byte);
        n_bits += 8;
        if n_bits < width {
            continue;
        }
        n_bits -= width;
        let code = usize::try_from(window >> n_bits & ((1 << width) - 1)).unwrap_or(END);
        match code {
            CLEAR => {
                lengths.clear();
                (width, before) = (9, 0);
                continue;
            }
            // Other readers may continue after the end.
            END => continue,
            _ => {}
        }
        let known = lengths.get(code.saturating_sub(END + 1)).copied();
        let length = if code < CLEAR {
            1
        } else {
            known.unwrap_or(before + 1)
        };
        size += length;
        if size > limit {
            return None;
        }
        if before > 0 && lengths.len() < 4_096 - END - 1 {
            lengths.push(before + 1);
        }
        before = length;
        width = match lengths.len() + END + 1 {
            0..511 => 9,
            511..1_023 => 10,
            1_023..2_047 => 11,
            _ => 12,
        };
    }
    Some(size)
}

fn run_length_size(bytes: &[u8], limit: u64) -> Option<u64> {
    let (mut size, mut at) = (0, 0);
    while let Some(&length) = bytes.get(at) {
        let length = usize::from(length);
        let (n_bytes, n_packed) = match length {
            0..128 => (length + 1, length + 2),
            _ => (257 - length, 2),
        };
        size += n_bytes;
        at += n_packed;
    }
    let size = u64::try_from(size).ok()?;
    (size <= limit).then_some(size)
}

/// Decodes bytes in base 85; other characters are skipped.
fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut group = Vec::with_capacity(5);
    for &byte in bytes {
        match byte {
            b'z' if group.is_empty() => decoded.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            decoded.extend(from_85(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let n = group.len() - 1;
        group.resize(5, 84);
        decoded.extend(&from_85(&group)[..n]);
    }
    decoded
}

fn from_85(group: &[u8]) -> [u8; 4] {
    let value = group.iter().fold(0_u32, |value, digit| {
        value.wrapping_mul(85).wrapping_add(u32::from(*digit))
    });
    value.to_be_bytes()
}

fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| u8::try_from(char::from(*byte).to_digit(16)?).ok();
    let digits = bytes.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> = digits.filter_map(digit).collect();
    let value = |pair: &[u8]| pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
    digits.chunks(2).map(value).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn measured_sizes_equal_inflated_sizes() {
        use Filter::{Ascii85Decode, AsciiHexDecode, FlateDecode, LzwDecode, RunLengthDecode};
        let once = deflated(&vec![b' '; 100_000]);
        let twice = deflated(&once);
        let digits: Vec<String> = once.iter().map(|byte| format!("{byte:02x}")).collect();
        let in_hex = digits.concat();
        // Clear, `-----A---B`, end: the example in every description of the format.
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        let cases: [(&[u8], &[Filter], u64); 7] = [
            (&once, &[FlateDecode], 100_000),
            (&twice, &[FlateDecode, FlateDecode], 100_000),
            (in_hex.as_bytes(), &[AsciiHexDecode, FlateDecode], 100_000),
            (&lzw, &[LzwDecode], 10),
            (
                &[2, 1, 2, 3, 129, 7, 128],
                &[RunLengthDecode],
                3 + 128 + 129,
            ),
            (b"plain", &[], 5),
            (b"87cURD]i,\"Ebo80~>", &[Ascii85Decode], 17),
        ];
        for (bytes, filters, expected) in cases {
            let size = inflated_size(bytes, filters, 1 << 20);
            assert_eq!(size, Some(expected), "{filters:?}");
        }
        assert_eq!(inflated_size(&once, &[FlateDecode], 99_999), None);
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
    }
}
