-- Addresses that are kept secret; forms for leave that come on paper; letters and photos before a form is sent.

-- The school keeps this person's address secret: the portal holds none. The safest place for such an address is none.
ALTER TABLE guardian ADD COLUMN address_secret BOOLEAN NOT NULL DEFAULT FALSE CHECK (NOT address_secret OR address IS NULL);
-- What is looked for when such an address goes.
CREATE INDEX letter_guardian ON letter (school_id, guardian_id);

-- The forms that a member of staff is typing in, and the request that one of them became.
CREATE INDEX form_draft_staff ON form_draft (school_id, staff_id);
CREATE INDEX leave_form_submission ON leave_form (school_id, submission_id);

-- Letters and photos that stand with a form before it is sent. They go with the draft, or over to `evidence` in the
-- transaction that signs it: that table's rows belong to what was sent, and nothing has been sent yet.
CREATE TABLE draft_evidence (
    school_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    draft_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png', 'pdf')),
    size BIGINT NOT NULL,
    -- Of the bytes that are kept.
    sha256 TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (school_id, evidence_id),
    UNIQUE (school_id, draft_id, sha256),
    FOREIGN KEY (school_id, draft_id) REFERENCES form_draft ON DELETE CASCADE
);
-- How much one account has put on the disk.
CREATE INDEX draft_evidence_guardian ON draft_evidence (school_id, guardian_id);

CREATE TABLE draft_evidence_piece (
    school_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (school_id, evidence_id, seq),
    FOREIGN KEY (school_id, evidence_id) REFERENCES draft_evidence ON DELETE CASCADE
);
