-- When each feed of a newsletter last changed. `tag` is empty for the feed of all issues.
CREATE TABLE publication_feeds (
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE CASCADE ON UPDATE CASCADE,
    tag text NOT NULL,
    changed_at timestamptz(3) NOT NULL,

    PRIMARY KEY (newsletter_id, tag)
);

INSERT INTO publication_feeds (newsletter_id, tag, changed_at)
SELECT newsletter_id, '', max(at)
FROM publication_changes
WHERE type <> 'paper_status'
GROUP BY newsletter_id;

-- The tags of issues that were withdrawn are not known here, so the feed of a tag starts with the time that it has shown.
-- The next migration composes all other tags.
INSERT INTO publication_feeds (newsletter_id, tag, changed_at)
SELECT publication_tags.newsletter_id, normalize(tag, NFC), max(editions.published_at)
FROM publication_tags
JOIN publications USING (issue_id)
JOIN editions ON editions.id = publications.edition_id
GROUP BY publication_tags.newsletter_id, normalize(tag, NFC);

-- Last-Modified of all feeds of a newsletter. HTTP dates have whole seconds, and a transaction can commit after another
-- that started later, so each change moves the time on by at least a second. A trigger does it, so that changes by nodes
-- of the previous release count too.
ALTER TABLE publication_logs
    ADD COLUMN feeds_modified_at timestamptz(0) NOT NULL DEFAULT date_trunc('second', now());

CREATE FUNCTION advance_feeds_modified_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.feeds_modified_at := greatest(date_trunc('second', now()), OLD.feeds_modified_at + interval '1 second');
    RETURN NEW;
END;
$$;
CREATE TRIGGER publication_logs_advance_feeds_modified_at BEFORE UPDATE ON publication_logs
    FOR EACH ROW EXECUTE FUNCTION advance_feeds_modified_at();
