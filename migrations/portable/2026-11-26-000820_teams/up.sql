-- Teams that attract investment (招商队伍): of the city, of a county, or joint ones; who is in them from when to when, and
-- their trips with the leads that came of them. A member or trip is changed with the team's version.
CREATE TABLE teams (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('city', 'county', 'joint')),
    -- The county that it is of, or that the city's is joined with.
    county TEXT,
    leader_id TEXT REFERENCES users (id),
    leader_name TEXT,
    note TEXT,
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX teams_code ON teams (code);
CREATE INDEX teams_county ON teams (county, id);
CREATE TABLE team_members (
    id TEXT PRIMARY KEY NOT NULL,
    team_id TEXT NOT NULL REFERENCES teams (id),
    user_id TEXT REFERENCES users (id),
    name TEXT NOT NULL,
    post TEXT,
    from_on DATE NOT NULL,
    to_on DATE
);
CREATE INDEX team_members_team ON team_members (team_id, id);
CREATE TABLE team_trips (
    id TEXT PRIMARY KEY NOT NULL,
    team_id TEXT NOT NULL REFERENCES teams (id),
    kind TEXT NOT NULL CHECK (kind IN ('resident', 'outing')),
    from_on DATE NOT NULL,
    to_on DATE,
    region TEXT NOT NULL,
    purpose TEXT NOT NULL,
    people TEXT,
    result TEXT
);
CREATE INDEX team_trips_team ON team_trips (team_id, from_on);
CREATE TABLE team_trip_leads (
    trip_id TEXT NOT NULL REFERENCES team_trips (id),
    lead_id TEXT NOT NULL REFERENCES leads (id),
    PRIMARY KEY (trip_id, lead_id)
);
CREATE INDEX team_trip_leads_lead ON team_trip_leads (lead_id, trip_id);
