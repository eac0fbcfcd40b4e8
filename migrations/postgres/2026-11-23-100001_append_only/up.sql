-- The trail only grows; the one thing that may be set later is the seal over an entry.
CREATE FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE OF id, at, actor_id, actor_name, action, subject_kind, subject_id,
    differences, reason, address, request_id ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER audit_entries_sealed_once BEFORE UPDATE OF seal_id ON audit_entries
    FOR EACH ROW WHEN (OLD.seal_id IS NOT NULL) EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
-- TRUNCATE asks no trigger of a row.
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_append_only();
