//! What a hit shows: the words, the place on the page, the month; and what could not be looked into.

#[path = "../archive/sample.rs"]
#[allow(dead_code, reason = "shared with the tests of the archive")]
mod sample;

use baoku_archive::{Archive, NewPage, PageSource};
use baoku_model::SourceKind;
use baoku_model::view::{SearchRequest, SearchResults, SearchSort, UnderstoodOp};
use baoku_search::{Cancel, Limits, Search};

use self::sample::*;

fn ask(archive: &Archive, request: &SearchRequest) -> Result<SearchResults, baoku_search::SearchError> {
    Search::new(archive.clone(), Limits::default(), |_| {}).search(request, &Cancel::default())
}

fn search(archive: &Archive, query: &str) -> SearchResults {
    ask(archive, &SearchRequest { query: query.into(), ..SearchRequest::default() }).unwrap()
}

#[test]
fn a_hit_shows_where_it_stands() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    // Traditional, full width, across the end of a printed line.
    let results = search(&archive, "儀式。區委書記");
    assert_eq!((results.total, results.occurrences), (1, 1));
    let hit = &results.hits[0];
    assert_eq!((hit.field.as_str(), hit.snippet.hit.as_str()), ("text", "仪式。区委书记"));
    assert_eq!((hit.pages.as_slice(), hit.boxes.len()), ([1].as_slice(), 2), "one box for each line");
    assert!(search(&archive, "３．５亿").total == 1 && search(&archive, "35亿").total == 0);

    let hit = &search(&archive, "免费开放").hits[0];
    assert_eq!((hit.field.as_str(), hit.start, hit.end, hit.boxes.len()), ("headline", 4, 8, 1));
    assert_eq!(search(&archive, "周行").hits[0].field, "byline");
    assert_eq!(search(&archive, "、").occurrences, 1, "a query of nothing but punctuation is taken as printed");

    let strict = |query: &str| {
        let request = SearchRequest { query: query.into(), strict: true, ..SearchRequest::default() };
        ask(&archive, &request).unwrap().total
    };
    assert_eq!((strict("區委"), strict("区委"), strict("仪式区委")), (0, 2, 0));
}

#[test]
fn order_span_and_histogram() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(1)]);
    let page = |sort, from: Option<&str>, offset, limit| {
        let request = SearchRequest {
            query: "公园".into(),
            sort,
            from: from.map(str::to_owned),
            offset,
            limit,
            ..SearchRequest::default()
        };
        ask(&archive, &request).unwrap()
    };
    let newest = page(SearchSort::Newest, None, 0, 0);
    let dates: Vec<_> = newest.hits.iter().map(|h| h.date.as_deref().unwrap_or_default()).collect();
    assert_eq!(dates, ["2022-02-07", "2022-01-17"]);
    assert_eq!(page(SearchSort::Oldest, None, 0, 1).hits[0].date.as_deref(), Some("2022-01-17"));
    assert_eq!(page(SearchSort::Newest, None, 1, 5).hits.len(), 1);
    assert_eq!(page(SearchSort::Best, Some("2022-02-01"), 0, 0).total, 1);
    let months: Vec<_> = newest.histogram.iter().map(|b| (b.date.as_str(), b.issues, b.articles)).collect();
    assert_eq!(months, [("2022-01", 1, 1), ("2022-02", 1, 1)]);
}

#[test]
fn fields_names_and_what_was_understood() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let total = |query: &str| search(&archive, query).total;
    assert_eq!((total("title:公园"), total("公园"), total("byline:周行")), (1, 1, 3));
    assert_eq!((total("人物:陈曦"), total("person:林澜"), total("person:无此人")), (1, 2, 0));
    assert_eq!((total("paper:云溪"), total("报纸:別處"), total("date:2022-01"), total("日期:2021")), (3, 0, 3, 0));
    assert_eq!((total("page:2"), total("版:1 非 title:公园"), total("*")), (1, 1, 3));
    assert_eq!(total("林澜 AND 藏书"), 1);
    assert_eq!((total("书记 NEAR/0 陈曦"), total("陈曦 近/3 书记"), total("书记 NEAR/2 单立文")), (1, 1, 0));
    assert_eq!((total("云溪?政府"), total("投资*亿")), (1, 1));

    let results = search(&archive, "机构:区委 林澜");
    assert_eq!(results.understood.op, UnderstoodOp::All);
    assert_eq!(results.understood.parts[0].found, ["中共云江市云溪区委员会"]);
    let hit = &results.hits[0];
    assert_eq!((hit.snippet.hit.as_str(), hit.field.as_str()), ("林澜", "headline"));
    let by_name_only = &search(&archive, "person:陈曦").hits[0];
    assert_eq!(by_name_only.field, "");
    assert!(by_name_only.snippet.after.starts_with("本报讯"));

    let request = SearchRequest { query: "免廢".into(), lookalikes: true, ..SearchRequest::default() };
    assert_eq!(ask(&archive, &request).unwrap().understood.widened, ["兔废"]);
    let request = SearchRequest { query: "兔费".into(), lookalikes: true, ..SearchRequest::default() };
    assert_eq!(ask(&archive, &request).unwrap().total, 1);

    let error = ask(&archive, &SearchRequest { query: "公园 AND".into(), ..SearchRequest::default() }).unwrap_err();
    let error = baoku_model::view::AppError::from(error);
    assert_eq!(error.place.as_deref(), Some("query:6:missing_operand:\"公园 AND\""));
    assert!(error.message.contains("\"公园 AND\""), "{}", error.message);
}

#[test]
fn pages_without_text_are_never_silent() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let file = archive.originals().store(&place.file("scan", "scan"), "scan", SourceKind::Image, imported.run).unwrap();
    let page = |index, number, failure: Option<&str>| NewPage {
        issue: imported.issue,
        number,
        name: None,
        source: PageSource { file: file.id, page: source_page(index) },
        layer: None,
        failure: failure.map(str::to_owned),
    };
    archive.write_page(imported.run, &page(0, 3, None)).unwrap();
    archive.write_page(imported.run, &page(1, 4, Some("the image is damaged"))).unwrap();
    assert!(ask(&archive, &SearchRequest::default()).is_err(), "an empty search is no search");
    let results = search(&archive, "东湖");
    let unsearched: Vec<_> = results.unsearched.iter().map(|u| (u.reason.as_str(), u.pages.clone())).collect();
    assert_eq!(unsearched, [("failed", vec![4]), ("not_recognised", vec![3])]);

    // Text for the failed page comes later from the same source page.
    let text = layer(&[back()], 2);
    archive.write_page(imported.run, &NewPage { layer: Some(&text), ..page(1, 4, None) }).unwrap();
    let results = search(&archive, "东湖");
    assert_eq!(results.unsearched.len(), 1, "read, but not put together yet");
    assert_eq!(results.unsearched[0].pages, [3, 4]);
}
