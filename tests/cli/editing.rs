//! Putting right what was read: structure, lines, pages read again. Undo leads back to exactly the archive before.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use baoku_app::commands::{Jobs, Mutations, Queries};
use baoku_app::model::view::*;
use baoku_app::model::{ArticleId, ArticleKind, BlockId, BlockRole, IssueId, PageId, Rect};
use baoku_app::{App, Core, Opening};
use baoku_sample::FontFiles;

use crate::finished;
use crate::support::{BAOKU, Desk};

/// The first issue of the sample newspaper in an archive; `None` (with a message) where its fonts are absent.
async fn sample(pages: usize) -> Option<Desk> {
    let desk = Desk::new();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    let written = FontFiles::load(&fonts).and_then(|files| baoku_sample::write(&desk.path("sample"), &files));
    let papers: Vec<PathBuf> = match written {
        Ok(written) => written.pages.into_iter().take(pages).collect(),
        Err(reason) => {
            println!("skipped: {reason}");
            return None;
        }
    };
    let paths: Vec<&Path> = papers.iter().map(PathBuf::as_path).collect();
    desk.import(&paths, &["--home", "云岫市青棠区"]).ok();
    Some(desk)
}

fn open(desk: &Desk) -> App {
    let opening = Opening { resume: false, recognise: false, index: false };
    let app = App::open(&desk.archive(), baoku_app::system_clock(), BAOKU.into(), opening).unwrap();
    app.set_operator("校对员");
    app
}

/// Opens the archive, works on it, and closes it again.
async fn at_work(desk: &Desk, work: impl FnOnce(&Core) + Send + 'static) {
    let app = open(desk);
    let worked = app.run(|core| {
        work(core);
        Ok(())
    });
    worked.await.unwrap();
    app.close().await.unwrap();
}

fn issue(core: &Core) -> IssueView {
    let rows = core.issues(IssueFilter::default()).unwrap();
    core.issue(rows[0].id).unwrap()
}

fn headlines(core: &Core) -> Vec<String> {
    issue(core).articles.iter().map(|a| a.headline.main.clone().unwrap_or_default()).collect()
}

fn blocks(article: &ArticleView) -> Vec<&BlockView> {
    article.parts.iter().flat_map(|p| &p.blocks).collect()
}

/// An act, its undo and its redo: the archive is the one before, then the one after.
fn to_and_fro(core: &Core, act: impl FnOnce(&Core)) {
    let before = core.dump().unwrap();
    act(core);
    let after = core.dump().unwrap();
    assert_ne!(before, after);
    core.undo().unwrap();
    assert_eq!(core.dump().unwrap(), before);
    core.redo().unwrap();
    assert_eq!(core.dump().unwrap(), after);
}

