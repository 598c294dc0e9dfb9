-- Late arrivals, early leaving, several days at once. A report is one child's day.

-- away, late or leaving: see rules::absence::Kind.
ALTER TABLE report ADD COLUMN kind TEXT NOT NULL DEFAULT 'away';
-- Of a run of days: waits for a word on its own morning.
ALTER TABLE report ADD COLUMN expected BOOLEAN NOT NULL DEFAULT FALSE;

-- The very same words sent again in a new form are looked for by what was sent.
CREATE INDEX submission_digest ON submission (school_id, guardian_id, digest);

-- Who belongs to a child, found without looking at every family.
DROP INDEX guardian_pupil_pupil;
CREATE INDEX guardian_pupil_pupil ON guardian_pupil (school_id, pupil_id, guardian_id);

-- The children of a day's board, without a look at the reports themselves.
DROP INDEX report_day;
CREATE INDEX report_day ON report (school_id, day, received_at, pupil_id);
