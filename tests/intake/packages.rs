//! What digitisation suppliers deliver: ALTO, PAGE XML and hOCR pages, and METS packages with their articles, whole and broken.

use std::fs;
use std::path::{Path, PathBuf};

use baoku_intake::{Limits, Source, mets_alto::package};
use baoku_model::{Direction, Package, PackageProblemCode, RefusalCode, SourceKind, SupplierPage, SupplierRole};

/// A file of this name and content, read as a whole.
fn source(name: &str, content: &str) -> Result<Source, baoku_model::Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    Source::open(&path, &Limits::default())
}

fn page(name: &str, content: &str) -> SupplierPage {
    source(name, content).unwrap_or_else(|refusal| panic!("{name}: {refusal}")).supplier_page(0).unwrap()
}

fn texts(page: &SupplierPage) -> Vec<&str> {
    page.layer.lines.iter().map(|line| line.text.as_str()).collect()
}

/// Writes files below a folder and opens the package that begins at the first.
fn open_package(files: &[(&str, &str)]) -> (tempfile::TempDir, Package) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let package = package::open(&folder.path().join(files[0].0), &Limits::default()).unwrap();
    (folder, package)
}

const ALTO: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">
 <Description><MeasurementUnit>mm10</MeasurementUnit>
  <sourceImageInformation><fileName>0001.tif</fileName></sourceImageInformation>
  <OCRProcessing ID="O"><ocrProcessingStep><processingSoftware><softwareCreator>Maker</softwareCreator>
   <softwareName>Reader</softwareName><softwareVersion>7.1</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing>
 </Description>
 <Styles><TextStyle ID="F1" FONTFAMILY="Song" FONTSIZE="9" FONTSTYLE="bold"/></Styles>
 <Tags><StructureTag ID="T1" LABEL="Heading"/></Tags>
 <Layout><Page ID="P1" WIDTH="2540" HEIGHT="5080" PRINTED_IMG_NR="3">
  <PrintSpace HPOS="0" VPOS="0" WIDTH="2540" HEIGHT="5080">
   <TextBlock ID="B1" TAGREFS="T1" STYLEREFS="F1" HPOS="254" VPOS="254" WIDTH="508" HEIGHT="127" LANG="zh">
    <TextLine HPOS="254" VPOS="254" WIDTH="508" HEIGHT="127">
     <String CONTENT="云泽" HPOS="254" VPOS="254" WIDTH="254" HEIGHT="127" WC="0.5" CC="09"/>
     <String CONTENT="报" HPOS="508" VPOS="254" WIDTH="254" HEIGHT="127" WC="1.0" CC="0"/>
    </TextLine></TextBlock>
   <ComposedBlock ID="C1" TYPE="Advertisement"><TextBlock ID="B2" HPOS="254" VPOS="500" WIDTH="508" HEIGHT="254">
    <TextLine HPOS="254" VPOS="500" WIDTH="508" HEIGHT="100"><String CONTENT="news" HPOS="254" VPOS="500" WIDTH="200" HEIGHT="100"/><SP WIDTH="10"/>
     <String CONTENT="pa" HPOS="464" VPOS="500" WIDTH="80" HEIGHT="100" SUBS_TYPE="HypPart1" SUBS_CONTENT="paper"/><HYP CONTENT="-"/></TextLine>
    <TextLine HPOS="254" VPOS="620" WIDTH="508" HEIGHT="100"><String CONTENT="per &amp;c." HPOS="254" VPOS="620" WIDTH="100" HEIGHT="100" SUBS_TYPE="HypPart2" SUBS_CONTENT="paper"/></TextLine>
   </TextBlock></ComposedBlock>
   <Illustration ID="I1" HPOS="1270" VPOS="2540" WIDTH="1270" HEIGHT="1270"/>
   <GraphicalElement ID="G1" HPOS="0" VPOS="400" WIDTH="2540" HEIGHT="4"/>
   <TextBlock ID="B3" HPOS="2400" VPOS="1000" WIDTH="60" HEIGHT="400">
    <TextLine HPOS="2400" VPOS="1000" WIDTH="60" HEIGHT="400"><String CONTENT="本报讯今日" HPOS="2400" VPOS="1000" WIDTH="60" HEIGHT="400"/></TextLine></TextBlock>
  </PrintSpace></Page></Layout></alto>"##;

