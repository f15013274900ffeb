-- Format 6. Made from the migrations; `BAOKU_BLESS=1 cargo test -p baoku-archive` writes it.

CREATE TABLE agent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('machine', 'person')),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    params TEXT NOT NULL,
    UNIQUE (kind, name, version, params)
) STRICT;
CREATE TABLE amount (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mention INTEGER NOT NULL UNIQUE REFERENCES mention (id),
    -- In the unit's base.
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    approx INTEGER NOT NULL,
    measure TEXT,
    about TEXT,
    about_entity INTEGER REFERENCES entity (id)
) STRICT;
CREATE INDEX amount_about ON amount (about_entity);
CREATE TABLE announced_form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    full_name TEXT NOT NULL,
    UNIQUE (article, form, full_name)
) STRICT;
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    issue INTEGER NOT NULL REFERENCES issue (id),
    -- Page and reading order within the issue.
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    headline_shoulder TEXT,
    headline_main TEXT,
    headline_sub TEXT,
    headline_provisional INTEGER NOT NULL DEFAULT 0,
    -- 提要, 栏目, 体裁, 来源.
    deck TEXT,
    column_name TEXT,
    genre TEXT,
    source TEXT,
    dateline TEXT,
    jump_to_page INTEGER,
    jump_to_hint TEXT,
    jump_from_page INTEGER,
    jump_from_hint TEXT,
    event_date TEXT,
    event_min_day INTEGER,
    event_max_day INTEGER,
    confidence REAL NOT NULL,
    -- The article that this one puts right (更正).
    corrects INTEGER REFERENCES article (id),
    access TEXT NOT NULL DEFAULT 'open' CHECK (access IN ('open', 'reading_room', 'closed')),
    -- The current version of its text.
    revision INTEGER REFERENCES revision (id),
    -- Hash of the reading it was last written from; the same reading again changes nothing.
    reading_sha256 TEXT,
    run INTEGER REFERENCES run (id)
, shaped INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX article_corrects ON article (corrects);
CREATE INDEX article_event_day ON article (event_min_day);
CREATE INDEX article_issue ON article (issue, position);
CREATE INDEX article_revision ON article (revision);
CREATE INDEX article_run ON article (run);
CREATE TRIGGER day_article_added AFTER INSERT ON article BEGIN
    INSERT INTO day_change (day, newspaper, articles, told)
        SELECT min_day, newspaper, 1, (SELECT count(*) FROM event WHERE event.article = NEW.id) FROM issue WHERE id = NEW.issue;
    INSERT INTO day_change (day, newspaper, dated)
        SELECT NEW.event_min_day, newspaper, 1 FROM issue WHERE id = NEW.issue;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, issue.newspaper, count(*) FROM event JOIN issue ON issue.id = NEW.issue
        WHERE event.article = NEW.id GROUP BY event.min_day;
END;
CREATE TRIGGER day_article_changed AFTER UPDATE OF id, issue, event_min_day ON article
WHEN OLD.id IS NOT NEW.id OR OLD.issue IS NOT NEW.issue OR OLD.event_min_day IS NOT NEW.event_min_day BEGIN
    INSERT INTO day_change (day, newspaper, articles, told)
        SELECT min_day, newspaper, -1, -(SELECT count(*) FROM event WHERE event.article = OLD.id) FROM issue WHERE id = OLD.issue;
    INSERT INTO day_change (day, newspaper, dated)
        SELECT OLD.event_min_day, newspaper, -1 FROM issue WHERE id = OLD.issue;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, issue.newspaper, -count(*) FROM event JOIN issue ON issue.id = OLD.issue
        WHERE event.article = OLD.id GROUP BY event.min_day;
    INSERT INTO day_change (day, newspaper, articles, told)
        SELECT min_day, newspaper, 1, (SELECT count(*) FROM event WHERE event.article = NEW.id) FROM issue WHERE id = NEW.issue;
    INSERT INTO day_change (day, newspaper, dated)
        SELECT NEW.event_min_day, newspaper, 1 FROM issue WHERE id = NEW.issue;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, issue.newspaper, count(*) FROM event JOIN issue ON issue.id = NEW.issue
        WHERE event.article = NEW.id GROUP BY event.min_day;
END;
CREATE TRIGGER day_article_removed AFTER DELETE ON article BEGIN
    INSERT INTO day_change (day, newspaper, articles, told)
        SELECT min_day, newspaper, -1, -(SELECT count(*) FROM event WHERE event.article = OLD.id) FROM issue WHERE id = OLD.issue;
    INSERT INTO day_change (day, newspaper, dated)
        SELECT OLD.event_min_day, newspaper, -1 FROM issue WHERE id = OLD.issue;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, issue.newspaper, -count(*) FROM event JOIN issue ON issue.id = OLD.issue
        WHERE event.article = OLD.id GROUP BY event.min_day;
END;
CREATE TRIGGER search_article_added AFTER INSERT ON article BEGIN
    DELETE FROM search_change WHERE article = NEW.id;
    INSERT INTO search_change (article) VALUES (NEW.id);
