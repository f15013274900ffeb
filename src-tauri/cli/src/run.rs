//! One subcommand from arguments to exit code.

use std::path::{Path, PathBuf};

use baoku_app::commands::{Mutations, Queries};
use baoku_app::model::view::*;
use baoku_app::model::{ArticleId, EntityKind, IssueId, JobId, NewspaperId};
use baoku_app::{App, Opening};
use serde::Serialize;
use serde_json::Value;

use crate::args::{Arguments, ChronicleArgs, SetIssueArgs, Subcommands};
use crate::exit::Exit;
use crate::words::Words;
use crate::{identity, import, issue_name, recognise, serve, show};

/// Prints JSON where it was asked for, words otherwise.
pub struct Printer {
    pub json: bool,
    pub words: Words,
}

impl Printer {
    pub fn print<T: Serialize>(&self, value: &T, in_words: impl FnOnce(&T, Words)) -> Result<(), AppError> {
        if self.json {
            let text =
                serde_json::to_string_pretty(value).map_err(|e| AppError::new(ErrorCode::Internal, e.to_string()))?;
            println!("{text}");
        } else {
            in_words(value, self.words);
        }
        Ok(())
    }
}

pub async fn run(arguments: Arguments, words: Words) -> Result<Exit, AppError> {
    let dir = match arguments.archive {
        Some(dir) => dir,
        None => baoku_app::default_archive()?,
    };
    let printer = Printer { json: arguments.json, words };
    if let Subcommands::Init { title } = arguments.command {
        return init(&dir, title, &printer).await;
    }
    let opening = Opening {
        resume: matches!(arguments.command, Subcommands::Import(_) | Subcommands::Serve { .. }),
        recognise: match &arguments.command {
            Subcommands::Import(args) => !args.no_recognition && !args.dry_run,
            Subcommands::Recognise(args) => !args.status,
            command => matches!(command, Subcommands::Serve { .. }),
        },
        index: matches!(arguments.command, Subcommands::Serve { .. }),
    };
    let app = App::open(&dir, baoku_app::system_clock(), worker()?, opening)?;
    app.set_operator(&arguments.operator.unwrap_or_else(login_name));
    let outcome = on_archive(&app, arguments.command, &printer).await;
    let closed = app.close().await;
    let exit = outcome?;
    closed?;
    Ok(exit)
}

async fn on_archive(app: &App, command: Subcommands, printer: &Printer) -> Result<Exit, AppError> {
    match command {
        Subcommands::Init { .. } => {}
        Subcommands::Import(args) => return import::run(app, args, printer).await,
        Subcommands::Recognise(args) => return recognise::run(app, args, printer).await,
        Subcommands::Issues { newspaper, from, to } => {
            let rows = app.run(move |core| issues(core, newspaper, from, to)).await?;
            printer.print(&rows, |rows, words| show::issues(rows, words))?;
        }
        Subcommands::Articles { issue } => {
            let articles = issue_view(app, issue).await?.articles;
            if printer.json {
                printer.print(&printed_headlines(&articles)?, |_, _| {})?;
            } else {
                show::articles(&articles, printer.words);
            }
        }
        Subcommands::Pages { issue } => {
            let pages = pages(app, issue).await?;
            printer.print(&pages, |pages, words| show::pages(pages, words))?;
        }
        Subcommands::Cite(args) => {
            let quote = args.quote.map(|(start, end)| Quotation { start, end, checked: args.checked });
            let (article, style) = (ArticleId(args.article), args.style.into());
            let citation = app.run(move |core| core.citation(article, style, quote)).await?;
            printer.print(&citation, |citation, _| match citation.text.ends_with('\n') {
                true => print!("{}", citation.text),
                false => println!("{}", citation.text),
            })?;
        }
        Subcommands::Entities { kind, query } => {
            let filter = EntityFilter { kind, query, ..Default::default() };
            let list = app.run(move |core| core.entities(filter)).await?;
            printer.print(&list.rows, |rows, words| show::entities(rows, words))?;
        }
        Subcommands::Entity { name } => {
            let view = entity(app, name, printer.words).await?;
            printer.print(&view, show::entity)?;
        }
        Subcommands::Suggest { typed, kind } => {
            let rows = app.run(move |core| core.suggest(typed, kind, 0)).await?;
            printer.print(&rows, |rows, words| show::suggestions(rows, words))?;
        }
        Subcommands::Mentions { name } => return identity::mentions(app, name, printer).await,
        Subcommands::Confirm(args) => return identity::decide(app, args, Verdict::Confirm, printer).await,
        Subcommands::Reject(args) => return identity::decide(app, args, Verdict::Reject, printer).await,
        Subcommands::Merge(args) => return identity::merge(app, args, printer).await,
        Subcommands::Unmerge { name } => return identity::unmerge(app, name, printer).await,
        Subcommands::Split(args) => return identity::split(app, args, printer).await,
        Subcommands::TellApart(args) => return identity::tell_apart(app, args, printer).await,
        Subcommands::Clusters { kind, reason } => return identity::clusters(app, kind, reason, printer).await,
        Subcommands::Authority(command) => return identity::authority(app, command, printer).await,
        Subcommands::Timeline { clock, by, from, to } => {
            let request = TimelineRequest { clock: clock.into(), by: by.into(), newspaper: None, from, to };
            let view = app.run(move |core| core.timeline(request)).await?;
            printer.print(&view, show::timeline)?;
        }
        Subcommands::Chronicle(args) => return chronicle(app, args, printer).await,
        Subcommands::Search { query, from, to, sort, limit, strict, lookalikes, variants, csv } => {
            let limit = limit.unwrap_or(if printer.json { 0 } else { 50 });
            let sort = sort.into();
            let request =
                SearchRequest { query, strict, lookalikes, variants, from, to, sort, limit, ..Default::default() };
            if csv {
                print!("{}", app.run(move |core| core.search_csv(request)).await?);
                return Ok(Exit::Done);
            }
            let results = app.run(move |core| core.search_once(request)).await?;
            printer.print(&results, show::search)?;
        }
        Subcommands::Undo => printer.print(&app.run(|core| core.undo()).await?, show::undone)?,
        Subcommands::Redo => printer.print(&app.run(|core| core.redo()).await?, show::redone)?,
        Subcommands::History { limit } => {
            let lines = app.run(move |core| core.history(0, limit)).await?;
            printer.print(&lines, |lines, words| show::history(lines, words))?;
        }
        Subcommands::Jobs => {
            let jobs = app.run(|core| core.jobs()).await?;
            printer.print(&jobs, |jobs, words| show::jobs(jobs, words))?;
        }
        Subcommands::Check => {
            let report = app.run(|core| core.check()).await?;
            printer.print(&report, show::check)?;
            return Ok(if report.problems.is_empty() { Exit::Done } else { Exit::Failed });
        }
        Subcommands::RemoveImport { job } => {
            let outcome = app.run(move |core| core.remove_import(JobId(job))).await?;
            printer.print(&outcome, show::outcome)?;
        }
        Subcommands::SetIssue(args) => {
            let outcome = set_issue(app, args).await?;
            printer.print(&outcome, show::outcome)?;
        }
        Subcommands::Dump => print!("{}", app.run(|core| core.dump()).await?),
        Subcommands::Serve { port } => serve_until_interrupted(app, port, printer.words).await?,
    }
    Ok(Exit::Done)
}