#[test]
fn an_alto_page_with_everything() {
    let page = page("p.xml", ALTO);
    assert_eq!(texts(&page), ["云泽报", "news pa-", "per &c.", "本报讯今日"]);
    assert_eq!((page.layer.width.round(), page.layer.height.round()), (720.0, 1440.0));
    let title = &page.layer.lines[0];
    assert_eq!(title.char_confidence, [1.0, 0.0, 1.0]);
    assert!((title.confidence - 2.0 / 3.0).abs() < 1e-6);
    assert_eq!((title.font.as_deref(), title.bold), (Some("Song"), true));
    // Nine points of a page of 1,440.
    assert!((title.size - 9.0 / 1440.0).abs() < 1e-6);
    let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6) && a.len() == b.len();
    assert!(close(&title.edges, &[0.1, 0.15, 0.2, 0.3]), "{:?}", title.edges);
    assert_eq!(page.layer.lines[3].direction, Direction::Vertical);
    assert_eq!((page.layer.pictures.len(), page.layer.rules.len()), (1, 1));
    let blocks: Vec<_> = page.blocks.iter().map(|b| (b.id.as_str(), b.role, b.first_line, b.lines)).collect();
    assert_eq!(
        blocks,
        [
            ("B1", SupplierRole::Heading, 0, 1),
            ("B2", SupplierRole::Advertisement, 1, 2),
            ("I1", SupplierRole::Picture, 3, 0),
            ("G1", SupplierRole::Separator, 3, 0),
            ("B3", SupplierRole::Text, 3, 1),
        ]
    );
    let agent = &page.agents[0];
    assert_eq!((agent.name.as_str(), agent.version.as_deref()), ("Reader", Some("7.1")));
    assert_eq!((page.image.as_deref(), page.number.as_deref()), (Some("0001.tif"), Some("3")));
}

#[test]
fn an_alto_page_without_namespace_size_or_end() {
    let bare = r#"<alto><Layout><Page><PrintSpace><TextBlock ID="a"><TextLine>
        <String CONTENT="one" HPOS="0" VPOS="0" WIDTH="50" HEIGHT="10"/><String CONTENT="two" HPOS="60" VPOS="0" WIDTH="40" HEIGHT="20"/>"#;
    let page = page("p.xml", bare);
    assert_eq!(texts(&page), ["one two"]);
    assert_eq!((page.layer.width, page.layer.height), (100.0, 20.0));
    assert_eq!(page.blocks[0].lines, 1);
    assert!(page.layer.warnings.iter().any(|w| w.contains("breaks off")), "{:?}", page.layer.warnings);
    let refusal = source("p.xml", "<alto><Layout/></alto>").err().unwrap();
    assert_eq!(refusal.code, RefusalCode::Damaged);
}