END;
CREATE TRIGGER search_article_changed
AFTER UPDATE OF id, issue, kind, headline_shoulder, headline_main, headline_sub, revision ON article BEGIN
    DELETE FROM search_change WHERE article IN (OLD.id, NEW.id);
    INSERT INTO search_change (article) VALUES (OLD.id);
    INSERT INTO search_change (article) SELECT NEW.id WHERE NEW.id <> OLD.id;
END;
CREATE TRIGGER search_article_removed AFTER DELETE ON article BEGIN
    DELETE FROM search_change WHERE article = OLD.id;
    INSERT INTO search_change (article) VALUES (OLD.id);
END;
CREATE TABLE article_part (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    page INTEGER NOT NULL REFERENCES page (id),
    layer INTEGER REFERENCES text_layer (id),
    draft INTEGER NOT NULL,
    UNIQUE (article, position)
) STRICT;
CREATE INDEX article_part_layer ON article_part (layer);
CREATE INDEX article_part_page ON article_part (page);
CREATE TRIGGER search_part_added AFTER INSERT ON article_part BEGIN
    DELETE FROM search_change WHERE article = NEW.article;
    INSERT INTO search_change (article) VALUES (NEW.article);
END;
CREATE TRIGGER search_part_changed AFTER UPDATE OF article, page ON article_part BEGIN
    DELETE FROM search_change WHERE article IN (OLD.article, NEW.article);
    INSERT INTO search_change (article) VALUES (OLD.article);
    INSERT INTO search_change (article) SELECT NEW.article WHERE NEW.article <> OLD.article;
END;
CREATE TRIGGER search_part_removed AFTER DELETE ON article_part BEGIN
    DELETE FROM search_change WHERE article = OLD.article;
    INSERT INTO search_change (article) VALUES (OLD.article);
