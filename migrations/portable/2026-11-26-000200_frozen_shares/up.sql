-- Projects that have landed once: how their award is shared stays settled, whatever becomes of the days later.
CREATE TABLE frozen_shares (
    project_id TEXT PRIMARY KEY NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- The day on which the landing was noted.
    frozen_on DATE NOT NULL
);
-- What has landed by now.
INSERT INTO frozen_shares (project_id, frozen_on)
    SELECT contracts.project_id, CURRENT_DATE FROM contracts
    WHERE contracts.kind = 'formal'
        AND contracts.project_id IN (SELECT project_id FROM milestones
            WHERE kind = 'company_registered' AND state = 'verified' AND actual_on IS NOT NULL)
        AND contracts.project_id IN (SELECT project_id FROM milestones
            WHERE kind = 'construction_start' AND state = 'verified' AND actual_on IS NOT NULL);
