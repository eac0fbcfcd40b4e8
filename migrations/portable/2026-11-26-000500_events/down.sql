DROP TABLE attendees;
DROP TABLE events;