END;
CREATE TABLE authority_id (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entity (id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    match TEXT NOT NULL CHECK (match IN ('exact', 'close', 'broad')),
    UNIQUE (entity, scheme, value)
) STRICT;
CREATE TABLE block (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL REFERENCES page (id),
    part INTEGER REFERENCES article_part (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    x REAL, y REAL, w REAL, h REAL,
    -- JSON list of [line, start, end] in the part's layer.
    lines TEXT NOT NULL,
    run INTEGER REFERENCES run (id)
, shaped INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX block_page ON block (page);
CREATE INDEX block_part ON block (part, position);
CREATE TABLE byline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (article, position)
) STRICT;
CREATE TRIGGER search_byline_added AFTER INSERT ON byline BEGIN
    DELETE FROM search_change WHERE article = NEW.article;
    INSERT INTO search_change (article) VALUES (NEW.article);
END;
CREATE TRIGGER search_byline_changed AFTER UPDATE ON byline BEGIN
    DELETE FROM search_change WHERE article IN (OLD.article, NEW.article);
    INSERT INTO search_change (article) VALUES (OLD.article);
    INSERT INTO search_change (article) SELECT NEW.article WHERE NEW.article <> OLD.article;
END;
CREATE TRIGGER search_byline_removed AFTER DELETE ON byline BEGIN
    DELETE FROM search_change WHERE article = OLD.article;
    INSERT INTO search_change (article) VALUES (OLD.article);
END;
CREATE TABLE candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL UNIQUE,
    layer INTEGER,
    agent TEXT NOT NULL
) STRICT;
CREATE TABLE carrier (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    issue INTEGER NOT NULL REFERENCES issue (id),
    source_kind TEXT NOT NULL,
    item INTEGER REFERENCES item (id),
    position INTEGER NOT NULL,
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX carrier_issue ON carrier (issue, position);
CREATE INDEX carrier_run ON carrier (run);
CREATE TABLE collection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE collection_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collection (id),
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    UNIQUE (collection, article)
) STRICT;
CREATE INDEX collection_member_article ON collection_member (article);
CREATE VIEW day_change AS SELECT * FROM day_count;
CREATE TRIGGER day_changed INSTEAD OF INSERT ON day_change WHEN NEW.day IS NOT NULL BEGIN
    INSERT INTO day_count (day, newspaper, issues, unrecognised, articles, told, dated, events)
        VALUES (NEW.day, coalesce(NEW.newspaper, 0),
            coalesce(NEW.issues, 0), coalesce(NEW.unrecognised, 0), coalesce(NEW.articles, 0),
            coalesce(NEW.told, 0), coalesce(NEW.dated, 0), coalesce(NEW.events, 0))
        ON CONFLICT (day, newspaper) DO UPDATE SET
            issues = issues + excluded.issues, unrecognised = unrecognised + excluded.unrecognised,
            articles = articles + excluded.articles, told = told + excluded.told,
            dated = dated + excluded.dated, events = events + excluded.events;
    INSERT INTO month_count (day, newspaper, issues, unrecognised, articles, told, dated, events)
        VALUES (NEW.day + 1 - CAST(strftime('%d', NEW.day + 1721424.5) AS INTEGER), coalesce(NEW.newspaper, 0),
            coalesce(NEW.issues, 0), coalesce(NEW.unrecognised, 0), coalesce(NEW.articles, 0),
            coalesce(NEW.told, 0), coalesce(NEW.dated, 0), coalesce(NEW.events, 0))
        ON CONFLICT (day, newspaper) DO UPDATE SET
            issues = issues + excluded.issues, unrecognised = unrecognised + excluded.unrecognised,
            articles = articles + excluded.articles, told = told + excluded.told,
            dated = dated + excluded.dated, events = events + excluded.events;
END;
CREATE TABLE day_count (
    -- Days since 0000-12-31.
    day INTEGER NOT NULL,
    -- 0 for issues that are not identified yet. No foreign key: undoing puts rows back in any order.
    newspaper INTEGER NOT NULL,
    -- By the first day that the issue's date may mean: issues, those with a page that has no text, their articles, and the
    -- events told in them.
    issues INTEGER NOT NULL,
    unrecognised INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    told INTEGER NOT NULL,
    -- By the first day that they may have happened on: articles by what they tell, and events.
    dated INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (day, newspaper)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER day_emptied AFTER UPDATE ON day_count
WHEN NEW.issues = 0 AND NEW.unrecognised = 0 AND NEW.articles = 0
    AND NEW.told = 0 AND NEW.dated = 0 AND NEW.events = 0 BEGIN
    DELETE FROM day_count WHERE day = NEW.day AND newspaper = NEW.newspaper;
END;
CREATE VIEW day_recount AS
    SELECT day, coalesce(newspaper, 0) AS newspaper, sum(issues) AS issues, sum(unrecognised) AS unrecognised,
        sum(articles) AS articles, sum(told) AS told, sum(dated) AS dated, sum(events) AS events
    FROM (
        SELECT min_day AS day, newspaper, 1 AS issues,
            EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id AND page.state IN ('not_recognised', 'failed')) AS unrecognised,
            0 AS articles, 0 AS told, 0 AS dated, 0 AS events FROM issue
        UNION ALL
        SELECT issue.min_day, issue.newspaper, 0, 0, 1, 0, 0, 0 FROM article JOIN issue ON issue.id = article.issue
        UNION ALL
        SELECT article.event_min_day, issue.newspaper, 0, 0, 0, 0, 1, 0 FROM article JOIN issue ON issue.id = article.issue
        UNION ALL
        SELECT issue.min_day, issue.newspaper, 0, 0, 0, 1, 0, 0
        FROM event JOIN article ON article.id = event.article JOIN issue ON issue.id = article.issue
        UNION ALL
        SELECT event.min_day, issue.newspaper, 0, 0, 0, 0, 0, 1
        FROM event JOIN article ON article.id = event.article JOIN issue ON issue.id = article.issue
    )
    WHERE day IS NOT NULL GROUP BY 1, 2;
CREATE TABLE "decision" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    op INTEGER NOT NULL REFERENCES op_log (id),
    verb TEXT NOT NULL CHECK (verb IN ('confirm', 'reject', 'move', 'merge', 'unmerge', 'distinct', 'not_distinct')),
    -- Of a decision on a mention: where it stands.
    article INTEGER REFERENCES article (id),
    mention INTEGER REFERENCES mention (id),
    layer INTEGER REFERENCES text_layer (id),
    line INTEGER,
    line_start INTEGER,
    surface TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity INTEGER REFERENCES entity (id),
    -- What it was merged into, moved from, or told apart from.
    other INTEGER REFERENCES entity (id),
    CHECK ((article IS NULL) = (mention IS NULL))
) STRICT;
CREATE INDEX decision_article ON decision (article);
CREATE INDEX decision_entity ON decision (entity);
CREATE INDEX decision_layer ON decision (layer);
CREATE INDEX decision_mention ON decision (mention);
CREATE INDEX decision_op ON decision (op);
CREATE INDEX decision_other ON decision (other);
CREATE TABLE distinct_pair (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity_a INTEGER NOT NULL REFERENCES entity (id),
    entity_b INTEGER NOT NULL REFERENCES entity (id),
    op INTEGER NOT NULL REFERENCES op_log (id),
    UNIQUE (entity_a, entity_b),
    CHECK (entity_a < entity_b)
) STRICT;
CREATE INDEX distinct_pair_b ON distinct_pair (entity_b);
CREATE INDEX distinct_pair_op ON distinct_pair (op);
CREATE TABLE doubt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    issue INTEGER NOT NULL,
    page INTEGER NOT NULL,
    layer INTEGER NOT NULL,
    line INTEGER NOT NULL,
    value REAL NOT NULL,
    UNIQUE (layer, line)
) STRICT;
CREATE INDEX doubt_issue ON doubt (issue, value);
CREATE INDEX doubt_value ON doubt (value);
CREATE TABLE entity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'place', 'project', 'event')),
    -- 规范名称.
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    scope_note TEXT,
    born TEXT,
    died TEXT,
    status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    -- A merge is a link, never a deletion.
    merged_into INTEGER REFERENCES entity (id),
    run INTEGER REFERENCES run (id)
