/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-manage-staff.h"

static struct
{
  char *name;
  char *role;
  char *new_pin_file;
} options;

static const GOptionEntry add_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Their name", "NAME" },
  { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "nurse, physician, pharmacist, outreach or administrator", "ROLE" },
  { "new-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &options.new_pin_file, "File with their PIN; made if it is not there", "FILE" },
  { NULL },
};

static const GOptionEntry pin_options[] = {
  { "new-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &options.new_pin_file, "File with the new PIN; made if it is not there", "FILE" },
  { NULL },
};

static DbkExit
add (DbkCtl   *ctl,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *pin = NULL, *id = NULL;
  DbkRole role;

  if (options.name == NULL || options.role == NULL || options.new_pin_file == NULL)
    return dbk_ctl_usage (error, "A new person needs --name, --role and --new-pin-file");
  if (!dbk_session_require (ctl->session, DBK_ACT_MANAGE_STAFF, error) || !dbk_role_from_word (options.role, &role, error))
    return DBK_EXIT_FAILED;
  pin = dbk_ctl_read_or_make_pin (options.new_pin_file, error);
  if (pin == NULL || !dbk_staff_add (ctl->clinic, ctl->session, argv[0], options.name, role, pin, &id, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "staff", id);
  json_object_set_string_member (ctl->out, "login", argv[0]);
  json_object_set_string_member (ctl->out, "role", dbk_role_to_word (role));
  dbk_ctl_say (ctl, "%s may sign in as %s (%s).", options.name, argv[0], dbk_role_text (role));
  return DBK_EXIT_DONE;
}

static DbkExit
end (DbkCtl   *ctl,
     int       argc,
     char    **argv,
     GError  **error)
{
  if (!dbk_staff_end (ctl->clinic, ctl->session, argv[0], error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "ended", argv[0]);
  dbk_ctl_say (ctl, "%s may no longer sign in.", argv[0]);
  return DBK_EXIT_DONE;
}

static DbkExit
set_pin (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autofree char *pin = NULL;

  if (options.new_pin_file == NULL)
    return dbk_ctl_usage (error, "The new PIN comes from a file: --new-pin-file FILE");
  pin = dbk_ctl_read_or_make_pin (options.new_pin_file, error);
  if (pin == NULL || !dbk_staff_set_pin (ctl->clinic, ctl->session, argv[0], pin, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "login", argv[0]);
  dbk_ctl_say (ctl, "%s has a new PIN.", argv[0]);
  return DBK_EXIT_DONE;
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(GPtrArray) all = dbk_staff_list (dbk_clinic_get_db (ctl->clinic), error);
  JsonArray *array;

  if (all == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const DbkStaff *staff = g_ptr_array_index (all, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "login", staff->login);
      json_object_set_string_member (object, "name", staff->name);
      json_object_set_string_member (object, "role", dbk_role_to_word (staff->role));
      json_object_set_boolean_member (object, "ended", staff->ended);
      json_array_add_object_element (array, object);
      dbk_ctl_say (ctl, "%-20s %-24s %s%s", staff->login, staff->name, dbk_role_text (staff->role), staff->ended ? " (ended)" : "");
    }
  json_object_set_array_member (ctl->out, "staff", array);
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_staff_verbs[] = {
  { "staff", "add", DBK_NEEDS_PERSON, add, "LOGIN", "Somebody begins to work here", add_options, 1, 1 },
  { "staff", "list", DBK_NEEDS_PERSON, list, "", "Who works here", NULL, 0, 0 },
  { "staff", "end", DBK_NEEDS_PERSON, end, "LOGIN", "Somebody no longer signs in", NULL, 1, 1 },
  { "staff", "pin", DBK_NEEDS_PERSON, set_pin, "LOGIN", "A new PIN", pin_options, 1, 1 },
  { NULL },
};