async fn chronicle(app: &App, args: ChronicleArgs, printer: &Printer) -> Result<Exit, AppError> {
    let ChronicleArgs { from, to, newspaper, unconfirmed, markdown } = args;
    let newspaper = match newspaper {
        Some(title) => Some(app.run(move |core| newspaper_of(core, title)).await?),
        None => None,
    };
    let request = ChronicleRequest { newspaper, from, to, unconfirmed, offset: 0, limit: 0 };
    if markdown {
        print!("{}", app.run(move |core| core.chronicle_file(request, ChronicleFormat::Markdown)).await?);
    } else {
        let chronicle = app.run(move |core| core.chronicle(request)).await?;
        printer.print(&chronicle, show::chronicle)?;
    }
    Ok(Exit::Done)
}

async fn init(dir: &Path, title: Option<String>, printer: &Printer) -> Result<Exit, AppError> {
    let title = title.unwrap_or_else(|| title_of(dir));
    let app = App::create(dir, &title, baoku_app::system_clock(), worker()?)?;
    let status = app.run(|core| core.archive_status()).await?;
    printer.print(&status, |status, words| {
        println!("{}", words.pick(format!("已建立档案库：{}", status.path), format!("New archive: {}", status.path)));
    })?;
    app.close().await?;
    Ok(Exit::Done)
}

/// The folder's name without `.baoku`.
fn title_of(dir: &Path) -> String {
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    name.strip_suffix(".baoku").unwrap_or(&name).to_owned()
}

/// This program itself, which decodes files when it is started as a worker.
fn worker() -> Result<PathBuf, AppError> {
    std::env::current_exe()
        .map_err(|e| AppError::new(ErrorCode::Internal, format!("The program cannot find its own file: {e}")))
}

