// The functions of the library, as R calls them.
//
// Each gives a list of three: the code of the library, its message or NULL, and what was made. What the library
// hands out belongs to a pointer of R before anything can go wrong, and is freed with it.

#include <R_ext/Rdynload.h>

#include "arrow.h"

// ---------------------------------------------------------------------------------------------- pointers

static void free_text(SEXP pointer) {
  forewarn_text_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static void free_rules(SEXP pointer) {
  forewarn_rules_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static void free_results(SEXP pointer) {
  forewarn_results_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static SEXP new_pointer(const char *tag, R_CFinalizer_t finalizer) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, Rf_install(tag), R_NilValue));
  R_RegisterCFinalizerEx(pointer, finalizer, TRUE);
  UNPROTECT(1);
  return pointer;
}

static void *address(SEXP pointer, const char *tag) {
  int is_it = TYPEOF(pointer) == EXTPTRSXP && R_ExternalPtrTag(pointer) == Rf_install(tag);
  void *found = is_it ? R_ExternalPtrAddr(pointer) : NULL;
  if (found == NULL) Rf_error("this is no pointer of this session");
  return found;
}

// Whether a pointer leads somewhere: one that was saved and loaded again does not.
static SEXP fwr_is_alive(SEXP pointer) {
  return Rf_ScalarLogical(TYPEOF(pointer) == EXTPTRSXP && R_ExternalPtrAddr(pointer) != NULL);
}

// Whether a stream can still be taken.
static SEXP fwr_is_full(SEXP stream) { return Rf_ScalarLogical(fwr_stream_of(stream)->release != NULL); }

// ------------------------------------------------------------------------------------------------- texts

// A text of the library as one of R, and freed; the holder frees it where R has no memory.
static SEXP text_from(SEXP holder) {
  const char *text = R_ExternalPtrAddr(holder);
  if (text == NULL) return R_NilValue;
  SEXP made = PROTECT(Rf_allocVector(STRSXP, 1));
  SET_STRING_ELT(made, 0, Rf_mkCharCE(text, CE_UTF8));
  free_text(holder);
  UNPROTECT(1);
  return made;
}

// A text that may be NULL.
static const char *text_or_null(SEXP text) {
  return TYPEOF(text) == STRSXP && LENGTH(text) == 1 ? CHAR(STRING_ELT(text, 0)) : NULL;
}

// Texts with NULL behind the last; R frees the list after the call.
static const char *const *list_of(SEXP texts) {
  int count = TYPEOF(texts) == STRSXP ? LENGTH(texts) : 0;
  const char **list = (const char **)R_alloc((size_t)count + 1, sizeof *list);
  for (int i = 0; i < count; i++) list[i] = CHAR(STRING_ELT(texts, i));
  list[count] = NULL;
  return list;
}

static SEXP outcome(int code, char *message, SEXP made) {
  SEXP holder = PROTECT(new_pointer("forewarn_text", free_text));
  R_SetExternalPtrAddr(holder, message);
  SEXP all = PROTECT(Rf_allocVector(VECSXP, 3));
  SET_VECTOR_ELT(all, 0, Rf_ScalarInteger(code));
  SET_VECTOR_ELT(all, 1, text_from(holder));
  SET_VECTOR_ELT(all, 2, made);
  UNPROTECT(2);
  return all;
}

// ------------------------------------------------------------------------------------------------- calls

static SEXP fwr_compile(SEXP path, SEXP set, SEXP map, SEXP audience, SEXP lang) {
  ForewarnSettings settings = {list_of(set), list_of(map), text_or_null(audience), text_or_null(lang), "text"};
  SEXP pointer = PROTECT(new_pointer("forewarn_rules", free_rules));
  ForewarnRules *rules = NULL;
  char *message = NULL;
  int code = forewarn_compile_path(text_or_null(path), &settings, &rules, &message);
  R_SetExternalPtrAddr(pointer, rules);
  SEXP made = outcome(code, message, pointer);
  UNPROTECT(1);
  return made;
}

