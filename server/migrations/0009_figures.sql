-- Figures of the whole school: an index that holds all that is counted, so that no mark itself is looked at.
CREATE INDEX mark_counted ON mark (school_id, pupil_id, day, code);

-- "This looks wrong": which mark the messages of a guardian with about_kind 'mark' are about.
CREATE TABLE mark_question (
    school_id TEXT NOT NULL REFERENCES school,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    session TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
    guardian_id TEXT NOT NULL,
    about_id TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, day, session, guardian_id),
    UNIQUE (school_id, guardian_id, about_id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil,
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
