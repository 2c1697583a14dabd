/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose a patient's day is: as a table, and explored. The exploration plays a clinic and one dosing point, one patient, three days: every order
 * of granting, giving back, breaking, dosing, of days passing, and of files that arrive late, twice, out of order or never, with either record
 * put back to any older copy. Decisions are those of the real rule over the leases that each place knows. What must never be reached: two doses on
 * one day, unless a physician broke the lease.
 *
 * A place's facts are a chain, so what the other knows of them is a beginning of it, however many files it lost: the longest that arrived. A
 * place that was put back notices (its witness, outside the copy, is ahead) and neither doses, grants nor gives back until it has its own facts
 * again; a copy of which nobody can know, a virtual machine reverted with everything in it, is a fork: it is found at import, not prevented. */
#include <string.h>

#include "app/rules/dbk-authority.h"

#define HOME "H"
#define POINT "P"

/* ---- a table ---- */

typedef struct
{
  const char *name;
  const char *holder;     /* of the first lease; NULL: on paper */
  DbkDay      from, to, back_from;
  const char *other;      /* holder of a second lease over all days; "": no second one */
  DbkDay      day;
  gboolean    home_may;
  gboolean    point_may;
} Row;

#define NONE DBK_DAY_NONE
static const Row rows[] = {
  { "before",             POINT, 10, 12, NONE, "",    9, TRUE, FALSE },
  { "first-day",          POINT, 10, 12, NONE, "",   10, FALSE, TRUE },
  { "last-day",           POINT, 10, 12, NONE, "",   12, FALSE, TRUE },
  { "after",              POINT, 10, 12, NONE, "",   13, TRUE, FALSE },
  { "one-day",            POINT, 10, 10, NONE, "",   10, FALSE, TRUE },
  { "returned-later",     POINT, 10, 12, 12,   "",   11, FALSE, TRUE },
  { "returned-from-it",   POINT, 10, 12, 11,   "",   11, TRUE, FALSE },
  { "returned-wholly",    POINT, 10, 12, 10,   "",   10, TRUE, FALSE },
  { "returned-before",    POINT, 10, 12, 3,    "",   10, TRUE, FALSE },
  { "returned-after-all", POINT, 10, 12, 20,   "",   12, FALSE, TRUE },
  { "of-another",         "Q",   10, 12, NONE, "",   10, FALSE, FALSE },
  { "on-paper",           NULL,  10, 12, NONE, "",   10, FALSE, FALSE },
  { "contested",          POINT, 10, 12, NONE, "Q",  10, FALSE, FALSE },
  { "twice-its-own",      POINT, 10, 12, NONE, POINT, 10, FALSE, TRUE },
};

static DbkLease *
new_lease (const char *holder,
           DbkDay      from,
           DbkDay      to,
           DbkDay      back_from)
{
  DbkLease *lease = dbk_lease_new ();

  lease->holder = g_strdup (holder);
  lease->from = from;
  lease->to = to;
  lease->back_from = back_from;
  return lease;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(GPtrArray) leases = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_lease_free);
  const DbkLease *lease = NULL;

  g_ptr_array_add (leases, new_lease (row->holder, row->from, row->to, row->back_from));
  if (row->other == NULL || *row->other != '\0')
    g_ptr_array_add (leases, new_lease (row->other, 0, 100, NONE));
  g_assert_cmpint (dbk_authority_is_here (leases, row->day, HOME, TRUE, &lease), ==, row->home_may);
  g_assert_true ((lease == NULL) == row->home_may);
  g_assert_cmpint (dbk_authority_is_here (leases, row->day, POINT, FALSE, NULL), ==, row->point_may);
}

static void
test_nothing_known (void)
{
  const DbkLease *lease = (const DbkLease *) rows;

  g_assert_true (dbk_authority_is_here (NULL, 10, HOME, TRUE, &lease));
  g_assert_null (lease);
  g_assert_false (dbk_authority_is_here (NULL, 10, POINT, FALSE, &lease));
  g_assert_null (lease);
}

/* ---- the world that is explored ---- */

#define DAYS 3
/* At each place: seven million states. With a sanitizer each takes ten times as long and as much memory. */
#ifdef __SANITIZE_ADDRESS__
#define EVENTS_MOST 2
#define STATES_LEAST 10000
#else
#define EVENTS_MOST 3
#define STATES_LEAST 1000000
#endif
#define GRANTS_MOST 2

typedef enum { EVENT_GRANT, EVENT_RETURN, EVENT_BREAK, EVENT_DOSE } EventKind;

/* One byte: kind, and two days (of a grant first and last; of an end the number of the grant and the first day). */
typedef guint8 Event;
#define EVENT(kind, a, b) ((Event) ((guint) (kind) << 4 | (guint) (a) << 2 | (guint) (b)))
#define EVENT_KIND(e) ((EventKind) ((e) >> 4))
#define EVENT_A(e) ((int) ((e) >> 2) & 3)
#define EVENT_B(e) ((int) (e) & 3)

