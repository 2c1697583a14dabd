/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/app/dbk-simulated-world.h"

#include <string.h>

#include "app/rules/dbk-authority.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-people-store.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/facts/dbk-lease-facts.h"
#include "db/facts/dbk-people-facts.h"

#define POINTS DBK_SIM_POINTS
#define SITES DBK_SIM_SITES
#define DAY DBK_FIXTURE_DAY
#define MINUTE_MS (60 * 1000)
#define DAY_MS (24 * 60 * MINUTE_MS)

static const char *const patients[] = { DBK_FIXTURE_PATIENT, DBK_TEST_OTHER, "T000000000000003", "T000000000000004", "T000000000000005", "T000000000000006",
                                        "T000000000000007", "T000000000000008" };

static DbkTestSite *base_sites[SITES];
static GBytes *base_copies[SITES];

/* ---- the world ---- */

static void
free_stick (DbkSimStick *stick)
{
  g_bytes_unref (stick->file);
  g_hash_table_unref (stick->naive);
  g_free (stick);
}

static GHashTable *
new_naive (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *
copy_naive (GHashTable *from)
{
  GHashTable *copy = new_naive ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
  return copy;
}

static gboolean
register_others (DbkDb     *db,
                 gpointer   data,
                 GError   **error)
{
  for (guint i = 2; i < G_N_ELEMENTS (patients); i++)
    {
      DbkPatient patient = { .id = (char *) patients[i], .number = (char *) patients[i] + 12, .name = (char *) "赵", .born = DBK_DAY_NONE,
                             .state = DBK_PATIENT_ACTIVE, .enrolled = DAY, .photo_taken = DBK_DAY_NONE };

      if (!dbk_fact_patient_registered (db, data, &patient, error))
        return FALSE;
    }
  return TRUE;
}

void
dbk_sim_make_base (void)
{
  DbkStamp stamp;

  base_sites[0] = dbk_test_site_new_clinic ();
  stamp = dbk_test_site_stamp (base_sites[0], DBK_FIXTURE_NURSE);
  dbk_test_site_write (base_sites[0], register_others, &stamp);
  for (int i = 1; i < SITES; i++)
    {
      g_autofree char *code = g_strdup_printf ("P%d", i);

      base_sites[i] = dbk_test_site_new_point (base_sites[0], code, NULL);
    }
  /* Everybody knows some patients from the day before. */
  for (guint i = 0; i < G_N_ELEMENTS (patients); i++)
    g_free (dbk_test_site_grant (base_sites[0], base_sites[1 + i % POINTS], patients[i], DAY - 1, DAY - 1));
  for (int i = 1; i < SITES; i++)
    {
      g_autoptr(GBytes) out = dbk_test_site_export (base_sites[0], base_sites[i], FALSE), back = NULL;
      G_GNUC_UNUSED g_autoptr(DbkIntake) there = dbk_test_site_import (base_sites[i], out), here = NULL;

      back = dbk_test_site_export (base_sites[i], base_sites[0], FALSE);
      here = dbk_test_site_import (base_sites[0], back);
    }
  for (int i = 0; i < SITES; i++)
    base_copies[i] = dbk_test_site_snapshot (base_sites[i]);
}

void
dbk_sim_begin (DbkSimWorld *w,
               guint32      seed)
{
  memset (w, 0, sizeof *w);
  w->random = g_rand_new_with_seed (seed);
  w->sticks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_stick);
  w->broken = g_hash_table_new (g_str_hash, g_str_equal);
  w->first_ms = w->now_ms = base_sites[0]->wall_ms;
  for (int i = 0; i < SITES; i++)
    {
      DbkSim *sim = &w->sims[i];

      sim->site = base_sites[i];
      dbk_test_site_restore (sim->site, base_copies[i], TRUE);
      sim->naive = new_naive ();
      if (g_rand_int_range (w->random, 0, 3) == 0)
        sim->clock_off_ms = g_rand_int_range (w->random, -1, 2) * (gint64) DAY_MS;
    }
}