, root INTEGER REFERENCES entity (id)) STRICT;
CREATE INDEX entity_decided_event ON entity (status) WHERE kind = 'event' AND status <> 'proposed';
CREATE INDEX entity_key ON entity (name_key);
CREATE INDEX entity_merged ON entity (merged_into);
CREATE INDEX entity_name ON entity (kind, name);
CREATE INDEX entity_root ON entity (root);
CREATE INDEX entity_run ON entity (run);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL REFERENCES revision (id),
    position INTEGER NOT NULL,
    entity INTEGER REFERENCES entity (id),
    name TEXT NOT NULL,
    date TEXT NOT NULL,
    min_day INTEGER NOT NULL,
    max_day INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX event_article ON event (article, position);
CREATE INDEX event_day ON event (min_day);
CREATE INDEX event_entity ON event (entity);
CREATE INDEX event_revision ON event (revision);
CREATE INDEX event_uncertain ON event (max_day, min_day) WHERE max_day > min_day;
CREATE TRIGGER day_event_added AFTER INSERT ON event BEGIN
    INSERT INTO day_change (day, newspaper, told)
        SELECT issue.min_day, issue.newspaper, 1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = NEW.article;
    INSERT INTO day_change (day, newspaper, events)
        SELECT NEW.min_day, issue.newspaper, 1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = NEW.article;
END;
CREATE TRIGGER day_event_changed AFTER UPDATE OF id, article, min_day ON event
WHEN OLD.article IS NOT NEW.article OR OLD.min_day IS NOT NEW.min_day BEGIN
    INSERT INTO day_change (day, newspaper, told)
        SELECT issue.min_day, issue.newspaper, -1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = OLD.article;
    INSERT INTO day_change (day, newspaper, events)
        SELECT OLD.min_day, issue.newspaper, -1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = OLD.article;
    INSERT INTO day_change (day, newspaper, told)
        SELECT issue.min_day, issue.newspaper, 1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = NEW.article;
    INSERT INTO day_change (day, newspaper, events)
        SELECT NEW.min_day, issue.newspaper, 1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = NEW.article;
END;
CREATE TRIGGER day_event_removed AFTER DELETE ON event BEGIN
    INSERT INTO day_change (day, newspaper, told)
        SELECT issue.min_day, issue.newspaper, -1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = OLD.article;
    INSERT INTO day_change (day, newspaper, events)
        SELECT OLD.min_day, issue.newspaper, -1 FROM article JOIN issue ON issue.id = article.issue WHERE article.id = OLD.article;
END;
CREATE TABLE issue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    newspaper INTEGER REFERENCES newspaper (id),
    -- Established values stand beside what is printed.
    date TEXT,
    min_day INTEGER,
    max_day INTEGER,
    date_printed TEXT,
    -- 总期号 and 年度期号; a range for combined issues.
    number TEXT,
    number_printed TEXT,
    number_of_year TEXT,
    number_of_year_printed TEXT,
    kind TEXT NOT NULL DEFAULT 'regular',
    pages_announced INTEGER,
    access TEXT NOT NULL DEFAULT 'open' CHECK (access IN ('open', 'reading_room', 'closed')),
    -- What newspaper, date and number were inferred from, JSON.
    clues TEXT NOT NULL DEFAULT '[]',
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX issue_day ON issue (min_day);
CREATE UNIQUE INDEX issue_designation ON issue (newspaper, date, kind) WHERE newspaper IS NOT NULL AND date IS NOT NULL;
CREATE INDEX issue_newspaper_day ON issue (newspaper, min_day);
CREATE INDEX issue_uncertain ON issue (max_day, min_day) WHERE max_day > min_day;
CREATE TRIGGER day_issue_added AFTER INSERT ON issue BEGIN
    INSERT INTO day_change (day, newspaper, issues, unrecognised, articles, told)
        SELECT NEW.min_day, NEW.newspaper, 1,
            EXISTS (SELECT 1 FROM page WHERE page.issue = NEW.id AND page.state IN ('not_recognised', 'failed')),
            (SELECT count(*) FROM article WHERE article.issue = NEW.id),
            (SELECT count(*) FROM article JOIN event ON event.article = article.id WHERE article.issue = NEW.id);
    INSERT INTO day_change (day, newspaper, dated)
        SELECT event_min_day, NEW.newspaper, count(*) FROM article WHERE issue = NEW.id GROUP BY event_min_day;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, NEW.newspaper, count(*) FROM article JOIN event ON event.article = article.id
        WHERE article.issue = NEW.id GROUP BY event.min_day;
