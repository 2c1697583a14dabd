-- The record: facts, what is projected from them, and this computer's own notes.
--
-- A fact is never changed or deleted (triggers here, the authorizer of the door, and the hash chain each say so).
-- Every other table of the first two parts can be rebuilt from facts; "verify" does, and compares.
-- Days in facts are ISO text; in projections they are days since 1970-01-01: date (day * 86400, 'unixepoch').
-- Amounts are integers: microgram (_ug), microlitre (_ul), microgram per millilitre (ug_per_ml). Times are ms since 1970 UTC (_ms).

CREATE TABLE fact (
  writer    TEXT    NOT NULL CHECK (length (writer) = 16),
  epoch     INTEGER NOT NULL,
  seq       INTEGER NOT NULL CHECK (seq > 0),
  hash      BLOB    NOT NULL CHECK (length (hash) = 32),
  prev      BLOB    NOT NULL CHECK (length (prev) = 32),
  site      TEXT    NOT NULL,
  hlc       INTEGER NOT NULL,
  wall      TEXT    NOT NULL,
  day       TEXT    NOT NULL,
  author    TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  critical  INTEGER NOT NULL CHECK (critical IN (0, 1)),
  salt      BLOB    NOT NULL CHECK (length (salt) = 16),
  body_hash BLOB    NOT NULL CHECK (length (body_hash) = 32),
  body      TEXT,
  PRIMARY KEY (writer, epoch, seq, hash)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX fact_by_hash ON fact (hash);

CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN SELECT raise (ABORT, 'a fact is never changed'); END;
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT raise (ABORT, 'a fact is never deleted'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER fact_is_never_replaced BEFORE INSERT ON fact WHEN EXISTS (SELECT 1 FROM fact WHERE hash = new.hash)
BEGIN SELECT raise (ABORT, 'a fact is never replaced'); END;

-- What the record knows: one tip per writer when nothing is wrong, more after a fork.
CREATE TABLE tip (
  writer TEXT    NOT NULL,
  hash   BLOB    NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  hlc    INTEGER NOT NULL,
  PRIMARY KEY (writer, hash)
) STRICT, WITHOUT ROWID;

-- ---- Projections -------------------------------------------------------------------------------

CREATE TABLE site (
  id       TEXT    NOT NULL PRIMARY KEY,
  code     TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  timezone TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  hlc      INTEGER NOT NULL,
  hash     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE writer (
  id         TEXT NOT NULL PRIMARY KEY,
  site       TEXT NOT NULL,
  name       TEXT NOT NULL,
  public_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id      TEXT    NOT NULL PRIMARY KEY,
  login   TEXT    NOT NULL,
  name    TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  pin     TEXT    NOT NULL,   -- Argon2id string
  ended   INTEGER NOT NULL CHECK (ended IN (0, 1)),
  version INTEGER NOT NULL,
  hlc     INTEGER NOT NULL,
  hash    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_by_login ON staff (login);

CREATE TABLE patient (
  id        TEXT    NOT NULL PRIMARY KEY,
  number    TEXT    NOT NULL,
  name      TEXT    NOT NULL,
  pinyin    TEXT,
  born      INTEGER,
  sex       TEXT    NOT NULL,
  phone     TEXT,
  allergies TEXT,
  state     TEXT    NOT NULL,
  enrolled  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_by_number ON patient (number);

-- The winner of each attribute: the highest (version, hlc, hash). Losers stay in their facts.
CREATE TABLE patient_attribute (
  patient TEXT    NOT NULL,
  name    TEXT    NOT NULL,
  value   TEXT,
  version INTEGER NOT NULL,
  hlc     INTEGER NOT NULL,
  hash    BLOB    NOT NULL,
  PRIMARY KEY (patient, name)
) STRICT, WITHOUT ROWID;

-- What a patient is found by. kind: n number, c characters (every suffix of the folded name), p full pinyin, i initials,
-- t last digits of the telephone, s sounds alike.
CREATE TABLE patient_key (
  key     TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('n', 'c', 'p', 'i', 't', 's')),
  patient TEXT NOT NULL,
  PRIMARY KEY (key, kind, patient)
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_key_by_patient ON patient_key (patient);

CREATE TABLE photo (
  patient TEXT    NOT NULL PRIMARY KEY,
  taken   INTEGER NOT NULL,
  jpeg    BLOB    NOT NULL,
  hlc     INTEGER NOT NULL,
  hash    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
  code       TEXT    NOT NULL PRIMARY KEY,
  patient    TEXT,             -- NULL while only the revocation is known
  issued     INTEGER,
  issued_by  TEXT,
  revoked    INTEGER,
  revoked_by TEXT,
  reason     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_patient ON card (patient);

CREATE TABLE dose_order (
  patient    TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  dose_ug    INTEGER NOT NULL CHECK (dose_ug > 0),
  from_day   INTEGER NOT NULL,
  to_day     INTEGER,
  reason     TEXT,
  note       TEXT,
  signed_by  TEXT    NOT NULL,
  signed_day INTEGER NOT NULL,
  signed_ms  INTEGER NOT NULL,
  PRIMARY KEY (patient, id)
) STRICT, WITHOUT ROWID;

-- An order ends by each of these; the earliest counts, in whatever order they arrive.
CREATE TABLE order_end (
  order_id    TEXT    NOT NULL,
  fact        BLOB    NOT NULL,
  last_day    INTEGER NOT NULL,
  replaced_by TEXT,
  PRIMARY KEY (order_id, fact)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
  patient   TEXT    NOT NULL,
  id        TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  reason    TEXT    NOT NULL,
  note      TEXT,
  from_day  INTEGER NOT NULL,
  until_day INTEGER,
  placed_by TEXT    NOT NULL,
  PRIMARY KEY (patient, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold_lift (
  hold      TEXT    NOT NULL,
  fact      BLOB    NOT NULL,
  day       INTEGER NOT NULL,
  lifted_by TEXT    NOT NULL,
  PRIMARY KEY (hold, fact)
) STRICT, WITHOUT ROWID;

-- patient '' is the clinic: a closure.
CREATE TABLE absence (
  patient     TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  from_day    INTEGER NOT NULL,
  to_day      INTEGER NOT NULL,
  reason      TEXT    NOT NULL,
  dosed_there INTEGER NOT NULL CHECK (dosed_there IN (0, 1)),
  PRIMARY KEY (patient, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
  id          TEXT    NOT NULL PRIMARY KEY,
  number      TEXT    NOT NULL,
  product     TEXT    NOT NULL,
  ug_per_ml   INTEGER NOT NULL CHECK (ug_per_ml > 0),
  expires     INTEGER NOT NULL,
  received_ul INTEGER NOT NULL CHECK (received_ul > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_by_number ON lot (number);

-- Bottles opened; the open one is the newest of the site.
CREATE TABLE bottle (
  site   TEXT    NOT NULL,
  hlc    INTEGER NOT NULL,
  id     TEXT    NOT NULL,
  lot    TEXT    NOT NULL,
  opened INTEGER NOT NULL,
  PRIMARY KEY (site, hlc, id)
) STRICT, WITHOUT ROWID;

-- Sums of movements between accounts (supplier, safe, bottle, patient, waste), per lot. Over all accounts a lot sums to 0.
CREATE TABLE balance (
  lot       TEXT    NOT NULL,
  account   TEXT    NOT NULL,
  volume_ul INTEGER NOT NULL,
  PRIMARY KEY (lot, account)
) STRICT, WITHOUT ROWID;

-- One holder per (patient, dose-for-day, part): the key that says a patient is dosed once.
CREATE TABLE claim (
  patient TEXT    NOT NULL,
  day     INTEGER NOT NULL,
  part    INTEGER NOT NULL CHECK (part BETWEEN 1 AND 9),
  holder  TEXT    NOT NULL,
  PRIMARY KEY (patient, day, part)
) STRICT, WITHOUT ROWID;

-- Clustered by patient: ten years of one patient lie side by side.
CREATE TABLE dose (
  patient        TEXT    NOT NULL,
  day            INTEGER NOT NULL,
  part           INTEGER NOT NULL,
  id             TEXT    NOT NULL,
  fact           BLOB    NOT NULL,
  kind           TEXT    NOT NULL,
  dose_ug        INTEGER NOT NULL CHECK (dose_ug >= 0),
  ordered_ug     INTEGER NOT NULL CHECK (ordered_ug >= 0),
  volume_ul      INTEGER NOT NULL CHECK (volume_ul >= 0),
  lot            TEXT,
  order_id       TEXT,
  taken_permille INTEGER NOT NULL CHECK (taken_permille BETWEEN 0 AND 1000),
  given_ms       INTEGER NOT NULL,
  from_paper     INTEGER NOT NULL CHECK (from_paper IN (0, 1)),
  given_by       TEXT    NOT NULL,
  site           TEXT    NOT NULL,
  reversed       TEXT,             -- the coded reason
  reversed_by    TEXT,
  reversed_ms    INTEGER,
  PRIMARY KEY (patient, day, part, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dose_by_day ON dose (day, patient);

-- A reversal may arrive before its dose.
CREATE TABLE dose_reversal (
  dose    TEXT    NOT NULL PRIMARY KEY,
  fact    BLOB    NOT NULL,
  hlc     INTEGER NOT NULL,
  reason  TEXT    NOT NULL,
  note    TEXT,
  author  TEXT    NOT NULL,
  witness TEXT,
  liquid  TEXT    NOT NULL,        -- 'bottle' (never poured), 'waste', 'patient' (swallowed by somebody else)
  ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest covered day of each patient in treatment: who is missing is read off this index, never off the history.
CREATE TABLE attendance (
  patient  TEXT    NOT NULL PRIMARY KEY,
  active   INTEGER NOT NULL CHECK (active IN (0, 1)),
  last_day INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_by_last_day ON attendance (active, last_day);

CREATE TABLE not_given (
  day     INTEGER NOT NULL,
  patient TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  note    TEXT,
  author  TEXT    NOT NULL,
  ms      INTEGER NOT NULL,
  PRIMARY KEY (day, patient, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_answer (
  patient TEXT    NOT NULL,
  day     INTEGER NOT NULL,
  code    TEXT    NOT NULL,
  choice  TEXT    NOT NULL,
  author  TEXT    NOT NULL,
  hlc     INTEGER NOT NULL,
  hash    BLOB    NOT NULL,
  PRIMARY KEY (patient, day, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  patient TEXT    NOT NULL,
  day     INTEGER NOT NULL,
  id      TEXT    NOT NULL,
  outcome TEXT    NOT NULL,
  note    TEXT,
  author  TEXT    NOT NULL,
  ms      INTEGER NOT NULL,
  PRIMARY KEY (patient, day, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
  hlc     INTEGER NOT NULL,
  hash    BLOB    NOT NULL,
  name    TEXT    NOT NULL,
  version TEXT    NOT NULL,
  json    TEXT    NOT NULL,
  adopted INTEGER NOT NULL,
  author  TEXT    NOT NULL,
  PRIMARY KEY (hlc, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  id         TEXT    NOT NULL PRIMARY KEY,
  kind       TEXT    NOT NULL,     -- 'slip', 'card', 'sheet', 'test'
  about      TEXT,                 -- the dose of a slip, the code of a card
  patient    TEXT,
  day        INTEGER NOT NULL,
  media      TEXT    NOT NULL,
  reprint_of TEXT,
  author     TEXT    NOT NULL,
  ms         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_about ON document (about);

-- A row of a paper sheet: which patient and day its code stands for.
CREATE TABLE paper_row (
  code     TEXT    NOT NULL PRIMARY KEY,
  document TEXT    NOT NULL,
  patient  TEXT    NOT NULL,
  day      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE history_import (
  id       TEXT    NOT NULL PRIMARY KEY,
  digest   TEXT    NOT NULL,
  what     TEXT    NOT NULL,
  rows     INTEGER NOT NULL,
  patients INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  already  INTEGER NOT NULL,
  author   TEXT    NOT NULL,
  ms       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- This computer's own notes: not facts, not exchanged, not rebuilt ---------------------------

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The way of a print job. "sent" is not "printed".
CREATE TABLE print_job (
  id       TEXT    NOT NULL PRIMARY KEY,
  document TEXT    NOT NULL,
  printer  TEXT    NOT NULL,
  job      INTEGER NOT NULL,       -- the queue's number; 0 while not sent
  state    TEXT    NOT NULL,       -- 'waiting' 'sent' 'printing' 'printed' 'failed' 'cancelled'
  trouble  TEXT    NOT NULL,
  message  TEXT    NOT NULL,
  ms       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX print_job_by_state ON print_job (state);

CREATE TABLE sign_in_try (
  login TEXT    NOT NULL PRIMARY KEY,
  tries INTEGER NOT NULL,
  until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who opened whose file, when, and how they came to it.
CREATE TABLE file_reading (
  ms      INTEGER NOT NULL,
  id      TEXT    NOT NULL,
  author  TEXT    NOT NULL,
  patient TEXT    NOT NULL,
  how     TEXT    NOT NULL,
  PRIMARY KEY (ms, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER file_reading_is_never_changed BEFORE UPDATE ON file_reading
BEGIN SELECT raise (ABORT, 'the reading log is never changed'); END;
CREATE TRIGGER file_reading_is_never_deleted BEFORE DELETE ON file_reading
BEGIN SELECT raise (ABORT, 'the reading log is never deleted'); END;
CREATE TRIGGER file_reading_is_never_replaced BEFORE INSERT ON file_reading
WHEN EXISTS (SELECT 1 FROM file_reading WHERE ms = new.ms AND id = new.id)
BEGIN SELECT raise (ABORT, 'the reading log is never replaced'); END;
