/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/record/dbk-record-error.h"

G_DEFINE_QUARK (dbk-record-error-quark, dbk_record_error)
