-- The calendar as the school keeps it on its page: a whole calendar for each change, the last one counts.
-- A school that has changed nothing has no row, and its calendar is the one its settings were seeded with.

CREATE TABLE calendar (
    school_id TEXT NOT NULL REFERENCES school,
    -- 1 is what the settings said; each change adds one.
    version BIGINT NOT NULL,
    -- Terms and closed days, as JSON.
    body TEXT NOT NULL,
    -- What it changed, in numbers and dates, as JSON; NULL for the first.
    changed TEXT,
    made_at TIMESTAMPTZ NOT NULL,
    -- A member of staff; '' for the first.
    made_by TEXT NOT NULL,
    PRIMARY KEY (school_id, version)
);
