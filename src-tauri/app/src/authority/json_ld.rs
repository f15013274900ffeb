//! The authority file as JSON-LD, in the words of schema.org and SKOS, with its context written out: nothing has to be fetched to
//! understand it.

use baoku_model::EntityKind;
use baoku_model::view::{AppError, AuthorityEntry, MatchGrade, NameFields, NameType};
use serde_json::{Map, Value, json};

use super::{from_word, word, wrong};

const URN: &str = "urn:uuid:";

fn context() -> Value {
    json!({
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "Person": "schema:Person",
        "Organization": "schema:Organization",
        "Place": "schema:Place",
        "Project": "schema:Project",
        "Event": "schema:Event",
        "name": "schema:name",
        "names": "schema:alternateName",
        "form": "skos:altLabel",
        "type": "schema:additionalType",
        "scope": "schema:spatialCoverage",
        "validFrom": "schema:validFrom",
        "validTo": "schema:validThrough",
        "description": "schema:description",
        "birthDate": "schema:birthDate",
        "deathDate": "schema:deathDate",
        "identifier": "schema:identifier",
        "propertyID": "schema:propertyID",
        "value": "schema:value",
        "grade": "skos:mappingRelation"
    })
}

pub(super) fn write(entries: &[AuthorityEntry]) -> Result<String, AppError> {
    let graph: Vec<Value> = entries.iter().map(node).collect();
    let document = json!({ "@context": context(), "@graph": graph });
    serde_json::to_string_pretty(&document).map_err(|e| wrong(e.to_string()))
}

fn type_of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organisation => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Project => "Project",
        EntityKind::Event => "Event",
        EntityKind::Person | EntityKind::Date | EntityKind::Amount => "Person",
    }
}

fn kind_of(name: &str) -> Option<EntityKind> {
    EntityKind::WITH_PAGE.into_iter().find(|k| type_of(*k) == name)
}

fn node(entry: &AuthorityEntry) -> Value {
    let mut node = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            node.insert(key.to_owned(), value);
        }
    };
    put("@id", entry.uid.as_deref().map(|uid| json!(format!("{URN}{}", dashed(uid)))));
    put("@type", entry.kind.map(|k| json!(type_of(k))));
    put("name", Some(json!(entry.name)));
    let names: Vec<Value> = entry.names.iter().map(name_node).collect();
    put("names", Some(json!(names)).filter(|_| !names.is_empty()));
    let ids: Vec<Value> = entry
        .ids
        .iter()
        .map(|(scheme, value, grade)| json!({ "propertyID": scheme, "value": value, "grade": word(*grade) }))
        .collect();
    put("identifier", Some(json!(ids)).filter(|_| !ids.is_empty()));
    put("description", entry.scope_note.as_ref().map(|n| json!(n)));
    put("birthDate", entry.born.as_ref().map(|d| json!(d)));
    put("deathDate", entry.died.as_ref().map(|d| json!(d)));
    Value::Object(node)
}

fn name_node(name: &NameFields) -> Value {
    let mut node =
        Map::from_iter([("form".to_owned(), json!(name.form)), ("type".to_owned(), json!(word(name.name_type)))]);
    for (key, value) in [("scope", &name.scope), ("validFrom", &name.valid_from), ("validTo", &name.valid_to)] {
        if let Some(value) = value {
            node.insert(key.to_owned(), json!(value));
        }
    }
    Value::Object(node)
}

/// A uid as UUIDs are written.
fn dashed(uid: &str) -> String {
    match (uid.get(..8), uid.get(8..12), uid.get(12..16), uid.get(16..20), uid.get(20..)) {
        (Some(a), Some(b), Some(c), Some(d), Some(e)) => format!("{a}-{b}-{c}-{d}-{e}"),
        _ => uid.to_owned(),
    }
}

pub(super) fn read(text: &str) -> Result<Vec<AuthorityEntry>, AppError> {
    let document: Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
    let nodes = match (&document, document.get("@graph")) {
        (_, Some(Value::Array(nodes))) | (Value::Array(nodes), _) => nodes.clone(),
        (Value::Object(_), None) => vec![document.clone()],
        _ => return Err(wrong("the file has no @graph")),
    };
    nodes.iter().enumerate().map(|(i, node)| entry(i + 1, node)).collect()
}

fn entry(number: usize, node: &Value) -> Result<AuthorityEntry, AppError> {
    let text = |key: &str| node.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = text("name").ok_or_else(|| wrong(format!("entry {number}: the name is missing")))?;
    let kind = match text("@type") {
        Some(kind) => Some(kind_of(&kind).ok_or_else(|| wrong(format!("{name}: “{kind}” is no known @type")))?),
        None => None,
    };
    let uid = text("@id").and_then(|id| id.strip_prefix(URN).map(|u| u.replace('-', "")));
    let list = |key: &str| match node.get(key) {
        Some(Value::Array(all)) => all.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let names = list("names").iter().map(|n| name_fields(&name, n)).collect::<Result<_, _>>()?;
    let ids = list("identifier").iter().map(|i| identifier(&name, i)).collect::<Result<_, _>>()?;
    Ok(AuthorityEntry {
        uid,
        kind,
        names,
        ids,
        scope_note: text("description"),
        born: text("birthDate"),
        died: text("deathDate"),
        name,
    })
}

/// A form as an object, or as plain text.
fn name_fields(of: &str, node: &Value) -> Result<NameFields, AppError> {
    let text = |key: &str| node.get(key).and_then(Value::as_str).map(str::to_owned);
    let form = node.as_str().map(str::to_owned).or_else(|| text("form"));
    let form = form.ok_or_else(|| wrong(format!("{of}: a form is missing")))?;
    let name_type = match text("type") {
        Some(word) => from_word(&word).ok_or_else(|| wrong(format!("{of}: “{word}” is no type of name")))?,
        None => NameType::Alias,
    };
    Ok(NameFields { form, name_type, scope: text("scope"), valid_from: text("validFrom"), valid_to: text("validTo") })
}

fn identifier(of: &str, node: &Value) -> Result<(String, String, MatchGrade), AppError> {
    let text = |key: &str| node.get(key).and_then(Value::as_str).map(str::to_owned);
    let (Some(scheme), Some(value)) = (text("propertyID"), text("value")) else {
        return Err(wrong(format!("{of}: a number without propertyID or value")));
    };
    let grade = match text("grade") {
        Some(word) => from_word(&word).ok_or_else(|| wrong(format!("{of}: “{word}” is no grade")))?,
        None => MatchGrade::Exact,
    };
    Ok((scheme.to_lowercase(), value, grade))
}
