-- What papers say (附件文字), read of their files for the search: a row for each that was looked at, so that none is read
-- twice, whatever came of it.
CREATE TABLE attachment_texts (
    attachment_id TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('read', 'cut', 'empty', 'unreadable')),
    -- Without phones, identity and account numbers.
    text TEXT NOT NULL,
    -- Characters of it.
    length BIGINT NOT NULL,
    at TIMESTAMP NOT NULL
);
