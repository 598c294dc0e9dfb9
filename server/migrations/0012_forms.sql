-- Forms that families fill in over days, and leave of absence asked for on one of them.

-- A form as the school has it: its questions and words, a whole form for each change. What was signed shows
-- with the questions of its day for ever.
CREATE TABLE form_version (
    school_id TEXT NOT NULL REFERENCES school,
    -- 'leave'.
    form TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- As TOML, the way it can be read and changed.
    body TEXT NOT NULL,
    -- Of the body's bytes.
    sha256 TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    -- A member of staff; '' for the one it was seeded with.
    made_by TEXT NOT NULL,
    PRIMARY KEY (school_id, form, version)
);

-- A form that is being filled in. Answers are kept as they are given, right or not; the row goes when it is
-- sent, thrown away, or its days are over.
CREATE TABLE form_draft (
    school_id TEXT NOT NULL REFERENCES school,
    -- Becomes the submission's id: a form is sent once.
    draft_id TEXT NOT NULL,
    form TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    -- The member of staff who types a paper form in for the guardian.
    staff_id TEXT,
    -- The request whose place it is to take, while one is changed.
    instead_of TEXT,
    -- The answers as a JSON object of texts.
    answers TEXT NOT NULL,
    -- Grows with every saving: two tabs that save over each other are told.
    saved BIGINT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, draft_id),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
CREATE INDEX form_draft_guardian ON form_draft (school_id, guardian_id, form);
CREATE INDEX form_draft_expires ON form_draft (school_id, expires_at);

-- When the device's owner last gave a code: acts that bind ask for a fresh one.
ALTER TABLE device ADD COLUMN proved_at TIMESTAMPTZ;

-- Where somebody lives, as the roster's file has it, a line of the envelope a line. Letters go there.
ALTER TABLE guardian ADD COLUMN address TEXT;