void
dbk_sim_end (DbkSimWorld *w)
{
  for (int i = 0; i < SITES; i++)
    {
      g_clear_pointer (&w->sims[i].copy, g_bytes_unref);
      g_clear_pointer (&w->sims[i].clone, g_bytes_unref);
      g_clear_pointer (&w->sims[i].naive, g_hash_table_unref);
      g_clear_pointer (&w->sims[i].naive_copy, g_hash_table_unref);
    }
  g_ptr_array_unref (w->sticks);
  g_hash_table_unref (w->broken);
  g_rand_free (w->random);
}

void
dbk_sim_free_base (void)
{
  for (int i = 0; i < SITES; i++)
    {
      dbk_test_site_free (base_sites[i]);
      g_bytes_unref (base_copies[i]);
    }
}

static gboolean
chance (DbkSimWorld *w,
        int          percent)
{
  return g_rand_int_range (w->random, 0, 100) < percent;
}

/* The day that everybody agrees on: it is said aloud when the first dose of a morning is given. */
static DbkDay
today (DbkSimWorld *w)
{
  return DAY + (DbkDay) ((w->now_ms - w->first_ms) / DAY_MS);
}

static void
set_clock (DbkSimWorld *w,
           DbkSim      *sim)
{
  sim->site->wall_ms = w->now_ms + sim->clock_off_ms;
  sim->site->day = today (w);
}

static void
note_naive (DbkSimWorld *w,
            DbkSim      *sim)
{
  char *key = g_strdup_printf ("%s %u", sim->site->writer, ++sim->naive_seq);

  g_hash_table_replace (sim->naive, key, g_strdup_printf ("%u", ++w->happened));
}

static void
take_naive (DbkSim     *sim,
            GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (sim->naive, key))
      g_hash_table_insert (sim->naive, g_strdup (key), g_strdup (value));
}

/* ---- what people do ---- */

static gboolean
is_dosed (DbkSim     *sim,
          const char *patient,
          DbkDay      day)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (sim->site->db, patient, day, day, NULL);
  gboolean dosed = FALSE;

  for (guint i = 0; i < doses->len; i++)
    dosed = dosed || ((DbkDose *) g_ptr_array_index (doses, i))->reversed_by == NULL;
  return dosed;
}

static gboolean
may_dose (DbkSim     *sim,
          gboolean    at_home,
          const char *patient,
          DbkDay      day)
{
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_patient (sim->site->db, patient, NULL);

  return dbk_authority_is_here (leases, day, sim->site->writer, at_home, NULL) && !is_dosed (sim, patient, day);
}

static void
dose_somebody (DbkSimWorld *w,
               int          who)
{
  DbkSim *sim = &w->sims[who];

  for (int i = 0; i < 3; i++)
    {
      const char *patient = patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))];

      if (sim->waits || !may_dose (sim, who == 0, patient, today (w)))
        continue;
      g_free (dbk_test_site_dose (sim->site, patient, today (w)));
      note_naive (w, sim);
    }
}

typedef struct
{
  DbkStamp          stamp;
  const DbkDose    *dose;
  const DbkPatient *patient;
  const DbkLease   *lease;
  DbkDay            day;
  gboolean          broken;
} Act;

static gboolean
reverse (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  const Act *act = data;

  return dbk_fact_dose_reversed (db, &act->stamp, act->dose, "mistake", NULL, DBK_LIQUID_WASTED, DBK_FIXTURE_PHYSICIAN, NULL, error);
}

static void
reverse_one (DbkSimWorld *w,
             int          who)
{
  DbkSim *sim = &w->sims[who];
  const char *patient = patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))];
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (sim->site->db, patient, DAY - 1, DBK_DAY_NONE, NULL);
  Act act = { .stamp = dbk_test_site_stamp (sim->site, DBK_FIXTURE_NURSE) };

  for (guint i = 0; i < doses->len && act.dose == NULL; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->reversed_by == NULL && strcmp (dose->given_by, DBK_FIXTURE_NURSE) == 0)
        act.dose = dose;
    }
  if (act.dose == NULL || sim->waits)
    return;
  dbk_test_site_write (sim->site, reverse, &act);
  note_naive (w, sim);
}

