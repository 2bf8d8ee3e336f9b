// A data frame as a stream of the Arrow C data interface.
//
// In: plain vectors, each with the format that it is to have. Out: a stream of one batch. Values are copied:
// whoever takes the stream may keep it for long, and let go of it on a thread that R does not know.
//
// R leaves a function by a jump where memory runs out. So everything hangs on a stream that R's collector releases,
// from the first piece on.

#include <stdlib.h>
#include <string.h>

#include "arrow.h"

// What a stream of ours owns.
struct table {
  int64_t columns;
  char **names;
  char **formats;
  struct ArrowArray batch; // Given away once.
};

static void *room(size_t count, size_t size) {
  void *memory = calloc(count > 0 ? count : 1, size);
  if (memory == NULL) Rf_error("there is no memory for the data");
  return memory;
}

static char *copy_of(const char *text) {
  size_t length = strlen(text) + 1;
  return memcpy(room(length, 1), text, length);
}

// ------------------------------------------------------------------------------------------------ arrays

static void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_buffers && array->buffers != NULL; i++) free((void *)array->buffers[i]);
  free((void *)array->buffers);
  for (int64_t i = 0; i < array->n_children && array->children != NULL; i++) {
    struct ArrowArray *child = array->children[i];
    if (child != NULL && child->release != NULL) child->release(child);
    free(child);
  }
  free(array->children);
  if (array->dictionary != NULL) {
    if (array->dictionary->release != NULL) array->dictionary->release(array->dictionary);
    free(array->dictionary);
  }
  array->release = NULL;
}

static void begin(struct ArrowArray *array, int64_t length, int64_t buffers) {
  memset(array, 0, sizeof *array);
  array->release = release_array;
  array->length = length;
  array->n_buffers = buffers;
  array->buffers = room((size_t)buffers, sizeof(void *));
}

static void *buffer(struct ArrowArray *array, int place, int64_t count, size_t size) {
  void *memory = room((size_t)count, size);
  array->buffers[place] = memory;
  return memory;
}

static void set_bit(uint8_t *bits, int64_t at) { bits[at / 8] |= (uint8_t)(1u << (at % 8)); }

// A value is missing: the bits of those that are there are made with the first.
static void missing(struct ArrowArray *array, int64_t at) {
  uint8_t *bits = (uint8_t *)array->buffers[0];
  if (bits == NULL) {
    int64_t bytes = (array->length + 7) / 8;
    bits = buffer(array, 0, bytes, 1);
    memset(bits, 0xff, (size_t)bytes);
  }
  bits[at / 8] &= (uint8_t)~(1u << (at % 8));
  array->null_count++;
}

static void numbers(struct ArrowArray *array, SEXP column) {
  begin(array, XLENGTH(column), 2);
  double *to = buffer(array, 1, array->length, sizeof(double));
  const double *from = REAL(column);
  for (int64_t i = 0; i < array->length; i++) {
    to[i] = from[i];
    if (ISNAN(from[i])) missing(array, i);
  }
}

// Of the package bit64: the bits of whole numbers where doubles stand.
static void long_integers(struct ArrowArray *array, SEXP column) {
  begin(array, XLENGTH(column), 2);
  int64_t *to = buffer(array, 1, array->length, sizeof(int64_t));
  memcpy(to, REAL(column), (size_t)array->length * sizeof(int64_t));
  for (int64_t i = 0; i < array->length; i++) {
    if (to[i] == INT64_MIN) missing(array, i);
  }
}

// Whole numbers, and days since 1970.
static void integers(struct ArrowArray *array, SEXP column) {
  begin(array, XLENGTH(column), 2);
  int32_t *to = buffer(array, 1, array->length, sizeof(int32_t));
  const int *from = INTEGER(column);
  for (int64_t i = 0; i < array->length; i++) {
    to[i] = from[i];
    if (from[i] == NA_INTEGER) missing(array, i);
  }
}

static void truths(struct ArrowArray *array, SEXP column) {
  begin(array, XLENGTH(column), 2);
  uint8_t *to = buffer(array, 1, (array->length + 7) / 8, 1);
  const int *from = LOGICAL(column);
  for (int64_t i = 0; i < array->length; i++) {
    if (from[i] == NA_LOGICAL) {
      missing(array, i);
    } else if (from[i]) {
      set_bit(to, i);
    }
  }
}

static void texts(struct ArrowArray *array, SEXP column) {
  begin(array, XLENGTH(column), 3);
  int64_t *ends = buffer(array, 1, array->length + 1, sizeof(int64_t));
  int64_t total = 0;
  for (int64_t i = 0; i < array->length; i++) {
    SEXP text = STRING_ELT(column, i);
    if (text == NA_STRING) {
      missing(array, i);
    } else {
      total += LENGTH(text);
    }
    ends[i + 1] = total;
  }
  char *to = buffer(array, 2, total, 1);
  for (int64_t i = 0; i < array->length; i++) {
    SEXP text = STRING_ELT(column, i);
    if (text != NA_STRING) memcpy(to + ends[i], CHAR(text), (size_t)LENGTH(text));
  }
}

// The codes of R begin with one, and a level may be missing itself.
static void factor(struct ArrowArray *array, SEXP column, SEXP levels) {
  begin(array, XLENGTH(column), 2);
  array->dictionary = room(1, sizeof *array->dictionary);
  texts(array->dictionary, levels);
  int32_t *to = buffer(array, 1, array->length, sizeof(int32_t));
  const int *from = INTEGER(column);
  for (int64_t i = 0; i < array->length; i++) {
    int known = from[i] >= 1 && from[i] <= LENGTH(levels) && STRING_ELT(levels, from[i] - 1) != NA_STRING;
    to[i] = known ? from[i] - 1 : 0;
    if (!known) missing(array, i);
  }
}

