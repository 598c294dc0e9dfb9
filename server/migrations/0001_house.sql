-- The first house. One text for SQLite and PostgreSQL.
-- Every key begins with school_id: no row of one school can meet a row of another.
-- Instants are UTC, cut to microseconds; days are London's.

CREATE TABLE school (
    school_id TEXT NOT NULL PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL
);

-- What the school decides: a row a value, with its language ('' where there is none to speak of).
-- key is the path in school.toml, value its JSON.
CREATE TABLE setting (
    school_id TEXT NOT NULL REFERENCES school,
    key TEXT NOT NULL,
    language TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (school_id, key, language)
);

CREATE TABLE class (
    school_id TEXT NOT NULL REFERENCES school,
    class_id TEXT NOT NULL,
    name TEXT NOT NULL,
    year BIGINT NOT NULL,
    PRIMARY KEY (school_id, class_id)
);

CREATE TABLE pupil (
    school_id TEXT NOT NULL REFERENCES school,
    pupil_id TEXT NOT NULL,
    upn TEXT NOT NULL,
    mis_id TEXT NOT NULL,
    forename TEXT NOT NULL,
    surname TEXT NOT NULL,
    known_as TEXT,
    born DATE NOT NULL,
    class_id TEXT NOT NULL,
    admitted DATE NOT NULL,
    left_on DATE,
    PRIMARY KEY (school_id, pupil_id),
    FOREIGN KEY (school_id, class_id) REFERENCES class
);

CREATE TABLE guardian (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    title TEXT,
    forename TEXT NOT NULL,
    surname TEXT NOT NULL,
    -- Trimmed and in lower case, so that it can be looked up; NULL where the school holds none.
    email TEXT,
    mobile TEXT,
    PRIMARY KEY (school_id, guardian_id)
);
CREATE INDEX guardian_email ON guardian (school_id, email);

CREATE TABLE guardian_pupil (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    relationship TEXT NOT NULL,
    priority BIGINT NOT NULL,
    parental_responsibility BOOLEAN NOT NULL,
    lives_with BOOLEAN NOT NULL,
    access TEXT NOT NULL CHECK (access IN ('full', 'view', 'none')),
    barred BOOLEAN NOT NULL,
    reviewed BOOLEAN NOT NULL,
    PRIMARY KEY (school_id, guardian_id, pupil_id),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX guardian_pupil_pupil ON guardian_pupil (school_id, pupil_id);

-- Asking to sign in. A row for every asking, whether the school holds the address or not.
CREATE TABLE sign_in (
    school_id TEXT NOT NULL REFERENCES school,
    sign_in_id TEXT NOT NULL,
    email TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    -- Keyed hashes; NULL until the worker has made a code, and for unknown addresses for ever.
    code_hash TEXT,
    link_hash TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    tries BIGINT NOT NULL,
    handled BOOLEAN NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, sign_in_id)
);
CREATE INDEX sign_in_email ON sign_in (school_id, email, asked_at);
-- What the mail worker looks for every few seconds.
CREATE INDEX sign_in_waiting ON sign_in (school_id, handled, asked_at);
CREATE UNIQUE INDEX sign_in_link ON sign_in (school_id, link_hash);

-- A signed-in device of a guardian. In a shared inbox nobody is chosen at first.
CREATE TABLE device (
    school_id TEXT NOT NULL REFERENCES school,
    token_hash TEXT NOT NULL,
    device_id TEXT NOT NULL,
    email TEXT NOT NULL,
    guardian_id TEXT,
    shared BOOLEAN NOT NULL,
    label TEXT NOT NULL,
    signed_in_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, token_hash),
    UNIQUE (school_id, device_id),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
CREATE INDEX device_email ON device (school_id, email);

CREATE TABLE staff (
    school_id TEXT NOT NULL REFERENCES school,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT,
    totp_secret TEXT,
    -- The last time step a code was taken for: a code works once.
    totp_step BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ,
    joined_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, staff_id),
    UNIQUE (school_id, email)
);

CREATE TABLE staff_role (
    school_id TEXT NOT NULL REFERENCES school,
    staff_id TEXT NOT NULL,
    role TEXT NOT NULL,
    from_day DATE,
    to_day DATE,
    PRIMARY KEY (school_id, staff_id, role),
    FOREIGN KEY (school_id, staff_id) REFERENCES staff
);

