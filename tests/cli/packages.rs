//! What a digitisation supplier delivers, taken in as a whole: articles as the package has them, its text before that of a PDF.

use std::path::Path;

use baoku_sample::FontFiles;

use crate::support::Desk;

/// An ALTO page of blocks, each with its lines; what stands in a block stands below the block before it.
fn alto(blocks: &[(&str, &[&str])]) -> String {
    let mut y = 100;
    let mut text = String::new();
    for (id, lines) in blocks {
        text += &format!(r#"<TextBlock ID="{id}" HPOS="100" VPOS="{y}" WIDTH="1200" HEIGHT="{}">"#, 40 * lines.len());
        for line in *lines {
            let width = 30 * line.chars().count();
            text += &format!(
                r#"<TextLine HPOS="100" VPOS="{y}" WIDTH="{width}" HEIGHT="30"><String CONTENT="{line}" HPOS="100" VPOS="{y}" WIDTH="{width}" HEIGHT="30"/></TextLine>"#
            );
            y += 40;
        }
        text += "</TextBlock>";
        y += 60;
    }
    format!(
        r#"<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>pixel</MeasurementUnit><OCRProcessing ID="O"><ocrProcessingStep><processingSoftware><softwareName>Reader</softwareName><softwareVersion>7.1</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing></Description><Layout><Page ID="P" WIDTH="1500" HEIGHT="2200"><PrintSpace HPOS="0" VPOS="0" WIDTH="1500" HEIGHT="2200">{text}</PrintSpace></Page></Layout></alto>"#
    )
}

const METS: &str = r#"<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">
 <mets:dmdSec ID="M1"><mets:mdWrap><mets:xmlData><mods:mods><mods:titleInfo><mods:title>临溪报</mods:title></mods:titleInfo><mods:originInfo><mods:dateIssued>1935-08-02</mods:dateIssued></mods:originInfo></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
 <mets:dmdSec ID="MA"><mets:mdWrap><mets:xmlData><mods:mods><mods:titleInfo><mods:title>新码头昨日开工</mods:title></mods:titleInfo></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
 <mets:fileSec><mets:fileGrp USE="Text"><mets:file ID="A1"><mets:FLocat xlink:href="alto/0001.xml"/></mets:file><mets:file ID="A2"><mets:FLocat xlink:href="alto/0002.xml"/></mets:file></mets:fileGrp></mets:fileSec>
 <mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper" DMDID="M1">
  <mets:div TYPE="PAGE" ORDER="1" ORDERLABEL="1"><mets:fptr FILEID="A1"/></mets:div>
  <mets:div TYPE="PAGE" ORDER="2" ORDERLABEL="2"><mets:fptr FILEID="A2"/></mets:div></mets:div></mets:structMap>
 <mets:structMap TYPE="LOGICAL"><mets:div TYPE="Issue" DMDID="M1">
  <mets:div ID="ART1" TYPE="ARTICLE" DMDID="MA">
   <mets:div TYPE="HEADING"><mets:fptr><mets:area FILEID="A1" BETYPE="IDREF" BEGIN="B1"/></mets:fptr></mets:div>
   <mets:div TYPE="BODY"><mets:fptr><mets:area FILEID="A1" BETYPE="IDREF" BEGIN="B2"/></mets:fptr><mets:fptr><mets:area FILEID="A2" BETYPE="IDREF" BEGIN="B1"/></mets:fptr></mets:div></mets:div>
  <mets:div ID="ART2" TYPE="ADVERTISEMENT"><mets:fptr><mets:area FILEID="A1" BETYPE="IDREF" BEGIN="B3"/></mets:fptr></mets:div></mets:div></mets:structMap></mets:mets>"#;

fn page_one() -> String {
    alto(&[
        ("B1", &["新码头昨日开工"]),
        ("B2", &["记者从北岸获悉，新码头昨日在北岸开工，工期", "两年，全部工程由市政公司"]),
        ("B3", &["老茶馆今日开张，欢迎各界光临"]),
    ])
}

#[test]
fn articles_of_a_package_are_the_articles_of_the_issue() {
    let desk = Desk::new();
    desk.file("batch/mets.xml", METS);
    desk.file("batch/alto/0001.xml", page_one());
    desk.file("batch/alto/0002.xml", alto(&[("B1", &["承建，明年春天通船。"]), ("B2", &["昨日天气晴朗。"])]));
    desk.import(&[&desk.path("batch")], &["--grouped", "--home", "云岫市临溪区"]).ok();

    let rows = desk.json(&["articles", "1935-08-02"]);
    let rows = rows.as_array().unwrap();
    let titles: Vec<&str> = rows.iter().filter_map(|row| row["headline"]["main"].as_str()).collect();
    assert_eq!(titles.iter().filter(|title| **title == "新码头昨日开工").count(), 1, "{titles:?}");
    let pier = &rows[0];
    assert_eq!(pier["headline"]["main"], "新码头昨日开工");
    assert_eq!(pier["pages"], serde_json::json!([1, 2]), "{pier:#}");
    let text = pier["text"].as_str().unwrap();
    assert!(text.contains("由市政公司承建，明年春天通船。"), "{text}");
    assert!(!text.contains("茶馆") && !text.contains("天气"), "{text}");
    assert_eq!(rows[1]["kind"], "ad");
    // What the package gives to no article is read by layout.
    assert!(rows[2..].iter().any(|a| a.to_string().contains("天气晴朗")), "{titles:?}");
    let dump = desk.dump();
    assert!(dump.contains("Reader 7.1"), "the agent of the text is the supplier's");
    desk.run(&["check"]).ok();

    // The same package again changes nothing.
    desk.import(&[&desk.path("batch")], &["--grouped", "--home", "云岫市临溪区"]).ok();
    assert_eq!(desk.dump(), dump);
}

#[test]
fn the_text_of_a_supplier_goes_before_that_of_a_pdf_whose_image_is_shown() {
    let desk = Desk::new();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    let written = FontFiles::load(&fonts).and_then(|files| baoku_sample::write(&desk.path("sample"), &files));
    let pages = match written {
        Ok(written) => written.pages,
        Err(reason) => return println!("skipped: {reason}"),
    };
    desk.file("batch/临溪报_1935-08-02_第1版.xml", page_one());
    std::fs::copy(&pages[0], desk.path("batch/临溪报_1935-08-02_第1版.pdf")).unwrap();
    desk.import(
        &[&desk.path("batch")],
        &["--grouped", "--newspaper", "临溪报", "--date", "1935-08-02", "--home", "云岫市临溪区"],
    )
    .ok();
    let pages = desk.json(&["pages", "1935-08-02"]);
    let page = &pages[0];
    assert!(page["agent"].as_str().is_some_and(|agent| agent.starts_with("Reader")), "{page:#}");
    assert_eq!(page["lines"][0]["text"], "新码头昨日开工");
    assert!(page["source"].to_string().contains(".pdf"), "{:#}", page["source"]);
    let articles = desk.json(&["articles", "1935-08-02"]);
    assert!(articles.to_string().contains("新码头"), "{articles:#}");
}
