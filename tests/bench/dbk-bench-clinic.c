/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/dbk-bench-clinic.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "app/dbk-demo-people.h"
#include "app/dbk-manage-staff.h"
#include "app/dbk-register-patient.h"
#include "db/dbk-claim.h"
#include "db/dbk-dose-store.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/facts/dbk-drug-facts.h"
#include "db/facts/dbk-order-facts.h"
#include "db/facts/dbk-people-facts.h"
#include "db/record/dbk-code.h"

#define SEED 20031
#define TIMEZONE "Asia/Shanghai"
#define PIN "135790"
#define NURSE "nurse.bench"
#define DOCTOR "doctor.bench"
#define ADMIN "admin.bench"
#define NOW_MINUTE (8 * 60)
#define LOT_UL (G_GINT64_CONSTANT (100) * 1000 * 1000 * 1000)
#define IMPORT_ID "BENCH00000000001"
#define ENROLLED_AGO 20
#define PER_TRANSACTION 10000
#define N_NURSES 4
#define N_LOTS 40
#define LOT_DAYS 30

/* Syllables that all sound different: made of them, every name is another to the ear too. */
static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗",
  "郑", "梁", "谢", "宋", "唐", "邓", "冯", "韩", "曹", "彭", "萧", "蔡", "潘", "田", "董", "袁", "吕", "欧", "叶", "程",
};
static const char *const syllables[] = {
  "安", "白", "宝", "波", "才", "昌", "成", "春", "聪", "达", "德", "东", "恩", "芳", "飞", "峰", "福", "刚", "光", "国", "海", "浩", "和", "宏", "华",
  "辉", "佳", "建", "杰", "军", "凯", "康", "兰", "乐", "丽", "亮", "玲", "龙", "梅", "明", "娜", "宁", "平", "强", "清", "荣", "瑞", "山", "涛", "伟",
};
/* Every fourth has a name that others have too. */
#define NAMESAKES_EACH 4

typedef struct
{
  DbkClinic          *clinic;
  const DbkBenchSize *size;
  char               *nurses[N_NURSES]; /* staff ids; the first opens the safe */
  char               *doctor;
  char               *lots[N_LOTS];
  guint               next;   /* patient */
} Making;

static gint64
moment (DbkClinic *clinic,
        DbkDay     day)
{
  return dbk_clock_ms_at (dbk_clinic_get_clock (clinic), day, NOW_MINUTE);
}

static DbkStamp
stamp_of (Making     *making,
          const char *author,
          DbkDay      day)
{
  DbkStamp stamp;

  dbk_clock_set (dbk_clinic_get_clock (making->clinic), moment (making->clinic, day));
  dbk_clock_stamp (dbk_clinic_get_clock (making->clinic), author, &stamp);
  return stamp;
}

