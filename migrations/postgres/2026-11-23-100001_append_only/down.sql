DROP TRIGGER audit_seals_no_truncate ON audit_seals;
DROP TRIGGER audit_entries_no_truncate ON audit_entries;
DROP TRIGGER audit_seals_no_delete ON audit_seals;
DROP TRIGGER audit_seals_no_update ON audit_seals;
DROP TRIGGER audit_entries_no_delete ON audit_entries;
DROP TRIGGER audit_entries_sealed_once ON audit_entries;
DROP TRIGGER audit_entries_no_update ON audit_entries;
DROP FUNCTION refuse_append_only();
