-- What the timeline counts, a row a day and newspaper. Triggers keep it, so that no writer and no undo can forget to; `check`
-- compares it with `day_recount`. It is a cache: no part of the log or the dump.
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

-- The same counted from the rows themselves: the definition.
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

-- The same by month, under its first day: what is longer than a month is summed from these, a hundred years in a thousand rows.
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

-- 1721424.5 is the Julian day number of 0000-12-31.
CREATE VIEW month_recount AS
    SELECT day + 1 - CAST(strftime('%d', day + 1721424.5) AS INTEGER) AS day, newspaper,
        sum(issues) AS issues, sum(unrecognised) AS unrecognised, sum(articles) AS articles, sum(told) AS told, sum(dated) AS dated, sum(events) AS events
    FROM day_recount GROUP BY 1, 2;

INSERT INTO day_count SELECT * FROM day_recount;
INSERT INTO month_count
    SELECT day + 1 - CAST(strftime('%d', day + 1721424.5) AS INTEGER) AS day, newspaper,
        sum(issues) AS issues, sum(unrecognised) AS unrecognised, sum(articles) AS articles, sum(told) AS told, sum(dated) AS dated, sum(events) AS events
    FROM day_count GROUP BY 1, 2;

-- What is inserted here is added to the counts of its day; columns left out add nothing, and so does a day that is not known.
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

-- A day on which nothing is left is no row.
CREATE TRIGGER day_emptied AFTER UPDATE ON day_count
WHEN NEW.issues = 0 AND NEW.unrecognised = 0 AND NEW.articles = 0
    AND NEW.told = 0 AND NEW.dated = 0 AND NEW.events = 0 BEGIN
    DELETE FROM day_count WHERE day = NEW.day AND newspaper = NEW.newspaper;
END;
CREATE TRIGGER month_emptied AFTER UPDATE ON month_count
WHEN NEW.issues = 0 AND NEW.unrecognised = 0 AND NEW.articles = 0
    AND NEW.told = 0 AND NEW.dated = 0 AND NEW.events = 0 BEGIN
    DELETE FROM month_count WHERE day = NEW.day AND newspaper = NEW.newspaper;
END;

-- An issue counts with what hangs on it, which undoing may have put back before it or taken away after it.
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

CREATE TRIGGER day_article_added AFTER INSERT ON article BEGIN
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

CREATE TRIGGER day_event_added AFTER INSERT ON event BEGIN
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

-- The first page of an issue that waits for text makes the issue one that waits, the last one takes that back.
CREATE TRIGGER day_page_added AFTER INSERT ON page BEGIN
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, 1 FROM issue WHERE id = NEW.issue AND NEW.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = NEW.issue AND page.id <> NEW.id AND page.state IN ('not_recognised', 'failed'));
END;
CREATE TRIGGER day_page_removed AFTER DELETE ON page BEGIN
    INSERT INTO day_change (day, newspaper, unrecognised)
        SELECT min_day, newspaper, -1 FROM issue WHERE id = OLD.issue AND OLD.state IN ('not_recognised', 'failed')
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.issue = OLD.issue AND page.id <> OLD.id AND page.state IN ('not_recognised', 'failed'));
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

-- What may have begun before a span and reaches into it is found without looking through all that came before.
CREATE INDEX event_uncertain ON event (max_day, min_day) WHERE max_day > min_day;
CREATE INDEX issue_uncertain ON issue (max_day, min_day) WHERE max_day > min_day;

-- What people said of events: a chronicle is drawn from these, however many events there are.
CREATE INDEX entity_decided_event ON entity (status) WHERE kind = 'event' AND status <> 'proposed';
CREATE INDEX mention_decided_event ON mention (status, article) WHERE kind IN ('event', 'date') AND status <> 'proposed';
