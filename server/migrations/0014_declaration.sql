-- The attendance policy as it is published, and what guardians declare about it.

-- A file of the policy's, or the scan of a declaration on paper. Bytes lie in pieces, as evidence does.
CREATE TABLE policy_file (
    school_id TEXT NOT NULL REFERENCES school,
    file_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png', 'pdf')),
    size BIGINT NOT NULL,
    -- Of the bytes that are kept.
    sha256 TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    -- A member of staff.
    added_by TEXT NOT NULL,
    PRIMARY KEY (school_id, file_id)
);
CREATE TABLE policy_file_piece (
    school_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (school_id, file_id, seq),
    FOREIGN KEY (school_id, file_id) REFERENCES policy_file ON DELETE CASCADE
);

-- The version that is being written, as typed: one a school.
CREATE TABLE policy_draft (
    school_id TEXT NOT NULL REFERENCES school,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    changes TEXT NOT NULL,
    adopted TEXT NOT NULL,
    renewal TEXT NOT NULL,
    file_id TEXT,
    -- Grows with every saving: two who save over each other are told.
    saved BIGINT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    saved_by TEXT NOT NULL,
    PRIMARY KEY (school_id),
    FOREIGN KEY (school_id, file_id) REFERENCES policy_file
);

-- A version as it was published. Nothing of it changes afterwards; the last one counts.
CREATE TABLE policy_version (
    school_id TEXT NOT NULL REFERENCES school,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    -- Text, summary and changes are Markdown.
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    changes TEXT NOT NULL,
    adopted DATE NOT NULL,
    renewal DATE NOT NULL,
    -- What is declared about it, word for word.
    statement TEXT NOT NULL,
    file_id TEXT,
    -- The digests of all of the above in one text, and the digest of that.
    manifest TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    -- A member of staff; '' for the demo's.
    published_by TEXT NOT NULL,
    PRIMARY KEY (school_id, version),
    FOREIGN KEY (school_id, file_id) REFERENCES policy_file
);

-- What one guardian answered at one moment, for one child or several.
CREATE TABLE declaration_form (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    -- Made with the form: sent again it is the same answer.
    submission_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    version BIGINT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('signed', 'talk', 'no')),
    -- Of what was sent.
    digest TEXT NOT NULL,
    -- What is recorded about it, as JSON: exactly the bytes whose digest the signature is.
    facts TEXT NOT NULL,
    signature TEXT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),
    -- The journal's line that says so.
    journal_seq BIGINT NOT NULL,
    -- Of one on paper: its scan.
    file_id TEXT,
    -- Kept for a short time; retention clears them.
    ip TEXT,
    user_agent TEXT,
    PRIMARY KEY (school_id, guardian_id, submission_id),
    UNIQUE (school_id, reference),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian,
    FOREIGN KEY (school_id, version) REFERENCES policy_version,
    FOREIGN KEY (school_id, file_id) REFERENCES policy_file
);
-- Whether a scan is one's, when a file is taken away.
CREATE INDEX declaration_form_file ON declaration_form (school_id, file_id);
CREATE INDEX declaration_form_ip ON declaration_form (school_id, answered_at) WHERE ip IS NOT NULL;

-- The answer for each child. One that took another's place leaves it there with the time.
CREATE TABLE declaration (
    school_id TEXT NOT NULL REFERENCES school,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    pupil_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('signed', 'talk', 'no')),
    replaced_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, guardian_id, submission_id, pupil_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES declaration_form,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil
);
-- One answer that counts for each version, guardian and child.
CREATE UNIQUE INDEX declaration_once ON declaration (school_id, guardian_id, pupil_id, version) WHERE replaced_at IS NULL;
CREATE INDEX declaration_pupil ON declaration (school_id, pupil_id, version);
CREATE INDEX declaration_answer ON declaration (school_id, version, answer);

-- Reminding everybody who has not answered: the run, and each guardian once in it.
CREATE TABLE reminder_run (
    school_id TEXT NOT NULL REFERENCES school,
    -- Made with the form: two taps begin one.
    run_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    begun_by TEXT NOT NULL,
    -- When it was stopped, or had been to everybody.
    ended_at TIMESTAMPTZ,
    stopped BOOLEAN NOT NULL,
    PRIMARY KEY (school_id, run_id)
);
CREATE INDEX reminder_run_begun ON reminder_run (school_id, begun_at);
-- One at a time.
CREATE UNIQUE INDEX reminder_run_open ON reminder_run (school_id) WHERE ended_at IS NULL;
CREATE TABLE reminder (
    school_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    done_at TIMESTAMPTZ,
    -- Whether a message was written: whoever has answered meanwhile, or may not be reached any more, gets none.
    sent BOOLEAN,
    PRIMARY KEY (school_id, run_id, guardian_id),
    FOREIGN KEY (school_id, run_id) REFERENCES reminder_run,
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
CREATE INDEX reminder_waiting ON reminder (school_id, run_id, done_at, guardian_id);
