/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card scanner, which types like a keyboard. One of these per toplevel, in the capture phase: it reads hardware key codes as a US
 * keyboard, so that layout, CapsLock and input methods do not matter, and knows a code by its frame (kind letter, version, length); timing only
 * tells a machine from a hand. What it takes for a scan never reaches a button, a dialog or a field.
 *
 * Signal "scanned" (char *code): 20 characters as read, right or wrong check characters. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DBK_TYPE_SCANNER (dbk_scanner_get_type ())
G_DECLARE_FINAL_TYPE (DbkScanner, dbk_scanner, DBK, SCANNER, GObject)

/* Attaches itself to @toplevel, which owns it. */
DbkScanner *dbk_scanner_attach (GtkWindow *toplevel);

/* For the test page: every key as it comes, beside "scanned". Signal "key" (guint keycode, guint gap_ms, char *decoded). */

G_END_DECLS
