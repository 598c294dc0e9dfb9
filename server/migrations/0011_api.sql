-- Other ways in for files: tokens for other programs, heads that staff have explained, and what came of
-- files that nobody looked at first.

CREATE TABLE api_token (
    school_id TEXT NOT NULL REFERENCES school,
    token_id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Hash of the secret, which is shown once and kept nowhere.
    token_hash TEXT NOT NULL,
    -- What it may: 'marks'.
    scope TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    made_by TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, token_id),
    UNIQUE (school_id, token_hash)
);

-- What a head of a file means, where staff have said so. '' in meaning: nothing.
CREATE TABLE heading (
    school_id TEXT NOT NULL REFERENCES school,
    -- 'marks'.
    kind TEXT NOT NULL,
    -- Without capitals, blanks and marks.
    head TEXT NOT NULL,
    -- As it stood in the file.
    shown TEXT NOT NULL,
    meaning TEXT NOT NULL,
    set_at TIMESTAMPTZ NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (school_id, kind, head)
);

-- 'page', 'command', 'folder' or 'api'.
ALTER TABLE file_import ADD COLUMN channel TEXT NOT NULL DEFAULT 'page';
-- What the file is called, or the token; NULL where nothing is.
ALTER TABLE file_import ADD COLUMN name TEXT;
-- Why nothing of it came in, or NULL.
ALTER TABLE file_import ADD COLUMN refused TEXT;
