ALTER TABLE award_applications DROP COLUMN parties;