static gboolean
change_patient (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Act *act = data;

  return dbk_fact_patient_changed (db, &act->stamp, act->patient, error);
}

static void
edit_one (DbkSimWorld *w,
          int          who)
{
  DbkSim *sim = &w->sims[who];
  g_autoptr(DbkPatient) patient = dbk_patient_get (sim->site->db, patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))], NULL);
  Act act = { .stamp = dbk_test_site_stamp (sim->site, DBK_FIXTURE_NURSE), .patient = patient };

  if (patient == NULL)
    return;
  g_free (patient->phone);
  patient->phone = g_strdup_printf ("138 %d", g_rand_int_range (w->random, 0, 1000000));
  dbk_test_site_write (sim->site, change_patient, &act);
  note_naive (w, sim);
}

static gboolean
note_contact (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Act *act = data;
  g_autofree char *id = dbk_fact_log_new_id ();

  return dbk_fact_contact (db, &act->stamp, id, act->patient->id, "reached", NULL, error);
}

/* Also while it waits: not everything can be forbidden to a place that was put back. */
static void
call_somebody (DbkSimWorld *w,
               int          who)
{
  DbkSim *sim = &w->sims[who];
  g_autoptr(DbkPatient) patient = dbk_patient_get (sim->site->db, patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))], NULL);
  Act act = { .stamp = dbk_test_site_stamp (sim->site, DBK_FIXTURE_NURSE), .patient = patient };

  for (int i = g_rand_int_range (w->random, 1, 4); i > 0 && patient != NULL; i--)
    {
      act.stamp = dbk_test_site_stamp (sim->site, DBK_FIXTURE_NURSE);
      dbk_test_site_write (sim->site, note_contact, &act);
      note_naive (w, sim);
    }
}

static void
grant_one (DbkSimWorld *w)
{
  DbkSim *hub = &w->sims[0];
  DbkSim *point = &w->sims[g_rand_int_range (w->random, 1, SITES)];
  const char *patient = patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))];
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_patient (hub->site->db, patient, NULL);
  DbkDay last = today (w) + g_rand_int_range (w->random, 0, 3);

  for (DbkDay day = today (w); day <= last; day++)
    if (hub->waits || !dbk_authority_is_here (leases, day, hub->site->writer, TRUE, NULL))
      return;
  g_free (dbk_test_site_grant (hub->site, point->site, patient, today (w), last));
  note_naive (w, hub);
}

static gboolean
end_lease (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const Act *act = data;

  return act->broken ? dbk_fact_lease_broken (db, &act->stamp, act->lease, act->day, "other", "call", error)
                     : dbk_fact_lease_returned (db, &act->stamp, act->lease, act->day, error);
}

static void
end_one (DbkSimWorld *w,
         int          who)
{
  DbkSim *sim = &w->sims[who];
  const char *patient = patients[g_rand_int_range (w->random, 0, G_N_ELEMENTS (patients))];
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_patient (sim->site->db, patient, NULL);
  Act act = { .stamp = dbk_test_site_stamp (sim->site, DBK_FIXTURE_PHYSICIAN), .day = today (w), .broken = who == 0 };

  if (sim->waits)
    return;
  for (guint i = 0; i < leases->len; i++)
    {
      const DbkLease *lease = g_ptr_array_index (leases, i);

      if (dbk_lease_covers (lease, act.day) && (act.broken || (g_strcmp0 (lease->holder, sim->site->writer) == 0 && !is_dosed (sim, patient, act.day))))
        act.lease = lease;
    }
  if (act.lease == NULL)
    return;
  if (act.broken)
    g_hash_table_add (w->broken, (gpointer) patient);
  dbk_test_site_write (sim->site, end_lease, &act);
  note_naive (w, sim);
}

