DROP INDEX leads_deleted_at;
