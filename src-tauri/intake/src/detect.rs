//! Which format a file is, from its bytes. The name only decides what to complain about.

use baoku_model::{Refusal, RefusalCode, SourceKind};

use crate::xml;

/// A format that is recognised; only some of them are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Text,
    Image(ImageFormat),
    /// XML or HTML that holds recognised pages, or names the files that do.
    Markup(Markup),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    Alto,
    Mets,
    /// A list of METS files, as the National Digital Newspaper Program orders them.
    Batch,
    PageXml,
    Hocr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    Png,
    Jpeg,
    Tiff,
    WebP,
    /// As a file of boxes (JP2) or as a bare codestream.
    Jpeg2000,
}

/// How far into a file a PDF header may stand; some mail gateways put lines before it.
const PDF_HEADER_WITHIN: usize = 1024;

/// Formats met in the field that are told apart only to say what they are.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"8BPS", "a Photoshop image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"%!PS", "a PostScript document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"CAJ", "a CAJ document"),
    (b"HN\0\0", "a CAJ document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, OFD or EPUB document)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
];

/// Tells the format of `bytes`; `name` is the file's name.
///
/// # Errors
/// `Empty` for nothing but white space, `Unsupported` for another format, `NameContradictsContent` where the name
/// promises a format that is read and the content is none.
pub fn format(bytes: &[u8], name: &str) -> Result<Format, Refusal> {
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(Refusal::new(RefusalCode::Empty, "the file holds nothing but white space"));
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if contains(head, b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if let Some(image) = image_format(bytes) {
        return Ok(Format::Image(image));
    }
    if let Some(xml) = markup(bytes) {
        return xml.map(Format::Markup).map_err(|what| refused(what, name));
    }
    // Two letters are no proof: a text may begin with "BM" or "MZ".
    let short = |magic: &[u8]| magic.len() < 4 && !bytes.contains(&0);
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic) && !short(magic)) {
        return Err(refused(what, name));
    }
    if is_binary(bytes) {
        return Err(refused("of no format known here", name));
    }
    Ok(Format::Text)
}

/// Complains about a name that promises another kind than was found, e.g. a scan named `.pdf`.
pub fn name_warning(kind: SourceKind, name: &str) -> Option<String> {
    let promised = promised(name)?;
    (promised != kind).then(|| format!("named as {}, but it is {}", name_of(promised), name_of(kind)))
}

pub fn name_of(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Pdf => "a PDF",
        SourceKind::Text => "a text file",
        SourceKind::Image => "an image",
        SourceKind::MetsAlto => "METS/ALTO XML",
        SourceKind::PageXml => "PAGE XML",
        SourceKind::Hocr => "hOCR",
    }
}

fn refused(what: &str, name: &str) -> Refusal {
    match promised(name) {
        Some(kind) => Refusal::new(
            RefusalCode::NameContradictsContent,
            format!("named as {}, but the content is {what}", name_of(kind)),
        ),
        None => Refusal::new(RefusalCode::Unsupported, format!("the content is {what}")),
    }
}

fn promised(name: &str) -> Option<SourceKind> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    match extension.as_str() {
        "pdf" => Some(SourceKind::Pdf),
        "txt" | "text" => Some(SourceKind::Text),
        "png" | "jpg" | "jpeg" | "tif" | "tiff" | "webp" | "jp2" | "j2k" | "jpf" | "jpx" => Some(SourceKind::Image),
        "hocr" => Some(SourceKind::Hocr),
        _ => None,
    }
}

/// The format of a scan, from the first bytes of the file.
pub fn image_format(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else if matches!(bytes.get(..4), Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+")) {
        // With a plus sign: offsets of 64 bits.
        Some(ImageFormat::Tiff)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(ImageFormat::WebP)
    } else if bytes.starts_with(b"\0\0\0\x0cjP  \r\n\x87\n") || bytes.starts_with(b"\xff\x4f\xff\x51") {
        Some(ImageFormat::Jpeg2000)
    } else {
        None
    }
}

