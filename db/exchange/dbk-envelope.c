/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-envelope.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-fact-log-private.h"

#define MAGIC "DBKSITE\n"
#define MAGIC_SIZE 8
#define PREFIX_SIZE (MAGIC_SIZE + 2 + 4) /* magic, format, length of the head */
#define HEAD_MAX (64 * 1024)
#define CHUNK 65536
#define ABYTES crypto_secretstream_xchacha20poly1305_ABYTES
#define KEY_SIZE crypto_secretstream_xchacha20poly1305_KEYBYTES
#define SEALED_KEY_SIZE (KEY_SIZE + crypto_box_SEALBYTES)
#define STREAM_HEADER_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define KEY_NAME_SIZE 8

void
dbk_envelope_head_clear (DbkEnvelopeHead *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->writer, g_free);
}

/* A short name of a key, so that a recipient finds the box that is for it. */
static char *
name_key (const guint8 public_key[DBK_PUBLIC_KEY_SIZE])
{
  guint8 hash[crypto_generichash_BYTES_MIN];

  crypto_generichash (hash, sizeof hash, public_key, DBK_PUBLIC_KEY_SIZE, NULL, 0);
  return dbk_keys_format_hex (hash, KEY_NAME_SIZE);
}

static gboolean
fail_corrupt (const char  *what,
              GError     **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The site file is damaged: %s", what);
  return FALSE;
}

/* ---- writing ---- */

struct _DbkEnvelopeWriter
{
  GOutputStream *output;
  GCancellable  *cancellable;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8         hash[DBK_HEAD_HASH_SIZE];
  crypto_onetimeauth_state written;
  DbkFileMark    mark;
  guint8         chunk[CHUNK];
  gsize          n;
};

void
dbk_envelope_writer_free (DbkEnvelopeWriter *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->output);
  g_clear_object (&self->cancellable);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

static gboolean
put (DbkEnvelopeWriter  *self,
     gconstpointer       data,
     gsize               size,
     GError            **error)
{
  crypto_onetimeauth_update (&self->written, data, size);
  return g_output_stream_write_all (self->output, data, size, NULL, self->cancellable, error);
}

static gboolean
add_recipient (JsonArray     *to,
               const guint8  *public_key,
               const guint8   key[KEY_SIZE],
               GError       **error)
{
  guint8 curve_key[crypto_box_PUBLICKEYBYTES], sealed[SEALED_KEY_SIZE];
  g_autofree char *name = name_key (public_key), *text = NULL;
  JsonObject *box;

  if (crypto_sign_ed25519_pk_to_curve25519 (curve_key, public_key) != 0 || crypto_box_seal (sealed, key, KEY_SIZE, curve_key) != 0)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A recipient's key is no key");
      return FALSE;
    }
  text = dbk_keys_format_hex (sealed, sizeof sealed);
  box = json_object_new ();
  json_object_set_string_member (box, "key", name);
  json_object_set_string_member (box, "box", text);
  json_array_add_object_element (to, box);
  return TRUE;
}

