//! Authority control in the terminal: confirm and reject, merge and part, and the authority file.

use std::path::PathBuf;

use baoku_app::App;
use baoku_app::commands::{Mutations, Queries};
use baoku_app::model::view::*;
use baoku_app::model::{EntityId, EntityKind, MentionId};
use clap::{Args, Subcommand, ValueEnum};

use crate::args::entity_kind;
use crate::exit::Exit;
use crate::run::Printer;
use crate::show;

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Names or ids of the entries that go into the other.
    #[arg(required = true)]
    pub from: Vec<String>,
    /// Name or id of the one that stays.
    #[arg(long)]
    pub into: String,
    /// Only say what would change.
    #[arg(long)]
    pub preview: bool,
}

#[derive(Debug, Args)]
pub struct SplitArgs {
    /// Ids of the mentions that belong elsewhere, as `mentions` lists them.
    #[arg(required = true)]
    pub mentions: Vec<i64>,
    /// Name or id of the entry that they belong to. Without it a new one is made.
    #[arg(long, conflicts_with_all = ["name", "kind", "note"])]
    pub to: Option<String>,
    /// Name of the new entry. Default: that of the first mention's entry.
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long, value_parser = entity_kind)]
    pub kind: Option<EntityKind>,
    /// What tells the new entry from others of its name.
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct DecideArgs {
    /// Names or ids of entries.
    #[arg(required_unless_present = "mentions")]
    pub entities: Vec<String>,
    /// Ids of single mentions, as `mentions` lists them.
    #[arg(long = "mention", value_name = "ID", value_delimiter = ',', conflicts_with = "entities")]
    pub mentions: Vec<i64>,
}

#[derive(Debug, Args)]
pub struct ApartArgs {
    /// Names or ids of entries that are not the same.
    #[arg(required = true, num_args = 2..)]
    pub entities: Vec<String>,
    /// They may be the same after all.
    #[arg(long)]
    pub forget: bool,
}

