-- Outreach: dosing points that exchange sealed files. No existing row changes; pairs of doses that collide already are noted.
-- The first part is projected from facts, like the projections of 0001; the second is this computer's own.

-- Which computer may write for which place. Only what the clinic's own writer said counts, so who said it stands beside it.
CREATE TABLE enrolment (
  writer     TEXT    NOT NULL,
  fact       BLOB    NOT NULL,
  said_by    TEXT    NOT NULL,
  site       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  public_key BLOB    NOT NULL CHECK (length (public_key) = 32),
  day        INTEGER NOT NULL,
  PRIMARY KEY (writer, fact)
) STRICT, WITHOUT ROWID;

-- From seq on (the last one that was accepted), what this writer says is not believed until somebody accepts it.
CREATE TABLE revocation (
  writer   TEXT    NOT NULL,
  fact     BLOB    NOT NULL,
  said_by  TEXT    NOT NULL,
  last_seq INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  author   TEXT    NOT NULL,
  day      INTEGER NOT NULL,
  PRIMARY KEY (writer, fact)
) STRICT, WITHOUT ROWID;

-- Up to last_seq, what a revoked writer said is believed after all.
CREATE TABLE acceptance (
  writer   TEXT    NOT NULL,
  fact     BLOB    NOT NULL,
  said_by  TEXT    NOT NULL,
  last_seq INTEGER NOT NULL,
  author   TEXT    NOT NULL,
  day      INTEGER NOT NULL,
  PRIMARY KEY (writer, fact)
) STRICT, WITHOUT ROWID;