// The name, the version and the label of the framework.
static SEXP fwr_framework(SEXP rules) {
  SEXP holders[3];
  for (int i = 0; i < 3; i++) holders[i] = PROTECT(new_pointer("forewarn_text", free_text));
  char *texts[3] = {NULL, NULL, NULL}, *message = NULL;
  int code = forewarn_rules_framework(address(rules, "forewarn_rules"), &texts[0], &texts[1], &texts[2], &message);
  for (int i = 0; i < 3; i++) R_SetExternalPtrAddr(holders[i], texts[i]);
  SEXP list = PROTECT(Rf_allocVector(VECSXP, 3));
  for (int i = 0; i < 3; i++) SET_VECTOR_ELT(list, i, text_from(holders[i]));
  SEXP made = outcome(code, message, list);
  UNPROTECT(4);
  return made;
}

static SEXP fwr_columns(SEXP rules) {
  SEXP pointer = PROTECT(fwr_new_stream());
  char *message = NULL;
  int code = forewarn_rules_columns(address(rules, "forewarn_rules"), fwr_stream_of(pointer), &message);
  SEXP made = outcome(code, message, pointer);
  UNPROTECT(1);
  return made;
}

// Observations are the pointer of a stream, or the path of a file.
static SEXP fwr_run(SEXP rules, SEXP observations) {
  const ForewarnRules *compiled = address(rules, "forewarn_rules");
  SEXP pointer = PROTECT(new_pointer("forewarn_results", free_results));
  ForewarnResults *results = NULL;
  char *message = NULL;
  int code = TYPEOF(observations) == EXTPTRSXP
                 ? forewarn_run(compiled, fwr_stream_of(observations), &results, &message)
                 : forewarn_run_file(compiled, text_or_null(observations), &results, &message);
  R_SetExternalPtrAddr(pointer, results);
  SEXP made = outcome(code, message, pointer);
  UNPROTECT(1);
  return made;
}

static SEXP fwr_results(SEXP results) {
  SEXP pointer = PROTECT(fwr_new_stream());
  char *message = NULL;
  int code = forewarn_results_stream(address(results, "forewarn_results"), fwr_stream_of(pointer), &message);
  SEXP made = outcome(code, message, pointer);
  UNPROTECT(1);
  return made;
}

static SEXP fwr_explain(SEXP results, SEXP entity, SEXP period, SEXP name, SEXP form) {
  SEXP holder = PROTECT(new_pointer("forewarn_text", free_text));
  char *text = NULL, *message = NULL;
  int code = forewarn_explain(address(results, "forewarn_results"), text_or_null(entity), text_or_null(period),
                              text_or_null(name), text_or_null(form), &text, &message);
  R_SetExternalPtrAddr(holder, text);
  SEXP why = PROTECT(text_from(holder));
  SEXP made = outcome(code, message, why);
  UNPROTECT(2);
  return made;
}

static const R_CallMethodDef CALLS[] = {
    {"is_alive", (DL_FUNC)&fwr_is_alive, 1},
    {"is_full", (DL_FUNC)&fwr_is_full, 1},
    {"compile", (DL_FUNC)&fwr_compile, 5},
    {"framework", (DL_FUNC)&fwr_framework, 1},
    {"columns", (DL_FUNC)&fwr_columns, 1},
    {"run", (DL_FUNC)&fwr_run, 2},
    {"results", (DL_FUNC)&fwr_results, 1},
    {"explain", (DL_FUNC)&fwr_explain, 5},
    {"frame_in", (DL_FUNC)&fwr_frame_in, 3},
    {"frames_out", (DL_FUNC)&fwr_frames_out, 1},
    {NULL, NULL, 0},
};

void R_init_forewarn(DllInfo *library) {
  R_registerRoutines(library, NULL, CALLS, NULL, NULL);
  R_useDynamicSymbols(library, FALSE);
  R_forceSymbols(library, TRUE);
}
