-- What a wide search found when somebody wished to be told: too many leads for a row each. The worker writes it down as
-- soon as the engine answers; from then on whatever else it finds is new.
CREATE TABLE saved_search_known (
    search_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    -- Eight bytes of each lead, ascending, in base64.
    leads TEXT NOT NULL,
    PRIMARY KEY (search_id, user_id),
    FOREIGN KEY (search_id, user_id) REFERENCES saved_search_subscriptions (search_id, user_id) ON DELETE CASCADE
);
