-- Addresses that are kept secret.

-- The school keeps this person's address secret: the portal holds none. The safest place for such an address is none.
ALTER TABLE guardian ADD COLUMN address_secret BOOLEAN NOT NULL DEFAULT FALSE CHECK (NOT address_secret OR address IS NULL);
-- What is looked for when such an address goes.
CREATE INDEX letter_guardian ON letter (school_id, guardian_id);