#[test]
fn page_xml_of_different_years() {
    let new = r#"<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
      <Metadata><Creator>Scribe 2.5</Creator></Metadata>
      <Page imageFilename="a/0001.tif" imageWidth="1000" imageHeight="2000" readingDirection="left-to-right">
       <ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/><UnorderedGroupIndexed id="u" index="0">
         <RegionRef regionRef="r2"/></UnorderedGroupIndexed><RegionRefIndexed index="2" regionRef="gone"/></OrderedGroup></ReadingOrder>
       <TextRegion id="r1" type="paragraph"><Coords points="100,400 900,400 900,800 100,800"/>
        <TextLine id="l1"><Coords points="100,400 900,400 900,450 100,450"/>
         <Word id="w1"><Coords points="100,400 300,400 300,450 100,450"/><TextEquiv conf="0.9"><Unicode>本报</Unicode></TextEquiv></Word>
         <Word id="w2"><Coords points="300,400 500,400 500,450 300,450"/><TextEquiv conf="0.5"><Unicode>讯</Unicode></TextEquiv></Word>
         <TextEquiv index="1" conf="0.3"><Unicode>本報讯</Unicode></TextEquiv>
         <TextEquiv index="0" conf="0.8"><Unicode>本报讯</Unicode></TextEquiv></TextLine>
       </TextRegion>
       <TextRegion id="r2" type="heading"><Coords points="100,100 900,100 900,200 100,200"/>
        <TextLine id="l0" readingDirection="right-to-left"><Coords points="100,100 900,100 900,200 100,200"/><TextEquiv><Unicode>云泽报</Unicode></TextEquiv></TextLine>
        <TextEquiv><Unicode>云泽报</Unicode></TextEquiv></TextRegion>
       <ImageRegion id="i"><Coords points="500,1000 900,1000 900,1400 500,1400"/></ImageRegion>
       <SeparatorRegion id="s"><Coords points="0,900 1000,900 1000,904 0,904"/></SeparatorRegion>
       <AdvertRegion id="ad"><Coords points="0,1500 1000,1500 1000,2000 0,2000"/>
        <TextRegion id="in"><Coords points="0,1500 500,1500 500,1600 0,1600"/><TextEquiv><Unicode>招商&#10;电话</Unicode></TextEquiv></TextRegion></AdvertRegion>
      </Page></PcGts>"#;
    let page = page("p.xml", new);
    assert_eq!(texts(&page), ["云泽报", "本报讯", "招商", "电话"]);
    assert_eq!(page.layer.lines[0].direction, Direction::RightToLeft);
    let line = &page.layer.lines[1];
    assert_eq!(line.char_confidence, [0.9, 0.9, 0.5]);
    assert_eq!(line.edges, [0.1, 0.2, 0.3, 0.5]);
    assert_eq!((page.layer.pictures.len(), page.layer.rules.len()), (1, 1));
    assert_eq!((page.agents[0].name.as_str(), page.agents[0].version.as_deref()), ("Scribe", Some("2.5")));
    assert!(page.layer.warnings[0].contains("1 regions that are not there"), "{:?}", page.layer.warnings);
    let roles: Vec<_> = page.blocks.iter().map(|b| (b.id.as_str(), b.role)).collect();
    assert_eq!(roles[..2], [("r2", SupplierRole::Heading), ("r1", SupplierRole::Text)]);
    assert!(roles.contains(&("ad", SupplierRole::Advertisement)));

    let old = r#"<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2009-03-16"><Page imageFilename="x.tif" imageWidth="100" imageHeight="100">
      <TextRegion id="r"><Coords><Point x="10" y="20"/><Point x="50" y="20"/><Point x="50" y="40"/></Coords>
       <TextLine id="l"><Coords><Point x="10" y="20"/><Point x="50" y="40"/></Coords><Word id="w"><Coords><Point x="10" y="20"/><Point x="50" y="40"/></Coords>
        <Glyph id="g1"><Coords><Point x="10" y="20"/><Point x="30" y="40"/></Coords><TextEquiv conf="0.7"><Unicode>云</Unicode></TextEquiv></Glyph>
        <Glyph id="g2"><Coords><Point x="30" y="20"/><Point x="50" y="40"/></Coords><TextEquiv conf="0.6"><Unicode>泽</Unicode></TextEquiv></Glyph></Word></TextLine></TextRegion></Page></PcGts>"#;
    let page = self::page("old.xml", old);
    assert_eq!(texts(&page), ["云泽"]);
    assert_eq!(page.layer.lines[0].char_confidence, [0.7, 0.6]);
    assert_eq!(page.layer.lines[0].edges, [0.1, 0.3, 0.5]);
}