#[tokio::test]
async fn regions_and_articles_are_put_right_and_back() {
    let Some(desk) = sample(4).await else { return };
    at_work(&desk, |core| {
        let view = issue(core);
        let id = view.issue.id;
        let long = |a: &&ArticleView| {
            a.kind == ArticleKind::Article && blocks(a).iter().filter(|b| b.role == BlockRole::Body).count() >= 3
        };
        let mut longest = view.articles.iter().filter(long);
        let (first, second) = (longest.next().unwrap(), longest.next().unwrap());

        // A byline is moved to another article, as when it was torn off.
        let signed = view.articles.iter().find(|a| blocks(a).iter().any(|b| b.role == BlockRole::Byline));
        if let Some(signed) = signed {
            let byline = blocks(signed).into_iter().find(|b| b.role == BlockRole::Byline).unwrap().id;
            let other = if signed.id == first.id { second } else { first };
            let names = signed.byline.clone();
            to_and_fro(core, |core| {
                let to = RegionDestination::Article { id: other.id };
                core.edit_structure(id, StructureEdit::Move { blocks: vec![byline], to }).unwrap();
            });
            let now = core.article(other.id).unwrap();
            assert!(names.iter().any(|n| now.byline.contains(n)), "{:?}", now.byline);
            assert!(now.shaped);
            core.undo().unwrap();
        }

        // A paragraph becomes a subhead; its words stay.
        let view = issue(core);
        let first = view.articles.iter().find(|a| a.id == first.id).unwrap();
        let body = blocks(first).into_iter().filter(|b| b.role == BlockRole::Body).nth(1).unwrap();
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::SetRole { blocks: vec![body.id], role: BlockRole::Subhead })
                .unwrap();
        });
        let now = core.article(first.id).unwrap();
        assert_eq!(now.text, first.text);
        assert!(blocks(&now).iter().any(|b| b.role == BlockRole::Subhead && b.text == body.text));

        // An article is parted at a paragraph and joined again.
        let third = blocks(&now).into_iter().filter(|b| b.role == BlockRole::Body).nth(1).unwrap().id;
        let count = issue(core).articles.len();
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::SplitArticle { block: third }).unwrap();
        });
        let parted = issue(core);
        assert_eq!(parted.articles.len(), count + 1);
        let place = parted.articles.iter().position(|a| a.id == first.id).unwrap();
        let halves = vec![first.id, parted.articles[place + 1].id];
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::MergeArticles { articles: halves.clone() }).unwrap();
        });
        let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(letters(&core.article(first.id).unwrap().text), letters(&first.text));

        // The issue's reading order.
        let last = issue(core).articles.last().unwrap().id;
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::MoveArticle { article: last, before: Some(first.id) }).unwrap();
        });
        let order: Vec<ArticleId> = issue(core).articles.iter().map(|a| a.id).collect();
        assert_eq!(
            order.iter().position(|a| *a == last).unwrap() + 1,
            order.iter().position(|a| *a == first.id).unwrap()
        );
    })
    .await;
    desk.run(&["check"]).ok();
}

