/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every SQL statement of the program: what it may write, its name, its text. Constant, with named parameters; the test "every
 * statement prepares" walks this table. An X-macro because name, text and right must never come apart. */
#pragma once

#define DBK_DOSE_COLUMNS                                                                                   \
  "d.id, d.fact, d.patient, d.day, d.part, d.kind, d.dose_ug, d.ordered_ug, d.volume_ul, d.lot,"           \
  " d.order_id, d.taken_permille, d.given_ms, d.from_paper, d.given_by, d.site, d.reversed, d.reversed_by, d.reversed_ms, d.pass"
#define DBK_ORDER_COLUMNS                                                                                  \
  "o.id, o.patient, o.dose_ug, o.from_day, o.to_day, o.reason, o.note, o.signed_by,"                       \
  " (SELECT name FROM staff WHERE staff.id = o.signed_by), o.signed_day, o.signed_ms,"                     \
  " (SELECT min (last_day) FROM order_end WHERE order_id = o.id),"                                         \
  " (SELECT replaced_by FROM order_end WHERE order_id = o.id AND replaced_by IS NOT NULL ORDER BY last_day, fact LIMIT 1)"
#define DBK_PATIENT_COLUMNS                                                                                \
  "p.id, p.number, p.name, p.pinyin, p.born, p.sex, p.phone, p.allergies, p.state, p.enrolled,"            \
  " (SELECT taken FROM photo WHERE photo.patient = p.id)"
#define DBK_HOLD_COLUMNS                                                                                   \
  "h.id, h.patient, h.kind, h.reason, h.note, h.from_day, h.until_day, h.placed_by,"                       \
  " (SELECT name FROM staff WHERE staff.id = h.placed_by),"                                                \
  " (SELECT min (day) FROM hold_lift WHERE hold = h.id),"                                                  \
  " (SELECT lifted_by FROM hold_lift WHERE hold = h.id ORDER BY day, fact LIMIT 1)"
#define DBK_LOT_COLUMNS                                                                                    \
  "l.id, l.number, l.product, l.ug_per_ml, l.expires, l.received_ul,"                                      \
  " (SELECT volume_ul FROM balance WHERE lot = l.id AND site = :site AND account = 'safe'),"               \
  " (SELECT volume_ul FROM balance WHERE lot = l.id AND site = :site AND account = 'bottle'),"             \
  " (SELECT volume_ul FROM balance WHERE lot = l.id AND site = :site AND account = 'patient'),"            \
  " (SELECT volume_ul FROM balance WHERE lot = l.id AND site = :site AND account = 'waste'),"              \
  " (SELECT volume_ul FROM balance WHERE lot = l.id AND site = :site AND account = 'transit'),"            \
  " (SELECT max (opened) FROM bottle WHERE lot = l.id AND site = :site),"                                  \
  " l.id IS (SELECT lot FROM bottle WHERE site = :site ORDER BY hlc DESC, id DESC LIMIT 1)"
#define DBK_STAFF_COLUMNS "s.id, s.login, s.name, s.role, s.ended, s.pin, s.version"

/* Whose word counts: the clinic's own writer, which at the clinic is this computer. */
#define DBK_HOME_WRITER                                                                                    \
  "coalesce ((SELECT value FROM setting WHERE key = 'home-writer'), (SELECT value FROM setting WHERE key = 'writer'))"
#define DBK_LEASE_END_THAT_COUNTS                                                                          \
  " FROM lease_end e WHERE e.lease = l.id AND (e.said_by = " DBK_HOME_WRITER " OR (e.kind = 'returned' AND e.said_by = l.holder)) ORDER BY e.from_day, e.fact LIMIT 1"
#define DBK_LEASE_ROWS                                                                                     \
  "SELECT l.id, l.patient, l.site, (SELECT code FROM site WHERE site.id = l.site), l.holder, l.from_day, l.to_day, l.granted_by," \
  " (SELECT name FROM staff WHERE staff.id = l.granted_by), l.granted_ms,"                                 \
  " (SELECT e.from_day" DBK_LEASE_END_THAT_COUNTS "), (SELECT e.kind" DBK_LEASE_END_THAT_COUNTS "), (SELECT e.reason" DBK_LEASE_END_THAT_COUNTS ")" \
  " FROM lease l WHERE l.said_by = " DBK_HOME_WRITER " AND "
/* Neither was reversed before the other was given. */
#define DBK_COLLISION_ROWS                                                                                 \
  "SELECT c.patient, c.day, c.part, c.dose_a, c.dose_b, (SELECT x.finding FROM collision_close x WHERE x.dose_a = c.dose_a AND x.dose_b = c.dose_b ORDER BY x.ms, x.fact LIMIT 1)" \
  " FROM collision c JOIN dose a ON a.patient = c.patient AND a.day = c.day AND a.part = c.part AND a.id = c.dose_a JOIN fact fa ON fa.hash = a.fact" \
  " JOIN dose b ON b.patient = c.patient AND b.day = c.day AND b.part = c.part AND b.id = c.dose_b JOIN fact fb ON fb.hash = b.fact" \
  " WHERE NOT EXISTS (SELECT 1 FROM dose_reversal r WHERE r.dose = c.dose_a AND r.hlc < fb.hlc)"            \
  " AND NOT EXISTS (SELECT 1 FROM dose_reversal r WHERE r.dose = c.dose_b AND r.hlc < fa.hlc) AND "
#define DBK_WRITER_ROWS                                                                                    \
  "SELECT e.writer, e.site, s.code, s.name, e.name, e.public_key, e.day,"                                  \
  " (SELECT max (min (r.last_seq), coalesce ((SELECT max (a.last_seq) FROM acceptance a WHERE a.writer = e.writer AND a.said_by = " DBK_HOME_WRITER "), 0))" \
  " FROM revocation r WHERE r.writer = e.writer AND r.said_by = " DBK_HOME_WRITER " HAVING count (*) > 0),"  \
  " (SELECT r.reason FROM revocation r WHERE r.writer = e.writer AND r.said_by = " DBK_HOME_WRITER " ORDER BY r.last_seq, r.fact LIMIT 1)," \
  " (SELECT max (t.seq) FROM tip t WHERE t.writer = e.writer), (SELECT max (t.hlc) FROM tip t WHERE t.writer = e.writer)" \
  " FROM enrolment e LEFT JOIN site s ON s.id = e.site"                                                    \
  " WHERE e.said_by = " DBK_HOME_WRITER " AND e.fact = (SELECT min (fact) FROM enrolment WHERE writer = e.writer AND said_by = e.said_by)"

