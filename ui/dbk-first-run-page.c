/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-first-run"

#include "config.h"

#include "ui/dbk-first-run-page.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-demo.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-point-setup.h"

struct _DbkFirstRunPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget     *box;
  GtkWidget     *back;
  GtkStack      *stack;
  GtkLabel      *problem;
  GtkWidget     *set_up;
  GtkWidget     *demo;
  DbkPointSetup *point;
  GtkEditable   *site_name;
  GtkEditable   *site_code;
  GtkEditable   *timezone;
  AdwComboRow   *policy;
  GtkLabel      *policy_text;
  GtkEditable   *admin_name;
  GtkEditable   *admin_login;
  GtkEditable   *admin_pin;
  GtkEditable   *admin_pin_again;
  GtkLabel      *form_problem;
  GtkWidget     *create;
  AdwStatusPage *busy;

  /* Owned References */
  DbkDesk       *desk;
  GCancellable  *cancellable;
  char         **policies; /* names, in the order of the row */
  char          *record;   /* where it is made */
};

enum { SIGNAL_RECORD_READY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkFirstRunPage, dbk_first_run_page, GTK_TYPE_WIDGET)

/* ---- the policies, in words ---- */

static void
on_policy_chosen_cb (DbkFirstRunPage *self)
{
  guint place = adw_combo_row_get_selected (self->policy);
  g_autofree char *json = place > 0 && place <= g_strv_length (self->policies) ? dbk_policy_dup_shipped (self->policies[place - 1], NULL) : NULL;
  g_autoptr(DbkPolicy) policy = json != NULL ? dbk_policy_parse (json, NULL) : NULL;
  g_autofree char *text = NULL;

  if (policy == NULL)
    {
      gtk_label_set_label (self->policy_text, "");
      return;
    }
  text = g_strjoin ("\n\n", dbk_text_language () == DBK_LANGUAGE_CHINESE ? policy->text_zh : policy->text_en,
                    policy->verified ? NULL : _("Parts of this table have not been verified against their source."), NULL);
  gtk_label_set_label (self->policy_text, text);
}

static void
fill_policies (DbkFirstRunPage *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  self->policies = dbk_policy_list_shipped ();
  /* Nothing is chosen before somebody chooses. */
  gtk_string_list_append (titles, _("Choose…"));
  for (guint i = 0; self->policies[i] != NULL; i++)
    {
      g_autofree char *json = dbk_policy_dup_shipped (self->policies[i], NULL);
      g_autoptr(DbkPolicy) policy = json != NULL ? dbk_policy_parse (json, NULL) : NULL;

      gtk_string_list_append (titles, policy == NULL ? self->policies[i]
                                      : dbk_text_language () == DBK_LANGUAGE_CHINESE ? policy->title_zh : policy->title_en);
    }
  adw_combo_row_set_model (self->policy, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->policy, 0);
}

/* ---- making a record, on the worker's thread ---- */

typedef struct
{
  char *path;
  char *site_name;
  char *site_code;
  char *timezone;
  char *policy;
  char *admin_name;
  char *admin_login;
  char *admin_pin;
} Making;

static void
free_making (Making *making)
{
  g_free (making->path);
  g_free (making->site_name);
  g_free (making->site_code);
  g_free (making->timezone);
  g_free (making->policy);
  g_free (making->admin_name);
  g_free (making->admin_login);
  g_free (making->admin_pin);
  g_free (making);
}

static gpointer
make_clinic (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Making *making = data;
  DbkSetUp set_up = { making->site_name, making->site_code, making->timezone, making->policy, making->admin_login, making->admin_name,
                      making->admin_pin, FALSE };
  g_autofree char *folder = g_path_get_dirname (making->path);
  g_autoptr(DbkClinic) clinic = NULL;

  g_mkdir_with_parents (folder, 0700);
  clinic = dbk_clinic_set_up (making->path, &set_up, 0, error);
  return clinic != NULL ? g_strdup (making->path) : NULL;
}

static gpointer
make_demo (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Making *making = data;

  if (!g_file_test (making->path, G_FILE_TEST_EXISTS) && !dbk_demo_make (making->path, DBK_DEMO_PATIENTS, DBK_DEMO_DAYS, 0, error))
    return NULL;
  return g_strdup (making->path);
}

static void
show_page (DbkFirstRunPage *self,
           const char      *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, strcmp (name, "form") == 0 || strcmp (name, "point") == 0);
}

static void
on_made_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkFirstRunPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (path != NULL)
    {
      show_page (self, "welcome");
      g_signal_emit (self, signals[SIGNAL_RECORD_READY], 0, path);
      return;
    }
  text = dbk_error_text (error);
  g_message ("%s", error->message);
  show_page (self, "welcome");
  dbk_first_run_page_show_problem (self, text);
}

static void
start_making (DbkFirstRunPage *self,
              DbkLoneFunc      func,
              Making          *making,
              const char      *title)
{
  adw_status_page_set_title (self->busy, title);
  show_page (self, "busy");
  dbk_worker_run_alone_async (dbk_desk_get_worker (self->desk), func, making, (GDestroyNotify) free_making, g_free, NULL, on_made_cb,
                              g_object_ref (self));
}

void
dbk_first_run_page_start_demo (DbkFirstRunPage *self)
{
  Making *making = g_new0 (Making, 1);

  making->path = dbk_clinic_dup_demo_path ();
  start_making (self, make_demo, making, _("Making the demonstration clinic…"));
}