END;
CREATE TRIGGER day_issue_changed AFTER UPDATE OF id, newspaper, min_day ON issue
WHEN OLD.id IS NOT NEW.id OR OLD.newspaper IS NOT NEW.newspaper OR OLD.min_day IS NOT NEW.min_day BEGIN
    INSERT INTO day_change (day, newspaper, issues, unrecognised, articles, told)
        SELECT OLD.min_day, OLD.newspaper, -1,
            -EXISTS (SELECT 1 FROM page WHERE page.issue = OLD.id AND page.state IN ('not_recognised', 'failed')),
            -(SELECT count(*) FROM article WHERE article.issue = OLD.id),
            -(SELECT count(*) FROM article JOIN event ON event.article = article.id WHERE article.issue = OLD.id);
    INSERT INTO day_change (day, newspaper, dated)
        SELECT event_min_day, OLD.newspaper, -count(*) FROM article WHERE issue = OLD.id GROUP BY event_min_day;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, OLD.newspaper, -count(*) FROM article JOIN event ON event.article = article.id
        WHERE article.issue = OLD.id GROUP BY event.min_day;
    INSERT INTO day_change (day, newspaper, issues, unrecognised, articles, told)
        SELECT NEW.min_day, NEW.newspaper, 1,
            EXISTS (SELECT 1 FROM page WHERE page.issue = NEW.id AND page.state IN ('not_recognised', 'failed')),
            (SELECT count(*) FROM article WHERE article.issue = NEW.id),
            (SELECT count(*) FROM article JOIN event ON event.article = article.id WHERE article.issue = NEW.id);
    INSERT INTO day_change (day, newspaper, dated)
        SELECT event_min_day, NEW.newspaper, count(*) FROM article WHERE issue = NEW.id GROUP BY event_min_day;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, NEW.newspaper, count(*) FROM article JOIN event ON event.article = article.id
        WHERE article.issue = NEW.id GROUP BY event.min_day;
END;
CREATE TRIGGER day_issue_removed AFTER DELETE ON issue BEGIN
    INSERT INTO day_change (day, newspaper, issues, unrecognised, articles, told)
        SELECT OLD.min_day, OLD.newspaper, -1,
            -EXISTS (SELECT 1 FROM page WHERE page.issue = OLD.id AND page.state IN ('not_recognised', 'failed')),
            -(SELECT count(*) FROM article WHERE article.issue = OLD.id),
            -(SELECT count(*) FROM article JOIN event ON event.article = article.id WHERE article.issue = OLD.id);
    INSERT INTO day_change (day, newspaper, dated)
        SELECT event_min_day, OLD.newspaper, -count(*) FROM article WHERE issue = OLD.id GROUP BY event_min_day;
    INSERT INTO day_change (day, newspaper, events)
        SELECT event.min_day, OLD.newspaper, -count(*) FROM article JOIN event ON event.article = article.id
        WHERE article.issue = OLD.id GROUP BY event.min_day;
END;
CREATE TRIGGER search_issue_back AFTER INSERT ON issue BEGIN
    DELETE FROM search_change WHERE article IN (SELECT id FROM article WHERE issue = NEW.id);
    INSERT INTO search_change (article) SELECT id FROM article WHERE issue = NEW.id;
END;
CREATE TRIGGER search_issue_changed AFTER UPDATE OF id, newspaper, min_day, max_day ON issue BEGIN
    DELETE FROM search_change WHERE article IN (SELECT id FROM article WHERE issue IN (OLD.id, NEW.id));
    INSERT INTO search_change (article) SELECT id FROM article WHERE issue IN (OLD.id, NEW.id);
