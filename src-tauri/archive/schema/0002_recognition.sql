-- What the queue of a recogniser must know after a restart beside the state of the pages themselves: a page waits while its
-- state is `not_recognised`. No foreign key: the queue is no part of the catalogue, and undoing an act puts pages back row by row.
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
