//! The import rehearsal (预检): what an import is about to do, before anything is written. Files stand as issues and pages,
//! each field with its evidence, each doubt as an exception with a code that the interface words.
//!
//! **Counts reconcile.** `files = read files + refused files`, and of the pages of all read files each one stands in exactly
//! one place: `pages = placed + companions + duplicates + targets + refused_pages`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Clue, ClueField, Cut, PackageProblem, Refusal, SourceKind};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalView {
    /// Those that ask something first, then those with other exceptions, then the rest; by newspaper, date and number within.
    pub issues: Vec<RehearsalIssue>,
    /// Pages of read files that are not imported, and why.
    pub set_aside: Vec<RehearsalAside>,
    /// Files and single pages that can't be read.
    pub refusals: Vec<RehearsalRefusal>,
    pub counts: RehearsalCounts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalIssue {
    /// The key of its first page when it was formed; the same for the same files in any order.
    pub key: String,
    pub newspaper: RehearsalField,
    /// EDTF.
    pub date: RehearsalField,
    /// Running number (总期号), or number of the year where the paper prints only that.
    pub number: RehearsalField,
    /// Number of pages that the issue itself announces (今日8版).
    pub pages_announced: Option<u32>,
    /// The supplier's package that has put the issue together; its articles can be taken from there.
    pub package: Option<RehearsalPackage>,
    /// In page order.
    pub pages: Vec<RehearsalPage>,
    pub exceptions: Vec<RehearsalException>,
    pub attention: Attention,
}

/// A value, whether it may be acted on without asking, and where it comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalField {
    pub value: Option<String>,
    pub certain: bool,
    /// The strongest evidence; `None` for a value that only follows from the order of the pages.
    pub clue: Option<Clue>,
}

/// One page of one file on its way into an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalPage {
    /// Name of the file and, after `#`, the page within it counted from 1.
    pub key: String,
    /// Position of the file in the list that was given.
    pub file: u32,
    /// Page within the file, counted from 0.
    pub index: u32,
    /// Where it stands, if not as the whole frame of that number.
    pub cut: Option<Cut>,
    /// True for a whole frame that is wide enough to show two pages.
    pub wide: bool,
    /// The file's name, with its folders below the dropped one.
    pub name: String,
    /// Page number (版次) as a figure, with its section's letter from the second section on: 1, 2, B1.
    pub number: RehearsalField,
    /// Page name (版名), e.g. 要闻.
    pub page_name: Option<String>,
    /// Other files of the same page: the supplier's text beside its image, or a smaller image of it.
    pub companions: Vec<RehearsalCompanion>,
    /// What the page itself, its name and its folder say, the strongest first.
    pub clues: Vec<Clue>,
    pub exceptions: Vec<RehearsalException>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalCompanion {
    pub file: u32,
    pub index: u32,
    pub name: String,
    pub kind: SourceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalPackage {
    /// Position of the METS or batch file in the list that was given.
    pub file: u32,
    /// Position of the issue within the package.
    pub issue: u32,
}

/// How much a librarian must look at an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Attention {
    /// Newspaper or date is not certain: it is not imported without an answer.
    Question,
    /// Something does not add up; it can be imported as it stands.
    Exception,
    #[default]
    None,
}

/// What does not add up. Keys name issues and pages of the same rehearsal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(export)]
pub enum RehearsalException {
    /// Issue: no value, or one that is not certain.
    Unknown {
        field: ClueField,
    },
    Doubtful {
        field: ClueField,
    },
    /// Issue or page: strong evidence for another value than the one chosen.
    Conflict {
        chosen: Clue,
        other: Clue,
    },
    /// Issue: another newspaper than the one expected, or than nearly all others in this drop.
    WrongNewspaper {
        expected: String,
    },
    /// Issue: number and neighbours speak for another year; 30 and 31 December are often filed under the next one.
    YearDoubtful {
        suggested: String,
    },
    /// Issue: its folder is of another year than its date.
    FolderOfOtherYear {
        folder: String,
    },
    /// Issue: another one of the same newspaper and day has another number.
    SameDateOtherNumber {
        issue: String,
        number: String,
    },
    /// Issue: another one of the same newspaper has the same number and another date.
    SameNumberOtherDate {
        issue: String,
        date: String,
    },
    /// Issue: later in date and lower in number than this other one.
    NumberRunsBackwards {
        issue: String,
        number: String,
    },
    /// Issue: the archive holds one of this newspaper and date already.
    HeldAlready,
    /// Issue: page numbers that are absent between the first and the last, or up to the number announced.
    PagesMissing {
        numbers: Vec<String>,
    },
    /// Issue: no page says its number; they are numbered in the order of the files.
    NumberedByOrder,
    /// Issue: where it begins in its file or folder was told only from page numbers that start again, or from a film target.
    SplitWithoutMasthead,
    /// Issue: something that its package names can't be had.
    PackageProblem {
        problem: PackageProblem,
    },
    /// Page: another page of the issue has the same number.
    SameNumber {
        page: String,
    },
    /// Page: the number it prints does not follow its place among the files.
    OutOfOrder,
    /// Page: it prints another date than its issue.
    OtherDate {
        other: Clue,
    },
    /// Page: it prints the title of another newspaper.
    OtherNewspaper {
        other: Clue,
    },
}

/// A page or file that is read and yet not imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalAside {
    /// As of a page, or the file's name alone where all its pages are meant.
    pub key: String,
    pub file: u32,
    /// `None` for all pages of the file.
    pub index: Option<u32>,
    pub name: String,
    /// How many pages it stands for.
    pub pages: u32,
    pub reason: AsideReason,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum AsideReason {
    /// The same bytes as another file of this drop.
    Duplicate { of: String },
    /// The same bytes are in the archive already.
    Held,
    /// A target (标板) of a film: title frame, resolution chart, start and end marks.
    FilmTarget,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalRefusal {
    pub file: u32,
    /// `None` for the whole file.
    pub index: Option<u32>,
    pub name: String,
    pub refusal: Refusal,
}

/// See the module's invariant: nothing dropped is left uncounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RehearsalCounts {
    pub files: u32,
    pub refused_files: u32,
    /// Pages of all files that can be read.
    pub pages: u32,
    /// Pages that stand in an issue as pages of their own.
    pub placed: u32,
    /// Pages that go with another one.
    pub companions: u32,
    /// Pages of files whose bytes are in this drop or in the archive already.
    pub duplicates: u32,
    pub targets: u32,
    pub refused_pages: u32,
    pub issues: u32,
    /// Issues that ask something.
    pub questions: u32,
    /// Issues with any exception, of their own or of a page; those that ask among them.
    pub with_exceptions: u32,
}

impl RehearsalCounts {
    /// True if every file and every page is accounted for.
    pub fn reconcile(&self, read_files: u32) -> bool {
        self.files == read_files + self.refused_files
            && self.pages == self.placed + self.companions + self.duplicates + self.targets + self.refused_pages
    }
}