#[derive(Debug, Subcommand)]
pub enum AuthorityCommand {
    /// Print the entries that a person or an authority file vouched for.
    Export {
        #[arg(long, value_enum, default_value = "csv")]
        format: FormatArg,
        #[arg(long, value_parser = entity_kind)]
        kind: Option<EntityKind>,
        /// Those that only the machine found, too.
        #[arg(long)]
        all: bool,
        /// File to write to. Default: the terminal.
        #[arg(long, short)]
        output: Option<PathBuf>,
    },
    /// Take over the entries of a file. Known ones are told more; nothing is taken away.
    Import {
        file: PathBuf,
        /// Default: by the file's ending.
        #[arg(long, value_enum)]
        format: Option<FormatArg>,
        /// Only say what it would do.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    Csv,
    Jsonld,
}

impl From<FormatArg> for AuthorityFormat {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Jsonld => Self::JsonLd,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReasonArg {
    SameName,
    Variant,
    Pinyin,
    Abbreviation,
    Ocr,
}

impl From<ReasonArg> for ClusterReason {
    fn from(reason: ReasonArg) -> Self {
        match reason {
            ReasonArg::SameName => Self::SameName,
            ReasonArg::Variant => Self::Variant,
            ReasonArg::Pinyin => Self::Pinyin,
            ReasonArg::Abbreviation => Self::Abbreviation,
            ReasonArg::Ocr => Self::Ocr,
        }
    }
}

/// The entry that is meant. A name that several bear means none of them: an act on the wrong one is worse than none.
pub fn find(core: &baoku_app::Core, name: &str) -> Result<EntityId, AppError> {
    let found = core.find_entity(name.to_owned())?;
    let by_id = name.trim().parse().ok().map(EntityId);
    if let Some(row) = found.iter().find(|row| Some(row.id) == by_id) {
        return Ok(row.id);
    }
    match found.as_slice() {
        [] => Err(AppError::new(ErrorCode::NotFound, format!("Nothing is known as “{name}”.")).at(name)),
        [one] => Ok(one.id),
        several => {
            let ids: Vec<String> = several.iter().map(|e| format!("{} ({})", e.id, e.name)).collect();
            let message = format!("Several are known as “{name}”; give one by its number: {}.", ids.join(", "));
            Err(AppError::new(ErrorCode::InvalidArgument, message).at(name))
        }
    }
}

fn find_all(core: &baoku_app::Core, names: &[String]) -> Result<Vec<EntityId>, AppError> {
    names.iter().map(|name| find(core, name)).collect()
}

pub async fn merge(app: &App, args: MergeArgs, printer: &Printer) -> Result<Exit, AppError> {
    if args.preview {
        let preview =
            app.run(move |core| core.merge_preview(find_all(core, &args.from)?, find(core, &args.into)?)).await?;
        printer.print(&preview, show::merge_preview)?;
        return Ok(Exit::Done);
    }
    let done = app.run(move |core| core.merge_entities(find_all(core, &args.from)?, find(core, &args.into)?)).await?;
    printer.print(&done, show::outcome)?;
    Ok(Exit::Done)
}

pub async fn unmerge(app: &App, name: String, printer: &Printer) -> Result<Exit, AppError> {
    let done = app
        .run(move |core| match core.find_merged(name.clone())?.as_slice() {
            [one] => core.unmerge_entity(*one),
            [] => Err(AppError::new(ErrorCode::NotFound, format!("“{name}” is not merged into another.")).at(name)),
            several => {
                let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                let message = format!("Several of this name are merged; give one by its number: {}.", ids.join(", "));
                Err(AppError::new(ErrorCode::InvalidArgument, message).at(name))
            }
        })
        .await?;
    printer.print(&done, show::outcome)?;
    Ok(Exit::Done)
}

pub async fn split(app: &App, args: SplitArgs, printer: &Printer) -> Result<Exit, AppError> {
    let done = app
        .run(move |core| {
            let ids = args.mentions.into_iter().map(MentionId).collect();
            let to = match (args.to, args.name, args.kind) {
                (Some(to), ..) => Destination::Entity { id: find(core, &to)? },
                (None, Some(name), Some(entity_kind)) => Destination::New { entity_kind, name, scope_note: args.note },
                _ => {
                    let message = "A new entry needs --name and --kind; an old one is given by --to.";
                    return Err(AppError::new(ErrorCode::InvalidArgument, message));
                }
            };
            core.move_mentions(ids, to)
        })
        .await?;
    printer.print(&done, show::outcome)?;
    Ok(Exit::Done)
}

pub async fn decide(app: &App, args: DecideArgs, verdict: Verdict, printer: &Printer) -> Result<Exit, AppError> {
    let done = app
        .run(move |core| {
            if args.entities.is_empty() {
                core.decide_mentions(args.mentions.into_iter().map(MentionId).collect(), verdict)
            } else {
                core.decide_entities(find_all(core, &args.entities)?, verdict)
            }
        })
        .await?;
    printer.print(&done, show::outcome)?;
    Ok(Exit::Done)
}

pub async fn tell_apart(app: &App, args: ApartArgs, printer: &Printer) -> Result<Exit, AppError> {
    let done = app.run(move |core| core.tell_apart(find_all(core, &args.entities)?, !args.forget)).await?;
    printer.print(&done, show::outcome)?;
    Ok(Exit::Done)
}

pub async fn mentions(app: &App, name: String, printer: &Printer) -> Result<Exit, AppError> {
    let page = app.run(move |core| core.entity_mentions(find(core, &name)?, 0, 0)).await?;
    printer.print(&page.rows, |rows, words| show::mentions(rows, words))?;
    Ok(Exit::Done)
}

pub async fn clusters(
    app: &App,
    kind: Option<EntityKind>,
    reason: Option<ReasonArg>,
    printer: &Printer,
) -> Result<Exit, AppError> {
    let list = app.run(move |core| core.clusters(kind, reason.map(Into::into), 0, 0)).await?;
    printer.print(&list.clusters, |clusters, words| show::clusters(clusters, words))?;
    Ok(Exit::Done)
}

pub async fn authority(app: &App, command: AuthorityCommand, printer: &Printer) -> Result<Exit, AppError> {
    match command {
        AuthorityCommand::Export { format, kind, all, output } => {
            let text = app.run(move |core| core.authority_file(format.into(), kind, all)).await?;
            match output {
                Some(path) => {
                    std::fs::write(&path, text).map_err(|e| baoku_app::io_error(&e, &path.display().to_string()))?
                }
                None => print!("{text}"),
            }
        }
        AuthorityCommand::Import { file, format, dry_run } => {
            let text =
                std::fs::read_to_string(&file).map_err(|e| baoku_app::io_error(&e, &file.display().to_string()))?;
            let by_ending = || match file.extension().and_then(|e| e.to_str()) {
                Some("json" | "jsonld") => AuthorityFormat::JsonLd,
                _ => AuthorityFormat::Csv,
            };
            let format = format.map_or_else(by_ending, Into::into);
            let told = app
                .run(move |core| {
                    let told = core.authority_rehearsal(format, text.clone())?;
                    if !dry_run && told.added + told.enriched > 0 {
                        core.import_authority(format, text)?;
                    }
                    Ok(told)
                })
                .await?;
            printer.print(&told, show::authority)?;
        }
    }
    Ok(Exit::Done)
}
