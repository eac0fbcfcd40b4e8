DROP TRIGGER audit_seals_no_replace;
DROP TRIGGER audit_entries_no_replace;
DROP TRIGGER audit_seals_no_delete;
DROP TRIGGER audit_seals_no_update;
DROP TRIGGER audit_entries_no_delete;
DROP TRIGGER audit_entries_sealed_once;
DROP TRIGGER audit_entries_no_update;
