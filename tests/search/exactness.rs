//! Zero difference between the search and brute force, in every state that the index can be in.

use baoku_model::view::{SearchRequest, SearchSort};
use baoku_search::{Cancel, Limits, Search};

use crate::oracle::{Query, folded, parts, piece};
use crate::paper::{Dice, Place, Printed};

pub fn request(query: &str) -> SearchRequest {
    SearchRequest { query: query.into(), ..SearchRequest::default() }
}

pub fn search_of(place: &Place, limits: Limits) -> Search {
    Search::new(place.archive.clone(), limits, |_| {})
}

pub const IN_MEMORY: Limits = Limits { small: 1_000_000, pending: 1_000_000, pending_characters: usize::MAX };
pub const ON_DISK: Limits = Limits { small: 0, pending: 1_000_000, pending_characters: usize::MAX };
const REWRITTEN_OFTEN: Limits = Limits { small: 0, pending: 5, pending_characters: usize::MAX };

pub fn found(search: &Search, query: &str) -> Vec<i64> {
    let results = search.search(&request(query), &Cancel::default()).unwrap_or_else(|e| panic!("{query}: {e}"));
    let mut articles: Vec<i64> = results.hits.iter().map(|h| h.article.0).collect();
    articles.sort_unstable();
    assert_eq!(results.total as usize, articles.len(), "{query}");
    articles
}

/// Random strings and random queries, each against every article.
pub fn compare(search: &Search, articles: &[Printed], dice: &mut Dice, rounds: usize) {
    for _ in 0..rounds {
        let string = piece(dice, articles, 12);
        let expected: Vec<i64> =
            articles.iter().filter(|a| Query::Exact("", string.clone()).holds(a)).map(|a| a.id).collect();
        let query = format!("\"{string}\"");
        assert_eq!(found(search, &query), expected, "{query}");
        assert_eq!(search.count(&request(&query), &Cancel::default()).unwrap() as usize, expected.len(), "{query}");
        let query = Query::random(dice, articles, 3);
        let expected: Vec<i64> = articles.iter().filter(|a| query.holds(a)).map(|a| a.id).collect();
        assert_eq!(found(search, &query.written()), expected, "{}", query.written());
    }
}

fn printed(place: &Place, dice: &mut Dice, n: usize) -> Vec<Printed> {
    (0..n).map(|_| place.print(dice)).collect()
}

#[test]
fn in_memory_on_disk_and_without_an_index() {
    let place = Place::new(20);
    let mut dice = Dice::new(1);
    let articles = printed(&place, &mut dice, 150);
    for (limits, keep) in [(IN_MEMORY, true), (ON_DISK, true), (ON_DISK, false)] {
        // Not kept up and with no base on the disk, every article is read for each search.
        if !keep {
            std::fs::remove_dir_all(place.archive.cache_dir().join("search")).unwrap();
        }
        let search = search_of(&place, limits);
        if keep {
            search.keep(&Cancel::default()).unwrap();
        }
        compare(&search, &articles, &mut dice, 60);
    }
}

#[test]
fn while_articles_come_change_and_go() {
    let place = Place::new(20);
    let mut dice = Dice::new(2);
    let mut articles = printed(&place, &mut dice, 60);
    let searches = [IN_MEMORY, ON_DISK].map(|limits| search_of(&place, limits));
    for search in &searches {
        search.keep(&Cancel::default()).unwrap();
    }
    for _ in 0..12 {
        for _ in 0..4 {
            match dice.below(4) {
                0 => articles.push(place.print(&mut dice)),
                1 => {
                    let gone = articles.swap_remove(dice.below(articles.len()));
                    place.remove(&gone);
                }
                _ => {
                    let n = dice.below(articles.len());
                    place.correct(&mut articles[n], &mut dice);
                }
            }
        }
        articles.sort_by_key(|a| a.id);
        for search in &searches {
            compare(search, &articles, &mut dice, 6);
        }
    }
}