-- One-time links by which staff join or start afresh.
CREATE TABLE staff_invitation (
    school_id TEXT NOT NULL REFERENCES school,
    token_hash TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, token_hash),
    FOREIGN KEY (school_id, staff_id) REFERENCES staff
);

CREATE TABLE recovery_code (
    school_id TEXT NOT NULL REFERENCES school,
    staff_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, staff_id, code_hash),
    FOREIGN KEY (school_id, staff_id) REFERENCES staff
);

CREATE TABLE staff_session (
    school_id TEXT NOT NULL REFERENCES school,
    token_hash TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    -- Whether the second factor has been given. Until then the session opens one page only.
    complete BOOLEAN NOT NULL,
    hide_words BOOLEAN NOT NULL,
    signed_in_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, token_hash),
    FOREIGN KEY (school_id, staff_id) REFERENCES staff
);
CREATE INDEX staff_session_staff ON staff_session (school_id, staff_id);

-- What one person sent at one moment. The id was made with the form.
CREATE TABLE submission (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    reference TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, guardian_id, submission_id),
    UNIQUE (school_id, reference),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);

-- One session of one child that reports speak of. The school's code stands here, once,
-- however many guardians have reported it.
CREATE TABLE absence (
    school_id TEXT NOT NULL REFERENCES school,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    session TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
    code TEXT,
    coded_at TIMESTAMPTZ,
    coded_by TEXT,
    PRIMARY KEY (school_id, pupil_id, day, session),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX absence_day ON absence (school_id, day);

-- A submission's part for one child.
CREATE TABLE report (
    school_id TEXT NOT NULL REFERENCES school,
    report_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    day DATE NOT NULL,
    am BOOLEAN NOT NULL,
    pm BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    details TEXT NOT NULL,
    note TEXT,
    proposed TEXT,
    received_at TIMESTAMPTZ NOT NULL,
    after_close BOOLEAN NOT NULL,
    seen_at TIMESTAMPTZ,
    seen_by TEXT,
    withdrawn_at TIMESTAMPTZ,
    -- The submission that took its place.
    replaced_by TEXT,
    PRIMARY KEY (school_id, report_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES submission,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
CREATE INDEX report_day ON report (school_id, day, received_at);
CREATE INDEX report_pupil ON report (school_id, pupil_id, day);
CREATE INDEX report_submission ON report (school_id, guardian_id, submission_id);

-- The append-only record. salt lies outside the chain, so that retention can clear it:
-- without it the hashes of old values say nothing any more, and the chain still verifies.
CREATE TABLE journal (
    school_id TEXT NOT NULL REFERENCES school,
    seq BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    salt TEXT,
    mac TEXT NOT NULL,
    PRIMARY KEY (school_id, seq)
);
CREATE INDEX journal_subject ON journal (school_id, subject_kind, subject_id);

-- The chain's head. Locked by every writer, so that lines of two nodes never share a number.
CREATE TABLE journal_head (
    school_id TEXT NOT NULL PRIMARY KEY REFERENCES school,
    seq BIGINT NOT NULL,
    mac TEXT NOT NULL
);

-- Who read whose health words.
CREATE TABLE reading (
    school_id TEXT NOT NULL REFERENCES school,
    reading_id TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    reader_kind TEXT NOT NULL,
    reader_id TEXT NOT NULL,
    what TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    PRIMARY KEY (school_id, reading_id)
);
CREATE INDEX reading_at ON reading (school_id, at);

-- Mail waiting to go. The text is cleared once it has gone.
CREATE TABLE mail (
    school_id TEXT NOT NULL REFERENCES school,
    mail_id TEXT NOT NULL,
    to_address TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    tries BIGINT NOT NULL,
    next_try_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    given_up_at TIMESTAMPTZ,
    last_error TEXT,
    PRIMARY KEY (school_id, mail_id)
);
CREATE INDEX mail_waiting ON mail (school_id, sent_at, given_up_at, next_try_at);

-- How often something was tried in a span of time, for limits that hold across nodes.
CREATE TABLE throttle (
    school_id TEXT NOT NULL REFERENCES school,
    key TEXT NOT NULL,
    span_start TIMESTAMPTZ NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (school_id, key, span_start)
);