#[test]
fn hocr_with_the_liberties_of_html() {
    let hocr = r#"<!DOCTYPE html><HTML lang=zh><head><meta name='ocr-system' content='tesseract 5.3.0'><meta name="ocr-capabilities" content="ocr_page">
      <style>.ocr_page > p { color: red }</style><script>if (1 < 2) { document.write("<div class='ocr_page'>") }</script></head>
      <body><div class='ocr_page' id='page_1' title='image "scans/0001.tif"; bbox 0 0 1000 2000; ppageno 4'>
       <div class='ocr_photo' title='bbox 500 500 900 900'></div>
       <div class='ocr_carea' id='b1' title='bbox 100 100 900 200'><p class='ocr_par'>
        <span class='ocr_header' title="bbox 100 100 900 200; x_size 80"><span class='ocrx_word' title='bbox 100 100 300 200; x_wconf 90'><strong>云</strong></span>
         <span class='ocrx_word' title='bbox 300 100 500 200; x_wconf 50'>泽&nbsp;</span></span>
        <span class=ocr_line title="bbox 100 300 900 350"><span class=ocrx_word title="bbox 100 300 200 350">AT&amp;T</span> <span class=ocrx_word title="bbox 220 300 400 350">news</span></span>
        <span class='ocr_line' title='bbox 100 400 900 450'>no words &lt;here&gt;<br>at all</span>
        <span class='ocr_line' title='bbox 950 100 980 400; textangle 90'><span class='ocrx_word' title='bbox 950 100 980 400'>turned</span></span>
       </p></div></div>"#;
    let page = page("p.html", hocr);
    assert_eq!(texts(&page), ["云泽", "AT&T news", "no words <here> at all", "turned"]);
    assert_eq!(page.layer.lines[0].char_confidence, [0.9, 0.5]);
    assert!(page.layer.lines[0].bold);
    assert_eq!(page.layer.lines[3].direction, Direction::Vertical);
    assert_eq!((page.layer.width, page.layer.height), (1000.0, 2000.0));
    assert_eq!((page.image.as_deref(), page.number.as_deref()), (Some("scans/0001.tif"), Some("5")));
    assert_eq!((page.agents[0].name.as_str(), page.agents[0].version.as_deref()), ("tesseract", Some("5.3.0")));
    assert_eq!(page.layer.pictures.len(), 1);
    assert_eq!(page.blocks[1].lines, 4);
}

const METS: &str = r#"<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" LABEL="云泽报">
 <mets:dmdSec ID="M1"><mets:mdWrap><mets:xmlData><mods:mods><mods:titleInfo><mods:title>云泽报</mods:title></mods:titleInfo>
   <mods:part><mods:detail type="issue"><mods:number>512</mods:number></mods:detail></mods:part>
   <mods:originInfo><mods:dateIssued>2021-12-31</mods:dateIssued></mods:originInfo></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
 <mets:dmdSec ID="MA"><mets:mdWrap><mets:xmlData><mods:mods><mods:titleInfo><mods:title>岁末话民生</mods:title></mods:titleInfo>
   <mods:name><mods:namePart>李</mods:namePart><mods:namePart>红</mods:namePart></mods:name></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
 <mets:fileSec><mets:fileGrp USE="Images"><mets:file ID="I1"><mets:FLocat xlink:href="file://./IMG/0001.tif"/></mets:file>
   <mets:file ID="I2"><mets:FLocat xlink:href="img/0002.TIF"/></mets:file><mets:file ID="J2"><mets:FLocat xlink:href="img/0002.jpg"/></mets:file></mets:fileGrp>
  <mets:fileGrp USE="Text"><mets:file ID="A1"><mets:FLocat xlink:href="alto/0001.xml"/></mets:file>
   <mets:file ID="A2"><mets:FLocat xlink:href="../../secret.xml"/></mets:file><mets:file ID="A3"><mets:FLocat xlink:href="http://example.org/a.xml"/></mets:file></mets:fileGrp></mets:fileSec>
 <mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper" DMDID="M1">
   <mets:div ID="PH2" TYPE="PAGE" ORDER="2" ORDERLABEL="2"><mets:fptr FILEID="I2"/><mets:fptr FILEID="J2"/><mets:fptr FILEID="A2"/><mets:fptr FILEID="A3"/><mets:fptr FILEID="nowhere"/></mets:div>
   <mets:div ID="PH1" TYPE="PAGE" ORDER="1" ORDERLABEL="1"><mets:fptr><mets:par><mets:area FILEID="I1"/><mets:area FILEID="A1"/></mets:par></mets:fptr></mets:div></mets:div></mets:structMap>
 <mets:structMap TYPE="LOGICAL"><mets:div TYPE="Newspaper"><mets:div TYPE="Issue" DMDID="M1"><mets:div ID="AR1" TYPE="ARTICLE" DMDID="MA">
   <mets:div TYPE="HEADING"><mets:fptr><mets:area FILEID="A1" BETYPE="IDREF" BEGIN="B1"/></mets:fptr></mets:div>
   <mets:div TYPE="BODY"><mets:div TYPE="PARAGRAPH"><mets:fptr><mets:area FILEID="A1" BETYPE="IDREF" BEGIN="B2"/></mets:fptr></mets:div>
    <mets:div TYPE="PARAGRAPH"><mets:fptr><mets:area FILEID="A2" BETYPE="IDREF" BEGIN="B9"/></mets:fptr></mets:div></mets:div></mets:div>
   <mets:div TYPE="ADVERTISEMENT" LABEL="招商"><mets:fptr><mets:area FILEID="I2" SHAPE="RECT" COORDS="1,2,3,4"/></mets:fptr></mets:div></mets:div></mets:div></mets:structMap>
