-- Letters and photos that a parent adds to what they sent.

CREATE TABLE evidence (
    school_id TEXT NOT NULL REFERENCES school,
    evidence_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    -- Cleared when the file is removed: a name may say what the file does.
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png', 'pdf')),
    size BIGINT NOT NULL,
    -- Of the bytes that are kept.
    sha256 TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, evidence_id),
    FOREIGN KEY (school_id, guardian_id, submission_id) REFERENCES submission
);
CREATE INDEX evidence_submission ON evidence (school_id, guardian_id, submission_id);
-- The same file twice is there once.
CREATE UNIQUE INDEX evidence_once ON evidence (school_id, guardian_id, submission_id, sha256) WHERE removed_at IS NULL;

-- A file's bytes, in pieces: whoever downloads ten megabytes over a slow line holds one piece in
-- memory, not all of them, and no list of files reads past them. They go with their file.
CREATE TABLE evidence_piece (
    school_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (school_id, evidence_id, seq),
    FOREIGN KEY (school_id, evidence_id) REFERENCES evidence ON DELETE CASCADE
);
