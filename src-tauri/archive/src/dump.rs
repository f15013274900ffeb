//! The canonical dump: what "identical archive" means. Rows stand under natural keys instead of ids, sorted; the log, jobs, runs,
//! timestamps, uids and unreferenced originals are left out. Two archives with the same dump say the same.

use rusqlite::types::ValueRef;

use crate::error::Result;
use crate::open::{Archive, Reader};

/// Natural keys as SQL expressions over the named table's alias.
macro_rules! key {
    (issue $t:literal) => {
        concat!(
            "(SELECT coalesce((SELECT title FROM newspaper WHERE newspaper.id = i.newspaper), '') || ' ' || coalesce(i.date, '?') || ' ' || i.kind",
            " || CASE WHEN i.newspaper IS NULL OR i.date IS NULL THEN ' ' || coalesce((SELECT min(f.sha256 || ':' || s.source_page)",
            " FROM page p JOIN page_source s ON s.page = p.id JOIN source_file f ON f.id = s.source_file WHERE p.issue = i.id), '') ELSE '' END",
            " FROM issue i WHERE i.id = ", $t, ")"
        )
    };
    (page $t:literal) => {
        concat!("(SELECT ", key!(issue "p0.issue"), " || ' p' || p0.number FROM page p0 WHERE p0.id = ", $t, ")")
    };
    (article $t:literal) => {
        concat!("(SELECT ", key!(issue "a0.issue"), " || ' a' || (SELECT count(*) FROM article a1 WHERE a1.issue = a0.issue",
            " AND (a1.position, a1.id) < (a0.position, a0.id)) FROM article a0 WHERE a0.id = ", $t, ")")
    };
    (entity $t:literal) => {
        concat!("(SELECT e0.kind || ' ' || e0.name || CASE (SELECT count(*) FROM entity e1 WHERE e1.kind = e0.kind AND e1.name = e0.name",
            " AND e1.id < e0.id) WHEN 0 THEN '' ELSE ' twin ' || (SELECT count(*) FROM entity e1 WHERE e1.kind = e0.kind AND e1.name = e0.name",
            " AND e1.id < e0.id) END FROM entity e0 WHERE e0.id = ", $t, ")")
    };
    (source $t:literal) => {
        concat!("(SELECT f0.sha256 || ':' || s0.source_page || s0.crop FROM page_source s0 JOIN source_file f0 ON f0.id = s0.source_file",
            " WHERE s0.id = ", $t, ")")
    };
    (layer $t:literal) => {
        concat!("(SELECT ", key!(source "l0.source"), " || ' ' || l0.sha256 FROM text_layer l0 WHERE l0.id = ", $t, ")")
    };
    (agent $t:literal) => {
        concat!("(SELECT g0.name || ' ' || g0.version || ' ' || g0.params FROM run r0 JOIN agent g0 ON g0.id = r0.agent WHERE r0.id = ", $t, ")")
    };
}