</mets:mets>"#;

#[test]
fn a_mets_package_with_articles_and_wrong_references() {
    let (_folder, package) = open_package(&[("mets.xml", METS), ("img/0002.tif", "x"), ("alto/0001.xml", ALTO)]);
    assert_eq!(package.issues.len(), 1);
    let issue = &package.issues[0];
    assert_eq!(
        (issue.title.as_deref(), issue.date.as_deref(), issue.number.as_deref()),
        (Some("云泽报"), Some("2021-12-31"), Some("512"))
    );
    let pages: Vec<_> = issue.pages.iter().map(|p| (p.label.as_deref(), p.order)).collect();
    assert_eq!(pages, [(Some("1"), 1), (Some("2"), 2)]);
    let (first, second) = (&issue.pages[0], &issue.pages[1]);
    assert_eq!(first.image.as_ref().map(|f| (f.path.as_str(), f.found)), Some(("IMG/0001.tif", false)));
    assert_eq!(first.text.as_ref().map(|f| (f.path.as_str(), f.found)), Some(("alto/0001.xml", true)));
    // The disk spells it in another case.
    assert_eq!(second.image.as_ref().map(|f| (f.path.as_str(), f.found)), Some(("img/0002.tif", true)));
    assert_eq!(second.text, None);
    assert_eq!(issue.articles.len(), 2);
    let article = &issue.articles[0];
    assert_eq!((article.title.as_deref(), article.kind.as_str()), (Some("岁末话民生"), "article"));
    assert_eq!(article.authors, ["李红"]);
    let parts: Vec<_> = article.parts.iter().map(|p| (p.page, p.role.as_str(), p.block.as_deref())).collect();
    assert_eq!(parts, [(0, "heading", Some("B1")), (0, "body", Some("B2")), (1, "body", Some("B9"))]);
    assert_eq!(issue.articles[1].title.as_deref(), Some("招商"));
    assert_eq!(issue.articles[1].parts[0].area, Some([1.0, 2.0, 3.0, 4.0]));
    let mut problems: Vec<_> = package.problems.iter().map(|p| (p.code, p.page, p.detail.as_str())).collect();
    problems.sort_by_key(|p| p.2);
    assert_eq!(
        problems,
        [
            (PackageProblemCode::OutsidePackage, Some(2), "../../secret.xml"),
            (PackageProblemCode::MissingFile, Some(1), "IMG/0001.tif"),
            (PackageProblemCode::OutsidePackage, Some(2), "http://example.org/a.xml"),
            (PackageProblemCode::MissingFile, Some(2), "img/0002.jpg"),
            (PackageProblemCode::BrokenReference, Some(2), "nowhere"),
        ]
    );
}