static gboolean
fill_safe (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  Making *making = data;
  DbkStamp stamp = stamp_of (making, making->nurses[0], DBK_BENCH_DAY - ENROLLED_AGO);

  for (guint i = 0; i < N_LOTS; i++)
    {
      g_autofree char *bottle = dbk_fact_log_new_id ();
      g_autoptr(DbkLot) lot = dbk_lot_new ();

      lot->id = g_strdup (making->lots[i]);
      lot->number = g_strdup_printf ("L-%02u", i + 1);
      lot->product = g_strdup ("methadone oral solution");
      lot->ug_per_ml = 1000;
      lot->expires = DBK_BENCH_DAY + DBK_BENCH_YEAR_DAYS;
      lot->received_ul = LOT_UL;
      if (!dbk_fact_lot_received (db, &stamp, lot, making->doctor, error) ||
          !dbk_fact_bottle_opened (db, &stamp, bottle, lot->id, LOT_UL, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
dose_of (guint n)
{
  return 30000 + (gint64) (n % 16) * 5000;
}

static gboolean
sign (DbkDb       *db,
      Making      *making,
      const char  *patient,
      guint        n,
      DbkDay       from,
      char       **order_id,
      GError     **error)
{
  DbkStamp stamp = stamp_of (making, making->doctor, DBK_BENCH_DAY - ENROLLED_AGO);
  g_autoptr(DbkOrder) order = dbk_order_new ();

  order->id = dbk_fact_log_new_id ();
  order->patient = g_strdup (patient);
  order->dose_ug = dose_of (n);
  order->from = from;
  order->to = DBK_DAY_NONE;
  order->reason = g_strdup ("start");
  *order_id = g_strdup (order->id);
  return dbk_fact_order_signed (db, &stamp, order, NULL, error);
}

static gboolean
give (DbkDb       *db,
      Making      *making,
      const char  *patient,
      const char  *order,
      guint        n,
      DbkDay       day,
      GError     **error)
{
  DbkStamp stamp = stamp_of (making, making->nurses[(guint) day % N_NURSES], day);
  g_autoptr(DbkDose) dose = dbk_dose_new ();
  DbkClaimAnswer answer = DBK_CLAIM_HELD;

  dose->id = dbk_fact_log_new_id ();
  dose->patient = g_strdup (patient);
  dose->day = day;
  dose->part = 1;
  dose->kind = DBK_DOSE_OBSERVED;
  dose->dose_ug = dose->ordered_ug = dose->volume_ul = dose_of (n);
  dose->lot = g_strdup (making->lots[(guint) day / LOT_DAYS % N_LOTS]);
  dose->order = g_strdup (order);
  dose->given_ms = stamp.wall_ms;
  return dbk_claim_take (db, patient, day, 1, dose->id, &answer, NULL, error) && dbk_fact_dose (db, &stamp, dose, NULL, error);
}

static gboolean
import (DbkDb       *db,
        Making      *making,
        const char  *patient,
        guint        n,
        DbkDay       last,
        GError     **error)
{
  DbkStamp stamp = stamp_of (making, making->nurses[0], DBK_BENCH_DAY - 1);
  guint n_days = making->size->days;
  g_autofree DbkDay *days = g_new (DbkDay, n_days);
  g_autofree gint64 *doses_ug = g_new (gint64, n_days);
  gsize given = 0;

  for (DbkDay day = last - (DbkDay) n_days + 1; day <= last; day++)
    if (day % 33 != 0 || day == last)
      {
        days[given] = day;
        doses_ug[given++] = dose_of (n);
      }
  return dbk_fact_history (db, &stamp, IMPORT_ID, patient, days, doses_ug, given, error);
}

static gboolean
dose_history (DbkDb       *db,
              Making      *making,
              const char  *patient,
              const char  *order,
              guint        n,
              GError     **error)
{
  const DbkBenchSize *size = making->size;
  DbkDay last = DBK_BENCH_DAY - (n % DBK_BENCH_MISSING_EACH == DBK_BENCH_MISSING_EACH - 1 ? 4 : 1);
  guint n_days = n < size->dosed_here ? size->days : 1;

  if (n >= size->dosed_here && n < size->dosed_here + size->imported)
    return import (db, making, patient, n, last, error);
  for (DbkDay day = last - (DbkDay) n_days + 1; day <= last; day++)
    if ((day % 33 != 0 || day == last) && !give (db, making, patient, order, n, day, error))
      return FALSE;
  return TRUE;
}

static DbkPatient *
invent (guint n)
{
  DbkPatient *patient = dbk_demo_patient (n, SEED, DBK_BENCH_DAY);
  guint given = n / G_N_ELEMENTS (surnames);

  if (n % NAMESAKES_EACH == 0)
    return patient;
  g_free (patient->name);
  patient->name = g_strconcat (surnames[n % G_N_ELEMENTS (surnames)], syllables[given % G_N_ELEMENTS (syllables)],
                               syllables[given / G_N_ELEMENTS (syllables) % G_N_ELEMENTS (syllables)], NULL);
  return patient;
}

static gboolean
add_patient (DbkDb   *db,
             Making  *making,
             guint    n,
             GError **error)
{
  DbkStamp stamp = stamp_of (making, making->nurses[0], DBK_BENCH_DAY - ENROLLED_AGO);
  g_autoptr(DbkPatient) patient = invent (n);
  g_autofree char *card_id = dbk_fact_log_new_id ();
  g_autofree char *card = dbk_code_from_id (DBK_CODE_CARD, card_id);
  g_autofree char *order = NULL;
  DbkDay from = DBK_BENCH_DAY - (DbkDay) MAX (making->size->days, ENROLLED_AGO);

  patient->id = dbk_fact_log_new_id ();
  patient->enrolled = from;
  dbk_fill_pinyin (patient);
  return dbk_fact_patient_registered (db, &stamp, patient, error) &&
         dbk_fact_card_issued (db, &stamp, card, patient->id, error) &&
         sign (db, making, patient->id, n, from, &order, error) &&
         dose_history (db, making, patient->id, order, n, error);
}

static gboolean
add_patients (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  Making *making = data;
  gboolean long_histories = making->next < making->size->dosed_here + making->size->imported;
  guint end = MIN (making->next + (long_histories ? 10 : PER_TRANSACTION), making->size->patients);

  for (; making->next < end; making->next++)
    if (!add_patient (db, making, making->next, error))
      return FALSE;
  return TRUE;
}

static void
hire (Making *making)
{
  g_autoptr(DbkSession) admin = dbk_bench_clinic_sign_in (making->clinic, DBK_ROLE_ADMINISTRATOR);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < N_NURSES; i++)
    {
      g_autofree char *login = i == 0 ? g_strdup (NURSE) : g_strdup_printf ("nurse.%u", i);

      dbk_staff_add (making->clinic, admin, login, "护士 Nurse", DBK_ROLE_NURSE, PIN, &making->nurses[i], &error);
      g_assert_no_error (error);
    }
  dbk_staff_add (making->clinic, admin, DOCTOR, "Doctor", DBK_ROLE_PHYSICIAN, PIN, &making->doctor, &error);
  g_assert_no_error (error);
}

static void
clear_making (Making *making)
{
  g_clear_pointer (&making->clinic, dbk_clinic_close);
  for (guint i = 0; i < N_NURSES; i++)
    g_free (making->nurses[i]);
  for (guint i = 0; i < N_LOTS; i++)
    g_free (making->lots[i]);
  g_free (making->doctor);
}

void
dbk_bench_clinic_make (const char         *path,
                       const DbkBenchSize *size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkClock) clock = dbk_clock_new (TIMEZONE, &error);
  DbkSetUp set_up = { .site_name = "Bench", .site_code = "BENCH", .timezone = TIMEZONE, .policy = "australia-2003",
                      .admin_login = ADMIN, .admin_name = "Admin", .admin_pin = PIN };
  Making making = { .size = size };

  g_assert_no_error (error);
  making.clinic = dbk_clinic_set_up (path, &set_up, dbk_clock_ms_at (clock, DBK_BENCH_DAY - ENROLLED_AGO, 0), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_LOTS; i++)
    making.lots[i] = dbk_fact_log_new_id ();
  hire (&making);
  dbk_db_write (dbk_clinic_get_db (making.clinic), fill_safe, &making, &error);
  g_assert_no_error (error);
  while (making.next < size->patients)
    {
      dbk_db_write (dbk_clinic_get_db (making.clinic), add_patients, &making, &error);
      g_assert_no_error (error);
    }
  clear_making (&making);
}

DbkClinic *
dbk_bench_clinic_open (const char *path,
                       DbkDbMode   mode)
{
  g_autoptr(GError) error = NULL;
  DbkClinic *clinic = dbk_clinic_open (path, mode, &error);

  g_assert_no_error (error);
  dbk_clock_set (dbk_clinic_get_clock (clinic), moment (clinic, DBK_BENCH_DAY));
  return clinic;
}

DbkSession *
dbk_bench_clinic_sign_in (DbkClinic *clinic,
                          DbkRole    role)
{
  const char *login = role == DBK_ROLE_NURSE ? NURSE : role == DBK_ROLE_PHYSICIAN ? DOCTOR : ADMIN;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkStaff) staff = dbk_staff_by_login (dbk_clinic_get_db (clinic), login, NULL, NULL, &error);

  g_assert_no_error (error);
  return dbk_session_new (staff);
}

GPtrArray *
dbk_bench_clinic_dup_patients (DbkClinic *clinic)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = dbk_attendance_active (dbk_clinic_get_db (clinic), &error);
  g_autoptr(GPtrArray) missing = NULL;
  g_autoptr(GHashTable) away = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GRand) rand = g_rand_new_with_seed (SEED);
  GPtrArray *patients = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  missing = dbk_attendance_sweep (dbk_clinic_get_db (clinic), DBK_BENCH_DAY - 1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < missing->len; i++)
    g_hash_table_add (away, g_ptr_array_index (missing, i));
  for (guint i = 0; i < all->len; i++)
    if (!g_hash_table_contains (away, g_ptr_array_index (all, i)))
      g_ptr_array_add (patients, g_strdup (g_ptr_array_index (all, i)));
  for (guint i = patients->len; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer last = patients->pdata[i - 1];

      patients->pdata[i - 1] = patients->pdata[other];
      patients->pdata[other] = last;
    }
  return patients;
}

char *
dbk_bench_clinic_dup_number (guint n)
{
  g_autoptr(DbkPatient) patient = dbk_demo_patient (n, SEED, DBK_BENCH_DAY);

  return g_steal_pointer (&patient->number);
}

void
dbk_bench_forget_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  /* Only what is on the disk can be forgotten. */
  g_assert_cmpint (fdatasync (fd), ==, 0);
  g_assert_cmpint (posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED), ==, 0);
  g_close (fd, NULL);
}
