-- How long what is kept is kept: a round a day, which notes what it would let go, and lets go what was noted a fortnight ago.

CREATE TABLE retention_day (
    school_id TEXT NOT NULL REFERENCES school,
    day DATE NOT NULL,
    -- The days before which things might go, by what the school had decided on that day, as JSON.
    before TEXT NOT NULL,
    -- When nothing was left to erase; NULL while the round goes on, or where it was broken off.
    ended_at TIMESTAMPTZ,
    -- How much of what went, as JSON.
    erased TEXT NOT NULL,
    -- Up to which line of the journal salts were cleared on that day; 0 where none were.
    salts_to BIGINT NOT NULL,
    PRIMARY KEY (school_id, day)
);
-- A child's calls, when the child goes, and a contact's reminders.
CREATE INDEX call_note_pupil ON call_note (school_id, pupil_id);
CREATE INDEX reminder_guardian ON reminder (school_id, guardian_id);