enum { H, P };

typedef struct
{
  Event  chain[2][EVENTS_MOST];
  guint8 length[2];   /* of each place's chain, as it truly happened */
  guint8 has[2][2];   /* has[X][Y]: how much of Y's chain X has; X of its own less than all: it was put back */
  guint8 today;
} World;

typedef struct
{
  GHashTable *seen;
  GQueue      open;
  gboolean    trusting;     /* the control: the clinic believes that a lease ends when it has heard of a dose there */
  guint       n_point_dosed;
  guint       n_home_after_return;
  guint       n_broken;
  World       wrong;
  gboolean    found_wrong;
} Exploration;

static guint
hash_world (gconstpointer data)
{
  const guint8 *bytes = data;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (World); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
equal_worlds (gconstpointer a,
              gconstpointer b)
{
  return memcmp (a, b, sizeof (World)) == 0;
}

static gboolean
knows_dose (const World *w,
            int          who,
            int          day)
{
  for (int of = H; of <= P; of++)
    for (int i = 0; i < w->has[who][of]; i++)
      if (w->chain[of][i] == EVENT (EVENT_DOSE, day, 0))
        return TRUE;
  return FALSE;
}

/* The leases as @who knows them. */
static GPtrArray *
list_leases (const World *w,
             int          who)
{
  GPtrArray *leases = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_lease_free);

  for (int i = 0; i < w->has[who][H]; i++)
    if (EVENT_KIND (w->chain[H][i]) == EVENT_GRANT)
      g_ptr_array_add (leases, new_lease (POINT, EVENT_A (w->chain[H][i]), EVENT_B (w->chain[H][i]), NONE));
  for (int of = H; of <= P; of++)
    for (int i = 0; i < w->has[who][of]; i++)
      {
        Event e = w->chain[of][i];
        DbkLease *lease;

        if (EVENT_KIND (e) != EVENT_RETURN && EVENT_KIND (e) != EVENT_BREAK)
          continue;
        if ((guint) EVENT_A (e) >= leases->len)
          continue;
        lease = g_ptr_array_index (leases, EVENT_A (e));
        lease->back_from = lease->back_from == NONE ? EVENT_B (e) : MIN (lease->back_from, EVENT_B (e));
      }
  return leases;
}

static gboolean
may_dose (const Exploration *x,
          const World       *w,
          int                who,
          GPtrArray         *leases)
{
  if (knows_dose (w, who, w->today))
    return FALSE;
  if (x->trusting && who == H && w->has[H][P] > 0)
    return TRUE;
  return dbk_authority_is_here (leases, w->today, who == H ? HOME : POINT, who == H, NULL);
}

/* Whether a physician took that day from the point. */
static gboolean
is_broken (const World *w,
           int          day)
{
  for (int i = 0; i < w->length[H]; i++)
    if (EVENT_KIND (w->chain[H][i]) == EVENT_BREAK && EVENT_B (w->chain[H][i]) <= day)
      return TRUE;
  return FALSE;
}

static int
count_doses (const World *w,
             int          day)
{
  int n = 0;

  for (int of = H; of <= P; of++)
    for (int i = 0; i < w->length[of]; i++)
      n += w->chain[of][i] == EVENT (EVENT_DOSE, day, 0) ? 1 : 0;
  return n;
}

static void
judge (Exploration *x,
       const World *w)
{
  for (int day = 0; day < DAYS; day++)
    {
      if (count_doses (w, day) < 2)
        continue;
      if (is_broken (w, day))
        x->n_broken++;
      else if (!x->found_wrong)
        {
          x->found_wrong = TRUE;
          x->wrong = *w;
        }
    }
}

static void
visit (Exploration *x,
       const World *w)
{
  World *copy;

  if (g_hash_table_contains (x->seen, w))
    return;
  copy = g_memdup2 (w, sizeof *w);
  g_hash_table_add (x->seen, copy);
  g_queue_push_tail (&x->open, copy);
  judge (x, copy);
}

static void
write_event (Exploration *x,
             const World *w,
             int          who,
             Event        e)
{
  World next = *w;

  if (w->length[who] == EVENTS_MOST)
    return;
  next.chain[who][next.length[who]++] = e;
  next.has[who][who] = next.length[who];
  visit (x, &next);
}

static guint
count_kind (const World *w,
            int          who,
            EventKind    kind)
{
  guint n = 0;

  for (int i = 0; i < w->length[who]; i++)
    n += EVENT_KIND (w->chain[who][i]) == kind ? 1 : 0;
  return n;
}

static void
try_grants (Exploration *x,
            const World *w,
            GPtrArray   *leases)
{
  if (count_kind (w, H, EVENT_GRANT) == GRANTS_MOST)
    return;
  for (int from = w->today; from < DAYS; from++)
    for (int to = from; to < DAYS; to++)
      {
        gboolean ours = TRUE;

        for (int day = from; day <= to; day++)
          ours = ours && dbk_authority_is_here (leases, day, HOME, TRUE, NULL);
        if (ours)
          write_event (x, w, H, EVENT (EVENT_GRANT, from, to));
      }
}

