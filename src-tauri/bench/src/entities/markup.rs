//! Our own annotated articles: one file an issue, articles separated by `---`, names marked in the text.
//!
//! `# newspaper:`, `# home:` and `# date:` say what is known of the issue; `# alias: canonical = form, form` gives other names of a body.
//! In the text `{p:surface}` marks a person, `{o:…}` an organisation, `{l:…}` a place, `{j:…}` a project, `{e:…}` an event, `{d:…}` a date,
//! `{a:…}` an amount; `{l/o:…}` may be either; `{?p:…}` need not be found; `{o:surface=name}` gives the canonical name, for dates EDTF, for
//! amounts value and unit. Marks may be nested. A line `@ person · post · organisation | other name` is a role, `@?` one that need not be
//! found.

use std::path::Path;

use baoku_entities::Context;
use baoku_model::view::catalogue::Home;
use baoku_model::{EntityKind, IssueArticle};

use super::gold::{Aliases, GoldArticle, GoldEntity, GoldRole};

/// An issue of annotated articles.
pub struct OwnIssue {
    pub context: Context,
    pub articles: Vec<GoldArticle>,
    pub aliases: Aliases,
}

/// All issues of a folder, by file name.
pub fn read_folder(folder: &Path) -> Result<Vec<OwnIssue>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            parse(&name, &text).map_err(|e| format!("{}: {e}", file.display()))
        })
        .collect()
}

pub fn parse(name: &str, text: &str) -> Result<OwnIssue, String> {
    let mut issue = OwnIssue { context: Context::default(), articles: Vec::new(), aliases: Aliases::new() };
    for line in text.lines().filter_map(|l| l.strip_prefix("# ")) {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key {
            "newspaper" => issue.context.newspaper = value.to_owned(),
            "home" => issue.context.home = Home::parse(value),
            "date" => issue.context.issue_date = Some(value.parse().map_err(|e| format!("{e}"))?),
            "alias" => {
                let (canonical, forms) = value.split_once('=').ok_or("an alias needs =")?;
                for form in forms.split(',').chain([canonical]) {
                    issue.aliases.insert(form.trim().to_owned(), canonical.trim().to_owned());
                }
            }
            other => return Err(format!("unknown key {other}")),
        }
    }
    for (number, part) in text.split("\n---\n").enumerate() {
        let article = article(&format!("{name}-{}", number + 1), part, &mut issue.aliases)?;
        issue.articles.push(article);
    }
    Ok(issue)
}

fn article(id: &str, part: &str, aliases: &mut Aliases) -> Result<GoldArticle, String> {
    let mut gold = GoldArticle {
        id: id.to_owned(),
        article: IssueArticle { confidence: 1.0, ..IssueArticle::default() },
        entities: Vec::new(),
        roles: Vec::new(),
        event_date: None,
    };
    let mut paragraphs = Vec::new();
    for line in part.lines() {
        if let Some(role) = line.strip_prefix('@') {
            gold.roles.push(self::role(role, aliases)?);
        } else if !line.starts_with('#') && !line.trim().is_empty() {
            let chars: Vec<char> = line.chars().collect();
            let mut at = 0;
            paragraphs.push(marked(&chars, &mut at, false, &mut gold.entities)?);
        }
    }
    gold.article.text = paragraphs.join("\n");
    Ok(gold)
}

fn role(line: &str, aliases: &mut Aliases) -> Result<GoldRole, String> {
    let (optional, line) = line.strip_prefix('?').map_or((false, line), |l| (true, l));
    let mut columns = line.split('·').map(str::trim);
    // A transliterated name has a dot of its own, without blanks.
    let columns: Vec<String> = if line.contains(" · ") {
        line.split(" · ").map(|c| c.trim().to_owned()).collect()
    } else {
        columns.by_ref().map(str::to_owned).collect()
    };
    let [person, post, organisation, ..] = columns.as_slice() else {
        return Err(format!("a role needs person, post and organisation: {line}"));
    };
    let mut names = organisation.split('|').map(str::trim);
    let first = names.next().unwrap_or_default().to_owned();
    let canonical = aliases.get(&first).cloned().unwrap_or(first);
    for other in names {
        aliases.insert(other.to_owned(), canonical.clone());
    }
    Ok(GoldRole { person: person.clone(), post: post.clone(), organisation: canonical, optional })
}

/// Text from `at` on without its marks; within a mark up to its end.
fn marked(chars: &[char], at: &mut usize, inside: bool, entities: &mut Vec<GoldEntity>) -> Result<String, String> {
    let mut out = String::new();
    while *at < chars.len() {
        match chars[*at] {
            '{' => {
                *at += 1;
                out.push_str(&mark(chars, at, entities)?);
            }
            '}' | '=' if inside => return Ok(out),
            c => {
                out.push(c);
                *at += 1;
            }
        }
    }
    if inside { Err("a mark is not closed".into()) } else { Ok(out) }
}

fn mark(chars: &[char], at: &mut usize, entities: &mut Vec<GoldEntity>) -> Result<String, String> {
    let colon = (*at..chars.len()).find(|i| chars[*i] == ':').ok_or("a mark needs a colon")?;
    let head: String = chars[*at..colon].iter().collect();
    let optional = head.starts_with('?');
    let kinds = head
        .trim_start_matches('?')
        .split('/')
        .map(|k| match k {
            "p" => Ok(EntityKind::Person),
            "o" => Ok(EntityKind::Organisation),
            "l" => Ok(EntityKind::Place),
            "j" => Ok(EntityKind::Project),
            "e" => Ok(EntityKind::Event),
            "d" => Ok(EntityKind::Date),
            "a" => Ok(EntityKind::Amount),
            other => Err(format!("no kind is called {other}")),
        })
        .collect::<Result<Vec<_>, _>>()?;
    *at = colon + 1;
    let surface = marked(chars, at, true, entities)?;
    let mut note = String::new();
    if chars[*at] == '=' {
        let close = (*at..chars.len()).find(|i| chars[*i] == '}').ok_or("a mark is not closed")?;
        note = chars[*at + 1..close].iter().collect();
        *at = close;
    }
    *at += 1;
    let has_value = matches!(kinds[0], EntityKind::Date | EntityKind::Amount);
    entities.push(GoldEntity {
        value: (has_value && !note.is_empty()).then(|| note.clone()),
        name: (!has_value && !note.is_empty()).then(|| note.clone()),
        alternatives: Vec::new(),
        surface: surface.clone(),
        optional,
        kinds,
    });
    Ok(surface)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_nest_and_carry_names() {
        let issue = parse(
            "x",
            "# newspaper: 某报\n# home: 某区\n# date: 2020-01-02\n\n{d:昨日=2020-01-01}，{e:{l/o:某区}大会}召开。{?o:区委=中共某区委员会}书记{p:王某}出席。\n@ 王某 · 书记 · 中共某区委员会 | 区委\n",
        )
        .unwrap();
        let a = &issue.articles[0];
        assert_eq!(a.article.text, "昨日，某区大会召开。区委书记王某出席。");
        assert_eq!(a.entities[1].kinds, [EntityKind::Place, EntityKind::Organisation]);
        assert_eq!(a.entities[2].surface, "某区大会");
        assert!(a.entities[3].optional && a.entities[3].name.is_some());
        assert_eq!(a.roles[0].post, "书记");
        assert_eq!(issue.aliases["区委"], "中共某区委员会");
    }
}
