-- The entry that a merged one belongs to in the end: of A into B into C, C. The link of each merge stays in `merged_into`, and
-- mentions, posts and names stay with the entry they were read for, so that a merge can be undone at any time.
ALTER TABLE entity ADD COLUMN root INTEGER REFERENCES entity (id);
UPDATE entity SET root = merged_into WHERE merged_into IS NOT NULL;
CREATE INDEX entity_root ON entity (root);

-- Decisions on entries as well as on mentions; rows are only ever added.
CREATE TABLE decision_of_0003 (
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
INSERT INTO decision_of_0003 (id, op, verb, article, mention, layer, line, line_start, surface, kind, entity)
    SELECT id, op, verb, article, mention, layer, line, line_start, surface, kind, entity FROM decision;
DROP TABLE decision;
ALTER TABLE decision_of_0003 RENAME TO decision;
CREATE INDEX decision_article ON decision (article);
CREATE INDEX decision_entity ON decision (entity);
CREATE INDEX decision_layer ON decision (layer);
CREATE INDEX decision_mention ON decision (mention);
CREATE INDEX decision_op ON decision (op);
CREATE INDEX decision_other ON decision (other);

-- 确认不是同一: never proposed for merging again, never linked to each other by the machine.
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

-- What a person adds from elsewhere, with its source; never mixed with what the paper says.
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

-- Mentions that name one of several of the same name, and nothing says which.
CREATE INDEX mention_unplaced ON mention (kind, name) WHERE entity IS NULL AND kind NOT IN ('date', 'amount');
