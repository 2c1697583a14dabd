/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which printer is used for one kind of paper: chosen from what is set up on this computer, with its state in words and a test page.
 *
 * Signal "test": the test page is wanted on the printer chosen. */
#pragma once

#include <adwaita.h>

#include "printing/dbk-print-queue.h"

G_BEGIN_DECLS

#define DBK_TYPE_PRINTER_ROW (dbk_printer_row_get_type ())
G_DECLARE_FINAL_TYPE (DbkPrinterRow, dbk_printer_row, DBK, PRINTER_ROW, AdwComboRow)

/* @key: of the setting with the queue's name. @none: what it means to have no printer. */
void dbk_printer_row_bind (DbkPrinterRow *self, GSettings *settings, const char *key, const char *none);

/* @printers: DbkPrinter; NULL: they cannot be asked for, which @problem says. */
void dbk_printer_row_set_printers (DbkPrinterRow *self, GPtrArray *printers, const char *problem);

/* The name of the queue chosen; NULL: none. */
const char *dbk_printer_row_get_printer (DbkPrinterRow *self);

/* What becomes of a test page; NULL: there is none under way, and the printer's own state is said. */
void dbk_printer_row_set_progress (DbkPrinterRow *self, const char *text);

G_END_DECLS
