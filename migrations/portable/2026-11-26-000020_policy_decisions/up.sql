-- A document counts when a second person has confirmed it; it can also give the city's quota of a year to the counties.
-- SQLite cannot widen a CHECK: the rows go through a table of their own.
CREATE TABLE policy_documents_before AS SELECT * FROM policy_documents;
DROP TABLE policy_documents;
CREATE TABLE policy_documents (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('version', 'extension', 'decomposition')),
    -- The version's code.
    code TEXT NOT NULL,
    -- Of a version: all of it as TOML. Of a decomposition: the year and the counties' targets as TOML.
    body TEXT,
    -- Of an extension: the last day on which the version is in force.
    valid_until DATE,
    -- 文号; may be empty for a decomposition.
    document_number TEXT NOT NULL,
    document_name TEXT NOT NULL,
    -- Who proposed it.
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
INSERT INTO policy_documents (id, kind, code, body, valid_until, document_number, document_name, by_user, at)
    SELECT id, kind, code, body, valid_until, document_number, document_name, by_user, at FROM policy_documents_before;
DROP TABLE policy_documents_before;
CREATE INDEX policy_documents_code ON policy_documents (code, id);

-- What the second person decided, once for each document. Rows are only added.
CREATE TABLE policy_decisions (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES policy_documents (id),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused')),
    reason TEXT,
    -- NULL: it came into force before two persons were asked for.
    by_user TEXT REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
-- Of two who decide at once, the second is told.
CREATE UNIQUE INDEX policy_decisions_document ON policy_decisions (document_id);
INSERT INTO policy_decisions (id, document_id, decision, reason, by_user, at)
    SELECT id, id, 'accepted', NULL, NULL, at FROM policy_documents;
