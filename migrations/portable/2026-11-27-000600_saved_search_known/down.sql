DROP TABLE saved_search_known;
