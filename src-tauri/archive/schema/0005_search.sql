-- Which articles the search index has to look at again. Triggers keep it, so that no writer, no undo and no later version can
-- forget to: an article stands here once, with the number of its last change. No foreign key: a removed article stands here too.
CREATE TABLE search_change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE
) STRICT;

-- Up to where an index goes. An index is believed only if its pair of `seq` and `nonce` stands here: a bare number would be
-- fooled by a restored backup, whose numbers go on from where they were.
CREATE TABLE search_mark (
    seq INTEGER PRIMARY KEY,
    nonce TEXT NOT NULL
) STRICT;

-- Deleting and inserting rather than replacing: within a trigger a conflict is settled as the outer statement says.
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

-- On which pages an article stands, and which newspaper and day its issue has.
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
CREATE TRIGGER search_page_renumbered AFTER UPDATE OF id, number ON page
WHEN OLD.number <> NEW.number OR OLD.id <> NEW.id BEGIN
    DELETE FROM search_change WHERE article IN (SELECT article FROM article_part WHERE page IN (OLD.id, NEW.id));
    INSERT INTO search_change (article) SELECT DISTINCT article FROM article_part WHERE page IN (OLD.id, NEW.id);
END;
-- Undoing takes a row away and puts it back.
CREATE TRIGGER search_page_back AFTER INSERT ON page BEGIN
    DELETE FROM search_change WHERE article IN (SELECT article FROM article_part WHERE page = NEW.id);
    INSERT INTO search_change (article) SELECT DISTINCT article FROM article_part WHERE page = NEW.id;
END;
CREATE TRIGGER search_issue_changed AFTER UPDATE OF id, newspaper, min_day, max_day ON issue BEGIN
    DELETE FROM search_change WHERE article IN (SELECT id FROM article WHERE issue IN (OLD.id, NEW.id));
    INSERT INTO search_change (article) SELECT id FROM article WHERE issue IN (OLD.id, NEW.id);
END;
CREATE TRIGGER search_issue_back AFTER INSERT ON issue BEGIN
    DELETE FROM search_change WHERE article IN (SELECT id FROM article WHERE issue = NEW.id);
    INSERT INTO search_change (article) SELECT id FROM article WHERE issue = NEW.id;
END;
