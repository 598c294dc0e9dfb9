-- The roster by file: what an import knows people by, who waits for the office, pending imports,
-- and invitations on paper.

-- No two children by one UPN; '' where there is none yet (a new arrival's). Numbers of the MIS may
-- meet: a school that changes its MIS brings in new ones.
CREATE UNIQUE INDEX pupil_upn ON pupil (school_id, upn) WHERE upn <> '';

-- The day of the first file that did not have the child. Nobody is removed by being left out.
ALTER TABLE pupil ADD COLUMN missing_since DATE;

-- The contact's number in the MIS, where it has one.
ALTER TABLE guardian ADD COLUMN mis_id TEXT;

-- What the file says of a court order; whether it said anything of responsibility and household;
-- and who of the staff decided the access, NULL where the file's flags did.
ALTER TABLE guardian_pupil ADD COLUMN court_order BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE guardian_pupil ADD COLUMN flags_said BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE guardian_pupil ADD COLUMN decided_by TEXT;
ALTER TABLE guardian_pupil ADD COLUMN decided_at TIMESTAMPTZ;
ALTER TABLE guardian_pupil ADD COLUMN missing_since DATE;

-- A file that was read and shown, waiting for a yes; and, without its bytes, what came in.
CREATE TABLE file_import (
    school_id TEXT NOT NULL REFERENCES school,
    import_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Of the file's bytes.
    sha256 TEXT NOT NULL,
    -- NULL once it was brought in or thrown away.
    file BYTEA,
    made_at TIMESTAMPTZ NOT NULL,
    made_by TEXT NOT NULL,
    applied_at TIMESTAMPTZ,
    -- Counts only, as JSON.
    outcome TEXT,
    PRIMARY KEY (school_id, import_id)
);
CREATE INDEX file_import_made ON file_import (school_id, made_at);

-- A code on paper that signs one guardian in once.
CREATE TABLE invitation (
    school_id TEXT NOT NULL REFERENCES school,
    invitation_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    -- Keyed.
    code_hash TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    made_by TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    tries BIGINT NOT NULL,
    used_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, invitation_id),
    UNIQUE (school_id, code_hash),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
CREATE INDEX invitation_guardian ON invitation (school_id, guardian_id);

-- How a device was signed in that no address stands behind.
ALTER TABLE device ADD COLUMN invitation_id TEXT;
-- What a guardian's own list and a review look for.
CREATE INDEX device_guardian ON device (school_id, guardian_id);
