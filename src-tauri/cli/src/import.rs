//! `baoku import`: progress on the error stream, questions where somebody can answer them, outcome on the output.

use std::io::{BufRead, IsTerminal, Write};

use baoku_app::App;
use baoku_app::commands::{Jobs, Queries};
use baoku_app::model::view::*;
use baoku_app::model::{JobId, RefusalCode};
use tokio::sync::broadcast::error::RecvError;

use crate::args::ImportArgs;
use crate::exit::Exit;
use crate::run::{Printer, interrupted};
use crate::words::Words;
use crate::{recognise, show};

pub async fn run(app: &App, args: ImportArgs, printer: &Printer) -> Result<Exit, AppError> {
    // What was broken off goes first, so that the same files given again are known already.
    for job in app.run(|core| core.jobs()).await? {
        if job.state == JobState::Running && job.finished.is_none() {
            let job = follow(app, job.id, printer.words).await?;
            if args.paths.is_empty() {
                report(&job, printer)?;
            }
        }
    }
    let recognises = !args.no_recognition && !args.dry_run;
    if args.paths.is_empty() {
        return if recognises { recognise::work_off(app, printer).await } else { Ok(Exit::Done) };
    }
    let as_carrier = args.as_carrier;
    let grouped = args.grouped;
    let mut request = request(args)?;
    request.dry_run |= grouped;
    let mut id = app.run(move |core| core.import_start(request)).await?;
    if grouped {
        follow(app, id, printer.words).await?;
        id = app.run(move |core| core.rehearsal_import(id, Vec::new())).await?;
    }
    let mut job = follow(app, id, printer.words).await?;
    while job.state == JobState::Asking && !job.dry_run {
        let answers = answers(&job, as_carrier, printer.words)?;
        if answers.is_empty() {
            break;
        }
        app.run(move |core| core.import_answer(id, answers)).await?;
        job = follow(app, id, printer.words).await?;
    }
    if job.dry_run
        && let Some(rehearsal) = app.run(move |core| core.rehearsal(id)).await?
    {
        printer.print(&rehearsal, show::rehearsal)?;
        return Ok(exit_of(&rehearsal));
    }
    let exit = report(&job, printer)?;
    if recognises {
        let read = recognise::work_off(app, printer).await?;
        return Ok(if exit == Exit::Done { read } else { exit });
    }
    Ok(exit)
}

/// What the import would end with as it stands.
fn exit_of(rehearsal: &RehearsalView) -> Exit {
    if rehearsal.counts.questions > 0 {
        Exit::Waiting
    } else if rehearsal.refusals.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    }
}

fn request(args: ImportArgs) -> Result<ImportRequest, AppError> {
    let mut paths = Vec::new();
    for path in &args.paths {
        // A path that does not exist is given on as it is; the import reports it among the others.
        let absolute = std::path::absolute(path).map_err(|e| baoku_app::io_error(&e, &path.display().to_string()))?;
        paths.push(absolute.to_string_lossy().into_owned());
    }
    Ok(ImportRequest {
        paths,
        newspaper: args.newspaper,
        home: args.home,
        date: args.date,
        page: args.page,
        dry_run: args.dry_run,
        plan: None,
    })
}

/// Shows progress until the job rests: done, stopped, or waiting for answers.
async fn follow(app: &App, id: JobId, words: Words) -> Result<JobView, AppError> {
    // Subscribed before the first look, so that the last step cannot fall between the two.
    let mut events = app.subscribe();
    let mut progress = Progress::new(words);
    let mut job = app.run(move |core| core.job(id)).await?;
    let mut stop = std::pin::pin!(interrupted());
    while !rests(&job) {
        progress.show(&job);
        tokio::select! {
            event = events.recv() => match event {
                Ok(Event::Job { job: news }) if news.id == id => job = news,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => job = app.run(move |core| core.job(id)).await?,
                Err(RecvError::Closed) => break,
            },
            () = &mut stop => {
                app.run(move |core| core.job_cancel(id)).await?;
                progress.clear();
                return Err(AppError::new(ErrorCode::Cancelled, words.pick("导入已取消；已写入的整版保留。", "The import was cancelled; whole pages that are in stay in.")));
            }
        }
    }
    progress.clear();
    Ok(job)
}

fn rests(job: &JobView) -> bool {
    match job.state {
        JobState::Running => false,
        JobState::Asking => true,
        JobState::Done | JobState::Cancelled | JobState::Failed => job.finished.is_some(),
    }
}

