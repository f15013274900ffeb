//! What a librarian drops by mistake: every file gets its own outcome and a reason, and nothing panics.

#[path = "../fixtures/files.rs"]
mod files;

use std::path::PathBuf;

use baoku_intake::{Limits, inspect, needs_recognition, read_page};
use baoku_model::{Direction, RefusalCode, SourceKind, TextLayer};
use files::{Page, pages, pdf, show, stream};

/// A file of this name and content in a folder that goes away with it.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn refusal(name: &str, bytes: &[u8]) -> (RefusalCode, String) {
    let (_folder, path) = file(name, bytes);
    let refusal = inspect(&path, &Limits::default()).expect_err(name);
    (refusal.code, refusal.detail)
}

fn read(bytes: &[u8], index: u32) -> TextLayer {
    let (_folder, path) = file("page.pdf", bytes);
    read_page(&path, SourceKind::Pdf, index, &Limits::default()).unwrap()
}

fn texts(layer: &TextLayer) -> Vec<&str> {
    layer.lines.iter().map(|line| line.text.as_str()).collect()
}

/// A PDF that wants a password: its user key fits no empty one.
fn encrypted() -> Vec<u8> {
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>".to_vec(),
        stream("q Q"),
    ];
    let key = "4142434445464748494A4B4C4D4E4F505152535455565758595A616263646566";
    let trailer = format!(
        "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] \
         /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>"
    );
    pdf(&objects, &trailer)
}

/// Operators that show bytes in the Latin font.
fn show_bytes(size: u32, x: u32, y: u32, bytes: &[u8]) -> String {
    let codes: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("BT /L {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n")
}

#[test]
fn each_bad_file_is_refused_for_its_own_reason() {
    let noise: Vec<u8> = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let news = pages(&[Page::new(show("H", 10, 50, 700, "本报讯"))], "");
    for (name, bytes, code) in [
        ("空.txt", Vec::new(), RefusalCode::Empty),
        ("空白.txt", b" \r\n\t\n  ".to_vec(), RefusalCode::Empty),
        ("噪声.bin", noise.clone(), RefusalCode::Unsupported),
        ("噪声.pdf", noise.clone(), RefusalCode::NameContradictsContent),
        ("加密.pdf", encrypted(), RefusalCode::Encrypted),
        ("残.pdf", news[..40].to_vec(), RefusalCode::Damaged),
        ("残.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec(), RefusalCode::Damaged),
        ("网页.html", b"<html><body>news</body></html>".to_vec(), RefusalCode::Unsupported),
    ] {
        assert_eq!(refusal(name, &bytes).0, code, "{name}");
    }
}

#[test]
fn a_page_of_65536_points_is_too_large_and_says_its_size() {
    let huge = Page { width: 65_536, height: 65_536, ..Page::new("") };
    let (code, detail) = refusal("巨.pdf", &pages(&[huge], ""));
    assert_eq!(code, RefusalCode::TooLarge);
    assert!(detail.contains("65536 x 65536"), "{detail}");

    let huge = Page { width: 65_536, height: 65_536, ..Page::new("") };
    let (_folder, path) = file("mixed.pdf", &pages(&[huge, Page::new(show("H", 10, 50, 700, "要闻"))], ""));
    let inspection = inspect(&path, &Limits::default()).unwrap();
    assert_eq!(inspection.pages.iter().map(|p| p.has_image).collect::<Vec<_>>(), [false, true]);
    assert_eq!(inspection.warnings.len(), 1);
    let refused = read_page(&path, SourceKind::Pdf, 0, &Limits::default()).unwrap_err();
    assert_eq!(refused.code, RefusalCode::TooLarge);
    assert_eq!(texts(&read_page(&path, SourceKind::Pdf, 1, &Limits::default()).unwrap()), ["要闻"]);
}

#[test]
fn a_scan_named_pdf_is_taken_as_the_image_it_is() {
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(30, 40, image::Luma([200])).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let (_folder, path) = file("头版.pdf", png.get_ref());
    let inspection = inspect(&path, &Limits::default()).unwrap();
    assert_eq!(
        (inspection.kind, inspection.pages[0].raster_width, inspection.pages[0].raster_height),
        (SourceKind::Image, 30, 40)
    );
    assert_eq!(inspection.warnings, ["named as a PDF, but it is an image"]);
    assert!(needs_recognition(&read_page(&path, SourceKind::Image, 0, &Limits::default()).unwrap()));
}

#[test]
fn what_is_left_of_a_truncated_pdf_is_read() {
    let three: Vec<Page> =
        ["第一版", "第二版", "第三版"].map(|text| Page::new(show("H", 10, 50, 700, text).repeat(40))).into();
    let whole = pages(&three, "");
    let (_folder, path) = file("cut.pdf", &whole[..whole.len() * 7 / 10]);
    let inspection = inspect(&path, &Limits::default()).unwrap();
    assert!(!inspection.warnings.is_empty());
    assert!((1..=3).contains(&inspection.pages.len()));
    let first = read_page(&path, SourceKind::Pdf, 0, &Limits::default()).unwrap();
    assert_eq!(first.lines[0].text, "第一版");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_unreadable() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = file("密.txt", "本报讯".as_bytes());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        println!("skipped: this user (root) may read everything");
    } else {
        assert_eq!(inspect(&path, &Limits::default()).unwrap_err().code, RefusalCode::Unreadable);
    }
    assert_eq!(inspect(folder.path(), &Limits::default()).unwrap_err().code, RefusalCode::Unreadable);
    let missing = folder.path().join("missing.txt");
    assert_eq!(inspect(&missing, &Limits::default()).unwrap_err().code, RefusalCode::Unreadable);
}

