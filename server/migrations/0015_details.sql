-- What the school holds about families, and what they ask to be changed in it.

-- What the roster brings besides: NULL where it does not say.
ALTER TABLE guardian ADD COLUMN home_phone TEXT;
ALTER TABLE guardian ADD COLUMN work_phone TEXT;
ALTER TABLE guardian ADD COLUMN language TEXT;
ALTER TABLE guardian ADD COLUMN interpreter BOOLEAN;

-- One field of a request. The request itself is a submission; the guardian's own row is never touched by it.
CREATE TABLE details_line (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    -- '' for what is the guardian's own.
    pupil_id TEXT NOT NULL,
    field TEXT NOT NULL,
    -- What the roster had said on the day; NULL where nothing.
    held TEXT,
    -- What it is to become; NULL takes it away.
    wanted TEXT,
    -- From when, and which children live there, ids with blanks between: for an address.
    from_day DATE,
    with_pupils TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('asked', 'accepted', 'refused', 'keyed', 'arrived', 'withdrawn', 'replaced')),
    state_at TIMESTAMPTZ NOT NULL,
    -- The member of staff who decided, and when; who keyed it in, and when.
    decided_by TEXT,
    decided_at TIMESTAMPTZ,
    keyed_by TEXT,
    keyed_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, guardian_id, submission_id, pupil_id, field),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES submission
);
CREATE INDEX details_line_state ON details_line (school_id, state, state_at);

-- That a guardian has looked whether all is right, once a school year.
CREATE TABLE details_check (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    -- The year in which the school year begins.
    year BIGINT NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL,
    -- Whether all was right; else they asked for a change.
    all_right BOOLEAN NOT NULL,
    PRIMARY KEY (school_id, guardian_id, year),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
