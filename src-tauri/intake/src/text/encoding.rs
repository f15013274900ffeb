//! Telling the encoding of a Chinese text file. Every candidate decodes the whole file; the one whose characters look
//! like a newspaper's wins, and where none does the file is refused rather than guessed at.

use baoku_model::{Refusal, RefusalCode};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::frequency::is_common;

/// A text file as text.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    pub text: String,
    /// As the WHATWG names it.
    pub encoding: &'static str,
    /// Byte sequences that are none of this encoding, each shown as U+FFFD.
    pub unreadable: usize,
}

/// Share of plausible characters below which a reading is not believed.
const PLAUSIBLE: f32 = 0.8;
/// How far the best reading must be ahead of the next.
const AHEAD: f32 = 0.05;
/// A broken byte here and there is forgiven: one sequence in this many characters.
const FORGIVEN: usize = 200;

/// # Errors
/// `UnknownEncoding` where no encoding gives plausible text, or two give it equally.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read_as(encoding, &bytes[mark..]));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), unreadable: 0 });
    }
    let mut candidates: Vec<&'static Encoding> = vec![UTF_8];
    if bytes.contains(&0) {
        candidates = vec![UTF_16LE, UTF_16BE];
    } else {
        candidates.extend([guess(bytes), GB18030, BIG5]);
    }
    let mut readings: Vec<(f32, Decoded)> = Vec::new();
    for encoding in candidates {
        let reading = read_as(encoding, bytes);
        let forgivable = reading.unreadable * FORGIVEN <= reading.text.chars().count();
        if forgivable && readings.iter().all(|(_, r)| r.encoding != reading.encoding) {
            readings.push((plausibility(&reading.text), reading));
        }
    }
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let runner_up = readings.get(1).map_or(0.0, |(score, _)| *score);
    match readings.into_iter().next() {
        Some((score, reading)) if score >= PLAUSIBLE && score - runner_up >= AHEAD => Ok(reading),
        Some((score, reading)) if score >= PLAUSIBLE => Err(Refusal::new(
            RefusalCode::UnknownEncoding,
            format!("the text could be {} as well as another encoding", reading.encoding),
        )),
        _ => Err(Refusal::new(RefusalCode::UnknownEncoding, "in no known encoding do the bytes make Chinese text")),
    }
}

/// The byte statistics' opinion, where it names an encoding of Chinese.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let unreadable = if had_errors { text.chars().filter(|c| *c == '\u{fffd}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), unreadable }
}

/// Share of the characters outside ASCII that a Chinese newspaper would print: common ideographs count fully, rare
/// ones barely, anything else not at all.
fn plausibility(text: &str) -> f32 {
    let (mut good, mut all) = (0.0f32, 0u32);
    for c in text.chars().filter(|c| !c.is_ascii() || *c == '\0').take(20_000) {
        all += 1;
        good += match c {
            '\u{3000}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => 1.0,
            '“'
            | '”'
            | '‘'
            | '’'
            | '…'
            | '—'
            | '·'
            | '□'
            | '■'
            | '●'
            | '▲'
            | '△'
            | '◆'
            | '①'..='⑳'
            | '℃'
            | '\u{a0}' => 1.0,
            '\u{4e00}'..='\u{9fff}' if is_common(c) => 1.0,
            '\u{4e00}'..='\u{9fff}' => 0.3,
            _ => 0.0,
        };
    }
    if all == 0 { 0.0 } else { good / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "　　本报讯 1月10日下午，区委书记来到社区，详细了解企业发展情况。\n要求相关部门主动跨前、加强服务。";
    const TRADITIONAL: &str = "【本報訊】昨日下午，縣長視察各鄉鎮水利工程，並聽取農民意見。\n當局表示將繼續推動建設。";

    #[test]
    fn each_encoding_is_told() {
        let utf16 = |text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
            mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        let cases: Vec<(&str, Vec<u8>, &str)> = vec![
            ("UTF-8", SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED),
            ("UTF-8", [b"\xef\xbb\xbf", SIMPLIFIED.as_bytes()].concat(), SIMPLIFIED),
            ("UTF-16LE", utf16(SIMPLIFIED, b"\xff\xfe", u16::to_le_bytes), SIMPLIFIED),
            ("UTF-16BE", utf16(SIMPLIFIED, b"\xfe\xff", u16::to_be_bytes), SIMPLIFIED),
            ("UTF-16LE", utf16(SIMPLIFIED, b"", u16::to_le_bytes), SIMPLIFIED),
            ("UTF-16BE", utf16(TRADITIONAL, b"", u16::to_be_bytes), TRADITIONAL),
            ("gb18030", GB18030.encode(SIMPLIFIED).0.into_owned(), SIMPLIFIED),
            ("gb18030", GB18030.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
            ("Big5", BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
        ];
        for (name, bytes, text) in cases {
            let decoded = decode(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.unreadable), (name, text, 0));
        }
    }

    #[test]
    fn a_broken_byte_is_forgiven_and_counted() {
        let mut bytes = SIMPLIFIED.repeat(20).into_bytes();
        bytes[3 * 90] = 0xff;
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.unreadable >= 1);
        let mut cut = GB18030.encode(&SIMPLIFIED.repeat(20)).0.into_owned();
        cut.pop();
        assert_eq!(decode(&cut).unwrap().encoding, "gb18030");
    }

    #[test]
    fn what_makes_no_chinese_is_refused() {
        let latin = encoding_rs::WINDOWS_1252.encode("Café, naïve, déjà vu, Ærø").0.into_owned();
        assert_eq!(decode(&latin).unwrap_err().code, RefusalCode::UnknownEncoding);
        let high: Vec<u8> = (0..400u32).map(|i| 0x80 + (i.wrapping_mul(2_654_435_761) >> 20) as u8 % 0x7f).collect();
        assert_eq!(decode(&high).unwrap_err().code, RefusalCode::UnknownEncoding);
    }
}
