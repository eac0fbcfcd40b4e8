DROP TABLE team_trip_leads;
DROP TABLE team_trips;
DROP TABLE team_members;
DROP TABLE teams;
