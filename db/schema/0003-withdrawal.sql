-- An absence or closure that was entered by mistake. It explains no missed day any more; its fact stays.
-- It may arrive before what it withdraws.
CREATE TABLE absence_withdrawal (
  absence TEXT    NOT NULL,
  fact    BLOB    NOT NULL,
  author  TEXT    NOT NULL,
  ms      INTEGER NOT NULL,
  PRIMARY KEY (absence, fact)
) STRICT, WITHOUT ROWID;
