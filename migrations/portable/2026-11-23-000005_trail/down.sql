DROP TABLE flags;
DROP TABLE outbox;
DROP TABLE audit_seals;
DROP TABLE audit_entries;