END;
CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('bound_volume', 'loose', 'reel', 'disc', 'file')),
    label TEXT NOT NULL,
    call_number TEXT,
    accession_number TEXT,
    reel TEXT,
    copy TEXT,
    note TEXT
) STRICT;
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    dry_run INTEGER NOT NULL DEFAULT 0,
    operator TEXT NOT NULL,
    request TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    pages_done INTEGER NOT NULL DEFAULT 0,
    pages_total INTEGER NOT NULL DEFAULT 0,
    -- The act "remove this import" that took it back.
    removed_by INTEGER REFERENCES op_log (id)
) STRICT;
CREATE TABLE job_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES job (id),
    kind TEXT NOT NULL CHECK (kind IN ('file', 'issue')),
    position INTEGER NOT NULL,
    -- What the window shows of it, and what only the host needs to go on after a restart; both JSON.
    shown TEXT NOT NULL,
    working TEXT NOT NULL
) STRICT;
CREATE INDEX job_item_job ON job_item (job, position);
CREATE TABLE line_correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    layer INTEGER NOT NULL REFERENCES text_layer (id),
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    op INTEGER REFERENCES op_log (id),
    UNIQUE (layer, line)
) STRICT;
CREATE TABLE line_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    layer INTEGER NOT NULL REFERENCES text_layer (id),
    line INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    op INTEGER NOT NULL REFERENCES op_log (id)
) STRICT;
CREATE INDEX line_version_line ON line_version (layer, line);
CREATE INDEX line_version_op ON line_version (op);
CREATE TABLE mention (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL REFERENCES revision (id),
    kind TEXT NOT NULL,
    -- Characters of the revision's text.
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    name TEXT NOT NULL,
    entity INTEGER REFERENCES entity (id),
    status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    confidence REAL NOT NULL,
    runner_up_kind TEXT,
    runner_up_name TEXT,
    -- Of a date: EDTF, part of day, and how it was resolved.
    date TEXT,
    min_day INTEGER,
    max_day INTEGER,
    day_part TEXT,
    date_reason TEXT,
    rule TEXT NOT NULL,
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX mention_article ON mention (article, start);
CREATE INDEX mention_decided_event ON mention (status, article) WHERE kind IN ('event', 'date') AND status <> 'proposed';
CREATE INDEX mention_entity ON mention (entity, article, status);
CREATE INDEX mention_revision ON mention (revision);
CREATE INDEX mention_run ON mention (run);
CREATE INDEX mention_unplaced ON mention (kind, name) WHERE entity IS NULL AND kind NOT IN ('date', 'amount');
CREATE TABLE month_count (
    day INTEGER NOT NULL,
    newspaper INTEGER NOT NULL,
    issues INTEGER NOT NULL,
    unrecognised INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    told INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (day, newspaper)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER month_emptied AFTER UPDATE ON month_count
WHEN NEW.issues = 0 AND NEW.unrecognised = 0 AND NEW.articles = 0
    AND NEW.told = 0 AND NEW.dated = 0 AND NEW.events = 0 BEGIN
    DELETE FROM month_count WHERE day = NEW.day AND newspaper = NEW.newspaper;
END;
CREATE VIEW month_recount AS
    SELECT day + 1 - CAST(strftime('%d', day + 1721424.5) AS INTEGER) AS day, newspaper,
        sum(issues) AS issues, sum(unrecognised) AS unrecognised, sum(articles) AS articles, sum(told) AS told, sum(dated) AS dated, sum(events) AS events
    FROM day_recount GROUP BY 1, 2;
CREATE TABLE name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entity (id),
    form TEXT NOT NULL,
    type TEXT NOT NULL,
    -- Home district within which the form means this entity; '' everywhere.
    scope TEXT NOT NULL DEFAULT '',
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    pinyin_version INTEGER NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    source TEXT NOT NULL CHECK (source IN ('machine', 'person', 'authority')),
    UNIQUE (entity, form, scope)
) STRICT;
CREATE INDEX name_form ON name (form);
CREATE INDEX name_initials ON name (initials);
CREATE INDEX name_pinyin ON name (pinyin);
CREATE TABLE newspaper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    title TEXT NOT NULL UNIQUE,
    title_key TEXT NOT NULL,
    home_city TEXT NOT NULL DEFAULT '',
    home_district TEXT NOT NULL DEFAULT '',
    cn TEXT,
    issn TEXT,
    -- 登记证号 and 内部准印证号.
    registration TEXT,
    permit TEXT,
    distribution TEXT NOT NULL DEFAULT 'unknown' CHECK (distribution IN ('unknown', 'open', 'internal')),
    access TEXT NOT NULL DEFAULT 'open' CHECK (access IN ('open', 'reading_room', 'closed')),
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE TABLE newspaper_home (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    newspaper INTEGER NOT NULL REFERENCES newspaper (id),
    city TEXT NOT NULL,
    district TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
CREATE INDEX newspaper_home_newspaper ON newspaper_home (newspaper);
CREATE TABLE newspaper_succession (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    earlier INTEGER NOT NULL REFERENCES newspaper (id),
    later INTEGER NOT NULL REFERENCES newspaper (id),
    type TEXT NOT NULL CHECK (type IN ('continued_by', 'merged_into', 'split_into', 'resumed_as')),
    date TEXT,
    UNIQUE (earlier, later)
) STRICT;
CREATE INDEX newspaper_succession_later ON newspaper_succession (later);
CREATE TABLE newspaper_title (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    newspaper INTEGER NOT NULL REFERENCES newspaper (id),
    form TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('parallel', 'abbreviated', 'masthead', 'other')),
    valid_from TEXT,
    valid_to TEXT,
    UNIQUE (newspaper, form)
) STRICT;
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    subject_table TEXT NOT NULL CHECK (subject_table IN ('newspaper', 'issue', 'page', 'article', 'entity', 'mention')),
    subject INTEGER NOT NULL,
    at TEXT NOT NULL,
    op INTEGER REFERENCES op_log (id)
) STRICT;
CREATE INDEX note_subject ON note (subject_table, subject);
CREATE TABLE op_image (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    op INTEGER NOT NULL REFERENCES op_log (id),
    position INTEGER NOT NULL,
    encoding TEXT NOT NULL CHECK (encoding = 'json+zstd'),
    images BLOB NOT NULL,
    UNIQUE (op, position)
) STRICT;
CREATE TABLE op_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    operator INTEGER NOT NULL REFERENCES agent (id),
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    args TEXT NOT NULL,
    changes TEXT NOT NULL,
    at TEXT NOT NULL,
    -- `abandoned`: undone, and a new act was done after that; it can't be redone.
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned'))
) STRICT;
CREATE INDEX op_log_state ON op_log (state, id);
CREATE TABLE org_relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_a INTEGER NOT NULL REFERENCES entity (id),
    organisation_b INTEGER NOT NULL REFERENCES entity (id),
    type TEXT NOT NULL CHECK (type IN ('part_of', 'party_committee_of', 'government_of', 'subsidiary_of', 'successor_of', 'renamed_to', 'office_of')),
    valid_from TEXT,
    valid_to TEXT,
    article INTEGER REFERENCES article (id),
    quote TEXT,
    status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX org_relation_a ON org_relation (organisation_a);
