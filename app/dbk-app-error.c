/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-app"

#include "app/dbk-app-error.h"

G_DEFINE_QUARK (dbk-app-error-quark, dbk_app_error)
