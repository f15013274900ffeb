-- Putting right what the machine read.

-- The corrections of a line one after the other; `line_correction` holds how it reads now.
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

-- A person gave the article its regions, their roles and order: a new reading leaves it alone.
ALTER TABLE article ADD COLUMN shaped INTEGER NOT NULL DEFAULT 0;
-- A person gave the block to the page itself.
ALTER TABLE block ADD COLUMN shaped INTEGER NOT NULL DEFAULT 0;

-- Lines worth a look, written with the articles of an issue; no part of the catalogue, hence no foreign keys.
CREATE TABLE doubt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    issue INTEGER NOT NULL,
    page INTEGER NOT NULL,
    layer INTEGER NOT NULL,
    line INTEGER NOT NULL,
    value REAL NOT NULL,
    UNIQUE (layer, line)
) STRICT;
CREATE INDEX doubt_value ON doubt (value);
CREATE INDEX doubt_issue ON doubt (issue, value);

-- How often a word was searched for: what is searched often is worth more.
CREATE TABLE searched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form TEXT NOT NULL UNIQUE,
    times INTEGER NOT NULL
) STRICT;

-- A page read again, until a person takes it or leaves it. `layer` is null where only the structure is read again.
CREATE TABLE candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page INTEGER NOT NULL UNIQUE,
    layer INTEGER,
    agent TEXT NOT NULL
) STRICT;
