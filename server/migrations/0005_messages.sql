-- What the office and one guardian write to each other about something: about_kind says what kind
-- of thing ('submission', later others), about_id which of the guardian's.
CREATE TABLE message (
    school_id TEXT NOT NULL REFERENCES school,
    from_kind TEXT NOT NULL CHECK (from_kind IN ('guardian', 'staff')),
    from_id TEXT NOT NULL,
    -- Made with the form: sent again by the same person it is the same message.
    message_id TEXT NOT NULL,
    about_kind TEXT NOT NULL,
    about_id TEXT NOT NULL,
    guardian_id TEXT NOT NULL,
    -- Its number within the conversation, from 1.
    place BIGINT NOT NULL,
    -- Whether its sender, the office, waits for an answer.
    asks BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    -- When the other side first had it before them.
    read_at TIMESTAMPTZ,
    PRIMARY KEY (school_id, from_kind, from_id, message_id),
    UNIQUE (school_id, guardian_id, about_kind, about_id, place),
    FOREIGN KEY (school_id, guardian_id) REFERENCES guardian
);
-- What nobody in the office has read yet, whatever day it is about.
CREATE INDEX message_unread ON message (school_id, from_kind, read_at, sent_at);