/// One list a table; each statement gives the columns of a line.
const TABLES: &[(&str, &str)] = &[
    (
        "newspaper",
        "SELECT title, title_key, home_city, home_district, cn, issn, registration, permit, distribution, access FROM newspaper",
    ),
    (
        "newspaper_title",
        "SELECT (SELECT title FROM newspaper WHERE id = t.newspaper), form, type, valid_from, valid_to FROM newspaper_title t",
    ),
    (
        "newspaper_home",
        "SELECT (SELECT title FROM newspaper WHERE id = t.newspaper), city, district, valid_from, valid_to FROM newspaper_home t",
    ),
    (
        "newspaper_succession",
        "SELECT (SELECT title FROM newspaper WHERE id = t.earlier), (SELECT title FROM newspaper WHERE id = t.later), type, date
         FROM newspaper_succession t",
    ),
    (
        "issue",
        concat!(
            "SELECT ", key!(issue "t.id"), ", min_day, max_day, date_printed, number, number_printed, number_of_year,
             number_of_year_printed, pages_announced, access, clues FROM issue t"
        ),
    ),
    ("item", "SELECT kind, label, call_number, accession_number, reel, copy, note FROM item"),
    (
        "source_file",
        "SELECT sha256, bytes, kind, name, (SELECT label FROM item WHERE id = t.item), frame_from, frame_to FROM source_file t
         WHERE EXISTS (SELECT 1 FROM page_source WHERE source_file = t.id)",
    ),
    (
        "page",
        concat!(
            "SELECT ", key!(page "t.id"), ", number_printed, name, state, note, ", key!(source "t.source"), ", ", key!(layer "t.layer"),
            " FROM page t"
        ),
    ),
    (
        "page_source",
        concat!(
            "SELECT ", key!(source "t.id"), ", ", key!(page "t.page"), ", (SELECT source_kind || ' ' || position FROM carrier WHERE id = t.carrier),
             width, height, has_image, raster_width, raster_height FROM page_source t"
        ),
    ),
    (
        "text_layer",
        concat!("SELECT ", key!(layer "t.id"), ", ", key!(page "t.page"), ", lines, has_boxes, ", key!(agent "t.run"), " FROM text_layer t"),
    ),
    ("line_correction", concat!("SELECT ", key!(layer "t.layer"), ", line, text FROM line_correction t")),
    (
        "line_version",
        concat!(
            "SELECT ", key!(layer "t.layer"), ", line, (SELECT count(*) FROM line_version v WHERE v.layer = t.layer AND v.line = t.line
             AND v.id < t.id), before, after FROM line_version t"
        ),
    ),
    (
        "article",
        concat!(
            "SELECT ", key!(article "t.id"), ", kind, headline_shoulder, headline_main, headline_sub, headline_provisional, deck,
             column_name, genre, source, dateline, jump_to_page, jump_to_hint, jump_from_page, jump_from_hint, event_date,
             event_min_day, event_max_day, confidence, ", key!(article "t.corrects"), ", access, shaped, (SELECT text FROM revision WHERE id = t.revision),
             (SELECT pieces FROM revision WHERE id = t.revision) FROM article t"
        ),
    ),
    (
        "article_part",
        concat!(
            "SELECT ", key!(article "t.article"), ", position, ", key!(page "t.page"), ", ", key!(layer "t.layer"), ", draft FROM article_part t"
        ),
    ),
    (
        "block",
        concat!(
            "SELECT ", key!(page "t.page"), ", (SELECT ", key!(article "p1.article"), " || ' ' || p1.position FROM article_part p1 WHERE p1.id = t.part),
             position, role, text, x, y, w, h, lines, shaped FROM block t"
        ),
    ),
    ("byline", concat!("SELECT ", key!(article "t.article"), ", position, role, name FROM byline t")),
    (
        "rival",
        concat!("SELECT ", key!(article "t.article"), ", position, aspect, text, ", key!(article "t.other"), ", confidence FROM rival t"),
    ),
    ("seam", concat!("SELECT ", key!(article "t.article"), ", position, offset, from_page, to_page, confidence FROM seam t")),
    (
        "entity",
        concat!("SELECT ", key!(entity "t.id"), ", name_key, scope_note, born, died, status, ", key!(entity "t.merged_into"), ", ", key!(entity "t.root"),
            " FROM entity t"),
    ),
    (
        "name",
        concat!(
            "SELECT ", key!(entity "t.entity"), ", form, type, scope, pinyin, initials, pinyin_version, valid_from, valid_to, source FROM name t"
        ),
    ),
    (
        "mention",
        concat!(
            "SELECT ", key!(article "t.article"), ", start, \"end\", kind, surface, name, ", key!(entity "t.entity"), ", status, confidence,
             runner_up_kind, runner_up_name, date, min_day, max_day, day_part, date_reason, rule FROM mention t"
        ),
    ),
    (
        "amount",
        concat!(
            "SELECT ", key!(article "m.article"), ", m.start, value, unit, approx, measure, about, ", key!(entity "t.about_entity"),
            " FROM amount t JOIN mention m ON m.id = t.mention"
        ),
    ),
    (
        "role",
        concat!(
            "SELECT ", key!(article "t.article"), ", position, ", key!(entity "t.person"), ", person_name, person_start, person_end, post, ",
            key!(entity "t.organisation"), ", organisation_name, organisation_source, role_status, quote_start, quote_end, confidence, status
             FROM role t"
        ),
    ),
    (
        "event",
        concat!(
            "SELECT ", key!(article "t.article"), ", position, ", key!(entity "t.entity"), ", name, date, min_day, max_day, sentence_start,
             sentence_end FROM event t"
        ),
    ),
    ("announced_form", concat!("SELECT ", key!(article "t.article"), ", form, full_name FROM announced_form t")),
    (
        "org_relation",
        concat!(
            "SELECT ", key!(entity "t.organisation_a"), ", ", key!(entity "t.organisation_b"), ", type, valid_from, valid_to, ",
            key!(article "t.article"), ", quote, status FROM org_relation t"
        ),
    ),
    (
        "relation",
        concat!(
            "SELECT ", key!(entity "t.subject"), ", ", key!(entity "t.object"), ", type, date, ", key!(article "t.article"),
            ", quote_start, quote_end, external_source, status FROM relation t"
        ),
    ),
    ("authority_id", concat!("SELECT ", key!(entity "t.entity"), ", scheme, value, match FROM authority_id t")),
    (
        "decision",
        concat!(
            "SELECT ", key!(article "t.article"), ", verb, ", key!(layer "t.layer"), ", line, line_start, surface, kind, ",
            key!(entity "t.entity"), ", ", key!(entity "t.other"), " FROM decision t"
        ),
    ),
    ("distinct_pair", concat!("SELECT ", key!(entity "t.entity_a"), ", ", key!(entity "t.entity_b"), " FROM distinct_pair t")),
    ("statement", concat!("SELECT ", key!(entity "t.entity"), ", text, date, source FROM statement t")),
    ("stop_form", "SELECT form, kind, scope FROM stop_form"),
    ("collection", "SELECT title, description FROM collection"),
    (
        "collection_member",
        concat!(
            "SELECT (SELECT title FROM collection WHERE id = t.collection), position, ", key!(article "t.article"), " FROM collection_member t"
        ),
    ),
    (
        "tag",
        concat!(
            "SELECT label, subject_table, CASE subject_table WHEN 'issue' THEN ", key!(issue "t.subject"), " WHEN 'page' THEN ",
            key!(page "t.subject"), " WHEN 'article' THEN ", key!(article "t.subject"), " WHEN 'entity' THEN ", key!(entity "t.subject"),
            " END FROM tag t"
        ),
    ),
    (
        "note",
        concat!(
            "SELECT text, subject_table, CASE subject_table WHEN 'issue' THEN ", key!(issue "t.subject"), " WHEN 'page' THEN ",
            key!(page "t.subject"), " WHEN 'article' THEN ", key!(article "t.subject"), " WHEN 'entity' THEN ", key!(entity "t.subject"),
            " WHEN 'newspaper' THEN (SELECT title FROM newspaper WHERE id = t.subject) WHEN 'mention' THEN
              (SELECT ", key!(article "m.article"), " || ' ' || m.start FROM mention m WHERE m.id = t.subject) END FROM note t"
        ),
    ),
];