#[test]
fn a_dump_in_each_encoding_reads_the_same() {
    let text =
        "第1版 要闻\r\n\r\n 本报讯 1 月 10 日下午， 区委书记到社区走访。\r\n要求相关部门主动跨前、加强服务。\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for (name, bytes) in [
        ("utf8", text.as_bytes().to_vec()),
        ("gb18030", encoding_rs::GB18030.encode(text).0.into_owned()),
        ("utf16le", [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat()),
        ("utf16be", utf16(u16::to_be_bytes)),
    ] {
        let (_folder, path) = file(&format!("{name}.txt"), &bytes);
        let layer = read_page(&path, SourceKind::Text, 0, &Limits::default()).unwrap();
        let expected =
            ["第1版 要闻", " 本报讯 1 月 10 日下午， 区委书记到社区走访。", "要求相关部门主动跨前、加强服务。"];
        assert_eq!(texts(&layer), expected, "{name}");
        assert!(!needs_recognition(&layer));
    }
}

#[test]
fn a_mislabelled_encoding_is_decoded() {
    let bytes = encoding_rs::GBK.encode("本报讯　区委书记今天到社区走访，要求加强服务").0.into_owned();
    let layer = read(&pages(&[Page::new(show_bytes(10, 50, 700, &bytes))], ""), 0);
    assert_eq!(texts(&layer), ["本报讯　区委书记今天到社区走访，要求加强服务"]);
    assert_eq!(layer.warnings.len(), 1);
    let line = &layer.lines[0];
    assert_eq!(line.edges.len(), line.text.chars().count() + 1);

    // Bytes that are text in no encoding leave the page to recognition.
    let noise: Vec<u8> = (0..60u8).map(|i| 0xc0 + i.wrapping_mul(37) % 0x3f).collect();
    let layer = read(&pages(&[Page::new(show_bytes(10, 50, 700, &noise))], ""), 0);
    assert!(needs_recognition(&layer), "{:?}", texts(&layer));
    assert!(!layer.warnings.is_empty());
}

#[test]
fn text_across_downwards_and_hidden() {
    let content = [
        show("H", 20, 100, 700, "区四套班子领导"),
        show("V", 12, 500, 600, "云泽湖的早春"),
        format!("3 Tr {} 0 Tr", show("H", 10, 100, 300, "看不见的文字层")),
    ];
    let layer = read(&pages(&[Page::new(content.concat())], ""), 0);
    assert_eq!(texts(&layer), ["区四套班子领导", "云泽湖的早春", "看不见的文字层"]);
    let directions: Vec<_> = layer.lines.iter().map(|l| (l.direction, l.invisible)).collect();
    assert_eq!(
        directions,
        [(Direction::Horizontal, false), (Direction::Vertical, false), (Direction::Horizontal, true)]
    );
    let headline = &layer.lines[0];
    assert!((headline.size * 800.0 - 20.0).abs() < 0.1);
    assert!((headline.edges[0] * 600.0 - 100.0).abs() < 0.5 && (headline.edges[7] * 600.0 - 240.0).abs() < 0.5);
    let column = layer.lines[1].bbox.unwrap();
    assert!((column.center().0 * 600.0 - 500.0).abs() < 1.0 && (column.y * 800.0 - 200.0).abs() < 1.0, "{column:?}");
}

#[test]
fn the_frame_is_the_page_after_rotation() {
    let turned = Page { rotate: 90, ..Page::new("BT /H 10 Tf 0 1 -1 0 100 200 Tm <7B2C4E007248> Tj ET") };
    let layer = read(&pages(&[turned], ""), 0);
    assert_eq!((layer.width, layer.height), (800.0, 600.0));
    assert_eq!((texts(&layer), layer.lines[0].direction), (vec!["第一版"], Direction::Horizontal));
    let place = layer.lines[0].bbox.unwrap();
    assert!((place.x * 800.0 - 200.0).abs() < 1.0, "{place:?}");
}

#[test]
fn gutters_part_lines_and_letter_spacing_does_not() {
    let headline = "BT /H 30 Tf 24 Tc 1 0 0 1 60 700 Tm <505C6C34901A77E5> Tj ET\n";
    let columns = show("H", 10, 60, 600, "左栏第一行文字") + &show("H", 10, 143, 600, "右栏第一行文字");
    let layer = read(&pages(&[Page::new(headline.to_owned() + &columns)], ""), 0);
    assert_eq!(texts(&layer), ["停水通知", "左栏第一行文字", "右栏第一行文字"]);
}

#[test]
fn page_labels_are_kept() {
    let labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /P (A) /S /D /St 3 >>] >>";
    let three = [Page::new(""), Page::new(""), Page::new("")];
    let (_folder, path) = file("labels.pdf", &pages(&three, labels));
    let labels: Vec<_> =
        inspect(&path, &Limits::default()).unwrap().pages.into_iter().map(|p| p.label.unwrap()).collect();
    assert_eq!(labels, ["i", "A3", "A4"]);
}

#[test]
fn rules_frames_and_panels_are_kept() {
    let content = "0.5 w 50 400 m 550 400 l S 100 100 200 150 re S 0.9 g 350 100 150 150 re f 0 g 300 50 1 300 re f";
    let layer = read(&pages(&[Page::new(content)], ""), 0);
    let shapes: Vec<_> =
        layer.rules.iter().map(|r| (r.frame, (r.bbox.w * 600.0).round(), (r.bbox.h * 800.0).round())).collect();
    assert_eq!(shapes, [(false, 500.0, 1.0), (true, 200.0, 150.0), (true, 150.0, 150.0), (false, 1.0, 300.0)]);
}