-- Authority over a patient's days, granted away. holder: the computer that has it; NULL: a point that works on paper.
CREATE TABLE lease (
  patient    TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  said_by    TEXT    NOT NULL,
  site       TEXT    NOT NULL,
  holder     TEXT,
  from_day   INTEGER NOT NULL,
  to_day     INTEGER NOT NULL,
  granted_by TEXT    NOT NULL,
  granted_ms INTEGER NOT NULL,
  PRIMARY KEY (patient, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_by_site ON lease (site, to_day);

-- The days from from_day on go back to the clinic. A lease may end by several of these; the earliest counts.
CREATE TABLE lease_end (
  lease     TEXT    NOT NULL,
  fact      BLOB    NOT NULL,
  said_by   TEXT    NOT NULL,
  kind      TEXT    NOT NULL,      -- 'returned' 'broken'
  from_day  INTEGER NOT NULL,
  reason    TEXT,
  confirmed TEXT,                  -- whom the physician spoke to, before breaking it
  author    TEXT    NOT NULL,
  ms        INTEGER NOT NULL,
  PRIMARY KEY (lease, fact)
) STRICT, WITHOUT ROWID;

-- Every pair of doses on one key, reversed or not, the smaller id first: one row however often and in whatever order they come.
CREATE TABLE collision (
  patient TEXT    NOT NULL,
  day     INTEGER NOT NULL,
  part    INTEGER NOT NULL,
  dose_a  TEXT    NOT NULL,
  dose_b  TEXT    NOT NULL,
  PRIMARY KEY (patient, day, part, dose_a, dose_b),
  CHECK (dose_a < dose_b)
) STRICT, WITHOUT ROWID;
INSERT INTO collision (patient, day, part, dose_a, dose_b)
  SELECT a.patient, a.day, a.part, a.id, b.id FROM dose a JOIN dose b USING (patient, day, part) WHERE a.id < b.id;

CREATE TABLE collision_close (
  dose_a  TEXT    NOT NULL,
  dose_b  TEXT    NOT NULL,
  fact    BLOB    NOT NULL,
  finding TEXT    NOT NULL,
  note    TEXT,
  author  TEXT    NOT NULL,
  ms      INTEGER NOT NULL,
  PRIMARY KEY (dose_a, dose_b, fact)
) STRICT, WITHOUT ROWID;

-- Facts that this program does not know and whose reader must: the patient waits for a newer program or a physician.
CREATE TABLE unread (
  fact    BLOB    NOT NULL PRIMARY KEY,
  patient TEXT    NOT NULL,
  kind    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unread_by_patient ON unread (patient);

-- Whose drug it is: each place has accounts of its own (supplier, transit, safe, bottle, patient, waste). Before, there was one place.
-- transit: sent to the place, and no bottle of it opened there yet.
CREATE TABLE balance_of_place (
  lot       TEXT    NOT NULL,
  site      TEXT    NOT NULL,
  account   TEXT    NOT NULL,
  volume_ul INTEGER NOT NULL,
  PRIMARY KEY (lot, site, account)
) STRICT, WITHOUT ROWID;
INSERT INTO balance_of_place (lot, site, account, volume_ul)
  SELECT lot, (SELECT value FROM setting WHERE key = 'site'), account, volume_ul FROM balance;
DROP TABLE balance;
ALTER TABLE balance_of_place RENAME TO balance;

-- The clinic's signed word on paper that a patient may be dosed at a place: a slip for one day at a point without a computer, or a voucher
-- for a guest at a point with one.
CREATE TABLE pass (
  id        TEXT    NOT NULL PRIMARY KEY,
  kind      TEXT    NOT NULL,      -- 'slip' 'voucher'
  said_by   TEXT    NOT NULL,
  batch     TEXT,                  -- the slips that were printed together
  patient   TEXT    NOT NULL,
  site      TEXT    NOT NULL,
  from_day  INTEGER NOT NULL,
  to_day    INTEGER NOT NULL,
  dose_ug   INTEGER NOT NULL CHECK (dose_ug > 0),
  volume_ul INTEGER NOT NULL CHECK (volume_ul >= 0), -- of a slip, at the lot that was sent along
  lot       TEXT,
  order_id  TEXT,
  lease     TEXT    NOT NULL,
  author    TEXT    NOT NULL,
  ms        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pass_by_site ON pass (site, from_day);
CREATE INDEX pass_by_batch ON pass (batch);

-- What came of a slip. The first thing said counts, before that it was lost; the others stay to be seen.
CREATE TABLE pass_outcome (
  pass    TEXT    NOT NULL,
  fact    BLOB    NOT NULL,
  outcome TEXT    NOT NULL,        -- 'given' 'not-given' 'lost' 'unused'
  reason  TEXT,
  author  TEXT    NOT NULL,
  ms      INTEGER NOT NULL,
  PRIMARY KEY (pass, fact)
) STRICT, WITHOUT ROWID;

-- The slip or voucher by which it was given; NULL: at a counter, by the order itself.
ALTER TABLE dose ADD COLUMN pass TEXT;

-- ---- Bodies that came later --------------------------------------------------------------------

-- A body that was withheld from this place at first. The fact stays as it came.
CREATE TABLE revealed (
  hash BLOB NOT NULL PRIMARY KEY CHECK (length (hash) = 32),
  salt BLOB NOT NULL CHECK (length (salt) = 16),
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER revealed_is_never_changed BEFORE UPDATE ON revealed
BEGIN SELECT raise (ABORT, 'a body is never changed'); END;
CREATE TRIGGER revealed_is_never_deleted BEFORE DELETE ON revealed
BEGIN SELECT raise (ABORT, 'a body is never deleted'); END;
CREATE TRIGGER revealed_is_never_replaced BEFORE INSERT ON revealed WHEN EXISTS (SELECT 1 FROM revealed WHERE hash = new.hash)
BEGIN SELECT raise (ABORT, 'a body is never replaced'); END;

-- ---- This computer's own notes -----------------------------------------------------------------

-- A writer's signature over one of its tips: all that lies below it is the writer's own. Handed on with the facts.
CREATE TABLE seal (
  writer    TEXT    NOT NULL,
  hash      BLOB    NOT NULL,
  seq       INTEGER NOT NULL,
  signature BLOB    NOT NULL CHECK (length (signature) = 64),
  PRIMARY KEY (writer, hash)
) STRICT, WITHOUT ROWID;

-- The facts of a writer after which two branches go on: a restored copy, or two computers that think they are one.
CREATE TABLE fork (
  writer TEXT    NOT NULL,
  parent BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  ms     INTEGER NOT NULL,         -- when this computer noticed
  PRIMARY KEY (writer, parent)
) STRICT, WITHOUT ROWID;

-- Site files written and taken in.
CREATE TABLE exchange (
  file      TEXT    NOT NULL PRIMARY KEY,
  direction TEXT    NOT NULL CHECK (direction IN ('in', 'out')),
  peer      TEXT    NOT NULL,      -- the other writer; of a file for a whole site that site
  ms        INTEGER NOT NULL,
  made_ms   INTEGER NOT NULL,
  hlc       INTEGER NOT NULL,      -- the newest of who wrote it
  facts     INTEGER NOT NULL,
  news      INTEGER NOT NULL,
  summary   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX exchange_by_peer ON exchange (peer, direction, ms);

-- What a peer has said it holds, in its newest file.
CREATE TABLE peer_tip (
  peer   TEXT    NOT NULL,
  writer TEXT    NOT NULL,
  hash   BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (peer, writer, hash)
) STRICT, WITHOUT ROWID;

-- Whose bodies a peer ('' is this computer) holds in full.
CREATE TABLE shown_patient (
  peer    TEXT NOT NULL,
  patient TEXT NOT NULL,
  PRIMARY KEY (peer, patient)
) STRICT, WITHOUT ROWID;

-- What was given of each lot at each place, as the clinic said in its newest file: a dosing point does not see everybody's doses.
CREATE TABLE given_told (
  lot       TEXT    NOT NULL,
  site      TEXT    NOT NULL,
  volume_ul INTEGER NOT NULL,
  PRIMARY KEY (lot, site)
) STRICT, WITHOUT ROWID;

-- Guests dosed here by a voucher of the clinic, of whom this record knows nothing else.
CREATE TABLE guest (
  patient TEXT NOT NULL PRIMARY KEY,
  number  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts of a revoked writer from beyond what was accepted: kept, not projected; a dose among them still stops a second one.
CREATE TABLE held_back (
  fact    BLOB    NOT NULL PRIMARY KEY,
  writer  TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  patient TEXT,
  day     INTEGER                  -- of a dose
) STRICT, WITHOUT ROWID;
CREATE INDEX held_back_by_patient ON held_back (patient, day);

-- Where each opening of a record begins in its writer's chain: the facts after one of them are found without reading the others.
CREATE TABLE epoch (
  writer    TEXT    NOT NULL,
  epoch     INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  PRIMARY KEY (writer, epoch)
) STRICT, WITHOUT ROWID;
INSERT INTO epoch (writer, epoch, first_seq) SELECT writer, epoch, min (seq) FROM fact WHERE kind = 'epoch.opened' GROUP BY writer, epoch;
