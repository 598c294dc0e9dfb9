-- Figures of the whole school: an index that holds all that is counted, so that no mark itself is looked at.
CREATE INDEX mark_counted ON mark (school_id, pupil_id, day, code);