static void expect(SEXP column, int type) {
  if (TYPEOF(column) != type) Rf_error("a column is not of the type that its format wants");
}

static void fill(struct ArrowArray *array, const char *format, SEXP column) {
  switch (format[0]) {
  case 'g': expect(column, REALSXP); numbers(array, column); return;
  case 'l': expect(column, REALSXP); long_integers(array, column); return;
  case 'b': expect(column, LGLSXP); truths(array, column); return;
  case 'U': expect(column, STRSXP); texts(array, column); return;
  case 'i':
  case 't': expect(column, INTSXP); integers(array, column); return;
  case 'f': {
    SEXP levels = Rf_getAttrib(column, R_LevelsSymbol);
    expect(column, INTSXP);
    expect(levels, STRSXP);
    factor(array, column, levels);
    return;
  }
  default: Rf_error("a column has a format that is not known: `%s`", format);
  }
}

// ----------------------------------------------------------------------------------------------- schemas

static void release_schema(struct ArrowSchema *schema) {
  free((void *)schema->format);
  free((void *)schema->name);
  for (int64_t i = 0; i < schema->n_children && schema->children != NULL; i++) {
    struct ArrowSchema *child = schema->children[i];
    if (child != NULL && child->release != NULL) child->release(child);
    free(child);
  }
  free(schema->children);
  if (schema->dictionary != NULL) {
    if (schema->dictionary->release != NULL) schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
  }
  schema->release = NULL;
}

// The library asks for it, so nothing of R may be called; 0 where there is no memory.
static int describe(struct ArrowSchema *schema, const char *format, const char *name, int64_t children) {
  memset(schema, 0, sizeof *schema);
  schema->release = release_schema;
  schema->flags = ARROW_FLAG_NULLABLE;
  schema->format = strdup(format);
  schema->name = strdup(name);
  schema->children = calloc(children > 0 ? (size_t)children : 1, sizeof *schema->children);
  if (schema->format == NULL || schema->name == NULL || schema->children == NULL) return 0;
  schema->n_children = children;
  return 1;
}

static int describe_column(struct ArrowSchema *schema, const char *format, const char *name) {
  if (format[0] != 'f') return describe(schema, format, name, 0);
  if (!describe(schema, "i", name, 0)) return 0;
  schema->dictionary = calloc(1, sizeof *schema->dictionary);
  return schema->dictionary != NULL && describe(schema->dictionary, "U", "", 0);
}

static int describe_table(struct ArrowSchema *schema, const struct table *table) {
  if (!describe(schema, "+s", "", table->columns)) return 0;
  for (int64_t i = 0; i < table->columns; i++) {
    schema->children[i] = calloc(1, sizeof *schema->children[i]);
    if (schema->children[i] == NULL) return 0;
    if (!describe_column(schema->children[i], table->formats[i], table->names[i])) return 0;
  }
  return 1;
}

// ----------------------------------------------------------------------------------------------- streams

#define NO_MEMORY 12

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  if (describe_table(out, stream->private_data)) return 0;
  release_schema(out);
  return NO_MEMORY;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  struct table *table = stream->private_data;
  *out = table->batch;
  table->batch.release = NULL;
  return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "there is no memory for the data";
}

static void release_stream(struct ArrowArrayStream *stream) {
  struct table *table = stream->private_data;
  for (int64_t i = 0; i < table->columns; i++) {
    if (table->names != NULL) free(table->names[i]);
    if (table->formats != NULL) free(table->formats[i]);
  }
  free(table->names);
  free(table->formats);
  if (table->batch.release != NULL) table->batch.release(&table->batch);
  free(table);
  stream->release = NULL;
}

SEXP fwr_frame_in(SEXP names, SEXP formats, SEXP columns) {
  int64_t count = XLENGTH(columns);
  if (XLENGTH(names) != count || XLENGTH(formats) != count) Rf_error("each column has a name and a format");
  SEXP pointer = PROTECT(fwr_new_stream());
  struct ArrowArrayStream *stream = fwr_stream_of(pointer);
  struct table *table = room(1, sizeof *table);
  stream->private_data = table;
  stream->get_schema = get_schema;
  stream->get_next = get_next;
  stream->get_last_error = get_last_error;
  stream->release = release_stream;

  table->names = room((size_t)count, sizeof *table->names);
  table->formats = room((size_t)count, sizeof *table->formats);
  table->columns = count;
  struct ArrowArray *batch = &table->batch;
  begin(batch, count > 0 ? XLENGTH(VECTOR_ELT(columns, 0)) : 0, 1);
  batch->children = room((size_t)count, sizeof *batch->children);
  batch->n_children = count;
  for (int64_t i = 0; i < count; i++) {
    SEXP column = VECTOR_ELT(columns, i);
    if (XLENGTH(column) != batch->length) Rf_error("columns are not of one length");
    table->names[i] = copy_of(CHAR(STRING_ELT(names, i)));
    table->formats[i] = copy_of(CHAR(STRING_ELT(formats, i)));
    batch->children[i] = room(1, sizeof *batch->children[i]);
    fill(batch->children[i], table->formats[i], column);
  }
  UNPROTECT(1);
  return pointer;
}
