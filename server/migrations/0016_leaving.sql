-- Children who leave: what families say, what the school has then to do, and when access ends.

-- From the day after a child's last one on roll a guardian's access is less than it was: `access` is what counts, and
-- here stands what it was, for a child who comes back. NULL where nothing was taken.
ALTER TABLE guardian_pupil ADD COLUMN access_kept TEXT;
CREATE INDEX guardian_pupil_kept ON guardian_pupil (school_id, access_kept) WHERE access_kept IS NOT NULL;
CREATE INDEX pupil_left ON pupil (school_id, left_on);

-- What a family sent about leaving: one row a submission.
CREATE TABLE leaving_form (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    -- A signed notice; or that a parent thinks of home education and asks to meet.
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'meeting')),
    form_version BIGINT NOT NULL,
    -- The answers that were asked, as a JSON object of texts. Nothing of an address that must stay secret.
    answers TEXT NOT NULL,
    -- The name as it was typed beneath, and when; NULL of a meeting.
    signed_name TEXT,
    signed_at TIMESTAMPTZ,
    -- The notice that took its place.
    replaced_by TEXT,
    PRIMARY KEY (school_id, guardian_id, submission_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES submission
);

-- The same for one child: what has to be done is done for each.
CREATE TABLE leaving_notice (
    school_id TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    -- The last day at this school, as the family says; of a meeting the day it was asked for.
    last_day DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'withdrawn', 'replaced')),
    state_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, notice_id),
    UNIQUE (school_id, guardian_id, submission_id, pupil_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES leaving_form,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX leaving_notice_pupil ON leaving_notice (school_id, pupil_id);
CREATE INDEX leaving_notice_open ON leaving_notice (school_id, state, last_day);

-- What staff noted of what has to be done. A line is never changed: the last one of a task counts.
CREATE TABLE leaving_line (
    school_id TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    -- Made with the form: sent twice it is one line.
    note_id TEXT NOT NULL,
    task TEXT NOT NULL,
    -- NULL takes back that it was done.
    done_on DATE,
    -- The key of the ground to take the name off the roll.
    ground TEXT,
    note TEXT,
    noted_at TIMESTAMPTZ NOT NULL,
    noted_by TEXT NOT NULL,
    PRIMARY KEY (school_id, notice_id, place),
    UNIQUE (school_id, note_id),
    FOREIGN KEY (school_id, notice_id) REFERENCES leaving_notice
);
