//! Chronicles in both forms, each written to `ref/NAME.txt` as the references are.

use baoku_exchange::chronicle::{Heading, write};
use baoku_model::view::{ChronicleFormat, ChronicleLine};
use baoku_model::{ArticleId, IssueId};

fn line(date: &str, sentence: &str, confirmed: bool) -> ChronicleLine {
    ChronicleLine {
        date: date.into(),
        sentence: sentence.into(),
        citation: "《青棠报》2022年1月6日第1、4版".into(),
        confirmed,
        entity: None,
        name: String::new(),
        mention: None,
        article: ArticleId(3),
        issue: IssueId(7),
        pages: vec![1, 4],
        start: 0,
        end: 9,
    }
}

fn check(name: &str, heading: &Heading<'_>, lines: &[ChronicleLine], format: ChronicleFormat) {
    crate::compare(name, &write(heading, lines, format));
}

#[test]
fn a_chronicle_names_its_years_dates_and_sources() {
    let heading = Heading { archive: "青棠报档案", from: Some("2021-01-01"), to: Some("2022-12-31") };
    let lines = [
        line("2021-12", "堤防加固完成。", true),
        line("2022-01-05", "本报讯 昨日，棠溪综合治理工程动工。", true),
        line("2022-01-14/2022-01-16", "区人代会召开，#3 *议案* 通过。", false),
    ];
    check("chronicle-markdown", &heading, &lines, ChronicleFormat::Markdown);
    check("chronicle-text", &heading, &lines, ChronicleFormat::Text);
    let whole = Heading { from: None, to: None, ..heading };
    assert!(write(&whole, &[], ChronicleFormat::Text).contains("据青棠报档案。经人确认 0 条。"));
}
