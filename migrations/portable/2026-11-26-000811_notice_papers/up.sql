-- Papers of notices, too. SQLite alters no CHECK, so the table is made anew.
CREATE TABLE attachments_before AS SELECT * FROM attachments;
DROP TABLE attachments;

CREATE TABLE attachments (
    id TEXT PRIMARY KEY NOT NULL,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('lead', 'follow_up', 'project', 'milestone', 'policy_document', 'filing',
        'award_application', 'chamber_entry', 'notice')),
    owner_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('contract', 'business_licence', 'construction_permit', 'equipment_in', 'photo',
        'acceptance', 'production_proof', 'above_scale_notice', 'filing', 'voucher', 'minutes', 'identity', 'other')),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    storage_name TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP
);
CREATE INDEX attachments_owner ON attachments (owner_kind, owner_id, at);

INSERT INTO attachments (id, owner_kind, owner_id, kind, file_name, media_type, size, sha256, storage_name, by_user, at, deleted_at)
SELECT id, owner_kind, owner_id, kind, file_name, media_type, size, sha256, storage_name, by_user, at, deleted_at FROM attachments_before;
DROP TABLE attachments_before;
