/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-card"

#include "app/dbk-issue-card.h"

#include <glib/gi18n.h>

#include "db/facts/dbk-people-facts.h"
#include "db/record/dbk-code.h"

static const char *const reasons[] = { "lost", "damaged", "left", "other", NULL };

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  const char       *code;
  const char       *revoke_reason;
} CardWrite;

static gboolean
check_reason (const char  *reason,
              GError     **error)
{
  if (g_strv_contains (reasons, reason))
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("A card is revoked because it is lost, damaged, left or other"));
  return FALSE;
}

static gboolean
revoke_others (DbkDb            *db,
               const DbkStamp   *stamp,
               const CardWrite  *write,
               GError          **error)
{
  g_autoptr(GPtrArray) cards = dbk_card_list (db, write->patient, error);

  if (cards == NULL)
    return FALSE;
  for (guint i = 0; i < cards->len; i++)
    {
      const DbkCardRow *card = g_ptr_array_index (cards, i);

      if (card->revoked == DBK_DAY_NONE && !dbk_fact_card_revoked (db, stamp, card->code, write->revoke_reason, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
issue (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  const CardWrite *write = data;
  DbkStamp stamp;

  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  return (write->revoke_reason == NULL || revoke_others (db, &stamp, write, error)) &&
         dbk_fact_card_issued (db, &stamp, write->code, write->patient, error);
}

/* An id is 80 random bits in the letters of a code; the code only frames it. */
static char *
mint_card (void)
{
  g_autofree char *id = dbk_fact_log_new_id ();

  return dbk_code_from_id (DBK_CODE_CARD, id);
}

gboolean
dbk_issue_card (DbkClinic         *clinic,
                const DbkSession  *session,
                const char        *patient,
                const char        *revoke_reason,
                char             **code,
                GError           **error)
{
  g_autofree char *minted = mint_card ();
  CardWrite write = { clinic, session, patient, minted, revoke_reason };

  if (!dbk_session_require (session, DBK_ACT_ISSUE_CARD, error) ||
      (revoke_reason != NULL && !check_reason (revoke_reason, error)) ||
      !dbk_db_write (dbk_clinic_get_db (clinic), issue, &write, error))
    return FALSE;
  *code = g_steal_pointer (&minted);
  return TRUE;
}

static gboolean
revoke_one (DbkDb     *db,
            gpointer   data,
            GError   **error)
{
  const CardWrite *write = data;
  DbkStamp stamp;
  DbkCardRow *card = dbk_card_get (db, write->code, NULL);
  gboolean known = card != NULL && card->patient != NULL;

  g_clear_pointer (&card, dbk_card_row_free);
  if (!known)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_CARD_UNKNOWN, "This clinic has not issued this card");
      return FALSE;
    }
  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  return dbk_fact_card_revoked (db, &stamp, write->code, write->revoke_reason, error);
}

gboolean
dbk_revoke_card (DbkClinic         *clinic,
                 const DbkSession  *session,
                 const char        *code,
                 const char        *reason,
                 GError           **error)
{
  g_autofree char *canonical = NULL;
  DbkCodeKind kind;
  CardWrite write = { clinic, session, NULL, NULL, reason };

  if (!dbk_session_require (session, DBK_ACT_ISSUE_CARD, error) || !check_reason (reason, error) ||
      !dbk_code_parse (code, &kind, NULL, &canonical, error))
    return FALSE;
  write.code = canonical;
  return dbk_db_write (dbk_clinic_get_db (clinic), revoke_one, &write, error);
}

char *
dbk_current_card (DbkClinic   *clinic,
                  const char  *patient,
                  GError     **error)
{
  g_autoptr(GPtrArray) cards = dbk_card_list (dbk_clinic_get_db (clinic), patient, error);

  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      const DbkCardRow *card = g_ptr_array_index (cards, i);

      if (card->revoked == DBK_DAY_NONE)
        return g_strdup (card->code);
    }
  return NULL;
}
