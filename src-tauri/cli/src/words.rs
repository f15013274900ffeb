//! Chinese or English.

use baoku_app::model::{EntityKind, RefusalCode};

use crate::args::Language;

/// Picks the words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The language asked for, or that of the terminal.
    pub fn new(asked: Option<Language>) -> Self {
        let by_environment = || {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
                .unwrap_or_default();
            if locale.starts_with("zh") { Language::Zh } else { Language::En }
        };
        Self { language: asked.unwrap_or_else(by_environment) }
    }

    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub fn kind(self, kind: EntityKind) -> &'static str {
        match kind {
            EntityKind::Person => self.pick("人物", "person"),
            EntityKind::Organisation => self.pick("机构", "organisation"),
            EntityKind::Place => self.pick("地名", "place"),
            EntityKind::Project => self.pick("项目", "project"),
            EntityKind::Event => self.pick("事件", "event"),
            EntityKind::Date => self.pick("日期", "date"),
            EntityKind::Amount => self.pick("数额", "amount"),
        }
    }

    /// Why a file or page was not taken.
    pub fn refusal(self, code: RefusalCode) -> &'static str {
        match code {
            RefusalCode::Empty => self.pick("文件是空的", "the file is empty"),
            RefusalCode::Damaged => self.pick("文件损坏或不完整", "the file is damaged or broken off"),
            RefusalCode::Encrypted => self.pick("文件有密码保护", "the file is protected by a password"),
            RefusalCode::TooLarge => self.pick("页面过大", "the page is too large"),
            RefusalCode::Unsupported => self.pick("不支持的格式", "the format is not supported"),
            RefusalCode::NameContradictsContent => {
                self.pick("文件名与内容格式不符", "the name says another format than the content")
            }
            RefusalCode::Unreadable => self.pick("无法读取", "it cannot be read"),
            RefusalCode::UnknownEncoding => self.pick("无法判断文字编码", "the text encoding cannot be told"),
            RefusalCode::WorkerFailed => self.pick("读取时出错", "reading it failed"),
            RefusalCode::DiskFull => self.pick("磁盘已满", "the disk is full"),
            RefusalCode::NotRecognised => self.pick("等待文字识别", "it waits for text recognition"),
            RefusalCode::Cancelled => self.pick("已取消", "cancelled"),
        }
    }

    /// 第512期, no. 512.
    pub fn number(self, number: &str) -> String {
        self.pick(format!("第{number}期"), format!("no. {number}"))
    }

    /// 第1版, p. 1.
    pub fn page(self, page: u32) -> String {
        self.pick(format!("第{page}版"), format!("p. {page}"))
    }
}
