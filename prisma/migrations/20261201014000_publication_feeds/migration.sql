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
INSERT INTO publication_feeds (newsletter_id, tag, changed_at)
SELECT publication_tags.newsletter_id, tag, max(editions.published_at)
FROM publication_tags
JOIN publications USING (issue_id)
JOIN editions ON editions.id = publications.edition_id
GROUP BY publication_tags.newsletter_id, tag;