CREATE INDEX org_relation_article ON org_relation (article);
CREATE INDEX org_relation_b ON org_relation (organisation_b);
CREATE TABLE page (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    issue INTEGER NOT NULL REFERENCES issue (id),
    number INTEGER NOT NULL,
    number_printed TEXT,
    name TEXT,
    -- `missing` is a placeholder: announced or referred to, but not held.
    state TEXT NOT NULL CHECK (state IN ('ready', 'not_recognised', 'missing', 'failed')),
    note TEXT,
    -- The carrier whose image is shown, and the layer that articles were made from.
    source INTEGER REFERENCES page_source (id),
    layer INTEGER REFERENCES text_layer (id),
    run INTEGER REFERENCES run (id),
    UNIQUE (issue, number)
) STRICT;
CREATE INDEX page_layer ON page (layer);
CREATE INDEX page_run ON page (run);
CREATE INDEX page_shown ON page (source);
CREATE INDEX page_state ON page (state, issue);
CREATE TRIGGER day_page_added AFTER INSERT ON page BEGIN
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, 1 FROM issue WHERE id = NEW.issue AND NEW.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = NEW.issue AND page.id <> NEW.id AND page.state IN ('not_recognised', 'failed'));
END;
CREATE TRIGGER day_page_changed AFTER UPDATE OF id, issue, state ON page
WHEN OLD.id IS NOT NEW.id OR OLD.issue IS NOT NEW.issue OR OLD.state IS NOT NEW.state BEGIN
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, -1 FROM issue WHERE id = OLD.issue AND OLD.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = OLD.issue AND page.id <> OLD.id AND page.state IN ('not_recognised', 'failed'));
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, 1 FROM issue WHERE id = NEW.issue AND NEW.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = NEW.issue AND page.id <> NEW.id AND page.state IN ('not_recognised', 'failed'));
END;
CREATE TRIGGER day_page_removed AFTER DELETE ON page BEGIN
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, -1 FROM issue WHERE id = OLD.issue AND OLD.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = OLD.issue AND page.id <> OLD.id AND page.state IN ('not_recognised', 'failed'));
END;
CREATE TRIGGER search_page_back AFTER INSERT ON page BEGIN
    DELETE FROM search_change WHERE article IN (SELECT article FROM article_part WHERE page = NEW.id);
    INSERT INTO search_change (article) SELECT DISTINCT article FROM article_part WHERE page = NEW.id;
END;
CREATE TRIGGER search_page_renumbered AFTER UPDATE OF id, number ON page
WHEN OLD.number <> NEW.number OR OLD.id <> NEW.id BEGIN
    DELETE FROM search_change WHERE article IN (SELECT article FROM article_part WHERE page IN (OLD.id, NEW.id));
    INSERT INTO search_change (article) SELECT DISTINCT article FROM article_part WHERE page IN (OLD.id, NEW.id);
END;
CREATE TABLE page_source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL REFERENCES page (id),
    carrier INTEGER NOT NULL REFERENCES carrier (id),
    source_file INTEGER NOT NULL REFERENCES source_file (id),
    -- Position in the file, from 0, and the part of it where a frame holds two pages.
    source_page INTEGER NOT NULL,
    crop TEXT NOT NULL DEFAULT '',
    width REAL NOT NULL,
    height REAL NOT NULL,
    has_image INTEGER NOT NULL,
    raster_width INTEGER NOT NULL,
    raster_height INTEGER NOT NULL,
    run INTEGER REFERENCES run (id),
    UNIQUE (source_file, source_page, crop)
) STRICT;
CREATE INDEX page_source_carrier ON page_source (carrier);
CREATE INDEX page_source_page ON page_source (page);
CREATE INDEX page_source_run ON page_source (run);
CREATE TABLE recognition (
    page INTEGER PRIMARY KEY,
    -- Greater goes first.
    priority INTEGER NOT NULL DEFAULT 0,
    -- Set before each try: a page that takes the whole program down is left alone in the end.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Recognised, and the issue's articles are not written from it yet.
    uncomposed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX recognition_priority ON recognition (priority, page);
CREATE INDEX recognition_uncomposed ON recognition (page) WHERE uncomposed;
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    subject INTEGER NOT NULL REFERENCES entity (id),
    object INTEGER NOT NULL REFERENCES entity (id),
    date TEXT,
    article INTEGER REFERENCES article (id),
    revision INTEGER REFERENCES revision (id),
    quote_start INTEGER,
    quote_end INTEGER,
    -- A statement that a person adds from elsewhere names its source instead of an article.
    external_source TEXT,
    status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    run INTEGER REFERENCES run (id),
    CHECK (article IS NOT NULL OR external_source IS NOT NULL)
) STRICT;
CREATE INDEX relation_article ON relation (article);
CREATE INDEX relation_object ON relation (object);
CREATE INDEX relation_revision ON relation (revision);
CREATE INDEX relation_subject ON relation (subject);
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    pieces TEXT NOT NULL,
    run INTEGER REFERENCES run (id),
    UNIQUE (article, number)
) STRICT;
CREATE TRIGGER search_revision_added AFTER INSERT ON revision BEGIN
    DELETE FROM search_change WHERE article = NEW.article;
    INSERT INTO search_change (article) VALUES (NEW.article);
