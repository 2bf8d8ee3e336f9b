// A stream of the Arrow C data interface as vectors of R.
//
// In: the pointer of a stream. Out: a list of its batches, each a named list of columns. What the library hands out
// is read: doubles, whole numbers, text, and lists of these; missing is NA.

#include <stdlib.h>
#include <string.h>

#include "arrow.h"

// ---------------------------------------------------------------------------------------------- pointers

static void free_stream(SEXP pointer) {
  struct ArrowArrayStream *stream = R_ExternalPtrAddr(pointer);
  if (stream == NULL) return;
  if (stream->release != NULL) stream->release(stream);
  free(stream);
  R_ClearExternalPtr(pointer);
}

SEXP fwr_new_stream(void) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, Rf_install("forewarn_stream"), R_NilValue));
  R_RegisterCFinalizerEx(pointer, free_stream, TRUE);
  struct ArrowArrayStream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) Rf_error("there is no memory for a stream");
  R_SetExternalPtrAddr(pointer, stream);
  UNPROTECT(1);
  return pointer;
}

struct ArrowArrayStream *fwr_stream_of(SEXP pointer) {
  int is_stream = TYPEOF(pointer) == EXTPTRSXP && (R_ExternalPtrTag(pointer) == Rf_install("forewarn_stream") ||
                                                   Rf_inherits(pointer, "nanoarrow_array_stream"));
  struct ArrowArrayStream *stream = is_stream ? R_ExternalPtrAddr(pointer) : NULL;
  if (stream == NULL) Rf_error("this is no stream, or one of an earlier session");
  return stream;
}

// What is being read, so that it is let go of when memory runs out.
struct reading {
  struct ArrowSchema schema;
  struct ArrowArray array;
};

static void let_go_of_array(struct reading *reading) {
  if (reading->array.release != NULL) reading->array.release(&reading->array);
  reading->array.release = NULL;
}

static void free_reading(SEXP pointer) {
  struct reading *reading = R_ExternalPtrAddr(pointer);
  if (reading == NULL) return;
  let_go_of_array(reading);
  if (reading->schema.release != NULL) reading->schema.release(&reading->schema);
  free(reading);
  R_ClearExternalPtr(pointer);
}

// ------------------------------------------------------------------------------------------------ values

static int is_missing(const struct ArrowArray *array, int64_t at) {
  const uint8_t *bits = array->null_count == 0 ? NULL : array->buffers[0];
  return bits != NULL && (bits[at / 8] >> (at % 8) & 1) == 0;
}

static SEXP text_of(const char *bytes, int64_t from, int64_t to) {
  return Rf_mkCharLenCE(bytes + from, (int)(to - from), CE_UTF8);
}

// The values of an array from one place on; places count from the beginning of its buffers.
static SEXP values(const struct ArrowSchema *schema, const struct ArrowArray *array, int64_t from, int64_t length) {
  SEXP made = R_NilValue;
  const char *format = schema->format;
  if (strcmp(format, "g") == 0) {
    made = PROTECT(Rf_allocVector(REALSXP, length));
    const double *numbers = array->buffers[1];
    double *to = REAL(made);
    for (int64_t i = 0; i < length; i++) to[i] = is_missing(array, from + i) ? NA_REAL : numbers[from + i];
  } else if (strcmp(format, "i") == 0) {
    made = PROTECT(Rf_allocVector(INTSXP, length));
    const int32_t *numbers = array->buffers[1];
    int *to = INTEGER(made);
    for (int64_t i = 0; i < length; i++) to[i] = is_missing(array, from + i) ? NA_INTEGER : numbers[from + i];
  } else if (strcmp(format, "u") == 0) {
    made = PROTECT(Rf_allocVector(STRSXP, length));
    const int32_t *ends = array->buffers[1];
    for (int64_t i = 0; i < length; i++) {
      int64_t at = from + i;
      int missing = is_missing(array, at);
      SET_STRING_ELT(made, i, missing ? NA_STRING : text_of(array->buffers[2], ends[at], ends[at + 1]));
    }
  } else if (strcmp(format, "+l") == 0) {
    made = PROTECT(Rf_allocVector(VECSXP, length));
    const int32_t *ends = array->buffers[1];
    const struct ArrowArray *cells = array->children[0];
    for (int64_t i = 0; i < length; i++) {
      int64_t at = from + i;
      if (is_missing(array, at)) continue;
      SEXP list = values(schema->children[0], cells, cells->offset + ends[at], ends[at + 1] - ends[at]);
      SET_VECTOR_ELT(made, i, list);
    }
  } else {
    Rf_error("the library gives a column of the format `%s`, which this package does not read", format);
  }
  UNPROTECT(1);
  return made;
}

static SEXP batch(const struct reading *reading) {
  int64_t columns = reading->schema.n_children;
  SEXP made = PROTECT(Rf_allocVector(VECSXP, columns));
  SEXP names = PROTECT(Rf_allocVector(STRSXP, columns));
  for (int64_t i = 0; i < columns; i++) {
    const struct ArrowSchema *schema = reading->schema.children[i];
    const struct ArrowArray *array = reading->array.children[i];
    SET_STRING_ELT(names, i, Rf_mkCharCE(schema->name, CE_UTF8));
    // A table may be cut out of a longer one, and each of its columns as well.
    int64_t from = reading->array.offset + array->offset;
    SET_VECTOR_ELT(made, i, values(schema, array, from, reading->array.length));
  }
  Rf_setAttrib(made, R_NamesSymbol, names);
  UNPROTECT(2);
  return made;
}

static void told(struct ArrowArrayStream *stream, int code) {
  if (code == 0) return;
  const char *why = stream->get_last_error(stream);
  Rf_error("the results cannot be read: %s", why == NULL ? "the library does not say why" : why);
}

SEXP fwr_frames_out(SEXP pointer) {
  struct ArrowArrayStream *stream = fwr_stream_of(pointer);
  SEXP keeper = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));
  R_RegisterCFinalizerEx(keeper, free_reading, TRUE);
  struct reading *reading = calloc(1, sizeof *reading);
  if (reading == NULL) Rf_error("there is no memory for the results");
  R_SetExternalPtrAddr(keeper, reading);

  told(stream, stream->get_schema(stream, &reading->schema));
  PROTECT_INDEX place;
  SEXP batches = R_NilValue;
  PROTECT_WITH_INDEX(batches, &place);
  for (;;) {
    told(stream, stream->get_next(stream, &reading->array));
    if (reading->array.release == NULL) break;
    SEXP one = PROTECT(batch(reading));
    REPROTECT(batches = Rf_cons(one, batches), place);
    UNPROTECT(1);
    let_go_of_array(reading);
  }
  free_reading(keeper);
  int count = Rf_length(batches);
  SEXP made = PROTECT(Rf_allocVector(VECSXP, count));
  for (SEXP rest = batches; rest != R_NilValue; rest = CDR(rest)) SET_VECTOR_ELT(made, --count, CAR(rest));
  UNPROTECT(3);
  return made;
}
