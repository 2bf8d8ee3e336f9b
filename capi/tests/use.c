// The library as a C program uses it: from rules to levels and an explanation, and what goes wrong on the way.

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "forewarn.h"

// What the test reads of the Arrow C data interface.
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

static const char *RULES =
    "framework watch \"Watch\" version \"1.0\"\n"
    "panel country by year\n"
    "indicator deaths \"Deaths\" : number in 0..\n"
    "param alarm = 25\n"
    "score twice \"Twice\" = 2 * deaths\n"
    "scale concern { low < high }\n"
    "level overall \"Overall\" : concern { high when deaths >= alarm, low otherwise }\n";

static ForewarnRules *compiled(const ForewarnSettings *settings) {
  ForewarnRules *rules = NULL;
  char *message = NULL;
  int code = forewarn_compile_text("watch.risk", RULES, settings, &rules, &message);
  if (code != FOREWARN_OK) fprintf(stderr, "%s\n", message);
  assert(code == FOREWARN_OK && rules != NULL && message == NULL);
  return rules;
}

static ForewarnResults *results_of(ForewarnRules *rules, const char *data) {
  ForewarnResults *results = NULL;
  char *message = NULL;
  int code = forewarn_run_file(rules, data, &results, &message);
  if (code != FOREWARN_OK) fprintf(stderr, "%s\n", message);
  assert(code == FOREWARN_OK && results != NULL);
  forewarn_text_free(message);
  return results;
}

int main(int argc, char **argv) {
  assert(argc == 2);
  char *message = NULL;
  ForewarnRules *rules = compiled(NULL);
  ForewarnResults *results = results_of(rules, argv[1]);

  // Results as a stream, twice.
  for (int turn = 0; turn < 2; turn++) {
    struct ArrowArrayStream stream;
    assert(forewarn_results_stream(results, &stream, &message) == FOREWARN_OK);
    struct ArrowSchema schema;
    assert(stream.get_schema(&stream, &schema) == 0);
    assert(strcmp(schema.children[2]->name, "twice") == 0);
    struct ArrowArray array;
    assert(stream.get_next(&stream, &array) == 0);
    assert(array.length == 2);
    const double *twice = array.children[2]->buffers[1];
    assert(twice[array.children[2]->offset] == 60.0);
    array.release(&array);
    schema.release(&schema);
    stream.release(&stream);
  }

  // A stream in: what came out goes in again, and does not have what the rules read.
  struct ArrowArrayStream back;
  assert(forewarn_results_stream(results, &back, &message) == FOREWARN_OK);
  ForewarnResults *none = NULL;
  assert(forewarn_run(rules, &back, &none, &message) == FOREWARN_FOUND);
  assert(none == NULL && strstr(message, "\"code\"") && strstr(message, "deaths"));
  forewarn_text_free(message);

  char *text = NULL;
  assert(forewarn_explain(results, "AVA", "2024", "overall", NULL, &text, &message) == FOREWARN_OK);
  assert(strstr(text, "AVA, 2024") && strstr(text, "high"));
  forewarn_text_free(text);
  assert(forewarn_explain(results, "AVE", NULL, NULL, "json", &text, &message) == FOREWARN_FOUND);
  assert(strstr(message, "`AVA`"));
  forewarn_text_free(message);

  // Settings.
  const char *set[] = {"alarm=100", NULL};
  ForewarnSettings settings = {.set = set};
  ForewarnRules *other = compiled(&settings);
  ForewarnResults *calm = results_of(other, argv[1]);
  forewarn_rules_free(other);
  assert(forewarn_explain(calm, "AVA", NULL, "overall", "markdown", &text, &message) == FOREWARN_OK);
  assert(strstr(text, "low"));
  forewarn_text_free(text);
  forewarn_results_free(calm);

  // What rules say of themselves.
  char *name = NULL, *version = NULL;
  assert(forewarn_rules_framework(rules, &name, &version, NULL, &message) == FOREWARN_OK);
  assert(strcmp(name, "watch") == 0 && strcmp(version, "1.0") == 0);
  forewarn_text_free(name);
  forewarn_text_free(version);
  struct ArrowArrayStream about;
  assert(forewarn_rules_columns(rules, &about, &message) == FOREWARN_OK);
  struct ArrowArray columns;
  assert(about.get_next(&about, &columns) == 0);
  // Two keys, the score, the level and its bounds.
  assert(columns.length == 6 && columns.n_children == 7);
  columns.release(&columns);
  about.release(&about);
  assert(forewarn_rules_columns(NULL, &about, &message) == FOREWARN_FAILED);
  forewarn_text_free(message);

  // Messages for people.
  ForewarnSettings spoken = {.messages = "text"};
  ForewarnRules *speaking = compiled(&spoken);
  assert(forewarn_run_file(speaking, "nowhere.csv", &none, &message) == FOREWARN_FOUND);
  assert(strstr(message, "error[FW") == message);
  forewarn_text_free(message);
  forewarn_rules_free(speaking);
  spoken.messages = "song";
  assert(forewarn_compile_text("x.risk", RULES, &spoken, &speaking, &message) == FOREWARN_FAILED);
  forewarn_text_free(message);

  // What is wrong is told and nothing is handed out.
  ForewarnRules *broken = NULL;
  assert(forewarn_compile_text("x.risk", "framework", NULL, &broken, &message) == FOREWARN_FOUND);
  assert(broken == NULL && strstr(message, "FW"));
  forewarn_text_free(message);
  assert(forewarn_compile_path(NULL, NULL, &broken, &message) == FOREWARN_FAILED);
  forewarn_text_free(message);
  assert(forewarn_compile_path("nowhere", NULL, &broken, NULL) == FOREWARN_FAILED);

  forewarn_results_free(results);
  forewarn_rules_free(rules);
  forewarn_text_free(NULL);
  printf("the library does in C what it does elsewhere\n");
  return 0;
}
