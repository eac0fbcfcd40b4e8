-- The trail only grows; the one thing that may be set later is the seal over an entry.
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE OF id, at, actor_id, actor_name, action, subject_kind, subject_id,
    differences, reason, address, request_id ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_entries_sealed_once BEFORE UPDATE OF seal_id ON audit_entries WHEN OLD.seal_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals
BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals
BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END;
-- REPLACE takes a row away without asking the triggers of deletion.
CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
    WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_seals_no_replace BEFORE INSERT ON audit_seals
    WHEN EXISTS (SELECT 1 FROM audit_seals WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END;
