-- Imports of chambers go: nothing before knows what they are.
CREATE TABLE imports_before AS SELECT * FROM imports;
CREATE TABLE import_rows_before AS SELECT * FROM import_rows;
DROP TABLE import_rows;
DROP TABLE imports;

CREATE TABLE imports (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('leads', 'projects')),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('reading', 'previewed', 'applying', 'applied', 'failed')),
    row_count BIGINT NOT NULL,
    new_count BIGINT NOT NULL,
    changed_count BIGINT NOT NULL,
    duplicate_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    imported_count BIGINT NOT NULL,
    updated_count BIGINT NOT NULL,
    -- Sheets that were not read, each with the reason: [["name", "reason"], …].
    skipped_sheets TEXT NOT NULL,
    failure TEXT,
    -- The file itself, encrypted, until it is applied or discarded.
    file_encrypted TEXT,
    -- Why duplicates are imported nevertheless.
    duplicate_reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    applied_at TIMESTAMP
);
CREATE INDEX imports_by_user ON imports (by_user, created_at);
CREATE INDEX imports_created_at ON imports (created_at, id);

CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    sheet TEXT,
    sheet_row BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'duplicate', 'rejected', 'imported', 'updated')),
    field TEXT,
    code TEXT,
    of_row BIGINT,
    -- The record that it speaks of and that is there already: a lead, project or chamber, as the import's kind says.
    of_record TEXT,
    accepted BOOLEAN NOT NULL,
    -- The record that came of it.
    record_id TEXT,
    -- The row as read and as written, encrypted: it holds names and phones.
    content_encrypted TEXT NOT NULL,
    PRIMARY KEY (import_id, position)
);
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, position);

INSERT INTO imports (id, kind, file_name, file_hash, file_size, status, row_count, new_count, changed_count, duplicate_count, rejected_count,
    imported_count, updated_count, skipped_sheets, failure, file_encrypted, duplicate_reason, by_user, created_at, applied_at)
SELECT id, kind, file_name, file_hash, file_size, status, row_count, new_count, changed_count, duplicate_count, rejected_count,
    imported_count, updated_count, skipped_sheets, failure, file_encrypted, duplicate_reason, by_user, created_at, applied_at FROM imports_before WHERE kind <> 'chambers';
INSERT INTO import_rows (import_id, position, sheet, sheet_row, outcome, field, code, of_row, of_record, accepted, record_id, content_encrypted)
SELECT import_id, position, sheet, sheet_row, outcome, field, code, of_row, of_record, accepted, record_id, content_encrypted
FROM import_rows_before WHERE import_id IN (SELECT id FROM imports);
DROP TABLE import_rows_before;
DROP TABLE imports_before;