END;
CREATE TRIGGER search_revision_changed AFTER UPDATE OF article, text ON revision BEGIN
    DELETE FROM search_change WHERE article IN (OLD.article, NEW.article);
    INSERT INTO search_change (article) VALUES (OLD.article);
    INSERT INTO search_change (article) SELECT NEW.article WHERE NEW.article <> OLD.article;
END;
CREATE TRIGGER search_revision_removed AFTER DELETE ON revision BEGIN
    DELETE FROM search_change WHERE article = OLD.article;
    INSERT INTO search_change (article) VALUES (OLD.article);
END;
CREATE TABLE rival (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    aspect TEXT NOT NULL,
    text TEXT NOT NULL,
    other INTEGER REFERENCES article (id),
    confidence REAL NOT NULL,
    UNIQUE (article, position)
) STRICT;
CREATE INDEX rival_other ON rival (other);
CREATE TABLE role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL REFERENCES revision (id),
    position INTEGER NOT NULL,
    person INTEGER REFERENCES entity (id),
    person_name TEXT NOT NULL,
    person_start INTEGER NOT NULL,
    person_end INTEGER NOT NULL,
    post TEXT NOT NULL,
    organisation INTEGER REFERENCES entity (id),
    organisation_name TEXT,
    organisation_source TEXT NOT NULL,
    role_status TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    confidence REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX role_article ON role (article, position);
CREATE INDEX role_organisation ON role (organisation);
CREATE INDEX role_person ON role (person);
CREATE INDEX role_revision ON role (revision);
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agent INTEGER NOT NULL REFERENCES agent (id),
    job INTEGER REFERENCES job (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX run_job ON run (job);
CREATE TABLE seam (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    from_page INTEGER NOT NULL,
    to_page INTEGER NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (article, position)
) STRICT;
CREATE TABLE search_change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_mark (
    seq INTEGER PRIMARY KEY,
    nonce TEXT NOT NULL
) STRICT;
CREATE TABLE searched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form TEXT NOT NULL UNIQUE,
    times INTEGER NOT NULL
) STRICT;
CREATE TABLE setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE source_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    bytes INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- Name when it was dropped, without folders.
    name TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    item INTEGER REFERENCES item (id),
    frame_from TEXT,
    frame_to TEXT,
    run INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX source_file_item ON source_file (item);
CREATE INDEX source_file_run ON source_file (run);
CREATE TABLE statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entity (id),
    text TEXT NOT NULL,
    date TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    op INTEGER NOT NULL REFERENCES op_log (id)
) STRICT;
CREATE INDEX statement_entity ON statement (entity);
CREATE INDEX statement_op ON statement (op);
CREATE TABLE stop_form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    op INTEGER REFERENCES op_log (id),
    UNIQUE (form, kind, scope)
) STRICT;
CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    subject_table TEXT NOT NULL CHECK (subject_table IN ('issue', 'page', 'article', 'entity')),
    subject INTEGER NOT NULL,
    UNIQUE (label, subject_table, subject)
) STRICT;
CREATE INDEX tag_subject ON tag (subject_table, subject);
CREATE TABLE text_layer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL REFERENCES page (id),
    source INTEGER NOT NULL REFERENCES page_source (id),
    lines INTEGER NOT NULL,
    has_boxes INTEGER NOT NULL,
    encoding TEXT NOT NULL CHECK (encoding = 'json+zstd'),
    data BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE INDEX text_layer_page ON text_layer (page);
CREATE INDEX text_layer_run ON text_layer (run);
CREATE INDEX text_layer_source ON text_layer (source);
CREATE TRIGGER text_layer_is_written_once BEFORE UPDATE OF lines, has_boxes, encoding, data, sha256, run ON text_layer
BEGIN
    SELECT raise(ABORT, 'a text layer is written once');
END;
