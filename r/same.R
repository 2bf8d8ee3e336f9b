# Cell by cell, the results of the package are those of the command line.
# Arguments: a ruleset whose folder `data` holds CSV, and a place to write to.
library(forewarn)
arguments <- commandArgs(trailingOnly = TRUE)
ruleset <- arguments[1]
file <- list.files(file.path(ruleset, "data"), "[.]csv$", full.names = TRUE)[1]
written <- file.path(arguments[2], "written.csv")
status <- system2(Sys.getenv("FOREWARN"), c("run", shQuote(ruleset), "--data", shQuote(file), "-o", written, "--quiet"))
stopifnot(status == 0)
command <- read.csv(written, colClasses = "character", na.strings = NULL, check.names = FALSE, encoding = "UTF-8")

rules <- fw_rules(ruleset)
about <- fw_columns(rules)
compare <- function(results, from) {
  stopifnot(identical(names(results), names(command)), nrow(results) == nrow(command), nrow(results) > 0)
  for (name in names(command)) {
    cells <- command[[name]]
    ours <- results[[name]]
    same <- switch(about$kind[about$name == name],
      # The shortest digits that read back as a double are those of no other.
      number = ifelse(cells == "", is.na(ours), !is.na(ours) & as.numeric(cells) == ours),
      truth = cells == c("unknown", "no", "yes")[ifelse(is.na(ours), 1L, ours + 2L)],
      cells == ifelse(is.na(ours), "", as.character(ours))
    )
    if (!all(same)) {
      row <- which(!same)[1]
      stop(from, ", row ", row, ", column `", name, "`: ", ours[row], " where the command line has ", cells[row])
    }
  }
}
compare(fw_run(rules, file), "from the file")
compare(fw_run(rules, read.csv(file, na.strings = "")), "from a frame")
compare(fw_run(rules, read.csv(file, na.strings = "", stringsAsFactors = TRUE)), "from a frame of factors")
cat("the same in", length(command) * nrow(command), "cells of", nrow(command), "rows, from a file, text and factors\n")

# The same for an explanation.
last <- nrow(command)
why <- system2(Sys.getenv("FOREWARN"), c("explain", shQuote(ruleset), "--data", shQuote(file), "--entity",
  command[[1]][last], "--period", command[[2]][last], "overall"), stdout = TRUE)
ours <- strsplit(format(fw_explain(fw_run(rules, file), command[[1]][last], command[[2]][last], "overall")), "\n")[[1]]
if (!identical(why, ours)) {
  at <- which(why[seq_along(ours)] != ours)[1]
  stop("line ", at, " of the explanation is\n", ours[at], "\nand by the command line\n", why[at])
}
cat("the same in", length(ours), "lines of an explanation\n")
