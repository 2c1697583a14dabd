/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card scanner sends, key by key: for whoever sets one up. Listens to the scanner of its own window. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-scanner.h"

G_BEGIN_DECLS

#define DBK_TYPE_SCANNER_TEST (dbk_scanner_test_get_type ())
G_DECLARE_FINAL_TYPE (DbkScannerTest, dbk_scanner_test, DBK, SCANNER_TEST, AdwPreferencesPage)

void dbk_scanner_test_set_scanner (DbkScannerTest *self, DbkScanner *scanner);

G_END_DECLS
