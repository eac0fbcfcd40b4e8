-- The program before knows documents in force only, and no decompositions.
CREATE TABLE policy_documents_after AS SELECT * FROM policy_documents WHERE kind <> 'decomposition' AND id IN
    (SELECT document_id FROM policy_decisions WHERE decision = 'accepted');
DROP TABLE policy_decisions;
DROP TABLE policy_documents;
CREATE TABLE policy_documents (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('version', 'extension')),
    code TEXT NOT NULL,
    body TEXT,
    valid_until DATE,
    document_number TEXT NOT NULL,
    document_name TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
INSERT INTO policy_documents (id, kind, code, body, valid_until, document_number, document_name, by_user, at)
    SELECT id, kind, code, body, valid_until, document_number, document_name, by_user, at FROM policy_documents_after;
DROP TABLE policy_documents_after;
CREATE INDEX policy_documents_code ON policy_documents (code, id);