/* ---- sticks ---- */

static void
add_stick (DbkSimWorld *w,
           GBytes      *file,
           int          from,
           int          to,
           gint         damaged_at)
{
  DbkSimStick *stick = g_new0 (DbkSimStick, 1);

  stick->file = file;
  stick->from = from;
  stick->to = to;
  stick->damaged_at = damaged_at;
  stick->naive = copy_naive (w->sims[from].naive);
  g_ptr_array_add (w->sticks, stick);
}

/* Takes @file. */
static GBytes *
damage (GBytes *file,
        gint    at)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (file, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[at] ^= 1;
  g_bytes_unref (file);
  return g_bytes_new_take (copy, size);
}

static void
write_stick (DbkSimWorld *w,
             int          who)
{
  int to = who == 0 ? g_rand_int_range (w->random, 1, SITES) : 0;
  GBytes *file = dbk_test_site_export (w->sims[who].site, w->sims[to].site, chance (w, 20));
  gint at = chance (w, 7) ? g_rand_int_range (w->random, 0, (gint32) g_bytes_get_size (file)) : -1;

  add_stick (w, at >= 0 ? damage (file, at) : file, who, to, at);
}

static void
look_for_witness (DbkSim *sim)
{
  g_autofree char *id = dbk_fact_id_new (sim->witness);
  g_auto(DbkFact) fact = { 0 };

  if (sim->waits && dbk_fact_log_find (sim->site->db, id, &fact, NULL))
    sim->waits = FALSE;
}

static void
take_in (DbkSimWorld       *w,
         const DbkSimStick *stick,
         DbkIntakeMode      mode)
{
  DbkSim *sim = &w->sims[stick->to];
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkIntake) taken = dbk_test_site_try_import (sim->site, stick->file, mode, &error);

  if (stick->damaged_at >= 0)
    {
      /* Or not read that far, because something is missing first. */
      if (taken != NULL && taken->missing->len == 0)
        g_error ("a file of %" G_GSIZE_FORMAT " bytes was taken in with byte %d changed%s", g_bytes_get_size (stick->file), stick->damaged_at,
                 taken->known_file ? ": known already" : "");
      return;
    }
  g_assert_no_error (error);
  if (mode == DBK_INTAKE_INSPECT)
    return;
  if (taken->missing->len > 0)
    {
      add_stick (w, dbk_test_site_ask (sim->site, w->sims[stick->from].site), stick->to, stick->from, -1);
      return;
    }
  if (stick->to == 0 && taken->collisions != NULL)
    w->told += taken->collisions->len;
  take_naive (sim, stick->naive);
  look_for_witness (sim);
}

static void
take_some (DbkSimWorld *w)
{
  guint n = w->sticks->len > 0 ? (guint) g_rand_int_range (w->random, 0, (gint32) w->sticks->len) : 0;
  DbkSimStick *stick = w->sticks->len > 0 ? g_ptr_array_index (w->sticks, n) : NULL;

  if (stick == NULL)
    return;
  set_clock (w, &w->sims[stick->to]);
  take_in (w, stick, chance (w, 5) ? DBK_INTAKE_INSPECT : DBK_INTAKE_TAKE);
  if (chance (w, 70))
    g_ptr_array_remove_index_fast (w->sticks, (guint) n);
}

/* ---- copies ---- */

static void
find_own_tip (DbkSim *sim,
              guint8  hash[32])
{
  g_autoptr(GArray) tips = dbk_tip_list (sim->site->db, NULL);
  gint64 seq = 0;

  memset (hash, 0, 32);
  for (guint i = 0; i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);

      if (strcmp (tip->writer, sim->site->writer) == 0 && tip->seq > seq)
        {
          seq = tip->seq;
          memcpy (hash, tip->hash, 32);
        }
    }
}

