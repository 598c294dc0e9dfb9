-- The school's register, mirrored: one mark for a child and session, and what a mark was before.

CREATE TABLE mark (
    school_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    -- 'AM' or 'PM'.
    session TEXT NOT NULL,
    -- The code that counts.
    code TEXT NOT NULL,
    -- The letter that the file had, where it is one that was withdrawn in 2024.
    withdrawn TEXT,
    minutes_late BIGINT,
    note TEXT,
    -- 'import', 'previous-school' or 'staff'.
    source TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, pupil_id, day, session),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX mark_day ON mark (school_id, day);

-- A mark as it was before another took its place; the first change of a mark is 1.
CREATE TABLE mark_change (
    school_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    session TEXT NOT NULL,
    change BIGINT NOT NULL,
    old_code TEXT NOT NULL,
    old_withdrawn TEXT,
    old_minutes_late BIGINT,
    old_note TEXT,
    old_source TEXT NOT NULL,
    new_code TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    -- A member of staff; '' for the command line.
    changed_by TEXT NOT NULL,
    -- The file that brought it, or NULL.
    import_id TEXT,
    -- Why, in the words of whoever corrected it, or NULL.
    reason TEXT,
    PRIMARY KEY (school_id, pupil_id, day, session, change),
    FOREIGN KEY (school_id, pupil_id, day, session) REFERENCES mark
);

-- Marks from the school a child was at before.
ALTER TABLE file_import ADD COLUMN previous_school BOOLEAN NOT NULL DEFAULT FALSE;