/* With what was said first of it. */
#define DBK_PASS_OUTCOME_THAT_COUNTS " FROM pass_outcome o WHERE o.pass = p.id ORDER BY o.outcome = 'lost', o.ms, o.fact LIMIT 1)"
#define DBK_PASS_ROWS                                                                                      \
  "SELECT p.id, p.kind, p.batch, p.patient, patient.number, patient.name, p.site, (SELECT code FROM site WHERE site.id = p.site), p.from_day, p.to_day," \
  " p.dose_ug, p.volume_ul, p.lot, lot.number, lot.ug_per_ml, p.order_id, p.lease, p.ms, (SELECT o.outcome" DBK_PASS_OUTCOME_THAT_COUNTS "," \
  " (SELECT o.reason" DBK_PASS_OUTCOME_THAT_COUNTS ", (SELECT o.ms" DBK_PASS_OUTCOME_THAT_COUNTS             \
  " FROM pass p LEFT JOIN patient ON patient.id = p.patient LEFT JOIN lot ON lot.id = p.lot WHERE p.said_by = " DBK_HOME_WRITER " AND "

/* A fact with its body, also where that came later. */
#define DBK_FACT_ROWS                                                                                      \
  "SELECT f.writer, f.epoch, f.seq, f.hash, f.prev, f.site, f.hlc, f.wall, f.day, f.author, f.kind, f.version, f.critical," \
  " coalesce (r.salt, f.salt), f.body_hash, coalesce (r.body, f.body) FROM fact f LEFT JOIN revealed r ON r.hash = f.hash "

/* What leaves this computer, with a column that says whether the body may: it speaks of nobody, or of a patient who has or had a lease there, or
 * it comes from there. One more: what a dose adds to the sums of a site file, "[dose_ug,volume_ul]". */
#define DBK_EXPORT_COLUMNS                                                                                 \
  "SELECT f.writer, f.epoch, f.seq, f.hash, f.prev, f.site, f.hlc, f.wall, f.day, f.author, f.kind, f.version, f.critical," \
  " coalesce (r.salt, f.salt), f.body_hash, coalesce (r.body, f.body),"                                    \
  " :all OR f.site = :site"                                                                                \
  " OR f.kind IN ('site.set', 'site.enrolled', 'writer.enrolled', 'writer.revoked', 'writer.accepted', 'epoch.opened', 'policy.adopted', 'clinic.closed', 'closure.withdrawn'," \
  " 'lot.received', 'lot.sent', 'lot.arrived', 'bottle.opened', 'card.revoked')"                           \
  " OR (f.kind = 'staff.set' AND json_extract (coalesce (r.body, f.body), '$.role') IN ('nurse', 'pharmacist', 'outreach'))" \
  " OR EXISTS (SELECT 1 FROM lease l WHERE l.patient = json_extract (coalesce (r.body, f.body), '$.patient') AND l.site = :site AND l.said_by = " DBK_HOME_WRITER ")," \
  " CASE WHEN f.kind IN ('dose.given', 'dose.take-home') THEN json_extract (coalesce (r.body, f.body), '$.dose_ug', '$.volume_ul') END"
#define DBK_KNOWN_TO_PEER                                                                                  \
  "WITH RECURSIVE known (hash, prev) AS ("                                                                 \
  "SELECT k.hash, k.prev FROM fact k WHERE k.hash IN (SELECT hash FROM peer_tip WHERE peer = :peer AND writer = :writer) AND k.writer = :writer" \
  " UNION SELECT k.hash, k.prev FROM known JOIN fact k ON k.hash = known.prev) "

