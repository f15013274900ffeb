//! Recognised and corrected text are both found, and a place counts once.

use baoku_model::view::SearchRequest;
use baoku_search::Cancel;

use crate::exactness::{IN_MEMORY, ON_DISK, request, search_of};
use crate::paper::{Dice, Place};

#[test]
fn both_versions_are_found_and_count_once() {
    let place = Place::new(2);
    let mut dice = Dice::new(21);
    let mut article = place.print(&mut dice);
    article.texts.clear();
    place.db.execute("UPDATE article SET revision = NULL WHERE id = ?1", [article.id]).unwrap();
    place.db.execute("DELETE FROM revision WHERE article = ?1", [article.id]).unwrap();
    place.revise(&mut article, "东湖公园与东胡公园，今日开放".into());
    let searches = [IN_MEMORY, ON_DISK].map(|limits| search_of(&place, limits));
    for search in &searches {
        search.keep(&Cancel::default()).unwrap();
    }
    let ask = |query: &str, strict: bool| {
        let request = SearchRequest { strict, ..request(query) };
        searches.each_ref().map(|search| {
            let results = search.search(&request, &Cancel::default()).unwrap();
            (results.total, results.occurrences, results.hits.first().map(|h| (h.field.clone(), h.snippet.hit.clone())))
        })
    };
    let text = |field: &str, hit: &str| Some((field.to_owned(), hit.to_owned()));
    assert_eq!(ask("东胡", false), [(1, 1, text("text", "东胡")), (1, 1, text("text", "东胡"))]);

    // A correction is found at once; what was recognised stays found, and says that it is no longer the text.
    place.revise(&mut article, "东湖公园与东湖公园，今日开放".into());
    for round in 0..2 {
        assert_eq!(ask("东胡", false), [0, 1].map(|_| (1, 1, text("older", "东胡"))), "{round}");
        assert_eq!(ask("东湖", false), [0, 1].map(|_| (1, 2, text("text", "东湖"))));
        assert_eq!(ask("今日开放", false), [0, 1].map(|_| (1, 1, text("text", "今日开放"))));
        assert_eq!(ask("园，今", true), [0, 1].map(|_| (1, 1, text("text", "园，今"))));
        assert_eq!(ask("东胡公园，", true), [0, 1].map(|_| (1, 1, text("older", "东胡公园，"))));
        // Once more with the change in the base.
        std::fs::remove_dir_all(place.archive.cache_dir().join("search")).unwrap();
        let rebuilt = search_of(&place, ON_DISK);
        rebuilt.keep(&Cancel::default()).unwrap();
        assert_eq!(rebuilt.search(&request("东湖"), &Cancel::default()).unwrap().occurrences, 2);
        assert_eq!(rebuilt.search(&request("东胡"), &Cancel::default()).unwrap().hits[0].field, "older");
    }
}