/// One line on the error stream, where that is a terminal.
struct Progress {
    words: Words,
    shown: bool,
}

impl Progress {
    fn new(words: Words) -> Self {
        Self { words, shown: false }
    }

    fn show(&mut self, job: &JobView) {
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K{}", show::progress_line(job, self.words));
            self.shown = true;
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            eprint!("\r\x1b[K");
        }
    }
}

/// Answers from the flags, or from the person at the terminal; empty where there is neither.
fn answers(job: &JobView, as_carrier: bool, words: Words) -> Result<Vec<ImportAnswer>, AppError> {
    let somebody_there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut answers = Vec::new();
    for issue in &job.issues {
        let Some(question) = &issue.question else { continue };
        let is_carrier_question = matches!(question, ImportQuestion::OtherCarrier { .. });
        if is_carrier_question && as_carrier {
            answers.push(answer(issue, ImportChoice::Carrier));
        } else if somebody_there {
            answers.push(ask(job, issue, question, words).map_err(|e| baoku_app::io_error(&e, "terminal"))?);
        }
    }
    Ok(answers)
}

fn answer(issue: &ImportIssue, choice: ImportChoice) -> ImportAnswer {
    ImportAnswer { item: issue.item, choice, newspaper: None, home: None, date: None, number: None, page: None }
}

/// One line of question, one line of answer. An empty line leaves the files out.
fn ask(job: &JobView, issue: &ImportIssue, question: &ImportQuestion, words: Words) -> std::io::Result<ImportAnswer> {
    eprintln!("{}", show::question(job, issue, words));
    match question {
        ImportQuestion::OtherCarrier { .. } => {
            let line = prompt(words.pick("是另一载体？[y/N] ", "another carrier? [y/N] "))?;
            let yes = matches!(line.as_str(), "y" | "Y" | "yes" | "是");
            Ok(answer(issue, if yes { ImportChoice::Carrier } else { ImportChoice::Skip }))
        }
        ImportQuestion::WhichIssue { newspaper_uncertain, date_uncertain } => {
            let mut answer = answer(issue, ImportChoice::Import);
            if *newspaper_uncertain {
                answer.newspaper = field(words.pick("报纸题名", "newspaper"), issue.newspaper.as_deref(), words)?;
            }
            if *date_uncertain {
                answer.date =
                    field(words.pick("日期（或 unknown）", "date (or unknown)"), issue.date.as_deref(), words)?;
            }
            let answered =
                (!*newspaper_uncertain || answer.newspaper.is_some()) && (!*date_uncertain || answer.date.is_some());
            if !answered {
                answer.choice = ImportChoice::Skip;
            }
            Ok(answer)
        }
    }
}

/// Asks for one field; the guess is taken by an empty line.
fn field(name: &str, guess: Option<&str>, words: Words) -> std::io::Result<Option<String>> {
    let hint = match guess {
        Some(guess) => format!(" [{guess}]"),
        None => words.pick("（留空则不导入）", " (empty leaves it out)").to_owned(),
    };
    let line = prompt(&format!("{name}{hint}: "))?;
    Ok(if line.is_empty() { guess.map(str::to_owned) } else { Some(line) })
}

fn prompt(text: &str) -> std::io::Result<String> {
    eprint!("{text}");
    std::io::stderr().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn report(job: &JobView, printer: &Printer) -> Result<Exit, AppError> {
    printer.print(job, show::job)?;
    let waiting = job.issues.iter().any(|issue| issue.question.is_some());
    if waiting && !printer.json {
        show::files_waiting(job, printer.words);
    }
    // A picture that waits for recognition is in; everything else that was refused is out.
    let refusals = || {
        let of_files = job.files.iter().flat_map(|f| f.refusal.iter().chain(f.page_refusals.iter().map(|(_, r)| r)));
        of_files.map(|r| r.code).filter(|code| *code != RefusalCode::NotRecognised)
    };
    Ok(if refusals().any(|code| code == RefusalCode::DiskFull) {
        Exit::DiskFull
    } else if job.state == JobState::Failed {
        Exit::Failed
    } else if job.state == JobState::Cancelled {
        Exit::Interrupted
    } else if waiting {
        Exit::Waiting
    } else if refusals().next().is_some() {
        Exit::Refused
    } else {
        Exit::Done
    })
}
