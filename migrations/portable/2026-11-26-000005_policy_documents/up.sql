-- Policy versions that the bureau head loaded, and versions whose validity he extended, each by a document. Rows are
-- only added; a version is what its rows say, in their order.
CREATE TABLE policy_documents (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('version', 'extension')),
    -- The version's code.
    code TEXT NOT NULL,
    -- Of a version: all of it as TOML.
    body TEXT,
    -- Of an extension: the last day on which the version is in force.
    valid_until DATE,
    -- 文号
    document_number TEXT NOT NULL,
    document_name TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX policy_documents_code ON policy_documents (code, id);
