DROP TABLE companies;
DROP TABLE referrers;
DROP TABLE chambers;