#define DBK_STATEMENTS(X)                                                                                  \
  /* facts */                                                                                              \
  X (FACT, FACT_INSERT, "INSERT INTO fact (writer, epoch, seq, hash, prev, site, hlc, wall, day, author, kind, version, critical, salt, body_hash, body)" \
     " VALUES (:writer, :epoch, :seq, :hash, :prev, :site, :hlc, :wall, :day, :author, :kind, :version, :critical, :salt, :body_hash, :body)") \
  X (NOTHING, FACT_BY_HASH, DBK_FACT_ROWS "WHERE f.hash = :hash") \
  X (NOTHING, FACT_BY_HASH_PREFIX, "SELECT hash FROM fact WHERE hash >= :low AND hash <= :high LIMIT 2")    \
  X (NOTHING, FACTS_IN_TIME, "SELECT hash FROM fact ORDER BY hlc, hash")                                    \
  X (NOTHING, FACT_COUNT, "SELECT count (*) FROM fact")                                                     \
  X (NOTHING, FACT_LINK, "SELECT seq FROM fact WHERE hash = :hash AND writer = :writer")                    \
  X (NOTHING, FACT_NEWEST, "SELECT wall, day, hlc FROM fact WHERE hash = (SELECT hash FROM tip WHERE writer = :writer ORDER BY seq DESC, hlc DESC LIMIT 1)") \
  X (PROJECTION, TIP_MOVE, "UPDATE tip SET hash = :hash, epoch = :epoch, seq = :seq, hlc = :hlc WHERE writer = :writer AND hash = :prev") \
  X (PROJECTION, TIP_INSERT, "INSERT INTO tip (writer, hash, epoch, seq, hlc) VALUES (:writer, :hash, :epoch, :seq, :hlc)") \
  X (NOTHING, TIP_OF_WRITER, "SELECT hash, epoch, seq, hlc FROM tip WHERE writer = :writer ORDER BY seq DESC, hlc DESC, hash LIMIT 1") \
  X (NOTHING, TIP_NEWEST_HLC, "SELECT max (hlc) FROM tip")                                                  \
  X (NOTHING, TIPS, "SELECT writer, epoch, seq, hash FROM tip ORDER BY writer, hash")                       \
  X (NOTHING, TIP_CHECK, "SELECT t.writer FROM tip t WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.hash = t.hash AND f.writer = t.writer AND f.seq = t.seq)" \
     " OR EXISTS (SELECT 1 FROM fact f WHERE f.writer = t.writer AND f.prev = t.hash) LIMIT 1")             \
  /* settings of this computer */                                                                           \
  X (NOTHING, SETTING_GET, "SELECT value FROM setting WHERE key = :key")                                    \
  X (LOCAL, SETTING_SET, "INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value") \
  /* sites, writers, staff */                                                                               \
  X (PROJECTION, SITE_PUT, "INSERT INTO site (id, code, name, timezone, version, hlc, hash) VALUES (:id, :code, :name, :timezone, :version, :hlc, :hash)" \
     " ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, timezone = excluded.timezone, version = excluded.version, hlc = excluded.hlc, hash = excluded.hash" \
     " WHERE (excluded.version, excluded.hlc, excluded.hash) > (site.version, site.hlc, site.hash)")        \
  X (NOTHING, SITE_CODE, "SELECT code FROM site WHERE id = :id")                                            \
  X (NOTHING, SITE_BY_ID, "SELECT id, code, name, timezone, version FROM site WHERE id = :id")              \
  X (PROJECTION, WRITER_PUT, "INSERT INTO writer (id, site, name, public_key) VALUES (:id, :site, :name, :public_key) ON CONFLICT (id) DO NOTHING") \
  X (PROJECTION, STAFF_PUT, "INSERT INTO staff (id, login, name, role, pin, ended, version, hlc, hash) VALUES (:id, :login, :name, :role, :pin, :ended, :version, :hlc, :hash)" \
     " ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, role = excluded.role, pin = excluded.pin, ended = excluded.ended,"  \
     " version = excluded.version, hlc = excluded.hlc, hash = excluded.hash"                                \
     " WHERE (excluded.version, excluded.hlc, excluded.hash) > (staff.version, staff.hlc, staff.hash)")     \
  X (NOTHING, STAFF_NAME, "SELECT name FROM staff WHERE id = :id")                                          \
  X (NOTHING, STAFF_BY_ID, "SELECT " DBK_STAFF_COLUMNS " FROM staff s WHERE s.id = :id")                    \
  X (NOTHING, STAFF_BY_LOGIN, "SELECT " DBK_STAFF_COLUMNS " FROM staff s WHERE s.login = :login ORDER BY s.ended, s.hlc, s.id LIMIT 1") \
  X (NOTHING, STAFF_ALL, "SELECT " DBK_STAFF_COLUMNS " FROM staff s ORDER BY s.ended, s.login, s.id")       \
  X (NOTHING, SIGN_IN_GET, "SELECT tries, until_ms FROM sign_in_try WHERE login = :login")                  \
  X (LOCAL, SIGN_IN_PUT, "INSERT INTO sign_in_try (login, tries, until_ms) VALUES (:login, :tries, :until_ms)" \
     " ON CONFLICT (login) DO UPDATE SET tries = excluded.tries, until_ms = excluded.until_ms")             \
  /* patients */                                                                                            \
  X (PROJECTION, PATIENT_PUT, "INSERT INTO patient (id, number, name, pinyin, born, sex, phone, allergies, state, enrolled)" \
     " VALUES (:id, :number, :name, :pinyin, :born, :sex, :phone, :allergies, :state, :enrolled) ON CONFLICT (id) DO UPDATE SET"  \
     " number = excluded.number, name = excluded.name, pinyin = excluded.pinyin, born = excluded.born, sex = excluded.sex, phone = excluded.phone," \
     " allergies = excluded.allergies, state = excluded.state, enrolled = excluded.enrolled")               \
  X (PROJECTION, ATTRIBUTE_PUT, "INSERT INTO patient_attribute (patient, name, value, version, hlc, hash) VALUES (:patient, :name, :value, :version, :hlc, :hash)" \
     " ON CONFLICT (patient, name) DO UPDATE SET value = excluded.value, version = excluded.version, hlc = excluded.hlc, hash = excluded.hash" \
     " WHERE (excluded.version, excluded.hlc, excluded.hash) > (patient_attribute.version, patient_attribute.hlc, patient_attribute.hash)") \
  X (NOTHING, ATTRIBUTES, "SELECT name, value, version FROM patient_attribute WHERE patient = :patient")    \
  X (PROJECTION, KEY_INSERT, "INSERT INTO patient_key (key, kind, patient) VALUES (:key, :kind, :patient) ON CONFLICT DO NOTHING") \
  X (PROJECTION, KEY_CLEAR, "DELETE FROM patient_key WHERE patient = :patient")                             \
  X (NOTHING, PATIENT_BY_ID, "SELECT " DBK_PATIENT_COLUMNS " FROM patient p WHERE p.id = :id")              \
  X (NOTHING, PATIENT_BY_NUMBER, "SELECT " DBK_PATIENT_COLUMNS " FROM patient p WHERE p.number = :number ORDER BY p.enrolled, p.id LIMIT 1") \
  X (NOTHING, PATIENT_ALL, "SELECT " DBK_PATIENT_COLUMNS " FROM patient p ORDER BY p.number, p.id")         \
  X (NOTHING, PATIENT_SEARCH, "SELECT " DBK_PATIENT_COLUMNS " FROM patient p JOIN (SELECT DISTINCT patient FROM patient_key" \
     " WHERE key >= :low AND key < :high AND kind <> 's' LIMIT :limit) k ON k.patient = p.id")              \
  X (NOTHING, SIMILAR_COUNT, "SELECT count (DISTINCT o.patient) FROM patient_key k JOIN patient_key o ON o.key = k.key AND o.kind = 's' AND o.patient <> k.patient" \
     " JOIN patient p ON p.id = o.patient AND p.state = 'active' WHERE k.patient = :patient AND k.kind = 's'") \
  X (NOTHING, PATIENT_COUNT, "SELECT count (*) FROM patient")                                               \
  X (PROJECTION, PHOTO_PUT, "INSERT INTO photo (patient, taken, jpeg, hlc, hash) VALUES (:patient, :taken, :jpeg, :hlc, :hash)" \
     " ON CONFLICT (patient) DO UPDATE SET taken = excluded.taken, jpeg = excluded.jpeg, hlc = excluded.hlc, hash = excluded.hash" \
     " WHERE (excluded.taken, excluded.hlc, excluded.hash) > (photo.taken, photo.hlc, photo.hash)")         \
  X (NOTHING, PHOTO_GET, "SELECT jpeg FROM photo WHERE patient = :patient")                                 \
  X (LOCAL, READING_INSERT, "INSERT INTO file_reading (ms, id, author, patient, how) VALUES (:ms, :id, :author, :patient, :how)") \
  X (NOTHING, READINGS, "SELECT r.ms, s.login, s.name, r.how FROM file_reading r LEFT JOIN staff s ON s.id = r.author WHERE r.patient = :patient ORDER BY r.ms DESC LIMIT :limit") \
  /* cards */                                                                                               \
  X (PROJECTION, CARD_ISSUED, "INSERT INTO card (code, patient, issued, issued_by) VALUES (:code, :patient, :day, :author)" \
     " ON CONFLICT (code) DO UPDATE SET patient = excluded.patient, issued = excluded.issued, issued_by = excluded.issued_by") \
  X (PROJECTION, CARD_REVOKED, "INSERT INTO card (code, revoked, revoked_by, reason) VALUES (:code, :day, :author, :reason)" \
     " ON CONFLICT (code) DO UPDATE SET revoked = excluded.revoked, revoked_by = excluded.revoked_by, reason = excluded.reason" \
     " WHERE card.revoked IS NULL OR excluded.revoked < card.revoked OR (excluded.revoked = card.revoked AND (excluded.revoked_by, excluded.reason) < (card.revoked_by, card.reason))") \
  X (NOTHING, CARD_BY_CODE, "SELECT code, patient, issued, revoked, reason FROM card WHERE code = :code")   \
  X (NOTHING, CARDS_OF_PATIENT, "SELECT code, patient, issued, revoked, reason FROM card WHERE patient = :patient ORDER BY issued DESC, code") \
  /* orders, holds, absences */                                                                             \
  X (PROJECTION, ORDER_INSERT, "INSERT INTO dose_order (patient, id, dose_ug, from_day, to_day, reason, note, signed_by, signed_day, signed_ms)" \
     " VALUES (:patient, :id, :dose_ug, :from_day, :to_day, :reason, :note, :signed_by, :signed_day, :signed_ms) ON CONFLICT DO NOTHING") \
  X (PROJECTION, ORDER_END, "INSERT INTO order_end (order_id, fact, last_day, replaced_by) VALUES (:order_id, :fact, :last_day, :replaced_by) ON CONFLICT DO NOTHING") \
  X (NOTHING, ORDERS_OF_PATIENT, "SELECT " DBK_ORDER_COLUMNS " FROM dose_order o WHERE o.patient = :patient ORDER BY o.signed_ms DESC, o.id") \
  X (NOTHING, ORDER_BY_ID, "SELECT " DBK_ORDER_COLUMNS " FROM dose_order o WHERE o.id = :id")               \
  X (NOTHING, ORDERS_IN_FORCE, "SELECT " DBK_ORDER_COLUMNS " FROM dose_order o WHERE o.from_day <= :day AND (o.to_day IS NULL OR o.to_day >= :day)" \
     " AND NOT EXISTS (SELECT 1 FROM order_end e WHERE e.order_id = o.id AND e.last_day < :day) ORDER BY o.patient, o.dose_ug") \
  X (PROJECTION, HOLD_INSERT, "INSERT INTO hold (patient, id, kind, reason, note, from_day, until_day, placed_by)" \
     " VALUES (:patient, :id, :kind, :reason, :note, :from_day, :until_day, :placed_by) ON CONFLICT DO NOTHING") \
  X (PROJECTION, HOLD_LIFT, "INSERT INTO hold_lift (hold, fact, day, lifted_by) VALUES (:hold, :fact, :day, :lifted_by) ON CONFLICT DO NOTHING") \
  X (NOTHING, HOLDS_OF_PATIENT, "SELECT " DBK_HOLD_COLUMNS " FROM hold h WHERE h.patient = :patient ORDER BY h.from_day DESC, h.id") \
  X (NOTHING, HOLDS_ALL, "SELECT " DBK_HOLD_COLUMNS " FROM hold h WHERE NOT EXISTS (SELECT 1 FROM hold_lift WHERE hold = h.id) ORDER BY h.patient, h.id") \
  X (PROJECTION, ABSENCE_PUT, "INSERT INTO absence (patient, id, from_day, to_day, reason, dosed_there) VALUES (:patient, :id, :from_day, :to_day, :reason, :dosed_there) ON CONFLICT DO NOTHING") \
  X (NOTHING, ABSENCES_OF_PATIENT, "SELECT id, patient, from_day, to_day, reason, dosed_there FROM absence a WHERE patient = :patient" \
     " AND NOT EXISTS (SELECT 1 FROM absence_withdrawal w WHERE w.absence = a.id) ORDER BY from_day, id")      \
  X (PROJECTION, ABSENCE_WITHDRAW, "INSERT INTO absence_withdrawal (absence, fact, author, ms) VALUES (:absence, :fact, :author, :ms) ON CONFLICT DO NOTHING") \
  /* drug */                                                                                                \
  X (PROJECTION, LOT_INSERT, "INSERT INTO lot (id, number, product, ug_per_ml, expires, received_ul) VALUES (:id, :number, :product, :ug_per_ml, :expires, :received_ul)") \
  X (PROJECTION, BALANCE_ADD, "INSERT INTO balance (lot, site, account, volume_ul) VALUES (:lot, :site, :account, :volume_ul) ON CONFLICT (lot, site, account) DO UPDATE SET volume_ul = balance.volume_ul + excluded.volume_ul") \
  X (PROJECTION, BOTTLE_INSERT, "INSERT INTO bottle (site, hlc, id, lot, opened) VALUES (:site, :hlc, :id, :lot, :opened)") \
  X (NOTHING, LOT_ALL, "SELECT " DBK_LOT_COLUMNS " FROM lot l ORDER BY l.expires, l.number, l.id")           \
  X (NOTHING, LOT_NUMBER, "SELECT number FROM lot WHERE id = :id")                                          \
  X (NOTHING, LOT_BY_NUMBER, "SELECT " DBK_LOT_COLUMNS " FROM lot l WHERE l.number = :number ORDER BY l.id LIMIT 1") \
  X (NOTHING, LOT_OPEN, "SELECT " DBK_LOT_COLUMNS " FROM lot l WHERE l.id = (SELECT lot FROM bottle WHERE site = :site ORDER BY hlc DESC, id DESC LIMIT 1)") \
  X (NOTHING, BALANCE_TOTALS, "SELECT lot, sum (volume_ul) FROM balance GROUP BY lot HAVING sum (volume_ul) <> 0") \
  X (NOTHING, BALANCES, "SELECT l.number, b.site, (SELECT code FROM site WHERE site.id = b.site), b.account, b.volume_ul FROM balance b JOIN lot l ON l.id = b.lot" \
     " WHERE b.volume_ul <> 0 ORDER BY l.number, l.id, b.site, b.account")                                  \
  /* doses */                                                                                               \
  X (PROJECTION, CLAIM_TAKE, "INSERT INTO claim (patient, day, part, holder) VALUES (:patient, :day, :part, :holder) ON CONFLICT DO NOTHING") \
  X (PROJECTION, CLAIM_RELEASE, "DELETE FROM claim WHERE patient = :patient AND day = :day AND part = :part AND holder = :holder") \
  X (NOTHING, CLAIM_HOLDER, "SELECT holder FROM claim WHERE patient = :patient AND day = :day AND part = :part") \
  X (NOTHING, DOSE_SURROUNDINGS, "SELECT EXISTS (SELECT 1 FROM dose WHERE patient = :patient AND day = :day AND part = :part AND id <> :id)," \
     " EXISTS (SELECT 1 FROM dose_reversal WHERE dose = :id)")                                               \
  X (PROJECTION, DOSE_INSERT, "INSERT INTO dose (patient, day, part, id, fact, kind, dose_ug, ordered_ug, volume_ul, lot, order_id, taken_permille, given_ms, from_paper, given_by, site, pass)" \
     " VALUES (:patient, :day, :part, :id, :fact, :kind, :dose_ug, :ordered_ug, :volume_ul, :lot, :order_id, 1000, :given_ms, :from_paper, :given_by, :site, :pass)") \
  X (PROJECTION, DOSE_REVERSE, "UPDATE dose SET reversed = :reason, reversed_by = :author, reversed_ms = :ms WHERE patient = :patient AND day = :day AND part = :part AND id = :id") \
  X (PROJECTION, REVERSAL_PUT, "INSERT INTO dose_reversal (dose, fact, hlc, reason, note, author, witness, liquid, ms) VALUES (:dose, :fact, :hlc, :reason, :note, :author, :witness, :liquid, :ms)" \
     " ON CONFLICT (dose) DO UPDATE SET fact = excluded.fact, hlc = excluded.hlc, reason = excluded.reason, note = excluded.note, author = excluded.author, witness = excluded.witness," \
     " liquid = excluded.liquid, ms = excluded.ms")                                                         \
  X (NOTHING, REVERSALS_OF_PATIENT, "SELECT r.dose, r.note, (SELECT name FROM staff WHERE staff.id = r.witness) FROM dose d JOIN dose_reversal r ON r.dose = d.id" \
     " WHERE d.patient = :patient AND d.reversed IS NOT NULL")                                              \
  X (NOTHING, REVERSAL_OF, "SELECT reason, author, ms, liquid, (hlc, fact) <= (:hlc, :fact) FROM dose_reversal WHERE dose = :dose")       \
  X (NOTHING, DOSE_STANDING_OTHER, "SELECT id FROM dose WHERE patient = :patient AND day = :day AND part = :part AND reversed IS NULL ORDER BY id LIMIT 1") \
  X (NOTHING, DOSES_OF_PATIENT, "SELECT " DBK_DOSE_COLUMNS " FROM dose d WHERE d.patient = :patient AND d.day BETWEEN :from AND :to ORDER BY d.day, d.part, d.id") \
  X (NOTHING, DOSE_BY_ID, "SELECT " DBK_DOSE_COLUMNS " FROM dose d WHERE d.patient = :patient AND d.day = :day AND d.id = :id") \
  X (NOTHING, DOSE_BY_ID_SCAN, "SELECT " DBK_DOSE_COLUMNS " FROM dose d WHERE d.id = :id")                   \
  X (NOTHING, DOSES_OF_DAY, "SELECT " DBK_DOSE_COLUMNS " FROM dose d WHERE d.day = :day ORDER BY d.given_ms, d.id") \
  X (NOTHING, DOSE_LAST_BEFORE, "SELECT " DBK_DOSE_COLUMNS " FROM dose d WHERE d.patient = :patient AND d.day < :day AND d.reversed IS NULL ORDER BY d.day DESC, d.part DESC LIMIT 1") \
  X (NOTHING, DOSE_FIRST, "SELECT min (day) FROM dose WHERE patient = :patient AND reversed IS NULL")       \
  X (NOTHING, DOSE_LAST_DAY, "SELECT max (day) FROM dose WHERE patient = :patient AND reversed IS NULL")    \
  X (NOTHING, DOSE_TOTALS, "SELECT count (*), coalesce (sum (dose_ug), 0), count (DISTINCT patient) FROM dose WHERE reversed IS NULL") \
  X (NOTHING, DOSE_DAYS_OF_PATIENT, "SELECT day, dose_ug FROM dose WHERE patient = :patient AND reversed IS NULL ORDER BY day") \
  X (NOTHING, DOSE_DOUBLE, "SELECT patient, day, part FROM dose WHERE reversed IS NULL GROUP BY patient, day, part HAVING count (*) > 1 LIMIT 1") \
  X (PROJECTION, ATTENDANCE_PUT, "INSERT INTO attendance (patient, active, last_day) VALUES (:patient, :active, :last_day)" \
     " ON CONFLICT (patient) DO UPDATE SET active = excluded.active WHERE attendance.active <> excluded.active") \
  X (PROJECTION, ATTENDANCE_ADVANCE, "UPDATE attendance SET last_day = :day WHERE patient = :patient AND (last_day IS NULL OR last_day < :day)") \
  X (PROJECTION, ATTENDANCE_SET, "UPDATE attendance SET last_day = :day WHERE patient = :patient")          \
  X (NOTHING, MISSED_SWEEP, "SELECT patient, last_day FROM attendance WHERE active = 1 AND last_day < :day ORDER BY last_day, patient") \
  X (NOTHING, ACTIVE_PATIENTS, "SELECT patient FROM attendance WHERE active = 1 ORDER BY patient")          \
  X (PROJECTION, NOT_GIVEN_INSERT, "INSERT INTO not_given (day, patient, id, reason, note, author, ms) VALUES (:day, :patient, :id, :reason, :note, :author, :ms)") \
  X (NOTHING, NOT_GIVEN_OF_DAY, "SELECT n.id, n.patient, n.day, n.reason, n.note, n.author, (SELECT name FROM staff WHERE staff.id = n.author), n.ms FROM not_given n" \
     " WHERE n.day = :day AND (:patient IS NULL OR n.patient = :patient) ORDER BY n.ms, n.id")              \
  X (NOTHING, NOT_GIVEN_OF_PATIENT, "SELECT n.id, n.patient, n.day, n.reason, n.note, n.author, (SELECT name FROM staff WHERE staff.id = n.author), n.ms FROM not_given n" \
     " WHERE n.patient = :patient AND n.day BETWEEN :from AND :to ORDER BY n.day, n.ms, n.id")              \
  /* the desk */                                                                                            \
  X (PROJECTION, ANSWER_PUT, "INSERT INTO alert_answer (patient, day, code, choice, author, hlc, hash) VALUES (:patient, :day, :code, :choice, :author, :hlc, :hash)" \
     " ON CONFLICT (patient, day, code) DO UPDATE SET choice = excluded.choice, author = excluded.author, hlc = excluded.hlc, hash = excluded.hash" \
     " WHERE (excluded.hlc, excluded.hash) > (alert_answer.hlc, alert_answer.hash)")                        \
  X (NOTHING, ANSWERS_OF, "SELECT code, choice FROM alert_answer WHERE patient = :patient AND day = :day ORDER BY code") \
  X (PROJECTION, CONTACT_INSERT, "INSERT INTO contact (patient, day, id, outcome, note, author, ms) VALUES (:patient, :day, :id, :outcome, :note, :author, :ms)") \
  X (NOTHING, CONTACTS_OF, "SELECT c.id, c.patient, c.day, c.outcome, c.note, (SELECT name FROM staff WHERE staff.id = c.author), c.ms FROM contact c WHERE c.patient = :patient ORDER BY c.ms DESC, c.id LIMIT :limit") \
  X (PROJECTION, POLICY_INSERT, "INSERT INTO policy (hlc, hash, name, version, json, adopted, author) VALUES (:hlc, :hash, :name, :version, :json, :adopted, :author)") \
  X (NOTHING, POLICY_CURRENT, "SELECT name, version, json, adopted, author, hash FROM policy ORDER BY hlc DESC, hash DESC LIMIT 1") \
  X (PROJECTION, DOCUMENT_INSERT, "INSERT INTO document (id, kind, about, patient, day, media, reprint_of, author, ms) VALUES (:id, :kind, :about, :patient, :day, :media, :reprint_of, :author, :ms)") \
  X (PROJECTION, PAPER_ROW_INSERT, "INSERT INTO paper_row (code, document, patient, day) VALUES (:code, :document, :patient, :day)") \
  X (NOTHING, PAPER_ROW_BY_CODE, "SELECT document, patient, day FROM paper_row WHERE code = :code")         \
  X (NOTHING, DOCUMENT_ABOUT, "SELECT id, kind, about, patient, day, media, reprint_of, ms FROM document WHERE about = :about ORDER BY reprint_of IS NOT NULL, ms, id") \
  X (NOTHING, DOSES_WITHOUT_SLIP, "SELECT d.id FROM dose d WHERE d.day = :day AND d.kind = 'observed' AND d.reversed IS NULL AND NOT EXISTS (SELECT 1 FROM document WHERE about = d.id) ORDER BY d.given_ms") \
  X (PROJECTION, IMPORT_INSERT, "INSERT INTO history_import (id, digest, what, rows, patients, imported, already, author, ms) VALUES (:id, :digest, :what, :rows, :patients, :imported, :already, :author, :ms)") \
  X (LOCAL, JOB_PUT, "INSERT INTO print_job (id, document, printer, job, state, trouble, message, ms) VALUES (:id, :document, :printer, :job, :state, :trouble, :message, :ms)" \
     " ON CONFLICT (id) DO UPDATE SET printer = excluded.printer, job = excluded.job, state = excluded.state, trouble = excluded.trouble, message = excluded.message, ms = excluded.ms") \
  X (NOTHING, JOBS_OPEN, "SELECT j.id, j.document, j.printer, j.job, j.state, j.trouble, j.message, j.ms, d.kind, d.about, d.patient, d.media FROM print_job j JOIN document d ON d.id = j.document" \
     " WHERE j.state IN ('waiting', 'sent', 'printing', 'failed') ORDER BY j.ms, j.id")                     \
  X (NOTHING, JOB_BY_ID, "SELECT j.id, j.document, j.printer, j.job, j.state, j.trouble, j.message, j.ms, d.kind, d.about, d.patient, d.media FROM print_job j JOIN document d ON d.id = j.document WHERE j.id = :id") \
  /* outreach: who may write, and who may dose whom */                                                      \
  X (NOTHING, SITES, "SELECT id, code, name, timezone, version FROM site ORDER BY code, id")                \
  X (PROJECTION, ENROLMENT_INSERT, "INSERT INTO enrolment (writer, fact, said_by, site, name, public_key, day) VALUES (:writer, :fact, :said_by, :site, :name, :public_key, :day)") \
  X (PROJECTION, REVOCATION_INSERT, "INSERT INTO revocation (writer, fact, said_by, last_seq, reason, author, day) VALUES (:writer, :fact, :said_by, :last_seq, :reason, :author, :day)") \
  X (PROJECTION, ACCEPTANCE_INSERT, "INSERT INTO acceptance (writer, fact, said_by, last_seq, author, day) VALUES (:writer, :fact, :said_by, :last_seq, :author, :day)") \
  X (NOTHING, WRITERS, DBK_WRITER_ROWS " ORDER BY s.code, e.site, e.day, e.writer")                         \
  X (NOTHING, WRITER_BY_ID, DBK_WRITER_ROWS " AND e.writer = :writer")                                      \
  X (PROJECTION, LEASE_INSERT, "INSERT INTO lease (patient, id, said_by, site, holder, from_day, to_day, granted_by, granted_ms)" \
     " VALUES (:patient, :id, :said_by, :site, :holder, :from_day, :to_day, :granted_by, :granted_ms)")     \
  X (PROJECTION, LEASE_END, "INSERT INTO lease_end (lease, fact, said_by, kind, from_day, reason, confirmed, author, ms)" \
     " VALUES (:lease, :fact, :said_by, :kind, :from_day, :reason, :confirmed, :author, :ms)")              \
  X (NOTHING, LEASES_OF_PATIENT, DBK_LEASE_ROWS "l.patient = :patient ORDER BY l.from_day, l.id")           \
  X (NOTHING, LEASES_OF_SITE, DBK_LEASE_ROWS "l.site = :site AND l.to_day >= :day ORDER BY l.patient, l.from_day, l.id") \
  X (NOTHING, LEASES_FROM, DBK_LEASE_ROWS "l.to_day >= :day ORDER BY l.site, l.patient, l.from_day, l.id")  \
  X (NOTHING, LEASE_BY_ID, DBK_LEASE_ROWS "l.id = :id")                                                     \
  X (PROJECTION, COLLISIONS_OF_DOSE, "INSERT INTO collision (patient, day, part, dose_a, dose_b)"           \
     " SELECT patient, day, part, min (id, :id), max (id, :id) FROM dose WHERE patient = :patient AND day = :day AND part = :part AND id <> :id ON CONFLICT DO NOTHING") \
  X (PROJECTION, COLLISION_CLOSE, "INSERT INTO collision_close (dose_a, dose_b, fact, finding, note, author, ms) VALUES (:dose_a, :dose_b, :fact, :finding, :note, :author, :ms)") \
  X (NOTHING, COLLISIONS_OPEN, DBK_COLLISION_ROWS "NOT EXISTS (SELECT 1 FROM collision_close x WHERE x.dose_a = c.dose_a AND x.dose_b = c.dose_b) ORDER BY c.day DESC, c.patient, c.part, c.dose_a, c.dose_b") \
  X (NOTHING, COLLISIONS_OF_PATIENT, DBK_COLLISION_ROWS "c.patient = :patient ORDER BY c.day DESC, c.part, c.dose_a, c.dose_b") \
  X (PROJECTION, UNREAD_INSERT, "INSERT INTO unread (fact, patient, kind) VALUES (:fact, :patient, :kind)")   \
  X (NOTHING, UNREAD_OF_PATIENT, "SELECT kind FROM unread WHERE patient = :patient ORDER BY fact LIMIT 1")  \
  X (NOTHING, HELD_BACK_CHECK, "SELECT 1 FROM held_back WHERE fact = :fact") \
  X (PROJECTION, EPOCH_INSERT, "INSERT INTO epoch (writer, epoch, first_seq) VALUES (:writer, :epoch, :seq) ON CONFLICT DO UPDATE SET first_seq = min (first_seq, excluded.first_seq)") \
  /* site files: what goes out */                                                                           \
  X (NOTHING, EXPORT_EPOCHS, "SELECT epoch FROM epoch WHERE writer = :writer AND (first_seq > :seq OR epoch = :epoch) ORDER BY first_seq, epoch") \
  X (NOTHING, EXPORT_OF_EPOCH, DBK_EXPORT_COLUMNS " FROM fact f LEFT JOIN revealed r ON r.hash = f.hash"    \
     " WHERE f.writer = :writer AND f.epoch = :epoch AND f.seq > :seq ORDER BY f.seq, f.hash")              \
  X (NOTHING, EXPORT_ONE, DBK_EXPORT_COLUMNS " FROM fact f LEFT JOIN revealed r ON r.hash = f.hash WHERE f.hash = :hash") \
  X (NOTHING, EXPORT_WHOLE, "SELECT hash FROM fact WHERE writer = :writer ORDER BY seq, hash")               \
  X (NOTHING, EXPORT_UNKNOWN, DBK_KNOWN_TO_PEER "SELECT f.hash FROM fact f WHERE f.writer = :writer AND f.hash NOT IN (SELECT hash FROM known) ORDER BY f.seq, f.hash") \
  X (NOTHING, EXPORT_REVEAL, "SELECT f.hash FROM fact f LEFT JOIN revealed r ON r.hash = f.hash"            \
     " WHERE f.writer = :writer AND EXISTS (SELECT 1 FROM lease l WHERE l.patient = json_extract (coalesce (r.body, f.body), '$.patient') AND l.site = :site" \
     " AND l.said_by = " DBK_HOME_WRITER " AND NOT EXISTS (SELECT 1 FROM shown_patient p WHERE p.peer = :peer AND p.patient = l.patient)) ORDER BY f.seq, f.hash") \
  X (NOTHING, EXPORT_PEER_TIPS, "SELECT f.epoch, f.seq, f.hash FROM peer_tip p JOIN fact f ON f.hash = p.hash AND f.writer = p.writer WHERE p.peer = :peer AND p.writer = :writer ORDER BY f.seq DESC") \
  X (NOTHING, EXPORT_WRITERS, "SELECT t.writer, count (*), EXISTS (SELECT 1 FROM fork WHERE fork.writer = t.writer) FROM tip t GROUP BY t.writer ORDER BY t.writer <> :first, t.writer") \
  X (NOTHING, SEALS_OF_TIPS, "SELECT s.writer, s.seq, s.hash, s.signature FROM seal s JOIN tip t ON t.writer = s.writer AND t.hash = s.hash ORDER BY s.writer, s.hash") \
  X (LOCAL, SEAL_PUT, "INSERT INTO seal (writer, hash, seq, signature) VALUES (:writer, :hash, :seq, :signature) ON CONFLICT DO NOTHING") \
  X (LOCAL, EXCHANGE_INSERT, "INSERT INTO exchange (file, direction, peer, ms, made_ms, hlc, facts, news, summary) VALUES (:file, :direction, :peer, :ms, :made_ms, :hlc, :facts, :news, :summary)") \
  X (NOTHING, EXCHANGE_BY_FILE, "SELECT file, direction, peer, ms, made_ms, hlc, facts, news, summary FROM exchange WHERE file = :file") \
  X (NOTHING, EXCHANGE_LIST, "SELECT file, direction, peer, ms, made_ms, hlc, facts, news, summary FROM exchange ORDER BY ms DESC, file LIMIT :limit") \
  X (NOTHING, EXCHANGE_NEWEST, "SELECT file, direction, peer, ms, made_ms, hlc, facts, news, summary FROM exchange WHERE peer = :peer AND direction = :direction ORDER BY hlc DESC, ms DESC, file LIMIT 1") \
  X (LOCAL, PEER_TIP_CLEAR, "DELETE FROM peer_tip WHERE peer = :peer")                                      \
  X (LOCAL, PEER_TIP_PUT, "INSERT INTO peer_tip (peer, writer, hash, seq) VALUES (:peer, :writer, :hash, :seq) ON CONFLICT DO NOTHING") \
  X (LOCAL, GUEST_PUT, "INSERT INTO guest (patient, number) VALUES (:patient, :number) ON CONFLICT DO NOTHING") \
  X (NOTHING, GUEST_BY_ID, "SELECT patient, number FROM guest WHERE patient = :patient")                    \
  X (NOTHING, GUESTS, "SELECT patient, number FROM guest g WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.id = g.patient) ORDER BY number") \
  X (LOCAL, SHOWN_CLEAR, "DELETE FROM shown_patient WHERE peer = :peer")                                    \
  X (LOCAL, SHOWN_PUT, "INSERT INTO shown_patient (peer, patient) VALUES (:peer, :patient) ON CONFLICT DO NOTHING") \
  X (NOTHING, SHOWN_OF, "SELECT patient FROM shown_patient WHERE peer = :peer ORDER BY patient")            \
  X (NOTHING, SHOWN_BY_LEASE, "SELECT DISTINCT l.patient FROM lease l WHERE l.site = :site AND l.said_by = " DBK_HOME_WRITER " ORDER BY l.patient") \
  /* site files: what comes in */                                                                           \
  X (LOCAL, FORK_PUT, "INSERT INTO fork (writer, parent, seq, ms) VALUES (:writer, :parent, :seq, :ms) ON CONFLICT DO NOTHING") \
  X (NOTHING, FORKS, "SELECT writer, parent, seq, ms FROM fork ORDER BY ms, writer, seq, parent")           \
  X (PROJECTION, TIP_DELETE, "DELETE FROM tip WHERE writer = :writer AND hash = :hash")                     \
  X (NOTHING, TIP_ANY, "SELECT 1 FROM tip WHERE writer = :writer LIMIT 1")                                  \
  X (FACT, REVEALED_INSERT, "INSERT INTO revealed (hash, salt, body) VALUES (:hash, :salt, :body)")         \
  X (NOTHING, FACT_BODY_STATE, "SELECT f.body IS NOT NULL OR EXISTS (SELECT 1 FROM revealed r WHERE r.hash = f.hash) FROM fact f WHERE f.hash = :hash") \
  X (LOCAL, HELD_BACK_PUT, "INSERT INTO held_back (fact, writer, seq, patient, day) VALUES (:fact, :writer, :seq, :patient, :day) ON CONFLICT DO NOTHING") \
  /* slips and vouchers */                                                                                  \
  X (PROJECTION, PASS_INSERT, "INSERT INTO pass (id, kind, said_by, batch, patient, site, from_day, to_day, dose_ug, volume_ul, lot, order_id, lease, author, ms)" \
     " VALUES (:id, :kind, :said_by, :batch, :patient, :site, :from_day, :to_day, :dose_ug, :volume_ul, :lot, :order_id, :lease, :author, :ms)") \
  X (PROJECTION, PASS_OUTCOME_INSERT, "INSERT INTO pass_outcome (pass, fact, outcome, reason, author, ms) VALUES (:pass, :fact, :outcome, :reason, :author, :ms)") \
  X (NOTHING, PASS_BY_ID, DBK_PASS_ROWS "p.id = :id")                                                       \
  X (NOTHING, PASSES_OF_BATCH, DBK_PASS_ROWS "p.batch = :batch ORDER BY p.from_day, patient.number, p.id")  \
  X (NOTHING, PASSES_OF_PATIENT, DBK_PASS_ROWS "p.patient = :patient ORDER BY p.from_day, p.id")            \
  X (NOTHING, SLIPS_OPEN, DBK_PASS_ROWS "p.kind = 'slip' AND (:site IS NULL OR p.site = :site) AND NOT EXISTS (SELECT 1 FROM pass_outcome o WHERE o.pass = p.id)" \
     " ORDER BY p.from_day, patient.number, p.id")                                                          \
  X (NOTHING, SLIP_BATCHES, "SELECT p.batch, p.site, (SELECT code FROM site WHERE site.id = p.site), min (p.from_day), max (p.to_day), count (*)," \
     " sum (NOT EXISTS (SELECT 1 FROM pass_outcome o WHERE o.pass = p.id)), sum (p.volume_ul), (SELECT number FROM lot WHERE lot.id = p.lot), min (p.ms)" \
     " FROM pass p WHERE p.kind = 'slip' AND p.said_by = " DBK_HOME_WRITER " AND (:site IS NULL OR p.site = :site) GROUP BY p.batch ORDER BY min (p.ms) DESC, p.batch") \
  X (LOCAL, HELD_BACK_DELETE, "DELETE FROM held_back WHERE fact = :fact")                                   \
  X (NOTHING, HELD_BACK_UP_TO, "SELECT fact FROM held_back WHERE writer = :writer AND seq <= :seq ORDER BY seq, fact") \
  X (NOTHING, HELD_BACK_WRITERS, "SELECT writer, max (seq), count (*), count (day) FROM held_back GROUP BY writer ORDER BY writer") \
  X (LOCAL, GIVEN_TOLD_CLEAR, "DELETE FROM given_told")                                                     \
  X (LOCAL, GIVEN_TOLD_PUT, "INSERT INTO given_told (lot, site, volume_ul) VALUES (:lot, :site, :volume_ul) ON CONFLICT DO NOTHING") \
  X (NOTHING, GIVEN_TOLD, "SELECT (SELECT number FROM lot WHERE lot.id = t.lot), t.lot, t.site, (SELECT code FROM site WHERE site.id = t.site), t.volume_ul FROM given_told t ORDER BY 1, t.lot, t.site") \
  X (NOTHING, GIVEN_HERE, "SELECT (SELECT number FROM lot WHERE lot.id = b.lot), b.lot, b.site, (SELECT code FROM site WHERE site.id = b.site), b.volume_ul FROM balance b" \
     " WHERE b.account = 'patient' AND b.volume_ul <> 0 ORDER BY 1, b.lot, b.site")                          \
  X (NOTHING, ATTRIBUTE_GET, "SELECT value, version, (version, hlc, hash) > (:version, :hlc, :hash) FROM patient_attribute WHERE patient = :patient AND name = :name") \
  X (NOTHING, COLLISION_COUNT, "SELECT count (*) FROM collision") \
  X (PROJECTION, TIP_ADD, "INSERT INTO tip (writer, hash, epoch, seq, hlc) SELECT writer, hash, epoch, seq, hlc FROM fact WHERE hash = :hash ON CONFLICT DO NOTHING") \
  X (NOTHING, HELD_BACK_DOSE, "SELECT 1 FROM held_back WHERE patient = :patient AND day = :day LIMIT 1")
