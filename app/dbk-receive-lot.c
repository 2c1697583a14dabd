/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-lot"

#include "app/dbk-receive-lot.h"

#include <glib/gi18n.h>

#include "app/dbk-enrol-site.h"
#include "db/dbk-dose-store.h"
#include "db/facts/dbk-drug-facts.h"
#include "db/record/dbk-quantity.h"

#define TEXT_MOST 200 /* bytes */
#define STRENGTH_MOST 1000000 /* µg per mL: 1 g per mL, which no solution of it reaches */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const DbkLot     *lot;
  const char       *number;
  const char       *to;      /* id of the place it is sent to */
  gint64            volume_ul;
} LotWrite;

static gboolean
refuse (DbkAppError   code,
        const char   *message,
        GError      **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean
is_line (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= TEXT_MOST && g_utf8_validate (text, -1, NULL) && strpbrk (text, "\r\n") == NULL;
}

static gboolean
check_lot (const DbkLot  *lot,
           DbkDay         today,
           GError       **error)
{
  if (!is_line (lot->number) || !is_line (lot->product))
    return refuse (DBK_APP_ERROR_INVALID, N_("A lot needs its number and the name of the product"), error);
  if (lot->ug_per_ml <= 0 || lot->ug_per_ml > STRENGTH_MOST)
    return refuse (DBK_APP_ERROR_INVALID, N_("The concentration is not one that a solution can have"), error);
  if (lot->received_ul <= 0 || lot->received_ul > DBK_QUANTITY_MAX)
    return refuse (DBK_APP_ERROR_INVALID, N_("The volume received is not one"), error);
  if (lot->expires == DBK_DAY_NONE || lot->expires < today)
    return refuse (DBK_APP_ERROR_INVALID, N_("The lot has expired"), error);
  return TRUE;
}

static gboolean
receive (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  const LotWrite *write = data;
  const char *site = dbk_clinic_get_site (write->clinic)->id;
  g_autoptr(DbkLot) other = dbk_lot_by_number (db, site, write->lot->number, NULL);
  DbkStamp stamp;

  if (other != NULL)
    return refuse (DBK_APP_ERROR_TAKEN, "This clinic has a lot of that number already", error);
  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  return dbk_fact_lot_received (db, &stamp, write->lot, NULL, error);
}

gboolean
dbk_receive_lot (DbkClinic         *clinic,
                 const DbkSession  *session,
                 const DbkLot      *lot,
                 char             **id,
                 GError           **error)
{
  g_autoptr(DbkLot) own = dbk_lot_copy (lot);
  LotWrite write = { clinic, session, own };

  if (!dbk_session_require (session, DBK_ACT_RECEIVE_LOT, error) || !check_lot (lot, dbk_clinic_today (clinic), error))
    return FALSE;
  g_free (own->id);
  own->id = dbk_fact_log_new_id ();
  if (!dbk_db_write (dbk_clinic_get_db (clinic), receive, &write, error))
    return FALSE;
  if (id != NULL)
    *id = g_strdup (own->id);
  return TRUE;
}

static gboolean
open_bottle (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const LotWrite *write = data;
  g_autoptr(DbkLot) lot = dbk_lot_by_number (db, dbk_clinic_get_site (write->clinic)->id, write->number, error);
  g_autofree char *bottle = dbk_fact_log_new_id ();
  gint64 volume_ul, in_safe_ul;
  DbkStamp stamp;

  if (lot == NULL)
    return FALSE;
  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  if (lot->expires < stamp.day)
    return refuse (DBK_APP_ERROR_INVALID, N_("This lot has expired"), error);
  /* Who opens it at a dosing point has it in hand. */
  if (lot->transit_ul > 0 && !dbk_fact_lot_arrived (db, &stamp, lot->id, lot->transit_ul, error))
    return FALSE;
  in_safe_ul = lot->safe_ul + MAX (lot->transit_ul, 0);
  volume_ul = write->volume_ul != 0 ? write->volume_ul : in_safe_ul;
  if (volume_ul > in_safe_ul)
    return refuse (DBK_APP_ERROR_INVALID, N_("The safe does not hold that much of this lot"), error);
  if (volume_ul == 0 && lot->bottle_ul == 0)
    return refuse (DBK_APP_ERROR_INVALID, N_("There is nothing left of this lot"), error);
  return dbk_fact_bottle_opened (db, &stamp, bottle, lot->id, volume_ul, error);
}

gboolean
dbk_open_bottle (DbkClinic         *clinic,
                 const DbkSession  *session,
                 const char        *lot_number,
                 gint64             volume_ul,
                 GError           **error)
{
  LotWrite write = { .clinic = clinic, .session = session, .number = lot_number, .volume_ul = volume_ul };

  if (volume_ul < 0)
    return refuse (DBK_APP_ERROR_INVALID, N_("A volume is not less than nothing"), error);
  return dbk_session_require (session, DBK_ACT_OPEN_LOT, error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), open_bottle, &write, error);
}

/* ---- to a dosing point ---- */

gboolean
dbk_send_lot_within (DbkClinic       *clinic,
                     const DbkStamp  *stamp,
                     const char      *lot_number,
                     const char      *site,
                     gint64           volume_ul,
                     DbkLot         **lot,
                     GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(DbkLot) own = dbk_lot_by_number (db, dbk_clinic_get_site (clinic)->id, lot_number, error);

  if (own == NULL)
    return FALSE;
  if (own->expires < stamp->day)
    return refuse (DBK_APP_ERROR_INVALID, N_("This lot has expired"), error);
  if (volume_ul > own->safe_ul)
    return refuse (DBK_APP_ERROR_INVALID, N_("The safe does not hold that much of this lot"), error);
  if (!dbk_fact_lot_sent (db, stamp, own->id, site, volume_ul, error))
    return FALSE;
  if (lot != NULL)
    *lot = g_steal_pointer (&own);
  return TRUE;
}

static gboolean
send (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  const LotWrite *write = data;
  DbkStamp stamp;

  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  return dbk_send_lot_within (write->clinic, &stamp, write->number, write->to, write->volume_ul, NULL, error);
}

gboolean
dbk_send_lot (DbkClinic         *clinic,
              const DbkSession  *session,
              const char        *lot_number,
              const char        *site,
              gint64             volume_ul,
              GError           **error)
{
  g_autoptr(DbkSite) place = NULL;
  LotWrite write = { .clinic = clinic, .session = session, .number = lot_number, .volume_ul = volume_ul };

  if (!dbk_session_require (session, DBK_ACT_SEND_LOT, error))
    return FALSE;
  if (!dbk_clinic_get_home (clinic)->here)
    return refuse (DBK_APP_ERROR_INVALID, N_("Only the clinic itself does this, not a dosing point"), error);
  if (volume_ul <= 0)
    return refuse (DBK_APP_ERROR_INVALID, N_("A volume is not less than nothing"), error);
  place = dbk_find_site (clinic, site, error);
  if (place == NULL)
    return FALSE;
  if (strcmp (place->id, dbk_clinic_get_site (clinic)->id) == 0)
    return refuse (DBK_APP_ERROR_INVALID, N_("This is the clinic itself"), error);
  write.to = place->id;
  return dbk_db_write (dbk_clinic_get_db (clinic), send, &write, error);
}