fn login_name() -> String {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

fn issues(
    core: &baoku_app::Core,
    newspaper: Option<String>,
    from: Option<String>,
    to: Option<String>,
) -> Result<Vec<IssueRow>, AppError> {
    let newspaper = newspaper.map(|title| newspaper_of(core, title)).transpose()?;
    core.issues(IssueFilter { newspaper, from, to })
}

fn newspaper_of(core: &baoku_app::Core, title: String) -> Result<NewspaperId, AppError> {
    match core.newspapers()?.into_iter().find(|n| n.title == title) {
        Some(newspaper) => Ok(newspaper.id),
        None => Err(AppError::new(ErrorCode::NotFound, format!("No newspaper has the title “{title}”.")).at(title)),
    }
}

async fn find_issue(app: &App, name: String) -> Result<IssueId, AppError> {
    app.run(move |core| issue_name::find(&core.issues(IssueFilter::default())?, &name)).await
}

async fn issue_view(app: &App, name: String) -> Result<IssueView, AppError> {
    let id = find_issue(app, name).await?;
    app.run(move |core| core.issue(id)).await
}

/// A page with its lines, as `baoku pages` gives it.
#[derive(Debug, Serialize)]
pub struct PageReport {
    pub id: baoku_app::model::PageId,
    pub number: u32,
    /// 版次 and 版名 in one, as a reader would name the page.
    pub label: String,
    pub state: PageState,
    pub note: Option<String>,
    pub width: f32,
    pub height: f32,
    pub source: Option<String>,
    pub agent: Option<String>,
    /// Degrees by which the page is turned, clockwise positive.
    pub deskew: f32,
    pub lines: Vec<PageLine>,
}

/// The articles for scripts: `headline` holds what is printed and nothing else; a title that the program supplied stands apart
/// in `provisional_title`, so that nobody takes it for the paper's own.
fn printed_headlines(articles: &[ArticleView]) -> Result<Value, AppError> {
    let mut list = serde_json::to_value(articles).map_err(|e| AppError::new(ErrorCode::Internal, e.to_string()))?;
    for article in list.as_array_mut().into_iter().flatten() {
        let mut title = Value::Null;
        if let Some(headline) = article["headline"].as_object_mut()
            && headline.remove("provisional") == Some(Value::Bool(true))
            && let Some(main) = headline.get_mut("main")
        {
            title = main.take();
        }
        article["provisional_title"] = title;
    }
    Ok(list)
}

async fn pages(app: &App, name: String) -> Result<Vec<PageReport>, AppError> {
    let view = issue_view(app, name).await?;
    app.run(move |core| {
        let mut reports = Vec::new();
        for page in view.pages {
            let lines = core.page_lines(page.id)?;
            let source = page.source.and_then(|id| view.sources.iter().find(|s| s.id == id)).map(|s| s.name.clone());
            let label = match &page.name {
                Some(name) => format!("{} {name}", page.number),
                None => page.number.to_string(),
            };
            reports.push(PageReport {
                id: page.id,
                number: page.number,
                label,
                state: page.state,
                note: page.note,
                width: page.width,
                height: page.height,
                source,
                agent: page.agent,
                deskew: lines.skew,
                lines: lines.lines,
            });
        }
        Ok(reports)
    })
    .await
}

async fn entity(app: &App, name: String, words: Words) -> Result<EntityView, AppError> {
    app.run(move |core| {
        let mut found = core.find_entity(name.clone())?;
        // The one whose own name it is goes before those that merely bear it, then the one named most.
        found.sort_by_key(|e| (e.name != name, std::cmp::Reverse(e.mentions), e.id));
        let Some(first) = found.first() else {
            return Err(AppError::new(ErrorCode::NotFound, format!("Nothing is known as “{name}”.")).at(name));
        };
        if found.len() > 1 {
            let others: Vec<String> =
                found.iter().map(|e| format!("{} ({}, {})", e.id, words.kind(e.kind), e.name)).collect();
            eprintln!("{}", words.pick("同名：", "Of that name: ").to_owned() + &others.join(", "));
        }
        core.entity(first.id)
    })
    .await
}

async fn set_issue(app: &App, args: SetIssueArgs) -> Result<OpOutcome, AppError> {
    let id = find_issue(app, args.issue).await?;
    let fields = IssueFields {
        newspaper: args.newspaper,
        home: args.home,
        // An empty date means that it is not known.
        date: args.date.map(|d| if d == "unknown" { String::new() } else { d }),
        number: args.number,
        number_of_year: args.number_of_year,
        kind: None,
        pages_announced: args.pages_announced,
    };
    if fields == IssueFields::default() {
        return Err(AppError::new(ErrorCode::InvalidArgument, "Nothing is given to set, e.g. --date 2022-01-17."));
    }
    app.run(move |core| core.set_issue(id, fields)).await
}

async fn serve_until_interrupted(app: &App, port: u16, words: Words) -> Result<(), AppError> {
    let announce = |address: &str| {
        println!("{address}");
        eprintln!(
            "{}",
            words.pick("在浏览器中打开上面的地址；按 Ctrl-C 结束。", "Open this address in a browser; Ctrl-C ends it.")
        );
    };
    serve::run(app.clone(), port, announce, interrupted())
        .await
        .map_err(|e| AppError::new(ErrorCode::Internal, format!("Port {port} on 127.0.0.1 cannot be opened: {e}")))
}

/// Resolves when the user or the system asks the program to end.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Kinds in the order in which lists show them.
pub const KINDS: [EntityKind; 5] = EntityKind::WITH_PAGE;