#[test]
fn a_batch_whose_files_are_broken_or_name_each_other() {
    let batch = r#"<ndnp:batch xmlns:ndnp="http://www.loc.gov/ndnp" name="batch_x"><issue lccn="sn1" issueDate="1935-08-02">a/a.xml</issue>
        <issue>b/gone.xml</issue><issue>../../etc/passwd</issue><issue>a/broken.xml</issue><issue>a/text.txt</issue></ndnp:batch>"#;
    let ring = r#"<mets xmlns:xlink="http://www.w3.org/1999/xlink"><structMap><div TYPE="issue"><div TYPE="np:page"/><mptr xlink:href="a.xml"/><mptr xlink:href="../a/a.xml"/></div></structMap></mets>"#;
    let (_folder, package) = open_package(&[
        ("batch.xml", batch),
        ("a/a.xml", ring),
        ("a/broken.xml", "<mets><structMap><div TYPE='page'></structMap>"),
        ("a/text.txt", "云泽报"),
    ]);
    assert_eq!(package.name.as_deref(), Some("batch_x"));
    assert_eq!(package.issues[0].date.as_deref(), Some("1935-08-02"));
    assert_eq!(package.issues[0].identifiers, ["lccn:sn1"]);
    assert_eq!(package.issues[0].pages.len(), 1);
    let codes: Vec<_> = package.problems.iter().map(|p| p.code).collect();
    use PackageProblemCode::{Malformed, MissingFile, OutsidePackage};
    assert_eq!(codes, [MissingFile, OutsidePackage, Malformed, Malformed], "{:?}", package.problems);
}