static void
put_back (DbkSimWorld *w,
          int          who)
{
  DbkSim *sim = &w->sims[who];
  gboolean restart = chance (w, 90);

  if (sim->copy == NULL)
    return;
  if (!sim->waits)
    find_own_tip (sim, sim->witness);
  dbk_test_site_restore (sim->site, sim->copy, restart);
  g_hash_table_unref (sim->naive);
  sim->naive = copy_naive (sim->naive_copy);
  sim->naive_seq = sim->naive_copy_seq;
  w->hub_moved |= who == 0;
  if (!restart)
    {
      sim->excused = TRUE;
      sim->waits = FALSE;
      return;
    }
  sim->waits = memcmp (sim->witness, (guint8[32]) { 0 }, 32) != 0;
  look_for_witness (sim);
}

static void
keep_copy (DbkSim *sim)
{
  g_clear_pointer (&sim->copy, g_bytes_unref);
  g_clear_pointer (&sim->naive_copy, g_hash_table_unref);
  sim->copy = dbk_test_site_snapshot (sim->site);
  sim->naive_copy = copy_naive (sim->naive);
  sim->naive_copy_seq = sim->naive_seq;
}

/* The other of the two computers goes on. */
void
dbk_sim_change_places (DbkSim *sim)
{
  GBytes *other = dbk_test_site_snapshot (sim->site);

  dbk_test_site_restore (sim->site, sim->clone, TRUE);
  g_bytes_unref (sim->clone);
  sim->clone = other;
}

/* ---- a seed ---- */

void
dbk_sim_step (DbkSimWorld *w)
{
  int who = g_rand_int_range (w->random, 0, SITES);
  int dice = g_rand_int_range (w->random, 0, 1000);
  DbkSim *sim = &w->sims[who];

  w->now_ms += g_rand_int_range (w->random, 1, 67) * (gint64) MINUTE_MS;
  if (sim->clone != NULL && chance (w, 50))
    dbk_sim_change_places (sim);
  set_clock (w, sim);
  if (dice < 200)
    dose_somebody (w, who);
  else if (dice < 420)
    call_somebody (w, who);
  else if (dice < 450)
    reverse_one (w, who);
  else if (dice < 490)
    edit_one (w, who);
  else if (dice < 540)
    grant_one (w);
  else if (dice < 570)
    end_one (w, who);
  else if (dice < 740)
    write_stick (w, who);
  else if (dice < 905)
    take_some (w);
  else if (dice < 948)
    keep_copy (sim);
  else if (dice < 993)
    put_back (w, who);
  else if (dice < 997 && who > 0 && sim->clone == NULL)
    {
      sim->clone = dbk_test_site_snapshot (sim->site);
      sim->excused = TRUE;
    }
}

static void
carry (DbkSimWorld *w,
       int          from,
       int          to)
{
  DbkSimStick stick = { dbk_test_site_export (w->sims[from].site, w->sims[to].site, TRUE), from, to, -1, w->sims[from].naive };

  set_clock (w, &w->sims[to]);
  take_in (w, &stick, DBK_INTAKE_TAKE);
  g_bytes_unref (stick.file);
}

void
dbk_sim_exchange_all (DbkSimWorld *w)
{
  for (int round = 0; round < 2; round++)
    {
      for (int i = 1; i < SITES; i++)
        {
          carry (w, i, 0);
          if (w->sims[i].clone == NULL)
            continue;
          dbk_sim_change_places (&w->sims[i]);
          carry (w, i, 0);
          if (round == 0)
            g_clear_pointer (&w->sims[i].clone, g_bytes_unref); /* the second computer is enrolled anew */
        }
      for (guint i = 0; round == 0 && i < w->sticks->len; i++)
        take_in (w, g_ptr_array_index (w->sticks, i), DBK_INTAKE_TAKE);
      for (int i = 1; i < SITES; i++)
        carry (w, 0, i);
    }
}

