# What is decided outside the rules, and what rules say of themselves.
library(forewarn)
path <- system.file("examples/watch.risk", package = "forewarn")
rules <- fw_rules(path)
data <- data.frame(country = "AVA", month = "2024-01", deaths = 30, hunger = 60, curfew = FALSE, regime = "closed")
level <- function(...) as.character(fw_run(...)$overall)

stopifnot(
  level(rules, data) == "critical",
  level(path, data) == "critical",
  level(rules, data, set = c(alarm = 30.5)) == "low",
  level(rules, data, set = list(alarm = "30.5")) == "low",
  level(fw_rules(path, set = c(alarm = 100)), data) == "low",
  # What is said last counts, and rules stay what they are.
  level(fw_rules(path, set = c(alarm = 100)), data, set = c(alarm = 30)) == "critical",
  level(rules, data) == "critical",
  # Numbers are written out in full.
  level(rules, data, set = c(alarm = 30 + 1e-9)) == "low",
  level(rules, transform(data, best = deaths, deaths = NULL), map = c(deaths = "best")) == "critical"
)

columns <- fw_columns(rules)
overall <- columns[columns$name == "overall.at_least", ]
stopifnot(
  identical(columns$name, names(fw_run(rules, data))),
  identical(columns$kind[1:5], c("key", "key", "number", "truth", "level")),
  identical(overall$declaration, "overall"),
  identical(overall$words[[1]], c("low", "high", "critical")),
  identical(columns$label[columns$name == "strain"], "Strain"),
  identical(fw_columns(fw_run(rules, data)), columns)
)

said <- capture.output(print(fw_rules(path, set = c(alarm = 1.5))))
stopifnot(any(grepl("Watch (watch 1.0)", said, fixed = TRUE)), any(grepl("set: alarm=1.5", said, fixed = TRUE)))
said <- capture.output(print(fw_run(rules, data)))
stopifnot(any(grepl("1 row", said)), any(grepl("critical", said)))

# Rules that were saved are read once more; results have lost their data.
kept <- tempfile(fileext = ".rds")
saveRDS(list(rules = rules, results = fw_run(rules, data)), kept)
again <- readRDS(kept)
stopifnot(level(again$rules, data) == "critical", identical(as.character(again$results$overall), "critical"))
lost <- tryCatch(fw_explain(again$results, "AVA"), forewarn_error = conditionMessage)
stopifnot(grepl("earlier session", lost))
