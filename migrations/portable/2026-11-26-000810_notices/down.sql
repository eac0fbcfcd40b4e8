DROP TABLE notice_readings;
DROP TABLE notice_chambers;
DROP TABLE notice_kinds;
DROP TABLE notices;
