/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-session"

#include "app/dbk-session.h"

DbkSession *
dbk_session_new (const DbkStaff *staff)
{
  DbkSession *self = g_new0 (DbkSession, 1);

  self->staff = g_strdup (staff->id);
  self->login = g_strdup (staff->login);
  self->name = g_strdup (staff->name);
  self->role = staff->role;
  return self;
}

DbkSession *
dbk_session_copy (const DbkSession *self)
{
  DbkSession *copy = g_new0 (DbkSession, 1);

  copy->staff = g_strdup (self->staff);
  copy->login = g_strdup (self->login);
  copy->name = g_strdup (self->name);
  copy->role = self->role;
  return copy;
}

void
dbk_session_free (DbkSession *self)
{
  if (self == NULL)
    return;
  g_free (self->staff);
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

gboolean
dbk_session_require (const DbkSession  *self,
                     DbkAct             act,
                     GError           **error)
{
  if (self != NULL && dbk_role_may (self->role, act))
    return TRUE;
  if (self == NULL)
    g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED, "Nobody is signed in (for: %s)", dbk_act_to_word (act));
  else
    g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED, "The role \"%s\" may not do this (%s)", dbk_role_to_word (self->role),
                 dbk_act_to_word (act));
  return FALSE;
}
