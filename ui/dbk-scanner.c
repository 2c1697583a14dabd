/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-scanner"

#include "config.h"

#include "ui/dbk-scanner.h"

#include "db/exchange/dbk-pass-code.h"
#include "db/record/dbk-code.h"

/* A machine types a key every 2 to 20 ms; the fastest hand needs 50. A stalled display server bunches events up but keeps their times. */
#define GAP_MS 60
#define SAME_CODE_MS 2000
#define FIRST_LETTERS "MDRSTP"
#define PASS_LETTER 'P'

struct _DbkScanner
{
  GObject parent_instance;

  GtkWindow *toplevel;    /* borrowed: it owns this */

  GString   *buffer;
  guint32    last_time;
  guint32    code_time;
  char      *last_code;
  gboolean   suffix_due;  /* a code has just been read: its Enter or Tab is part of it */

  /* What stood in the field with the focus before the scan began. */
  char      *field_text;
  int        field_position;
};

enum { SIGNAL_SCANNED, SIGNAL_KEY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkScanner, dbk_scanner, G_TYPE_OBJECT)

/* Hardware key codes of X11 and Wayland (evdev + 8) on a US keyboard. */
static char
decode_key (guint keycode)
{
  static const char digits[] = "1234567890", top[] = "QWERTYUIOP", middle[] = "ASDFGHJKL", bottom[] = "ZXCVBNM";

  if (keycode >= 10 && keycode < 20)
    return digits[keycode - 10];
  if (keycode >= 24 && keycode < 34)
    return top[keycode - 24];
  if (keycode >= 38 && keycode < 47)
    return middle[keycode - 38];
  if (keycode >= 52 && keycode < 59)
    return bottom[keycode - 52];
  return '\0';
}

static gboolean
is_suffix (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Enter;
}

static gboolean
is_modifier (guint keyval)
{
  return keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R || keyval == GDK_KEY_Caps_Lock || keyval == GDK_KEY_Shift_Lock;
}

static GtkEditable *
focused_field (DbkScanner *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->toplevel);

  return GTK_IS_EDITABLE (focus) ? GTK_EDITABLE (focus) : NULL;
}

static void
forget (DbkScanner *self)
{
  g_string_truncate (self->buffer, 0);
  g_clear_pointer (&self->field_text, g_free);
}

static void
remember_field (DbkScanner *self)
{
  GtkEditable *field = focused_field (self);

  g_clear_pointer (&self->field_text, g_free);
  if (field == NULL)
    return;
  self->field_text = g_strdup (gtk_editable_get_text (field));
  self->field_position = gtk_editable_get_position (field);
}

/* The first characters are in the field before anybody can know that they are a scan. */
static void
restore_field (DbkScanner *self)
{
  GtkEditable *field = focused_field (self);

  if (field == NULL || self->field_text == NULL)
    return;
  gtk_editable_set_text (field, self->field_text);
  gtk_editable_set_position (field, self->field_position);
}

static void
take_code (DbkScanner *self,
           guint32     time)
{
  g_autofree char *code = g_strdup (self->buffer->str);
  gboolean again = g_strcmp0 (code, self->last_code) == 0 && time - self->code_time < SAME_CODE_MS;

  restore_field (self);
  forget (self);
  self->suffix_due = TRUE;
  /* A trigger held a moment too long reads the same card twice. */
  if (again)
    return;
  self->code_time = time;
  g_free (self->last_code);
  self->last_code = g_strdup (code);
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, code);
}

/* A slip or voucher says more than a card. */
static gsize
frame_length (const DbkScanner *self)
{
  return self->buffer->len > 0 && self->buffer->str[0] == PASS_LETTER ? DBK_PASS_CODE_LENGTH : DBK_CODE_LENGTH;
}

static gboolean
take_character (DbkScanner *self,
                char        character,
                gboolean    fast,
                guint32     time)
{
  gboolean swallow;

  if (!fast || self->buffer->len >= frame_length (self))
    forget (self);
  if (self->buffer->len == 0)
    {
      if (strchr (FIRST_LETTERS, character) == NULL)
        return GDK_EVENT_PROPAGATE;
      remember_field (self);
    }
  g_string_append_c (self->buffer, character);
  if (self->buffer->len == 2 && character != '1')
    forget (self);
  /* Where no text is typed, a letter means nothing else; in a field, from the third on it is a machine that types. */
  swallow = focused_field (self) == NULL || self->buffer->len > 2;
  if (self->buffer->len == frame_length (self))
    take_code (self, time);
  return swallow ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   DbkScanner            *self)
{
  /* The event's own time: the handler may run late. */
  guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gboolean fast = time - self->last_time < GAP_MS;
  char character = decode_key (keycode);
  char text[2] = { character, '\0' };

  if (is_modifier (keyval))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SIGNAL_KEY], 0, keycode, time - self->last_time, text);
  self->last_time = time;
  if (is_suffix (keyval))
    {
      gboolean ends_scan = self->suffix_due && fast;

      self->suffix_due = FALSE;
      forget (self);
      return ends_scan ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    }
  self->suffix_due = FALSE;
  if (character == '\0' || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    {
      forget (self);
      return GDK_EVENT_PROPAGATE;
    }
  return take_character (self, character, fast, time);
}

static void
dbk_scanner_finalize (GObject *object)
{
  DbkScanner *self = DBK_SCANNER (object);

  g_string_free (self->buffer, TRUE);
  g_free (self->field_text);
  g_free (self->last_code);
  G_OBJECT_CLASS (dbk_scanner_parent_class)->finalize (object);
}

static void
dbk_scanner_class_init (DbkScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dbk_scanner_finalize;
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);
  signals[SIGNAL_KEY] = g_signal_new ("key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                      G_TYPE_UINT, G_TYPE_STRING);
}

static void
dbk_scanner_init (DbkScanner *self)
{
  self->buffer = g_string_new (NULL);
}

DbkScanner *
dbk_scanner_attach (GtkWindow *toplevel)
{
  DbkScanner *self = g_object_new (DBK_TYPE_SCANNER, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GApplication *application = g_application_get_default ();

  self->toplevel = toplevel;
  /* The program's own keys, the lock above all, are heard only by windows that belong to it. */
  if (GTK_IS_APPLICATION (application) && gtk_window_get_application (toplevel) == NULL)
    gtk_window_set_application (toplevel, GTK_APPLICATION (application));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (toplevel), keys);
  g_object_set_data_full (G_OBJECT (toplevel), "dbk-scanner", self, g_object_unref);
  return self;
}
