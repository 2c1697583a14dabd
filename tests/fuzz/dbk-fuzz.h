/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the targets share: one pair of keys that the seeds were made for. */
#pragma once

#include <stdint.h>
#include <string.h>

#include "db/exchange/dbk-keys.h"

G_BEGIN_DECLS

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

void dbk_fuzz_fill_keys (DbkKeys *keys);

G_END_DECLS
