/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-scan NAME RECORD warm|cold: from the scanned card to the verdict on the screen's desk. Cold: nothing of the record is in memory
 * and nobody has been looked at since it was opened. */
#include "app/dbk-counter.h"
#include "app/dbk-find-patient.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench.h"

#define SCANS 1000
#define COLD_SCANS 20

typedef struct
{
  const char *path;
  gboolean    cold;
  DbkClinic  *clinic;
  DbkSession *session;
  GPtrArray  *cards;
  guint       next;
} Scan;

static gint64
scan (gpointer data)
{
  Scan *self = data;
  const char *card = g_ptr_array_index (self->cards, self->next++ % self->cards->len);
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(DbkCounterView) view = NULL;
  DbkCounterRequest request = { .day = DBK_DAY_NONE };
  gint64 start, end;

  if (self->cold)
    {
      g_clear_pointer (&self->clinic, dbk_clinic_close);
      dbk_bench_forget_file (self->path);
      self->clinic = dbk_bench_clinic_open (self->path, DBK_DB_READ);
    }
  start = dbk_bench_now_ns ();
  found = dbk_find_patient (self->clinic, self->session, card, &error);
  g_assert_no_error (error);
  request.patient = found->patient->id;
  request.card = found->card;
  view = dbk_counter_look (self->clinic, self->session, &request, &error);
  end = dbk_bench_now_ns ();
  g_assert_no_error (error);
  /* Every fourth has namesakes and is asked who they are. */
  g_assert_cmpint (view->verdict->kind, !=, DBK_VERDICT_STOP);
  return end - start;
}

static void
choose_cards (Scan  *self,
              guint  n)
{
  g_autoptr(GPtrArray) patients = dbk_bench_clinic_dup_patients (self->clinic);

  self->cards = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) cards = dbk_card_list (dbk_clinic_get_db (self->clinic), g_ptr_array_index (patients, i), &error);

      g_assert_no_error (error);
      g_ptr_array_add (self->cards, g_strdup (((DbkCardRow *) g_ptr_array_index (cards, 0))->code));
    }
}

int
main (int    argc,
      char **argv)
{
  Scan self = { .path = argv[2], .cold = strcmp (argv[3], "cold") == 0 };
  DbkBench bench = { .name = argv[1], .ours = scan, .data = &self, .times = self.cold ? COLD_SCANS : SCANS, .target = "p99-ms 50" };

  self.clinic = dbk_bench_clinic_open (self.path, DBK_DB_READ);
  self.session = dbk_bench_clinic_sign_in (self.clinic, DBK_ROLE_NURSE);
  choose_cards (&self, DBK_BENCH_ROUNDS * bench.times);
  dbk_bench_run (&bench);
  g_clear_pointer (&self.clinic, dbk_clinic_close);
  dbk_session_free (self.session);
  g_ptr_array_unref (self.cards);
  return 0;
}
