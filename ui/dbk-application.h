/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: command line, language, colours, keys. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DBK_TYPE_APPLICATION (dbk_application_get_type ())
G_DECLARE_FINAL_TYPE (DbkApplication, dbk_application, DBK, APPLICATION, AdwApplication)

DbkApplication *dbk_application_new (void);

G_END_DECLS