static char *
make_head (const char       *writer,
           const guint8     *public_keys,
           gsize             n_recipients,
           const guint8      key[KEY_SIZE],
           DbkEnvelopeHead  *head,
           GError          **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *to = json_array_new ();
  guint8 id[DBK_FILE_ID_LENGTH / 2];

  randombytes_buf (id, sizeof id);
  head->file = dbk_keys_format_hex (id, sizeof id);
  head->writer = g_strdup (writer);
  json_object_set_string_member (object, "file", head->file);
  json_object_set_string_member (object, "from", writer);
  json_object_set_array_member (object, "to", to);
  for (gsize i = 0; i < n_recipients; i++)
    if (!add_recipient (to, public_keys + i * DBK_PUBLIC_KEY_SIZE, key, error))
      return NULL;
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static gboolean
write_head (DbkEnvelopeWriter  *self,
            const char         *text,
            GError            **error)
{
  guint8 prefix[PREFIX_SIZE];
  guint16 format = GUINT16_TO_LE (DBK_ENVELOPE_FORMAT);
  guint32 length = GUINT32_TO_LE ((guint32) strlen (text));

  memcpy (prefix, MAGIC, MAGIC_SIZE);
  memcpy (prefix + MAGIC_SIZE, &format, sizeof format);
  memcpy (prefix + MAGIC_SIZE + sizeof format, &length, sizeof length);
  return put (self, prefix, sizeof prefix, error) && put (self, text, strlen (text), error);
}

DbkEnvelopeWriter *
dbk_envelope_writer_new (GOutputStream    *output,
                         const char       *writer,
                         const guint8     *public_keys,
                         gsize             n_recipients,
                         DbkEnvelopeHead  *head,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr(DbkEnvelopeWriter) self = g_new0 (DbkEnvelopeWriter, 1);
  guint8 key[KEY_SIZE], stream_header[STREAM_HEADER_SIZE];
  g_autofree char *text = NULL;

  self->output = g_object_ref (output);
  crypto_onetimeauth_keygen (self->mark.key);
  crypto_onetimeauth_init (&self->written, self->mark.key);
  g_set_object (&self->cancellable, cancellable);
  crypto_secretstream_xchacha20poly1305_keygen (key);
  crypto_secretstream_xchacha20poly1305_init_push (&self->state, stream_header, key);
  text = make_head (writer, public_keys, n_recipients, key, head, error);
  sodium_memzero (key, sizeof key);
  if (text == NULL || !write_head (self, text, error) || !put (self, stream_header, sizeof stream_header, error))
    return NULL;
  crypto_generichash (self->hash, sizeof self->hash, (const guint8 *) text, strlen (text), NULL, 0);
  memcpy (head->hash, self->hash, sizeof head->hash);
  return g_steal_pointer (&self);
}

static gboolean
push_chunk (DbkEnvelopeWriter  *self,
            guint8              tag,
            GError            **error)
{
  guint8 sealed[CHUNK + ABYTES];
  gsize n = self->n;

  crypto_secretstream_xchacha20poly1305_push (&self->state, sealed, NULL, self->chunk, n, self->hash, sizeof self->hash, tag);
  self->n = 0;
  return put (self, sealed, n + ABYTES, error);
}

gboolean
dbk_envelope_writer_add (DbkEnvelopeWriter  *self,
                         const guint8       *data,
                         gsize               size,
                         GError            **error)
{
  while (size > 0)
    {
      gsize n = MIN (size, CHUNK - self->n);

      memcpy (self->chunk + self->n, data, n);
      self->n += n;
      data += n;
      size -= n;
      /* A full chunk waits for the next byte: the last one must be known to be the last. */
      if (self->n == CHUNK && size > 0 && !push_chunk (self, 0, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dbk_envelope_writer_finish (DbkEnvelopeWriter  *self,
                            GError            **error)
{
  return push_chunk (self, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error);
}

void
dbk_envelope_writer_mark (DbkEnvelopeWriter *self,
                          DbkFileMark       *mark)
{
  crypto_onetimeauth_final (&self->written, self->mark.tag);
  *mark = self->mark;
}

/* ---- reading ---- */

struct _DbkEnvelopeReader
{
  const guint8 *data;
  gsize         size;
  gsize         at;      /* of the next chunk */
  crypto_secretstream_xchacha20poly1305_state state;
  guint8        hash[DBK_HEAD_HASH_SIZE];
  guint8        chunk[CHUNK];
  gsize         n;       /* bytes in @chunk */
  gsize         used;
  gboolean      final;
};

void
dbk_envelope_reader_free (DbkEnvelopeReader *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

static gboolean
read_prefix (const guint8  *data,
             gsize          size,
             gsize         *head_size,
             GError       **error)
{
  guint16 format;
  guint32 length;

  if (size < PREFIX_SIZE || memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_OURS, "This is not a site file");
      return FALSE;
    }
  memcpy (&format, data + MAGIC_SIZE, sizeof format);
  memcpy (&length, data + MAGIC_SIZE + sizeof format, sizeof length);
  if (GUINT16_FROM_LE (format) > DBK_ENVELOPE_FORMAT)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_TOO_NEW, "The site file was written by a newer Dosebook (its format is %u, this program knows %d)",
                   GUINT16_FROM_LE (format), DBK_ENVELOPE_FORMAT);
      return FALSE;
    }
  /* There was none before this one: these two bytes are the only ones that nothing else proves. */
  if (GUINT16_FROM_LE (format) != DBK_ENVELOPE_FORMAT)
    return fail_corrupt ("its format was never written", error);
  *head_size = GUINT32_FROM_LE (length);
  if (*head_size == 0 || *head_size > HEAD_MAX || size < PREFIX_SIZE + *head_size + STREAM_HEADER_SIZE + ABYTES)
    return fail_corrupt ("it is cut off", error);
  return size <= DBK_ENVELOPE_MAX || fail_corrupt ("it is larger than any site file", error);
}

static const char *
find_box (JsonObject *head,
          const char *key_name)
{
  JsonNode *node = json_object_get_member (head, "to");
  JsonArray *to = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; to != NULL && i < json_array_get_length (to); i++)
    {
      JsonNode *element = json_array_get_element (to, i);
      JsonObject *box = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;

      if (box != NULL && g_strcmp0 (dbk_body_text_or_null (box, "key"), key_name) == 0)
        return dbk_body_text_or_null (box, "box");
    }
  return NULL;
}

static gboolean
unseal_key (const char     *box,
            const DbkKeys  *keys,
            guint8          key[KEY_SIZE],
            GError        **error)
{
  guint8 sealed[SEALED_KEY_SIZE], curve_public[crypto_box_PUBLICKEYBYTES], curve_secret[crypto_box_SECRETKEYBYTES];
  gboolean opened;

  if (!dbk_keys_parse_hex (box, sealed, sizeof sealed, "sealed key", error))
    return FALSE;
  opened = crypto_sign_ed25519_pk_to_curve25519 (curve_public, keys->public_key) == 0 &&
           crypto_sign_ed25519_sk_to_curve25519 (curve_secret, keys->secret_key) == 0 &&
           crypto_box_seal_open (key, sealed, sizeof sealed, curve_public, curve_secret) == 0;
  sodium_memzero (curve_secret, sizeof curve_secret);
  return opened || fail_corrupt ("its key cannot be opened", error);
}

static gboolean
read_head (const guint8     *text,
           gsize             size,
           const DbkKeys    *keys,
           guint8            key[KEY_SIZE],
           DbkEnvelopeHead  *head,
           GError          **error)
{
  g_autoptr(JsonObject) object = dbk_body_parse ((const char *) text, size, NULL);
  const char *file = object != NULL ? dbk_body_text_or_null (object, "file") : NULL;
  const char *writer = object != NULL ? dbk_body_text_or_null (object, "from") : NULL, *box;
  g_autofree char *key_name = name_key (keys->public_key);

  if (file == NULL || writer == NULL || strlen (file) != DBK_FILE_ID_LENGTH || strspn (file, "0123456789abcdef") != DBK_FILE_ID_LENGTH ||
      strlen (writer) != 16)
    return fail_corrupt ("its head cannot be read", error);
  head->file = g_strdup (file);
  head->writer = g_strdup (writer);
  box = find_box (object, key_name);
  if (box != NULL)
    return unseal_key (box, keys, key, error);
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "The site file is sealed to another computer");
  return FALSE;
}

DbkEnvelopeReader *
dbk_envelope_reader_new (const guint8     *data,
                         gsize             size,
                         const DbkKeys    *keys,
                         DbkEnvelopeHead  *head,
                         GError          **error)
{
  g_autoptr(DbkEnvelopeReader) self = g_new0 (DbkEnvelopeReader, 1);
  guint8 key[KEY_SIZE];
  gsize head_size;
  gboolean begun;

  if (!read_prefix (data, size, &head_size, error) || !read_head (data + PREFIX_SIZE, head_size, keys, key, head, error))
    return NULL;
  self->data = data;
  self->size = size;
  self->at = PREFIX_SIZE + head_size + STREAM_HEADER_SIZE;
  begun = crypto_secretstream_xchacha20poly1305_init_pull (&self->state, data + PREFIX_SIZE + head_size, key) == 0;
  sodium_memzero (key, sizeof key);
  if (!begun)
    {
      fail_corrupt ("its first bytes do not hold", error);
      return NULL;
    }
  crypto_generichash (self->hash, sizeof self->hash, data + PREFIX_SIZE, head_size, NULL, 0);
  memcpy (head->hash, self->hash, sizeof head->hash);
  return g_steal_pointer (&self);
}

static gboolean
pull_chunk (DbkEnvelopeReader  *self,
            GError            **error)
{
  gsize sealed = MIN (self->size - self->at, CHUNK + ABYTES);
  unsigned long long n = 0;
  guint8 tag = 0;

  if (self->final || sealed < ABYTES)
    return fail_corrupt ("it is cut off", error);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->state, self->chunk, &n, &tag, self->data + self->at, sealed, self->hash, sizeof self->hash) != 0)
    return fail_corrupt ("what was written is not what is there", error);
  self->at += sealed;
  self->n = (gsize) n;
  self->used = 0;
  self->final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return TRUE;
}

gboolean
dbk_envelope_reader_read (DbkEnvelopeReader  *self,
                          guint8             *target,
                          gsize               size,
                          GError            **error)
{
  while (size > 0)
    {
      gsize n;

      if (self->used == self->n && !pull_chunk (self, error))
        return FALSE;
      n = MIN (size, self->n - self->used);
      memcpy (target, self->chunk + self->used, n);
      self->used += n;
      target += n;
      size -= n;
    }
  return TRUE;
}

gboolean
dbk_envelope_reader_finish (DbkEnvelopeReader  *self,
                            GError            **error)
{
  if (self->used != self->n || (!self->final && !pull_chunk (self, error)))
    return self->used != self->n ? fail_corrupt ("it has more than it says", error) : FALSE;
  return (self->final && self->used == self->n && self->at == self->size) || fail_corrupt ("it has more than it says", error);
}
