/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-policy-settings.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-closure-settings.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-whole-text.h"

struct _DbkPolicySettings
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  AdwActionRow *current;
  AdwActionRow *verified;
  GtkLabel     *text;
  GtkWidget    *other_group;
  AdwComboRow  *other;
  GtkLabel     *other_text;
  GtkWidget    *adopt;
  DbkClosureSettings *closures;

  /* Owned References */
  DbkDesk      *desk;
  GPtrArray    *shipped;  /* DbkPolicy, in the order of the row, which begins with "Choose…" */
  char         *in_force; /* name and version */
  gboolean      may_adopt;
};

G_DEFINE_FINAL_TYPE (DbkPolicySettings, dbk_policy_settings, ADW_TYPE_PREFERENCES_PAGE)

static const char *
title_of (const DbkPolicy *policy)
{
  return dbk_text_language () == DBK_LANGUAGE_CHINESE ? policy->title_zh : policy->title_en;
}

static const char *
text_of (const DbkPolicy *policy)
{
  return dbk_text_language () == DBK_LANGUAGE_CHINESE ? policy->text_zh : policy->text_en;
}

static const char *
say_verified (const DbkPolicy *policy)
{
  return policy->verified ? _("✔ Every row was compared with its source")
                          : _("△ Parts of this table have not been verified against their source.");
}

/* NULL: none is chosen. */
static const DbkPolicy *
get_chosen (DbkPolicySettings *self)
{
  guint n = adw_combo_row_get_selected (self->other);

  return n > 0 && n <= self->shipped->len ? g_ptr_array_index (self->shipped, n - 1) : NULL;
}

static char *
name_policy (const DbkPolicy *policy)
{
  return g_strdup_printf ("%s %s", policy->name, policy->version);
}

static void
on_other_chosen_cb (DbkPolicySettings *self)
{
  const DbkPolicy *policy = get_chosen (self);
  g_autofree char *name = policy != NULL ? name_policy (policy) : NULL;
  g_autofree char *text = policy != NULL ? g_strjoin ("\n\n", text_of (policy), say_verified (policy), NULL) : g_strdup ("");

  gtk_label_set_label (self->other_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->other_text), policy != NULL);
  gtk_widget_set_sensitive (self->adopt, self->may_adopt && policy != NULL && g_strcmp0 (name, self->in_force) != 0);
}

static void
fill_shipped (DbkPolicySettings *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  g_auto(GStrv) names = dbk_policy_list_shipped ();

  dbk_show_whole_text (self->other);
  gtk_string_list_append (titles, _("Choose…"));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *json = dbk_policy_dup_shipped (names[i], NULL);
      DbkPolicy *policy = json != NULL ? dbk_policy_parse (json, NULL) : NULL;

      if (policy == NULL)
        continue;
      g_ptr_array_add (self->shipped, policy);
      gtk_string_list_append (titles, title_of (policy));
    }
  adw_combo_row_set_model (self->other, G_LIST_MODEL (titles));
}

/* ---- adopting ---- */

static gpointer
adopt (DbkClinic         *clinic,
       const DbkSession  *session,
       gpointer           data,
       GError           **error)
{
  return GINT_TO_POINTER (dbk_clinic_adopt_policy (clinic, session, data, error));
}

static void
on_adopted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkPolicySettings) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean adopted = dbk_desk_run_finish (result, &error) != NULL;

  if (self->desk == NULL)
    return;
  if (!adopted)
    dbk_show_error (GTK_WIDGET (self), _("The policy was not adopted"), error);
  else
    adw_combo_row_set_selected (self->other, 0);
}

static void
on_adopt_confirmed (DbkPolicySettings *self)
{
  const DbkPolicy *policy = get_chosen (self);

  if (policy != NULL)
    dbk_desk_run_async (self->desk, DBK_WORK_WRITES, adopt, g_strdup (policy->name), g_free, NULL, NULL, on_adopted_cb, g_object_ref (self));
}

static void
on_adopt_clicked_cb (DbkPolicySettings *self)
{
  const DbkPolicy *policy = get_chosen (self);
  g_autofree char *title = policy != NULL ? g_strdup_printf (_("Adopt “%s”?"), title_of (policy)) : NULL;

  if (policy != NULL)
    dbk_ask (GTK_WIDGET (self), title, _("From now on every missed day and every new order in this clinic is judged by this table."), _("_Adopt"),
             G_CALLBACK (on_adopt_confirmed), self);
}

/* ---- the policy in force ---- */

static gpointer
read_policy (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  return dbk_clinic_new_policy (clinic, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkPolicySettings) self = user_data;
  g_autoptr(DbkPolicy) policy = dbk_desk_run_finish (result, NULL);
  g_autofree char *shown = NULL;

  if (self->desk == NULL)
    return;
  g_clear_pointer (&self->in_force, g_free);
  if (policy == NULL)
    {
      adw_action_row_set_subtitle (self->current, _("None was adopted yet"));
      return;
    }
  self->in_force = name_policy (policy);
  shown = g_strdup_printf ("%s (%s)", title_of (policy), self->in_force);
  adw_action_row_set_subtitle (self->current, shown);
  adw_action_row_set_subtitle (self->verified, say_verified (policy));
  gtk_label_set_label (self->text, text_of (policy));
  on_other_chosen_cb (self);
}

static void
read_again (DbkPolicySettings *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_policy, NULL, NULL, (GDestroyNotify) dbk_policy_free, NULL, on_read_cb,
                      g_object_ref (self));
}

void
dbk_policy_settings_set_desk (DbkPolicySettings *self,
                              DbkDesk           *desk)
{
  const DbkSession *session = dbk_desk_get_session (desk);

  self->desk = g_object_ref (desk);
  dbk_closure_settings_set_desk (self->closures, desk);
  self->may_adopt = session != NULL && dbk_role_may (session->role, DBK_ACT_ADOPT_POLICY);
  if (!self->may_adopt)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->other_group),
                                           _("Only an administrator adopts a policy. You can read what others say."));
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
}

static void
dbk_policy_settings_dispose (GObject *object)
{
  DbkPolicySettings *self = DBK_POLICY_SETTINGS (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_policy_settings_parent_class)->dispose (object);
}

static void
dbk_policy_settings_finalize (GObject *object)
{
  DbkPolicySettings *self = DBK_POLICY_SETTINGS (object);

  g_ptr_array_unref (self->shipped);
  g_free (self->in_force);
  G_OBJECT_CLASS (dbk_policy_settings_parent_class)->finalize (object);
}

static void
dbk_policy_settings_class_init (DbkPolicySettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_policy_settings_dispose;
  object_class->finalize = dbk_policy_settings_finalize;
  g_type_ensure (DBK_TYPE_CLOSURE_SETTINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-policy-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, current);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, verified);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, text);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, other_group);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, other);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, other_text);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, adopt);
  gtk_widget_class_bind_template_child (widget_class, DbkPolicySettings, closures);
  gtk_widget_class_bind_template_callback (widget_class, on_adopt_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_other_chosen_cb);
}

static void
dbk_policy_settings_init (DbkPolicySettings *self)
{
  self->shipped = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_policy_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_shipped (self);
}