/// `Some(Ok)` for recognised pages in markup, `Some(Err)` for other markup, `None` for no markup. XML is told by its root
/// element, HTML by the classes that hOCR gives its elements.
fn markup(bytes: &[u8]) -> Option<Result<Markup, &'static str>> {
    /// The root element stands behind comments and declarations of namespaces.
    const ROOT_WITHIN: usize = 1 << 16;
    /// hOCR may have style sheets before its first page.
    const CLASS_WITHIN: usize = 1 << 18;
    let decoded = xml::decode(&bytes[..bytes.len().min(CLASS_WITHIN)]);
    let text = decoded.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !text.starts_with('<') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let is_hocr = || lower.contains("ocr_page") || lower.contains("ocr-system");
    let head = text.char_indices().nth(ROOT_WITHIN).map_or(text, |(end, _)| &text[..end]);
    let root = xml::root(head);
    let known = root.as_ref().and_then(|root| match root.name.as_str() {
        "alto" => Some(Markup::Alto),
        "mets" => Some(Markup::Mets),
        "PcGts" => Some(Markup::PageXml),
        "batch" if root.namespace.contains("ndnp") || head.contains("<issue") => Some(Markup::Batch),
        name if name.eq_ignore_ascii_case("html") && is_hocr() => Some(Markup::Hocr),
        _ => None,
    });
    if let Some(known) = known {
        return Some(Ok(known));
    }
    let is_html = lower.starts_with("<!doctype html") || lower.contains("<html");
    // A fragment of hOCR may begin with the page itself.
    let is_fragment = root.is_some_and(|root| matches!(root.name.as_str(), "div" | "body" | "head"));
    if (is_html || is_fragment) && is_hocr() {
        Some(Ok(Markup::Hocr))
    } else if is_html {
        Some(Err("a web page"))
    } else if lower.starts_with("<?xml") {
        Some(Err("an XML document of another kind"))
    } else {
        None
    }
}

/// Bytes that are no text in any encoding: control characters, or zeros that are no half of UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        // UTF-16 without a mark has its zeros (line ends, digits) on one side only.
        return even.min(odd) * 20 > even.max(odd) || even.max(odd) * 2000 < sample.len();
    }
    let controls = sample.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a)).count();
    controls * 200 > sample.len()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8], name: &str) -> RefusalCode {
        format(bytes, name).unwrap_err().code
    }

    #[test]
    fn bytes_decide_and_not_the_name() {
        assert_eq!(format(b"junk\n%PDF-1.4\n", "a.txt"), Ok(Format::Pdf));
        assert_eq!(format(b"\x89PNG\r\n\x1a\n....", "a.pdf"), Ok(Format::Image(ImageFormat::Png)));
        assert_eq!(format("本报讯".as_bytes(), "a"), Ok(Format::Text));
        assert_eq!(format(b"BM is no bitmap", "a.txt"), Ok(Format::Text));
        assert_eq!(name_warning(SourceKind::Image, "头版.PDF").unwrap(), "named as a PDF, but it is an image");
        assert_eq!(name_warning(SourceKind::Pdf, "头版.pdf"), None);
    }

    #[test]
    fn recognised_pages_in_markup() {
        let alto = br#"<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">"#;
        assert_eq!(format(alto, "p.xml"), Ok(Format::Markup(Markup::Alto)));
        let page = br#"<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/">"#;
        assert_eq!(format(page, "p.xml"), Ok(Format::Markup(Markup::PageXml)));
        let hocr = br#"<!DOCTYPE html><html><body><div class="ocr_page">"#;
        assert_eq!(format(hocr, "p.html"), Ok(Format::Markup(Markup::Hocr)));
        assert_eq!(code(b"<html><body>news", "p.html"), RefusalCode::Unsupported);
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(code(b" \r\n\t ", "a.txt"), RefusalCode::Empty);
        assert_eq!(code(b"GIF89a...", "a.gif"), RefusalCode::Unsupported);
        assert_eq!(code(b"PK\x03\x04....", "a.docx"), RefusalCode::Unsupported);
        let junk: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(code(&junk, "a.bin"), RefusalCode::Unsupported);
        assert_eq!(code(&junk, "a.pdf"), RefusalCode::NameContradictsContent);
    }

    #[test]
    fn utf_16_without_a_mark_is_not_taken_for_binary() {
        let le: Vec<u8> = "第1版\n本报讯 2022年1月10日，徐汇区。\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format(&le, "a.txt"), Ok(Format::Text));
    }
}
