DROP TABLE chamber_entries;
