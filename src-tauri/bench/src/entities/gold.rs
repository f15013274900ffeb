//! Gold readings of whole issues in the shared JSON form, as articles and what is to be found in them.

use std::collections::BTreeMap;
use std::path::Path;

use baoku_model::{ArticleKind, BylineName, EntityKind, IssueArticle};
use serde::Deserialize;

/// An entity of the gold: what it may be called and whether it must be found.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldEntity {
    /// First the type itself, then the types that count as right.
    pub kinds: Vec<EntityKind>,
    pub surface: String,
    pub alternatives: Vec<String>,
    pub optional: bool,
    /// Canonical name, where the gold gives one as text.
    pub name: Option<String>,
    /// EDTF for dates, `value unit` for amounts.
    pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GoldRole {
    pub person: String,
    pub post: String,
    pub organisation: String,
    pub optional: bool,
}

/// One article with its gold.
#[derive(Debug, Clone)]
pub struct GoldArticle {
    pub id: String,
    pub article: IssueArticle,
    pub entities: Vec<GoldEntity>,
    pub roles: Vec<GoldRole>,
    pub event_date: Option<String>,
}

/// Organisations by any of their names → canonical name.
pub type Aliases = BTreeMap<String, String>;

#[derive(Deserialize)]
struct File {
    articles: Vec<RawArticle>,
}

#[derive(Deserialize)]
struct RawArticle {
    id: String,
    kind: String,
    text: String,
    byline: RawByline,
    event_date: Option<String>,
    entities: Vec<RawEntity>,
    #[serde(default)]
    entities_outside_text: Vec<RawEntity>,
    roles: Vec<RawRole>,
}

#[derive(Deserialize)]
struct RawByline {
    #[serde(default)]
    people: Vec<BylineName>,
}

#[derive(Deserialize)]
struct RawEntity {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    alt: Vec<String>,
    #[serde(default)]
    alt_surfaces: Vec<String>,
    surface: Option<String>,
    text: Option<String>,
    optional: bool,
    norm: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct RawRole {
    person: String,
    post: String,
    organisation: Option<String>,
    #[serde(default)]
    optional: bool,
}

fn kind(name: &str) -> Option<EntityKind> {
    Some(match name {
        "PERSON" => EntityKind::Person,
        "ORG" => EntityKind::Organisation,
        "PLACE" => EntityKind::Place,
        "PROJECT" => EntityKind::Project,
        "EVENT" => EntityKind::Event,
        "DATE" => EntityKind::Date,
        "AMOUNT" => EntityKind::Amount,
        // Titles, slogans and policies have no page of their own.
        _ => return None,
    })
}

/// Reads a gold issue.
pub fn read(path: &Path) -> Result<Vec<GoldArticle>, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let file: File = serde_json::from_slice(&bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(file.articles.into_iter().map(article).collect())
}

fn article(raw: RawArticle) -> GoldArticle {
    let kind_of_article = match raw.kind.as_str() {
        "brief" => ArticleKind::Brief,
        "photo" => ArticleKind::Photo,
        "notice" => ArticleKind::Notice,
        "ad" => ArticleKind::Ad,
        "colophon" => ArticleKind::Colophon,
        _ => ArticleKind::Article,
    };
    let outside = raw.entities_outside_text.into_iter().map(|e| RawEntity { optional: true, ..e });
    let entities = raw.entities.into_iter().chain(outside).filter_map(entity).collect();
    GoldArticle {
        id: raw.id,
        article: IssueArticle {
            kind: kind_of_article,
            byline: raw.byline.people,
            text: raw.text,
            confidence: 1.0,
            ..IssueArticle::default()
        },
        entities,
        roles: raw
            .roles
            .into_iter()
            .map(|r| GoldRole {
                person: bare(&r.person),
                post: r.post,
                organisation: r.organisation.unwrap_or_default(),
                optional: r.optional,
            })
            .collect(),
        event_date: raw.event_date,
    }
}

/// 王磊#2 → 王磊: the number tells namesakes apart.
fn bare(name: &str) -> String {
    name.split('#').next().unwrap_or_default().to_owned()
}

fn entity(raw: RawEntity) -> Option<GoldEntity> {
    let kinds: Vec<EntityKind> = std::iter::once(&raw.kind).chain(&raw.alt).filter_map(|k| kind(k)).collect();
    let first = *kinds.first()?;
    let norm = raw.norm;
    Some(GoldEntity {
        value: match (first, &norm) {
            (EntityKind::Date, Some(serde_json::Value::String(s))) => Some(s.clone()),
            (EntityKind::Amount, Some(serde_json::Value::Object(o))) => {
                Some(format!("{} {}", o.get("value")?.as_f64()?, o.get("unit")?.as_str()?))
            }
            _ => None,
        },
        name: norm.as_ref().and_then(|n| n.as_str()).map(bare),
        surface: raw.surface.or(raw.text)?,
        alternatives: raw.alt_surfaces,
        optional: raw.optional,
        kinds,
    })
}

#[derive(Deserialize)]
struct World {
    orgs: Vec<WorldBody>,
}

#[derive(Deserialize)]
struct WorldBody {
    name: String,
    aliases: Vec<String>,
}

/// Reads the names of organisations.
pub fn aliases(path: &Path) -> Result<Aliases, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let world: World = serde_json::from_slice(&bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(world
        .orgs
        .into_iter()
        .flat_map(|o| {
            let name = o.name.clone();
            std::iter::once(o.name).chain(o.aliases).map(move |a| (a, name.clone()))
        })
        .collect())
}
