/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-staff"

#include "db/record/dbk-staff.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/record/dbk-words-private.h"

#define LOGIN_MIN 2
#define LOGIN_MAX 32

static const char *const role_words[] = { "nurse", "physician", "pharmacist", "outreach", "administrator", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (role_words) == DBK_N_ROLES + 1);

DbkStaff *
dbk_staff_new (void)
{
  return g_new0 (DbkStaff, 1);
}

DbkStaff *
dbk_staff_copy (const DbkStaff *self)
{
  DbkStaff *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->login = g_strdup (self->login);
  copy->name = g_strdup (self->name);
  return copy;
}

void
dbk_staff_free (DbkStaff *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

const char *
dbk_role_to_word (DbkRole role)
{
  return _dbk_words_to (role_words, role);
}

gboolean
dbk_role_from_word (const char  *word,
                    DbkRole     *role,
                    GError     **error)
{
  guint value;

  if (!_dbk_words_from (role_words, "role", word, &value, error))
    return FALSE;
  *role = (DbkRole) value;
  return TRUE;
}

gboolean
dbk_login_check (const char  *login,
                 GError     **error)
{
  gsize length = login != NULL ? strlen (login) : 0;

  if (length >= LOGIN_MIN && length <= LOGIN_MAX && strspn (login, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == length)
    return TRUE;
  g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, N_("login: 2 to 32 of a-z 0-9 . - _"));
  return FALSE;
}
