-- Policy versions that the bureau head loaded, and versions whose validity he extended, each by a document. Rows are
-- only added; a version is what its rows say, in their order.
CREATE TABLE policy_documents (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('version', 'extension')),
    -- The version's code.
    code TEXT NOT NULL,
    -- The whole version as TOML; of an extension nothing.
    body TEXT CHECK ((kind = 'version') = (body IS NOT NULL)),
    -- The last day on which the extended version is in force.
    valid_until DATE CHECK ((kind = 'extension') = (valid_until IS NOT NULL)),
    -- 文号
    document_number TEXT NOT NULL,
    document_name TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX policy_documents_code ON policy_documents (code, id);
