-- Which of a day's codes stand in the MIS already, by hand; and when staff last proved who they are.

-- A line of the list that somebody has keyed in, with the codes as they were then.
CREATE TABLE keyed (
    school_id TEXT NOT NULL REFERENCES school,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    codes TEXT NOT NULL,
    keyed_at TIMESTAMPTZ NOT NULL,
    keyed_by TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, day),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX keyed_day ON keyed (school_id, day);

-- A code given again in the middle of a session, before an export.
ALTER TABLE staff_session ADD COLUMN proved_at TIMESTAMPTZ;