impl Archive {
    pub fn dump(&self) -> Result<String> {
        self.read(dump)
    }
}

fn dump(r: &Reader) -> Result<String> {
    let mut text = String::new();
    for (table, sql) in TABLES {
        let mut statement = r.prepare(sql)?;
        let columns = statement.column_count();
        let mut lines: Vec<String> = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut line = String::from(*table);
            for i in 0..columns {
                line.push('\t');
                line.push_str(&shown(row.get_ref(i)?));
            }
            line.push('\n');
            lines.push(line);
        }
        lines.sort();
        text.extend(lines);
    }
    Ok(text)
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".into(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => crate::tables::hex(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_dumped_or_left_out_on_purpose() {
        let mut db = rusqlite::Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut db).unwrap();
        let mut statement = db
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            .unwrap();
        let made: Vec<String> = statement.query_map([], |r| r.get("name")).unwrap().map(|n| n.unwrap()).collect();
        let mut told: Vec<&str> = TABLES.iter().map(|(name, _)| *name).chain(LEFT_OUT).collect();
        told.sort_unstable();
        assert_eq!(made, told);
    }

    /// The log, jobs, runs, the queue of the recogniser and what waits for a look, what the search index has seen, what the timeline counted; revisions before the current one, and carriers, which stand in `page_source`.
    const LEFT_OUT: [&str; 17] = [
        "agent",
        "candidate",
        "carrier",
        "day_count",
        "doubt",
        "job",
        "job_item",
        "month_count",
        "op_image",
        "op_log",
        "recognition",
        "revision",
        "run",
        "search_change",
        "search_mark",
        "searched",
        "setting",
    ];
}
