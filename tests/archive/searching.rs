//! Search against brute force: whatever stands in a text is found, and nothing else.

use baoku_archive::search::fold;
use baoku_archive::{Archive, queries};
use baoku_model::SourceKind;
use baoku_model::view::{SearchRequest, SearchSort};

use crate::random_acts::Dice;
use crate::sample::*;

fn search(archive: &Archive, query: &str) -> baoku_model::view::SearchResults {
    let request = SearchRequest { query: query.into(), ..SearchRequest::default() };
    archive.read(|r| queries::search(r, &request)).unwrap()
}

#[test]
fn every_piece_of_every_text_is_found() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(1), back()]);
    let mut texts: Vec<Vec<String>> = Vec::new();
    for issue in archive.read(|r| queries::issues(r, &Default::default())).unwrap() {
        for article in archive.read(|r| queries::issue(r, issue.id)).unwrap().articles {
            let mut fields: Vec<String> = article.byline.iter().map(|b| format!("{} {}", b.role, b.name)).collect();
            fields
                .extend([article.headline.shoulder, article.headline.main, article.headline.sub].into_iter().flatten());
            fields.push(article.text);
            texts.push(fields);
        }
    }
    let mut dice = Dice::new(7);
    for _ in 0..400 {
        let fields = &texts[dice.below(texts.len())];
        let chars: Vec<char> = fields[dice.below(fields.len())].chars().collect();
        let start = dice.below(chars.len());
        let length = 1 + dice.below(12);
        let query: String = chars[start..].iter().take(length).collect();
        let folded = fold(&query).as_string();
        if folded.is_empty() {
            continue;
        }
        // Brute force: all starts in the folded text of each field by itself.
        let occurrences = |field: &String| {
            let text: Vec<char> = fold(field).chars;
            let needle: Vec<char> = folded.chars().collect();
            text.windows(needle.len()).filter(|w| *w == needle).count() as u32
        };
        let counts: Vec<u32> = texts.iter().map(|t| t.iter().map(occurrences).sum()).collect();
        let results = search(&archive, &query);
        assert_eq!(results.total as usize, counts.iter().filter(|c| **c > 0).count(), "{query}");
        assert_eq!(results.occurrences, counts.iter().sum::<u32>(), "{query}");
        assert!(results.total > 0, "{query}");
    }
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
        archive.read(|r| queries::search(r, &request)).unwrap().total
    };
    assert_eq!((strict("區委"), strict("区委"), strict("仪式区委")), (0, 2, 0));
}

#[test]
fn order_span_and_histogram() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(1)]);
    let ask = |sort, from: Option<&str>, offset, limit| {
        let request = SearchRequest {
            query: "公园".into(),
            sort,
            from: from.map(str::to_owned),
            offset,
            limit,
            ..SearchRequest::default()
        };
        archive.read(|r| queries::search(r, &request)).unwrap()
    };
    let newest = ask(SearchSort::Newest, None, 0, 0);
    let dates: Vec<_> = newest.hits.iter().map(|h| h.date.as_deref().unwrap_or_default()).collect();
    assert_eq!(dates, ["2022-02-07", "2022-01-17"]);
    assert_eq!(ask(SearchSort::Oldest, None, 0, 1).hits[0].date.as_deref(), Some("2022-01-17"));
    assert_eq!(ask(SearchSort::Newest, None, 1, 5).hits.len(), 1);
    assert_eq!(ask(SearchSort::Best, Some("2022-02-01"), 0, 0).total, 1);
    let months: Vec<_> = newest.histogram.iter().map(|b| (b.date.as_str(), b.issues, b.articles)).collect();
    assert_eq!(months, [("2022-01", 1, 1), ("2022-02", 1, 1)]);
}
