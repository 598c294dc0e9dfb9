-- The morning: what the office knows at 9.16, before the marks of the MIS come in, and whom it has rung.

-- A class's register of one session. Each saving is a version of its own; the last one counts, and
-- what stood before can be brought back. It is not the legal register: that is the MIS's.
CREATE TABLE register (
    school_id TEXT NOT NULL REFERENCES school,
    day DATE NOT NULL,
    session TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
    class_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    complete BOOLEAN NOT NULL,
    -- 'list', 'paste' or 'undo'.
    taken TEXT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    saved_by TEXT NOT NULL,
    PRIMARY KEY (school_id, day, session, class_id, version),
    FOREIGN KEY (school_id, class_id) REFERENCES class
);

-- Each child who was on the list, those in the room too: of a child who is not among them the
-- register says nothing.
CREATE TABLE register_tick (
    school_id TEXT NOT NULL,
    day DATE NOT NULL,
    session TEXT NOT NULL,
    class_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    pupil_id TEXT NOT NULL,
    tick TEXT NOT NULL CHECK (tick IN ('present', 'absent', 'late')),
    minutes_late BIGINT,
    PRIMARY KEY (school_id, day, session, class_id, version, pupil_id),
    FOREIGN KEY (school_id, day, session, class_id, version) REFERENCES register,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX register_tick_pupil ON register_tick (school_id, pupil_id, day);

-- A call about a child who is away without a word. A line is never changed: two calls are two lines.
CREATE TABLE call_note (
    school_id TEXT NOT NULL REFERENCES school,
    -- Made with the form: sent twice it is one call.
    call_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    outcome TEXT NOT NULL,
    -- Whom, where somebody on record was rung.
    guardian_id TEXT,
    -- What was said.
    note TEXT,
    rung_at TIMESTAMPTZ NOT NULL,
    rung_by TEXT NOT NULL,
    PRIMARY KEY (school_id, call_id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX call_note_day ON call_note (school_id, day, pupil_id);

-- The children of a class.
CREATE INDEX pupil_class ON pupil (school_id, class_id);
-- What is not explained yet, without a look at every mark.
CREATE INDEX mark_open ON mark (school_id, day) WHERE code = 'N';