#[test]
fn while_changes_are_written_into_the_base() {
    let place = Place::new(20);
    let mut dice = Dice::new(3);
    let mut articles = printed(&place, &mut dice, 60);
    let search = search_of(&place, REWRITTEN_OFTEN);
    for _ in 0..8 {
        for _ in 0..8 {
            let n = dice.below(articles.len());
            place.correct(&mut articles[n], &mut dice);
        }
        let gone = articles.remove(dice.below(articles.len()));
        place.remove(&gone);
        search.keep(&Cancel::default()).unwrap();
        compare(&search, &articles, &mut dice, 10);
    }
    // What was written is what another one opens.
    compare(&search_of(&place, REWRITTEN_OFTEN), &articles, &mut dice, 20);
}

#[test]
fn occurrences_and_orders() {
    let place = Place::new(20);
    let mut dice = Dice::new(4);
    let articles: Vec<Printed> = printed(&place, &mut dice, 80).into_iter().filter(|a| a.texts.len() == 1).collect();
    let all: Vec<i64> = articles.iter().map(|a| a.id).collect();
    let days: std::collections::HashMap<i64, Option<i64>> = {
        let mut statement = place.db.prepare("SELECT id, min_day FROM issue").unwrap();
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let count = |article: &Printed, field: &str, string: &str| -> usize {
        let needle = folded(string);
        let text = |part: &String| folded(part).windows(needle.len()).filter(|w| *w == needle).count();
        parts(article, field).iter().map(text).sum()
    };
    for limits in [IN_MEMORY, ON_DISK] {
        let search = search_of(&place, limits);
        search.keep(&Cancel::default()).unwrap();
        for _ in 0..40 {
            let string = piece(&mut dice, &articles, 3);
            let ask = |sort| {
                let request = SearchRequest { sort, ..request(&format!("\"{string}\"")) };
                let results = search.search(&request, &Cancel::default()).unwrap();
                let hits: Vec<_> = results.hits.into_iter().filter(|h| all.contains(&h.article.0)).collect();
                hits
            };
            for hit in ask(SearchSort::Newest) {
                let article = articles.iter().find(|a| a.id == hit.article.0).unwrap();
                assert_eq!(hit.occurrences as usize, count(article, "", &string), "{string}");
            }
            let key = |id: i64| {
                let article = articles.iter().find(|a| a.id == id).unwrap();
                let day = days[&article.issue];
                let (all, title, byline) =
                    (count(article, "", &string), count(article, "title", &string), count(article, "byline", &string));
                (day, all + 7 * title + 2 * byline)
            };
            let order = |sort| ask(sort).iter().map(|h| h.article.0).collect::<Vec<_>>();
            let sorted = |by: &dyn Fn(i64) -> (i64, i64, i64)| {
                let mut ids = order(SearchSort::Newest);
                ids.sort_by_key(|id| (by(*id), *id));
                ids
            };
            let newest = |id| key(id).0.map_or(i64::MAX, |day| -day);
            assert_eq!(order(SearchSort::Newest), sorted(&|id| (newest(id), 0, 0)), "{string}");
            assert_eq!(order(SearchSort::Oldest), sorted(&|id| (key(id).0.unwrap_or(i64::MAX), 0, 0)), "{string}");
            assert_eq!(order(SearchSort::Best), sorted(&|id| (-(key(id).1 as i64), newest(id), 0)), "{string}");
        }
    }
}

#[test]
fn a_search_that_is_called_off_ends() {
    let place = Place::new(3);
    let mut dice = Dice::new(5);
    printed(&place, &mut dice, 5);
    let search = search_of(&place, IN_MEMORY);
    let cancel = Cancel::default();
    cancel.cancel();
    let error = search.search(&request("徐"), &cancel).unwrap_err();
    assert!(matches!(error, baoku_search::SearchError::Cancelled));
}