-- A form for leave that was signed: one row a submission.
CREATE TABLE leave_form (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    form_version BIGINT NOT NULL,
    -- The answers as a JSON object of texts, as they were signed.
    answers TEXT NOT NULL,
    first_day DATE NOT NULL,
    first_session TEXT NOT NULL CHECK (first_session IN ('AM', 'PM')),
    last_day DATE NOT NULL,
    last_session TEXT NOT NULL CHECK (last_session IN ('AM', 'PM')),
    -- The day the child is to be back, as the parent said.
    return_day DATE NOT NULL,
    -- Whether it came before the absence began. One that did not is information and cannot become C.
    in_advance BOOLEAN NOT NULL,
    -- The name as it was typed beneath, and when.
    signed_name TEXT NOT NULL,
    signed_at TIMESTAMPTZ NOT NULL,
    -- The member of staff who typed a paper form in.
    entered_by TEXT,
    -- The request that took its place.
    replaced_by TEXT,
    PRIMARY KEY (school_id, guardian_id, submission_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES submission
);

-- The request for one child: what is decided, is decided for each.
CREATE TABLE leave_request (
    school_id TEXT NOT NULL REFERENCES school,
    leave_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('sent', 'considered', 'more-wanted', 'granted', 'granted-in-part', 'refused', 'withdrawn', 'replaced')),
    state_at TIMESTAMPTZ NOT NULL,
    -- The decision that counts; 0 before there is one.
    decision BIGINT NOT NULL,
    PRIMARY KEY (school_id, leave_id),
    UNIQUE (school_id, guardian_id, submission_id, pupil_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES leave_form,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX leave_request_pupil ON leave_request (school_id, pupil_id);
CREATE INDEX leave_request_open ON leave_request (school_id, state, state_at);

-- Each session asked for, as the calendar was when it was signed; and what was decided for it.
CREATE TABLE leave_session (
    school_id TEXT NOT NULL,
    leave_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    session TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
    -- NULL before a decision; whether it counts now.
    granted BOOLEAN,
    -- The code of a granted session, and the one proposed for a refused one that is taken anyway.
    code TEXT,
    PRIMARY KEY (school_id, leave_id, day, session),
    FOREIGN KEY (school_id, leave_id) REFERENCES leave_request
);
CREATE INDEX leave_session_day ON leave_session (school_id, day, pupil_id);
CREATE INDEX leave_session_pupil ON leave_session (school_id, pupil_id, day);

-- Each state with its date and who. A line is never changed.
CREATE TABLE leave_move (
    school_id TEXT NOT NULL,
    leave_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    PRIMARY KEY (school_id, leave_id, place),
    FOREIGN KEY (school_id, leave_id) REFERENCES leave_request
);

-- A decision. A later one leaves the first as it is.
CREATE TABLE leave_decision (
    school_id TEXT NOT NULL,
    leave_id TEXT NOT NULL,
    decision BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('granted', 'granted-in-part', 'refused')),
    -- The reasons as they stood in the head's list on the day, a line each; and the head's own words.
    reasons TEXT NOT NULL,
    words TEXT,
    decided_at TIMESTAMPTZ NOT NULL,
    decided_by TEXT NOT NULL,
    -- 'headteacher' or 'designate'.
    decided_as TEXT NOT NULL,
    -- Session by session, as JSON: day, session, code, granted.
    sessions TEXT NOT NULL,
    PRIMARY KEY (school_id, leave_id, decision),
    FOREIGN KEY (school_id, leave_id) REFERENCES leave_request
);

-- Another parent who is asked to sign as well.
CREATE TABLE leave_signer (
    school_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    signer_id TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    signed_name TEXT,
    -- The statement as it was signed.
    statement TEXT,
    answered_at TIMESTAMPTZ,
    -- Whether they signed; NULL until they answered.
    signed BOOLEAN,
    PRIMARY KEY (school_id, guardian_id, submission_id, signer_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES leave_form,
    FOREIGN KEY (school_id, signer_id) REFERENCES guardian
);
CREATE INDEX leave_signer_signer ON leave_signer (school_id, signer_id);

-- What staff note beside a request: that it is complete, what they recommend, whom they talked to.
CREATE TABLE leave_note (
    school_id TEXT NOT NULL REFERENCES school,
    -- Made with the form: sent twice it is one note.
    note_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    -- 'check', 'recommendation', 'talk' or 'note'.
    kind TEXT NOT NULL,
    -- Of a recommendation: 'grant', 'part' or 'refuse'.
    recommends TEXT,
    note TEXT,
    noted_at TIMESTAMPTZ NOT NULL,
    noted_by TEXT NOT NULL,
    PRIMARY KEY (school_id, note_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES leave_form
);
CREATE INDEX leave_note_form ON leave_note (school_id, guardian_id, submission_id, noted_at);

-- The words of letters, a whole text for each change.
CREATE TABLE letter_template (
    school_id TEXT NOT NULL REFERENCES school,
    -- 'leave-granted', 'leave-granted-in-part', 'leave-refused'.
    letter TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (school_id, letter, version)
);

-- A letter to one person about one decision, as it was made: the address and the words of that day.
CREATE TABLE letter (
    school_id TEXT NOT NULL REFERENCES school,
    letter_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    leave_id TEXT NOT NULL,
    decision BIGINT NOT NULL,
    letter TEXT NOT NULL,
    -- 0 where the words are the program's own.
    template_version BIGINT NOT NULL,
    -- Addressee, address and text, as JSON; from it the same bytes are drawn every time.
    body TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    printed_at TIMESTAMPTZ,
    printed_by TEXT,
    posted_at TIMESTAMPTZ,
    posted_by TEXT,
    PRIMARY KEY (school_id, letter_id),
    UNIQUE (school_id, leave_id, decision, guardian_id),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian,
    FOREIGN KEY (school_id, leave_id) REFERENCES leave_request
);
CREATE INDEX letter_made ON letter (school_id, made_at);