/// Composed anew from its regions an article says what it said: an edit of one region changes no other.
#[tokio::test]
async fn what_is_composed_anew_says_the_same() {
    let Some(desk) = sample(8).await else { return };
    at_work(&desk, |core| {
        for row in core.issues(IssueFilter::default()).unwrap() {
            for article in core.issue(row.id).unwrap().articles {
                core.edit_structure(row.id, StructureEdit::MoveArticle { article: article.id, before: None }).unwrap();
                let now = core.article(article.id).unwrap();
                let words = |a: &ArticleView| blocks(a).iter().map(|b| (b.role, b.text.clone())).collect::<Vec<_>>();
                assert_eq!(
                    (&now.text, &now.headline, &now.byline, &now.dateline, now.kind, &now.column, &now.jump),
                    (
                        &article.text,
                        &article.headline,
                        &article.byline,
                        &article.dateline,
                        article.kind,
                        &article.column,
                        &article.jump
                    )
                );
                assert_eq!(words(&now), words(&article));
                assert_eq!(now.pieces, article.pieces);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn jumps_are_broken_joined_and_regions_drawn() {
    let Some(desk) = sample(4).await else { return };
    at_work(&desk, |core| {
        let view = issue(core);
        let id = view.issue.id;
        let jumping = view.articles.iter().find(|a| a.parts.len() > 1).expect("the sample has a jump");
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::BreakJump { article: jumping.id, part: 1 }).unwrap();
        });
        let broken = issue(core);
        assert_eq!(broken.articles.len(), view.articles.len() + 1);
        let known: BTreeSet<ArticleId> = view.articles.iter().map(|a| a.id).collect();
        let rest = broken.articles.iter().find(|a| !known.contains(&a.id)).unwrap();
        assert_eq!(rest.pages, [jumping.parts[1].page]);
        to_and_fro(core, |core| {
            core.edit_structure(id, StructureEdit::JoinJump { from: jumping.id, to: rest.id }).unwrap();
        });
        let joined = core.article(jumping.id).unwrap();
        assert_eq!((&joined.text, &joined.pages), (&jumping.text, &jumping.pages));
        assert!(joined.jump.to.is_some_and(|j| j.joined));

        // What is drawn leaves the regions that held it, and nothing is lost.
        let page = view.pages[0].id;
        let letters = |core: &Core| -> usize {
            let view = issue(core);
            let of = |a: &ArticleView| {
                blocks(a).iter().map(|b| b.text.chars().filter(|c| !c.is_whitespace()).count()).sum::<usize>()
            };
            view.articles.iter().map(of).sum()
        };
        let before = letters(core);
        let area = view.articles.iter().find(|a| a.pages == [1]).and_then(|a| a.parts[0].bbox).unwrap();
        let half = Rect::new(area.x, area.y, area.w, area.h * 0.6);
        to_and_fro(core, |core| {
            let draw =
                StructureEdit::Draw { page, area: half, role: BlockRole::Body, to: RegionDestination::NewArticle };
            core.edit_structure(id, draw).unwrap();
        });
        assert_eq!(letters(core), before);
        let nothing = StructureEdit::Draw {
            page,
            area: Rect::new(0.0, 0.0, 0.001, 0.001),
            role: BlockRole::Body,
            to: RegionDestination::Page,
        };
        assert_eq!(core.edit_structure(id, nothing).unwrap_err().code, ErrorCode::Refused);
        let stale = StructureEdit::SetRole { blocks: vec![BlockId(1 << 40)], role: BlockRole::Body };
        assert_eq!(core.edit_structure(id, stale).unwrap_err().code, ErrorCode::Conflict);
    })
    .await;
}

#[tokio::test]
async fn lines_are_corrected_and_what_was_recognised_stays() {
    let Some(desk) = sample(1).await else { return };
    at_work(&desk, |core| {
        let view = issue(core);
        let page = view.pages[0].id;
        let lines = core.page_lines(page).unwrap();
        let layer = lines.layer.unwrap();
        let article = view.articles.iter().find(|a| !a.entities.is_empty()).unwrap();
        let person = article.entities.iter().find(|m| m.kind == baoku_app::model::EntityKind::Person);
        let line = lines.lines.iter().find(|l| {
            l.article == Some(article.id)
                && l.role == Some(BlockRole::Body)
                && person.is_none_or(|p| l.text.contains(&p.surface))
        });
        let line = line.unwrap_or_else(|| lines.lines.iter().find(|l| l.role == Some(BlockRole::Body)).unwrap());
        let put_right = format!("甲乙{}", line.text);
        to_and_fro(core, |core| {
            let lines = vec![LineText { layer, line: line.line, text: put_right.clone() }];
            core.correct_lines(lines, None).unwrap();
        });
        let now = core.page_lines(page).unwrap();
        let corrected = &now.lines[line.line as usize];
        assert_eq!(
            (corrected.text.as_str(), corrected.recognised.as_deref()),
            (put_right.as_str(), Some(line.text.as_str()))
        );
        assert!(corrected.checked && (corrected.confidence - 1.0).abs() < f32::EPSILON);
        let holder = core.article(line.article.unwrap()).unwrap();
        assert!(holder.text.contains("甲乙"), "{}", holder.text);
        // Composed anew from a map that still tells every character's place.
        for piece in &holder.pieces {
            let on_line = &now.lines[piece.line as usize].text;
            let told: String =
                holder.text.chars().skip(piece.start as usize).take((piece.end - piece.start) as usize).collect();
            let printed: String =
                on_line.chars().skip(piece.line_start as usize).take((piece.end - piece.start) as usize).collect();
            assert_eq!(told, printed);
        }
        let history = core.line_history(layer, line.line).unwrap();
        assert_eq!((history[0].before.as_str(), history[0].operator.as_str()), (line.text.as_str(), "校对员"));

        // The same text says that the line was compared with the page.
        let other = lines.lines.iter().find(|l| l.line != line.line && l.role == Some(BlockRole::Body)).unwrap();
        to_and_fro(core, |core| {
            let lines = vec![LineText { layer, line: other.line, text: other.text.clone() }];
            core.correct_lines(lines, None).unwrap();
        });
        assert_eq!(core.review_queue(None, 0, 30).unwrap().checked, 2);

        // One confusion in all its places, as one act.
        let places = core.confusions("的".into(), None, 100).unwrap();
        assert!(!places.is_empty());
        let fixed: Vec<LineText> = places
            .iter()
            .map(|p| LineText { layer: p.layer, line: p.line, text: p.text.replace('的', "旳") })
            .collect();
        to_and_fro(core, |core| {
            core.correct_lines(fixed, Some(("的".into(), "旳".into()))).unwrap();
        });
        assert!(core.confusions("的".into(), None, 100).unwrap().is_empty());
    })
    .await;
    desk.run(&["check"]).ok();
}

#[tokio::test]
async fn a_page_read_again_is_a_difference_until_it_is_taken() {
    let Some(desk) = sample(4).await else { return };
    at_work(&desk, |core| {
        let view = issue(core);
        let page = view.pages[0].id;
        let before = core.dump().unwrap();
        let reread = core.reread_start(page, RereadRequest::default()).unwrap();
        assert_eq!(reread.state, RereadState::Ready);
        assert!(reread.articles.is_empty() && reread.articles_same > 0, "{reread:#?}");
        assert_eq!(core.dump().unwrap(), before);
        core.reread_drop(page).unwrap();
        assert_eq!(core.reread(page).unwrap(), None);

        // What a person shaped is kept; what a person merely left as read is read again.
        let article = view.articles.iter().find(|a| a.pages == [1] && blocks(a).len() >= 4).unwrap();
        let body = blocks(article).into_iter().filter(|b| b.role == BlockRole::Body).nth(1).unwrap().id;
        core.edit_structure(view.issue.id, StructureEdit::SplitArticle { block: body }).unwrap();
        let shaped = headlines(core);
        let reread = core.reread_start(page, RereadRequest::default()).unwrap();
        assert!(reread.articles.iter().all(|a| a.difference == Difference::Kept), "{reread:#?}");
        core.take_reading(page, Vec::new()).unwrap();
        assert_eq!(headlines(core), shaped);
        core.undo().unwrap();
        core.undo().unwrap();
        assert_eq!(core.dump().unwrap(), before);
    })
    .await;
}

/// The same throws for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// Some change of the issue; it may be refused.
fn random_edit(core: &Core, id: IssueId, dice: &mut Dice) -> Result<OpOutcome, AppError> {
    let view = core.issue(id).unwrap();
    let all: Vec<(ArticleId, BlockId, Vec<u32>)> = view
        .articles
        .iter()
        .flat_map(|a| blocks(a).into_iter().map(|b| (a.id, b.id, b.lines.clone())).collect::<Vec<_>>())
        .collect();
    let articles: Vec<ArticleId> = view.articles.iter().map(|a| a.id).collect();
    let page: PageId = view.pages[dice.below(view.pages.len())].id;
    let one = all[dice.below(all.len())].clone();
    let other = all[dice.below(all.len())].clone();
    let article = articles[dice.below(articles.len())];
    let second = articles[dice.below(articles.len())];
    let role = [BlockRole::Body, BlockRole::Subhead, BlockRole::HeadlineMain, BlockRole::Byline, BlockRole::Caption]
        [dice.below(5)];
    let to = [RegionDestination::Article { id: article }, RegionDestination::NewArticle, RegionDestination::Page]
        [dice.below(3)];
    let edit = match dice.below(12) {
        0 => StructureEdit::SetRole { blocks: vec![one.1], role },
        1 | 2 => StructureEdit::Move { blocks: vec![one.1], to },
        3 => StructureEdit::Order { blocks: all.iter().filter(|b| b.0 == one.0).map(|b| b.1).rev().collect() },
        4 => StructureEdit::SplitBlock { block: one.1, line: *one.2.last().unwrap() },
        5 => StructureEdit::MergeBlocks { blocks: vec![one.1, other.1] },
        6 => {
            let (x, y) = (dice.below(80) as f32 / 100.0, dice.below(80) as f32 / 100.0);
            StructureEdit::Draw { page, area: Rect::new(x, y, 0.2, 0.15), role, to }
        }
        7 => StructureEdit::SplitArticle { block: one.1 },
        8 => StructureEdit::MergeArticles { articles: vec![article, second] },
        9 => StructureEdit::MoveArticle { article, before: Some(second).filter(|s| *s != article) },
        10 => StructureEdit::JoinJump { from: article, to: second },
        _ => {
            let lines = core.page_lines(page).unwrap();
            let line = &lines.lines[dice.below(lines.lines.len())];
            let text: String = line.text.chars().rev().collect();
            return core.correct_lines(vec![LineText { layer: lines.layer.unwrap(), line: line.line, text }], None);
        }
    };
    core.edit_structure(id, edit)
}

#[tokio::test]
async fn any_sequence_of_changes_undos_and_restarts_leads_back() {
    let Some(desk) = sample(4).await else { return };
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut app = open(&desk);
    // Dumps after each act that stands.
    let mut states = vec![app.run(|core| core.dump()).await.unwrap()];
    let mut done = 0;
    while done < 40 {
        let throw = dice.below(10);
        let mut seed = Dice(dice.0);
        dice.below(1);
        match throw {
            0 if states.len() > 1 => {
                app.run(|core| core.undo()).await.unwrap();
                states.pop();
                assert_eq!(app.run(|core| core.dump()).await.unwrap(), *states.last().unwrap());
            }
            1 => {
                app.close().await.unwrap();
                app = open(&desk);
                assert_eq!(app.run(|core| core.dump()).await.unwrap(), *states.last().unwrap());
            }
            _ => {
                let made = app
                    .run(move |core| {
                        let id = core.issues(IssueFilter::default())?[0].id;
                        Ok(random_edit(core, id, &mut seed))
                    })
                    .await
                    .unwrap();
                let now = app.run(|core| core.dump()).await.unwrap();
                match made {
                    Ok(_) => states.push(now),
                    Err(error) => {
                        assert!(matches!(error.code, ErrorCode::Refused | ErrorCode::Conflict), "{error:?}");
                        assert_eq!(now, *states.last().unwrap());
                    }
                }
                done += 1;
            }
        }
    }
    while states.len() > 1 {
        app.run(|core| core.undo()).await.unwrap();
        states.pop();
        assert_eq!(app.run(|core| core.dump()).await.unwrap(), *states.last().unwrap());
    }
    app.close().await.unwrap();
    desk.run(&["check"]).ok();
}

#[tokio::test]
async fn a_new_page_of_the_issue_leaves_shaped_articles_alone() {
    let Some(desk) = sample(4).await else { return };
    // The last page comes later: the issue is read again as a whole.
    let late = Desk::new();
    let papers = desk.path("sample").join("papers");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(papers).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    let first: Vec<&Path> = pages[..3].iter().map(PathBuf::as_path).collect();
    late.import(&first, &["--home", "云岫市青棠区"]).ok();
    let app = open(&late);
    let shaped = app
        .run(|core| {
            let view = issue(core);
            let article = view.articles.iter().find(|a| a.pages == [1] && blocks(a).len() >= 4).unwrap();
            let body = blocks(article).into_iter().filter(|b| b.role == BlockRole::Body).nth(1).unwrap().id;
            core.edit_structure(view.issue.id, StructureEdit::SplitArticle { block: body })?;
            core.article(article.id)
        })
        .await
        .unwrap();
    let request = ImportRequest {
        paths: vec![pages[3].display().to_string()],
        newspaper: None,
        home: Some(Home::parse("云岫市青棠区")),
        date: None,
        page: None,
        dry_run: false,
        plan: None,
    };
    let id = app.run(move |core| core.import_start(request)).await.unwrap();
    finished(&app, id).await;
    app.run(move |core| {
        let now = core.article(shaped.id)?;
        assert_eq!((now.text, now.headline, now.shaped), (shaped.text, shaped.headline, true));
        assert!(issue(core).pages.len() >= 4);
        // No text is told twice.
        let mut told = BTreeSet::new();
        for article in issue(core).articles {
            for piece in article.pieces {
                let page = article.parts[piece.part as usize].page;
                assert!(told.insert((page, piece.line, piece.line_start)), "{page} {piece:?}");
            }
        }
        Ok(())
    })
    .await
    .unwrap();
    app.close().await.unwrap();
}
