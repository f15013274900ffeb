//! What can be said on the command line.

use std::path::PathBuf;

use baoku_app::model::EntityKind;
use baoku_app::model::view::{CitationStyle, Clock, Home, SearchSort, Step};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::identity::{ApartArgs, AuthorityCommand, DecideArgs, MergeArgs, ReasonArg, SplitArgs};

/// Baoku 报库: an offline archive for local newspapers.
#[derive(Debug, Parser)]
#[command(name = "baoku", version, about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Folder of the archive. Default: Baoku.baoku among the user's documents.
    #[arg(long, global = true, env = "BAOKU_ARCHIVE", value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// Print JSON for scripts.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of what is printed. Default: by LC_ALL, LC_MESSAGES or LANG.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    /// Name under which changes are signed. Default: the user's login name.
    #[arg(long, global = true, env = "BAOKU_OPERATOR", value_name = "NAME")]
    pub operator: Option<String>,
    #[command(subcommand)]
    pub command: Subcommands,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 failed; 2 wrong arguments; 3 an import waits for an answer; \
4 some files or pages were refused, the rest is in; 5 not found; 6 the archive cannot be opened; 7 the disk is full; \
130 interrupted.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Subcommands {
    /// Make a new archive.
    Init {
        /// Title of the archive. Default: the folder's name.
        #[arg(long)]
        title: Option<String>,
    },
    /// Import newspaper files and folders.
    Import(ImportArgs),
    /// Read the text of page images that wait for it.
    Recognise(RecogniseArgs),
    /// List the issues.
    Issues {
        /// Title of a newspaper.
        #[arg(long)]
        newspaper: Option<String>,
        /// First day, YYYY-MM-DD.
        #[arg(long)]
        from: Option<String>,
        /// Last day, YYYY-MM-DD.
        #[arg(long)]
        to: Option<String>,
    },
    /// Print the articles of an issue.
    Articles {
        /// Id, date, running number, or title and date: "徐汇报 2022-01-17".
        issue: String,
    },
    /// Print the pages of an issue with their lines.
    Pages {
        /// Id, date, running number, or title and date.
        issue: String,
    },
    /// Print a reference to an article.
    Cite(CiteArgs),
    /// List people, organisations, places, projects and events.
    Entities {
        #[arg(long, value_parser = entity_kind)]
        kind: Option<EntityKind>,
        /// Part of a name, its pinyin or initials.
        #[arg(long)]
        query: Option<String>,
    },
    /// Print the page of one entity.
    Entity {
        /// Any of its names, or its id.
        name: String,
    },
    /// List the entities that fit the beginning of a name, its pinyin or its initials.
    Suggest {
        typed: String,
        #[arg(long, value_parser = entity_kind)]
        kind: Option<EntityKind>,
    },
    /// List all mentions of one entity with their ids.
    Mentions {
        /// Any of its names, or its id.
        name: String,
    },
    /// Confirm entries, or single mentions.
    Confirm(DecideArgs),
    /// Reject entries that are no names, or single mentions.
    Reject(DecideArgs),
    /// Join entries that are the same; `unmerge` parts them again at any time.
    Merge(MergeArgs),
    /// Part an entry from the one that it was merged into.
    Unmerge {
        /// Name or id of the merged entry.
        name: String,
    },
    /// Move mentions to another entry, or to a new one.
    Split(SplitArgs),
    /// Say that entries are not the same: they are never proposed for merging again.
    TellApart(ApartArgs),
    /// List entries that may be the same.
    Clusters {
        #[arg(long, value_parser = entity_kind)]
        kind: Option<EntityKind>,
        #[arg(long, value_enum)]
        reason: Option<ReasonArg>,
    },
    /// Export and import the authority file.
    #[command(subcommand)]
    Authority(AuthorityCommand),
    /// Counts over time.
    Timeline {
        /// By the date of publication, or of the event.
        #[arg(long, value_enum, default_value = "publication")]
        clock: ClockArg,
        #[arg(long, value_enum, default_value = "month")]
        by: StepArg,
        /// First day, YYYY-MM-DD.
        #[arg(long)]
        from: Option<String>,
        /// Last day, YYYY-MM-DD.
        #[arg(long)]
        to: Option<String>,
    },
    /// Draft a chronicle (大事记) from confirmed events, every line with its citation.
    Chronicle(ChronicleArgs),
    /// Find every occurrence of a string, or what a query asks for: AND OR NOT ( ) NEAR/5 ? * title: person: date: …
    Search {
        /// Plain words are one exact string; docs/cli.md has the rest.
        query: String,
        /// First day of publication, YYYY-MM-DD.
        #[arg(long)]
        from: Option<String>,
        /// Last day of publication, YYYY-MM-DD.
        #[arg(long)]
        to: Option<String>,
        #[arg(long, value_enum, default_value = "newest")]
        sort: SortArg,
        /// Most hits to print; 0 for all. Default: 50, or all with --json.
        #[arg(long)]
        limit: Option<u32>,
        /// As printed: Traditional, variant forms, width and case are told apart.
        #[arg(long, conflicts_with_all = ["lookalikes", "variants"])]
        strict: bool,
        /// Also with one character exchanged for one that a recogniser takes for it.
        #[arg(long)]
        lookalikes: bool,
        /// Also with one character exchanged for one that is used for it (像 and 象).
        #[arg(long)]
        variants: bool,
        /// Print the whole result as CSV.
        #[arg(long, conflicts_with_all = ["json", "limit"])]
        csv: bool,
    },
    /// Take back the last change.
    Undo,
    /// Make the change again that was taken back last.
    Redo,
    /// List the changes that people made, newest first.
    History {
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// List the imports, newest first.
    Jobs,
    /// Compare the originals with their checksums and the archive with its rules.
    Check,
    /// Take back everything an import brought.
    RemoveImport {
        /// Number of the import, as `jobs` lists it.
        job: i64,
    },
    /// Put newspaper, date or number of an issue right.
    SetIssue(SetIssueArgs),
    /// Print the content of the archive in its canonical form, for comparing two archives.
    Dump,
    /// Show the archive in a browser on this machine.
    Serve {
        /// Port on 127.0.0.1; 0 takes a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files and folders; may be left out with --resume.
    #[arg(required_unless_present = "resume")]
    pub paths: Vec<PathBuf>,
    /// Title of the newspaper, whatever the files say.
    #[arg(long)]
    pub newspaper: Option<String>,
    /// Home district of the newspaper, e.g. 上海市徐汇区.
    #[arg(long, value_parser = home)]
    pub home: Option<Home>,
    /// Date of the issue (2022-01-17, or EDTF such as 1958-03 or 193X), or `unknown`.
    #[arg(long)]
    pub date: Option<String>,
    /// Page number, for a single page.
    #[arg(long)]
    pub page: Option<u32>,
    /// Where an issue and page are held already, take the file as another carrier of them.
    #[arg(long)]
    pub as_carrier: bool,
    /// Find out what would happen and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Put files into issues and pages first, as --dry-run shows it, then import: for folders and suppliers' packages.
    #[arg(long, conflicts_with = "dry_run")]
    pub grouped: bool,
    /// Finish imports that were broken off.
    #[arg(long)]
    pub resume: bool,
    /// Leave page images waiting; `recognise` reads them later.
    #[arg(long)]
    pub no_recognition: bool,
}

#[derive(Debug, Args)]
pub struct RecogniseArgs {
    /// Only say what waits.
    #[arg(long)]
    pub status: bool,
    /// Try pages again whose recognition failed or was called off.
    #[arg(long, conflicts_with = "status")]
    pub retry: bool,
    /// Pages at a time. Default: one less than the machine has cores.
    #[arg(long, conflicts_with = "status")]
    pub threads: Option<u32>,
    /// Who reads, from now on. Default: as chosen before, else the usual engine.
    #[arg(long, value_enum)]
    pub engine: Option<EngineArg>,
    /// Languages of Tesseract in its own words, such as jpn+eng; chooses Tesseract.
    #[arg(long)]
    pub languages: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineArg {
    /// PP-OCR, or Tesseract where its models are not there.
    Usual,
    Tesseract,
}

#[derive(Debug, Args)]
pub struct CiteArgs {
    /// Id of the article, as `articles` prints it.
    pub article: i64,
    #[arg(long, value_enum, default_value = "gbt2025")]
    pub style: StyleArg,
    /// Quote the characters START up to END of the article's text.
    #[arg(long, value_name = "START..END", value_parser = stretch)]
    pub quote: Option<(u32, u32)>,
    /// The quotation has been compared with the page image.
    #[arg(long, requires = "quote")]
    pub checked: bool,
}

#[derive(Debug, Args)]
pub struct SetIssueArgs {
    /// Id, date, running number, or title and date.
    pub issue: String,
    /// Title of the newspaper.
    #[arg(long)]
    pub newspaper: Option<String>,
    /// Home district of the newspaper, e.g. 上海市徐汇区.
    #[arg(long, value_parser = home)]
    pub home: Option<Home>,
    /// EDTF date, or `unknown`.
    #[arg(long)]
    pub date: Option<String>,
    /// Running number (总期号).
    #[arg(long)]
    pub number: Option<String>,
    /// Number within the year (年度期号).
    #[arg(long)]
    pub number_of_year: Option<String>,
    /// Number of pages announced (今日8版).
    #[arg(long)]
    pub pages_announced: Option<u32>,
}

fn home(text: &str) -> Result<Home, String> {
    let home = Home::parse(text);
    if home.district.is_empty() { Err("a district is expected, e.g. 上海市徐汇区".to_owned()) } else { Ok(home) }
}

fn stretch(text: &str) -> Result<(u32, u32), String> {
    let ends = text.split_once("..").and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    ends.filter(|(start, end)| start < end).ok_or_else(|| "START..END is expected, e.g. 10..24".to_owned())
}

pub fn entity_kind(text: &str) -> Result<EntityKind, String> {
    EntityKind::parse(text)
        .filter(|kind| EntityKind::WITH_PAGE.contains(kind))
        .ok_or_else(|| "one of person, organisation, place, project, event is expected".to_owned())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StyleArg {
    /// GB/T 7714—2025.
    Gbt2025,
    /// GB/T 7714—2015.
    Gbt2015,
    /// As local gazetteers note their sources: 《徐汇报》2022年1月17日第1版.
    Gazetteer,
    Bibtex,
    Ris,
    CslJson,
}

#[derive(Debug, Args)]
pub struct ChronicleArgs {
    /// First day, YYYY-MM-DD.
    #[arg(long)]
    pub from: Option<String>,
    /// Last day, YYYY-MM-DD.
    #[arg(long)]
    pub to: Option<String>,
    /// Only events told in this newspaper, by its title.
    #[arg(long)]
    pub newspaper: Option<String>,
    /// Events that nobody confirmed too; they are marked.
    #[arg(long)]
    pub unconfirmed: bool,
    /// As Markdown, with the years as headings.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
}

impl From<StyleArg> for CitationStyle {
    fn from(style: StyleArg) -> Self {
        match style {
            StyleArg::Gbt2025 => CitationStyle::GbT7714Of2025,
            StyleArg::Gbt2015 => CitationStyle::GbT7714Of2015,
            StyleArg::Gazetteer => CitationStyle::Gazetteer,
            StyleArg::Bibtex => CitationStyle::BibTex,
            StyleArg::Ris => CitationStyle::Ris,
            StyleArg::CslJson => CitationStyle::CslJson,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ClockArg {
    Publication,
    Event,
}

impl From<ClockArg> for Clock {
    fn from(clock: ClockArg) -> Self {
        match clock {
            ClockArg::Publication => Clock::Publication,
            ClockArg::Event => Clock::Event,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StepArg {
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

impl From<StepArg> for Step {
    fn from(step: StepArg) -> Self {
        match step {
            StepArg::Day => Step::Day,
            StepArg::Week => Step::Week,
            StepArg::Month => Step::Month,
            StepArg::Year => Step::Year,
            StepArg::Decade => Step::Decade,
            StepArg::Century => Step::Century,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    Newest,
    Oldest,
    Best,
}

impl From<SortArg> for SearchSort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Newest => SearchSort::Newest,
            SortArg::Oldest => SearchSort::Oldest,
            SortArg::Best => SearchSort::Best,
        }
    }
}