/* ---- the form ---- */

static char *
typed (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

static const char *
find_problem (DbkFirstRunPage *self,
              const Making    *making)
{
  g_autoptr(DbkClock) clock = dbk_clock_new (making->timezone, NULL);

  if (*making->site_name == '\0')
    return _("The clinic needs a name.");
  if (*making->site_code == '\0' || strlen (making->site_code) > 8)
    return _("The short code has 1 to 8 letters and digits.");
  if (clock == NULL)
    return _("This time zone is not known here. Write it like Asia/Shanghai.");
  if (making->policy == NULL)
    return _("Choose what missed days mean here; there is no default.");
  if (*making->admin_name == '\0')
    return _("The first administrator needs a name.");
  if (!dbk_login_check (making->admin_login, NULL))
    return _("A login has 2 to 32 small letters, digits, dots or dashes.");
  if (strlen (making->admin_pin) < 4)
    return _("The PIN has at least four characters; six digits are usual.");
  if (strcmp (making->admin_pin, gtk_editable_get_text (self->admin_pin_again)) != 0)
    return _("The two PINs are not the same.");
  return NULL;
}

static void
on_create_cb (DbkFirstRunPage *self)
{
  guint place = adw_combo_row_get_selected (self->policy);
  Making *making = g_new0 (Making, 1);
  const char *problem;

  making->path = g_strdup (self->record);
  making->site_name = typed (self->site_name);
  making->site_code = typed (self->site_code);
  making->timezone = typed (self->timezone);
  making->policy = place > 0 && place <= g_strv_length (self->policies) ? g_strdup (self->policies[place - 1]) : NULL;
  making->admin_name = typed (self->admin_name);
  making->admin_login = typed (self->admin_login);
  making->admin_pin = g_strdup (gtk_editable_get_text (self->admin_pin));
  problem = find_problem (self, making);
  gtk_label_set_label (self->form_problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->form_problem), problem != NULL);
  if (problem != NULL)
    {
      free_making (making);
      return;
    }
  start_making (self, make_clinic, making, _("Making the record…"));
}

static void
on_set_up_cb (DbkFirstRunPage *self)
{
  g_autofree char *zone = dbk_clock_dup_system_zone ();

  if (*gtk_editable_get_text (self->timezone) == '\0')
    gtk_editable_set_text (self->timezone, zone != NULL && strchr (zone, '/') != NULL ? zone : "Asia/Shanghai");
  show_page (self, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->site_name));
}

static void
on_back_cb (DbkFirstRunPage *self)
{
  show_page (self, "welcome");
}

/* ---- a dosing point ---- */

static void
on_point_cb (DbkFirstRunPage *self)
{
  show_page (self, "point");
  dbk_point_setup_begin (self->point, self->record, FALSE);
}

static void
on_point_ready_cb (DbkFirstRunPage *self,
                   const char      *record)
{
  show_page (self, "welcome");
  g_signal_emit (self, signals[SIGNAL_RECORD_READY], 0, record);
}

void
dbk_first_run_page_wait_for_clinic (DbkFirstRunPage *self,
                                    const char      *record)
{
  show_page (self, "point");
  dbk_point_setup_begin (self->point, record, TRUE);
}

void
dbk_first_run_page_set_record (DbkFirstRunPage *self,
                               const char      *record)
{
  g_free (self->record);
  self->record = record != NULL ? g_strdup (record) : dbk_clinic_dup_default_path ();
}

void
dbk_first_run_page_show_problem (DbkFirstRunPage *self,
                                 const char      *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

void
dbk_first_run_page_set_desk (DbkFirstRunPage *self,
                             DbkDesk         *desk)
{
  g_set_object (&self->desk, desk);
  dbk_point_setup_set_desk (self->point, desk);
}

static void
dbk_first_run_page_dispose (GObject *object)
{
  DbkFirstRunPage *self = DBK_FIRST_RUN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_first_run_page_parent_class)->dispose (object);
}

static void
dbk_first_run_page_finalize (GObject *object)
{
  DbkFirstRunPage *self = DBK_FIRST_RUN_PAGE (object);

  g_clear_object (&self->cancellable);
  g_strfreev (self->policies);
  g_free (self->record);
  G_OBJECT_CLASS (dbk_first_run_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, back);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, set_up);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, demo);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, point);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, site_name);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, site_code);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, timezone);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, policy);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, policy_text);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, admin_name);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, admin_login);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, admin_pin);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, admin_pin_again);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, form_problem);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, create);
  gtk_widget_class_bind_template_child (widget_class, DbkFirstRunPage, busy);
}

static void
dbk_first_run_page_class_init (DbkFirstRunPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_first_run_page_dispose;
  object_class->finalize = dbk_first_run_page_finalize;
  g_type_ensure (DBK_TYPE_POINT_SETUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-first-run-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_create_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_point_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_point_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, dbk_first_run_page_start_demo);
  signals[SIGNAL_RECORD_READY] = g_signal_new ("record-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                               1, G_TYPE_STRING);
}

static void
dbk_first_run_page_init (DbkFirstRunPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_only_visible (self->stack);
  self->cancellable = g_cancellable_new ();
  dbk_first_run_page_set_record (self, NULL);
  fill_policies (self);
  g_signal_connect_swapped (self->policy, "notify::selected", G_CALLBACK (on_policy_chosen_cb), self);
}