static void
try_ends (Exploration *x,
          const World *w,
          int          who,
          GPtrArray   *leases)
{
  for (guint n = 0; n < leases->len; n++)
    for (int from = w->today; from < DAYS; from++)
      {
        gboolean dosed = FALSE;

        for (int day = from; day < DAYS; day++)
          dosed = dosed || knows_dose (w, who, day);
        if (dbk_lease_last_day (g_ptr_array_index (leases, n)) == NONE || from > dbk_lease_last_day (g_ptr_array_index (leases, n)))
          continue;
        if (who == H)
          write_event (x, w, H, EVENT (EVENT_BREAK, n, from));
        else if (!dosed)
          write_event (x, w, P, EVENT (EVENT_RETURN, n, from));
      }
}

static void
act (Exploration *x,
     const World *w,
     int          who)
{
  g_autoptr(GPtrArray) leases = NULL;

  /* Put back to an older copy, and its witness says so. */
  if (w->has[who][who] < w->length[who])
    return;
  leases = list_leases (w, who);
  if (may_dose (x, w, who, leases))
    {
      x->n_point_dosed += who == P ? 1 : 0;
      x->n_home_after_return += who == H && leases->len > 0 ? 1 : 0;
      write_event (x, w, who, EVENT (EVENT_DOSE, w->today, 0));
    }
  if (who == H)
    try_grants (x, w, leases);
  try_ends (x, w, who, leases);
}

/* A file that @to got from @from, written whenever: what it had of either chain is a beginning of what it has now. */
static void
carry (Exploration *x,
       const World *w,
       int          from,
       int          to)
{
  for (guint8 own = 0; own <= w->has[from][from]; own++)
    for (guint8 back = 0; back <= w->has[from][to]; back++)
      {
        World next = *w;

        next.has[to][from] = (guint8) MAX (next.has[to][from], own);
        next.has[to][to] = (guint8) MAX (next.has[to][to], back);
        visit (x, &next);
      }
}

static void
put_back (Exploration *x,
          const World *w,
          int          who)
{
  for (guint8 own = 0; own <= w->has[who][who]; own++)
    for (guint8 other = 0; other <= w->has[who][1 - who]; other++)
      {
        World next = *w;

        next.has[who][who] = own;
        next.has[who][1 - who] = other;
        visit (x, &next);
      }
}

static void
explore (Exploration *x)
{
  World start = { .today = 0 };
  const World *w;

  x->seen = g_hash_table_new_full (hash_world, equal_worlds, g_free, NULL);
  g_queue_init (&x->open);
  visit (x, &start);
  while ((w = g_queue_pop_head (&x->open)) != NULL && !x->found_wrong)
    {
      World tomorrow = *w;

      for (int who = H; who <= P; who++)
        {
          act (x, w, who);
          carry (x, w, who, 1 - who);
          put_back (x, w, who);
        }
      tomorrow.today = (guint8) MIN (w->today + 1, DAYS - 1);
      visit (x, &tomorrow);
    }
  g_queue_clear (&x->open);
}

static void
describe (const World *w)
{
  for (int of = H; of <= P; of++)
    for (int i = 0; i < w->length[of]; i++)
      g_test_message ("%c: event %d (%d, %d)", of == H ? 'H' : 'P', (int) EVENT_KIND (w->chain[of][i]), EVENT_A (w->chain[of][i]), EVENT_B (w->chain[of][i]));
}

static void
test_explored (void)
{
  Exploration x = { .trusting = FALSE };

  explore (&x);
  g_test_message ("%u states", g_hash_table_size (x.seen));
  if (x.found_wrong)
    describe (&x.wrong);
  g_assert_false (x.found_wrong);
  /* It was not for want of trying. */
  g_assert_cmpuint (g_hash_table_size (x.seen), >, STATES_LEAST);
  g_assert_cmpuint (x.n_point_dosed, >, 0);
  g_assert_cmpuint (x.n_home_after_return, >, 0);
  /* A grant, a break and a dose are three. */
  g_assert_cmpint (x.n_broken > 0, ==, EVENTS_MOST > 2);
  g_hash_table_unref (x.seen);
}

/* A rule that lets the clinic dose once it has heard from the point is found out. */
static void
test_control (void)
{
  Exploration x = { .trusting = TRUE };

  explore (&x);
  g_assert_true (x.found_wrong);
  g_hash_table_unref (x.seen);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/authority/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_row);
    }
  g_test_add_func ("/authority/nothing-known", test_nothing_known);
  g_test_add_func ("/authority/explored", test_explored);
  g_test_add_func ("/authority/control", test_control);
  return g_test_run ();
}
