// Forewarn from C. Made from capi/src/lib.rs by cbindgen: FOREWARN_UPDATE_HEADER=1 cargo test.
//
// Streams are those of the Arrow C data interface: https://arrow.apache.org/docs/format/CStreamInterface.html

#ifndef FOREWARN_H
#define FOREWARN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif


// It worked.
#define FOREWARN_OK 0

// Something is wrong with the rules or the data, or a name is not known: see the message.
#define FOREWARN_FOUND 1

// The call itself was wrong, or something went wrong inside.
#define FOREWARN_FAILED 2

// The results of a run.
typedef struct ForewarnResults ForewarnResults;

// A compiled ruleset. Threads may share it.
typedef struct ForewarnRules ForewarnRules;

// What is decided outside the rules; all of it may be NULL.
typedef struct {
  // Params with their values, `name=value`; the last pointer is NULL.
  const char *const *set;
  // Indicators and keys with their columns, `name=column`; the last pointer is NULL.
  const char *const *map;
  // `public`, `restricted`, `confidential`.
  const char *audience;
  // Of labels: `fr`.
  const char *lang;
  // How messages about rules and data are written, now and when these rules are run: `json`, one object a
  // line, or `text`, for people. JSON where it is NULL.
  const char *messages;
} ForewarnSettings;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Compiles the rules at a path: a file, a folder or an archive.
//
// `rules` receives what `forewarn_rules_free` frees. `message` receives what was found, for
// `forewarn_text_free`; NULL where nothing was. Both may not be NULL.
//
// # Safety
// Texts end with a zero byte; pointers to write to are valid.
int forewarn_compile_path(const char *path,
                          const ForewarnSettings *settings,
                          ForewarnRules **rules,
                          char **message);

// Compiles rules of one file from its text; `name` is what messages call it. Else as
// `forewarn_compile_path`.
//
// # Safety
// As there.
int forewarn_compile_text(const char *name,
                          const char *rules_text,
                          const ForewarnSettings *settings,
                          ForewarnRules **rules,
                          char **message);

// Applies rules to a stream of observations, which is taken: its `release` is called here.
//
// `results` receives what `forewarn_results_free` frees; `message` what was found.
//
// # Safety
// `rules` is of `forewarn_compile_…` and not freed; `observations` is a valid stream.
int forewarn_run(const ForewarnRules *rules,
                 struct ArrowArrayStream *observations,
                 ForewarnResults **results,
                 char **message);

// The same for a file: CSV, Parquet, Arrow or NDJSON.
//
// # Safety
// As there.
int forewarn_run_file(const ForewarnRules *rules,
                      const char *path,
                      ForewarnResults **results,
                      char **message);

// Gives results as a stream, which its receiver releases. Can be called again.
//
// # Safety
// `results` is of `forewarn_run…` and not freed; `stream` is memory for one.
int forewarn_results_stream(const ForewarnResults *results,
                            struct ArrowArrayStream *stream,
                            char **message);

// Explains a result: `text` receives what `forewarn_text_free` frees. Without a period the entity's last is
// explained, without a result levels and alerts. `form` is `text`, `markdown`, `html` or `json`.
//
// # Safety
// As for the others; period and result may be NULL, and so may the entity where the panel is one series.
int forewarn_explain(const ForewarnResults *results,
                     const char *entity,
                     const char *period,
                     const char *result,
                     const char *form,
                     char **text,
                     char **message);

// Frees a text that was handed out; NULL is fine.
//
// # Safety
// It is of this library, and freed once.
void forewarn_text_free(char *text);

// Frees rules; results of them stay good. NULL is fine.
//
// # Safety
// They are of this library, and freed once.
void forewarn_rules_free(ForewarnRules *rules);

// Frees results; NULL is fine.
//
// # Safety
// They are of this library, and freed once.
void forewarn_results_free(ForewarnResults *results);

// The name, the version and the label of the framework, each for `forewarn_text_free`; what is not wanted may
// be NULL.
//
// # Safety
// `rules` is of `forewarn_compile_…` and not freed; pointers to write to are valid.
int forewarn_rules_framework(const ForewarnRules *rules,
                             char **name,
                             char **version,
                             char **label,
                             char **message);

// The columns of results as a stream, which its receiver releases: `name`, `label`, `unit`, the `declaration`
// that a column belongs to, its `kind` (`key`, `number`, `truth`, `level`, `category`, `period`), and lists of
// the `words` of a level or category, from the lowest, with their `labels`.
//
// # Safety
// `rules` is of `forewarn_compile_…` and not freed; `stream` is memory for one.
int forewarn_rules_columns(const ForewarnRules *rules,
                           struct ArrowArrayStream *stream,
                           char **message);

// The name, the version and the label of the framework, each for `forewarn_text_free`; what is not wanted may
// be NULL.
//
// # Safety
// `rules` is of `forewarn_compile_…` and not freed; pointers to write to are valid.
int forewarn_rules_framework(const ForewarnRules *rules,
                             char **name,
                             char **version,
                             char **label,
                             char **message);

// The columns of results as a stream, which its receiver releases: `name`, `label`, `unit`, the `declaration`
// that a column belongs to, its `kind` (`key`, `number`, `truth`, `level`, `category`, `period`), and lists of
// the `words` of a level or category, from the lowest, with their `labels`.
//
// # Safety
// `rules` is of `forewarn_compile_…` and not freed; `stream` is memory for one.
int forewarn_rules_columns(const ForewarnRules *rules,
                           struct ArrowArrayStream *stream,
                           char **message);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* FOREWARN_H */
