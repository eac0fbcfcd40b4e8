-- Who an application names, as they were called at its submission; of what was submitted before, the names of now.
ALTER TABLE award_applications ADD COLUMN parties TEXT;