#[test]
fn a_bound_year_is_divided_into_its_issues() {
    let page = |n: u32| format!(r#"<div ID="P{n}" TYPE="page"/>"#);
    let issue = |n: u32, date: &str| {
        format!(r#"<div ID="L{n}" TYPE="issue" LABEL="{date}"><div ID="A{n}" TYPE="article" LABEL="文{n}"/></div>"#)
    };
    let link = |from: &str, to: u32| format!(r#"<smLink xlink:from="{from}" xlink:to="P{to}"/>"#);
    let mets = format!(
        r#"<mets xmlns:xlink="http://www.w3.org/1999/xlink" LABEL="云泽报"><structMap TYPE="LOGICAL"><div TYPE="volume">{}{}</div></structMap>
           <structMap TYPE="PHYSICAL"><div TYPE="physSequence">{}{}{}</div></structMap><structLink>{}{}{}{}</structLink></mets>"#,
        issue(1, "1955-01-01"),
        issue(2, "1955-01-08"),
        page(1),
        page(2),
        page(3),
        link("L1", 1),
        link("L2", 2),
        link("L2", 3),
        link("A2", 3),
    );
    let (_folder, package) = open_package(&[("mets.xml", &mets)]);
    let issues: Vec<_> = package.issues.iter().map(|i| (i.date.as_deref(), i.pages.len(), i.articles.len())).collect();
    assert_eq!(issues, [(Some("1955-01-01"), 1, 0), (Some("1955-01-08"), 2, 1)]);
    assert_eq!(package.issues[1].articles[0].parts[0].page, 1);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_package_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("a.xml"), ALTO).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("alto")).unwrap();
    let mets = r#"<mets xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp><file ID="A"><FLocat xlink:href="alto/a.xml"/></file></fileGrp></fileSec>
        <structMap><div TYPE="page"><fptr FILEID="A"/></div></structMap></mets>"#;
    fs::write(folder.path().join("mets.xml"), mets).unwrap();
    let package = package::open(&folder.path().join("mets.xml"), &Limits::default()).unwrap();
    assert_eq!(package.issues[0].pages[0].text, None);
    assert_eq!(package.problems[0].code, PackageProblemCode::OutsidePackage);
}

#[test]
fn hostile_markup_stays_small() {
    let bomb = format!(
        r#"<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa">{}]><alto><Layout><Page WIDTH="1" HEIGHT="1"><TextLine><String CONTENT="&z9;x" HPOS="0" VPOS="0"/></TextLine></Page></Layout></alto>"#,
        (0..10).map(|i| format!("<!ENTITY z{i} \"{}\">", format!("&z{};", i - 1).repeat(10))).collect::<String>()
    );
    let page = page("bomb.xml", &bomb);
    assert_eq!(texts(&page), ["&z9;x"]);
    let huge = format!(
        r#"<alto><Layout><Page WIDTH="10" HEIGHT="10" ID="{}"><TextLine><String CONTENT="ok"/></TextLine></Page></Layout></alto>"#,
        "x".repeat(3 << 20)
    );
    assert_eq!(texts(&self::page("huge.xml", &huge)), ["ok"]);
    let deep = format!("<alto><Layout><Page>{}", "<ComposedBlock>".repeat(100_000));
    let page = self::page("deep.xml", &deep);
    assert!(page.layer.warnings.iter().any(|w| w.contains("nested")));
    let long = format!(
        r#"<alto><Layout><Page WIDTH="10" HEIGHT="10"><TextLine>{}</TextLine></Page></Layout></alto>"#,
        r#"<String CONTENT="字字字字字字字字字字"/>"#.repeat(100_000)
    );
    let page = self::page("long.xml", &long);
    assert!(page.layer.lines[0].text.chars().count() <= Limits::default().max_characters);
    let strange = r#"<alto><Layout><Page WIDTH="NaN" HEIGHT="-1e39"><TextLine><String CONTENT="x" HPOS="1e30" VPOS="-inf" WIDTH="9e99" HEIGHT=""/></TextLine></Page></Layout></alto>"#;
    assert_eq!(texts(&self::page("strange.xml", strange)), ["x"]);
}

/// Third-party examples, read in place; `None`, with a message, where they are absent.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from).join("data").join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Pages, lines with text, blocks and pictures, counted with another XML reader.
#[test]
fn real_pages_have_all_their_lines() {
    use SourceKind::{MetsAlto, PageXml};
    for (path, kind, lines, blocks) in [
        ("altoxml/v3-Glyph/00001.xml", MetsAlto, 27, 7),
        ("altoxml/v3-Glyph/00001_Glyph.xml", MetsAlto, 27, 7),
        ("altoxml/v3-Glyph/00005_GlyphShortened.xml", MetsAlto, 37, 3),
        ("altoxml/v3-Glyph/NPsample.xml", MetsAlto, 702, 68),
        ("altoxml/v3-Glyph/Glyph_Sample05_Telugu.xml", MetsAlto, 1, 1),
        ("altoxml/v4-GlyphSamples/Glyph_Sample01_General.xml", MetsAlto, 1, 1),
        ("chronam-openoni/ocr.xml", MetsAlto, 693, 50),
        ("ndnp/ndnp_batch_local/sn85058233/17082901001/1935080201/1289.xml", MetsAlto, 810, 38),
        ("ndnp/ndnp_batch_local/sn85058233/17082901001/1935080201/1292.xml", MetsAlto, 986, 35),
        ("dinglehopper/lorem-ipsum/lorem-ipsum-scan.ocr.tesseract.alto.xml", MetsAlto, 7, 1),
        ("dinglehopper/_all/brochrnx_73075507X/00000139.gt.page.xml", PageXml, 34, 9),
        ("dinglehopper/_all/brochrnx_73075507X/00000139.ocrd-tess.ocr.page.xml", PageXml, 32, 7),
        ("dinglehopper/_all/test-fake-ocr.page2018.xml", PageXml, 20, 3),
        ("dinglehopper/actevedef_718448162/OCR-D-GT-PAGE/00000024.page.xml", PageXml, 68, 11),
        ("dinglehopper/actevedef_718448162/OCR-D-OCR-CALAMARI/OCR-D-OCR-CALAMARI_0001.xml", PageXml, 69, 11),
        ("dinglehopper/levels-are-different.page.xml", PageXml, 2, 1),
        ("dinglehopper/mixed-regions.page.xml", PageXml, 35, 4),
        ("dinglehopper/order.page.xml", PageXml, 26, 6),
        ("reichsanzeiger-gt/1820_84_0220.xml", PageXml, 260, 59),
        ("reichsanzeiger-gt/1834_239_0518.xml", PageXml, 736, 180),
        ("reichsanzeiger-gt/1914_178_0448.xml", PageXml, 110, 32),
        ("reichsanzeiger-gt/1914_180_0471.xml", PageXml, 21, 13),
    ] {
        let Some(file) = shared(path) else { continue };
        let source = Source::open(&file, &Limits::default()).unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        assert_eq!(source.kind(), kind, "{path}");
        assert_eq!(source.inspection().unwrap().pages.len(), 1, "{path}");
        let page = source.supplier_page(0).unwrap();
        assert_eq!((page.layer.lines.len(), page.blocks.len()), (lines, blocks), "{path}");
        assert!(page.layer.lines.iter().all(|line| line.bbox.is_some()), "{path}");
        assert!(!page.agents.is_empty() || path.contains("Sample"), "{path}");
        assert!(page.layer.warnings.is_empty() || path.contains("Sample"), "{path}: {:?}", page.layer.warnings);
    }
}

#[test]
fn real_confidence_of_glyphs() {
    let Some(file) = shared("altoxml/v4-GlyphSamples/Glyph_Sample04_Chinese.xml") else { return };
    let page = Source::open(&file, &Limits::default()).unwrap().supplier_page(0).unwrap();
    assert_eq!(texts(&page), ["義禮說選"]);
    assert_eq!(page.layer.lines[0].char_confidence, [0.7, 0.8, 0.9, 0.7]);
}

#[test]
fn a_real_batch_names_each_absent_image_once() {
    let Some(file) = shared("ndnp/ndnp_batch_local/17082901001_batch.xml") else { return };
    let package = package::open(&file, &Limits::default()).unwrap();
    assert_eq!(package.issues.len(), 1);
    let issue = &package.issues[0];
    assert_eq!(issue.title.as_deref(), Some("The Park Record (Park City, UT)"));
    assert_eq!(
        (issue.date.as_deref(), issue.volume.as_deref(), issue.number.as_deref()),
        (Some("1935-08-02"), Some("56"), Some("27"))
    );
    assert_eq!(issue.identifiers, ["lccn:sn85058233"]);
    let pages: Vec<_> = issue.pages.iter().map(|p| p.label.as_deref().unwrap_or_default()).collect();
    assert_eq!(pages, ["1", "2"]);
    for (page, name) in issue.pages.iter().zip(["1292", "1289"]) {
        assert!(page.image.as_ref().is_some_and(|image| image.found && image.path.ends_with(&format!("{name}.jp2"))));
        assert!(page.text.as_ref().is_some_and(|text| text.found && text.path.ends_with(&format!("{name}.xml"))));
        assert_eq!(page.other_images.len(), 1);
    }
    let missing: Vec<_> = package.problems.iter().map(|p| (p.code, p.detail.rsplit('/').next().unwrap())).collect();
    assert_eq!(missing, [(PackageProblemCode::MissingFile, "1292.tif"), (PackageProblemCode::MissingFile, "1289.tif")]);
}

#[test]
fn a_real_mets_with_three_recognitions_of_one_page() {
    let Some(file) = shared("dinglehopper/actevedef_718448162/mets.xml") else { return };
    let package = package::open(&file, &Limits::default()).unwrap();
    assert_eq!((package.issues.len(), package.issues[0].pages.len()), (1, 1));
    assert!(package.issues[0].pages[0].text.as_ref().is_some_and(|text| text.found));
    assert!(package.problems.is_empty(), "{:?}", package.problems);
}
