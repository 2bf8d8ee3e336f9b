// The Arrow C data interface, as its specification has it, and what this package does with it.

#ifndef FOREWARN_R_ARROW_H
#define FOREWARN_R_ARROW_H

#include <stdint.h>

#include <Rinternals.h>

#include <forewarn.h>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_NULLABLE 2

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

// A stream of its own, released when nothing refers to it any more; nothing is in it yet.
SEXP fwr_new_stream(void);

// The stream of such a pointer, or of one that `nanoarrow` made.
struct ArrowArrayStream *fwr_stream_of(SEXP pointer);

// Columns of a data frame as a stream: their names, their formats, and plain vectors of UTF-8.
SEXP fwr_frame_in(SEXP names, SEXP formats, SEXP columns);

// The batches of a stream, each as a named list of vectors.
SEXP fwr_frames_out(SEXP pointer);

#endif
