# What goes in comes out as what it is, and missing stays missing.
library(forewarn)
rules <- fw_rules(system.file("examples/watch.risk", package = "forewarn"))

data <- data.frame(
  country = c("AVA", "AVA", "BRU", "BRU", "CAS"),
  month = c("2024-01", "2024-02", "2024-01", "2024-02", "2024-01"),
  deaths = c(30, 1.5, NA, NaN, 0),
  hunger = c(NA, 20L, 60L, 10L, 0L),
  curfew = c(FALSE, NA, TRUE, FALSE, FALSE),
  regime = factor(c("closed", "open", NA, "closed", "open"))
)
results <- fw_run(rules, data)
stopifnot(
  inherits(results, c("forewarn_results", "data.frame"), which = TRUE) == 1:2,
  identical(results$country, data$country),
  identical(results$month, data$month),
  identical(results$strain, c(NA, 23, NA, NA, 0)),
  identical(results$armed, c(TRUE, FALSE, NA, NA, FALSE)),
  is.ordered(results$overall),
  identical(levels(results$overall), c("low", "high", "critical")),
  identical(as.character(results$overall), c(NA, NA, NA, NA, "low")),
  identical(as.character(results$overall.at_least), c("high", "low", "high", "low", "low")),
  identical(as.character(results$overall.at_most), c("critical", "high", "critical", "high", "low")),
  is.ordered(results$raised), is.factor(results$raised.event), !is.ordered(results$raised.event),
  is.logical(results$raised.held), is.character(results$raised.since)
)

# The same values as other types are the same observations.
plain <- function(x) as.data.frame(x)
other <- transform(data, country = factor(country), month = as.Date(paste0(month, "-01")),
                   curfew = c(no = "no", yes = "yes")[as.character(factor(curfew, c(FALSE, TRUE), c("no", "yes")))],
                   regime = as.character(regime))
stopifnot(identical(plain(fw_run(rules, other)), plain(results)))
other$month <- as.POSIXct(paste0(data$month, "-01"), tz = "America/Lima")
stopifnot(identical(plain(fw_run(rules, other)), plain(results)))
other$month <- structure(2024 + c(0, 1, 0, 1, 0) / 12, class = "yearmon")
stopifnot(identical(plain(fw_run(rules, other)), plain(results)))

# Doubles come back with all their bits, beyond what a file would be read as.
exact <- data.frame(country = "AVA", month = sprintf("2%03d-01", 0:499), deaths = stats::runif(500) * 1e6, hunger = 0)
exact$curfew <- FALSE
exact$regime <- "open"
stopifnot(identical(fw_run(rules, exact)$strain, 2 * exact$deaths))

# A column of NA has no type yet, and a level of a factor may be NA.
nothing <- transform(data, deaths = NA, hunger = NA, curfew = NA, regime = addNA(regime))
unknown <- suppressWarnings(fw_run(rules, nothing), classes = "forewarn_warning")
stopifnot(is.na(unknown$strain), is.na(unknown$overall), identical(unknown$armed, c(NA, FALSE, NA, NA, FALSE)))

# Whole numbers of 64 bits, as the package bit64 keeps them: 0 and 3, and one that is missing.
bits <- structure(c(0, 3 * 2^-1074, -0), class = "integer64")
long <- data.frame(country = "AVA", month = sprintf("2024-%02d", 1:3), hunger = 1, curfew = FALSE, regime = "open")
long$deaths <- bits
stopifnot(identical(fw_run(rules, long)$strain, c(1, 7, NA)))

# Rows come in any order.
stopifnot(identical(plain(fw_run(rules, data[5:1, ])), plain(results)))

# A stream as the package nanoarrow keeps them is taken once.
stream <- structure(forewarn:::stream_of(data), class = "nanoarrow_array_stream")
stopifnot(identical(plain(fw_run(rules, stream)), plain(results)))
again <- tryCatch(fw_run(rules, stream), forewarn_error = conditionMessage)
stopifnot(grepl("used up", again))

# A file gives what a frame gives.
file <- tempfile(fileext = ".csv")
write.csv(data, file, row.names = FALSE, na = "")
stopifnot(identical(plain(fw_run(rules, file)), plain(fw_run(rules, read.csv(file, na.strings = "")))))

# What R keeps of results, and what it lets go of.
high <- results[results$overall.at_least >= "high", ]
stopifnot(nrow(high) == 2, inherits(fw_explain(high, "AVA"), "forewarn_explanation"))
stopifnot(identical(results[["strain"]], results$strain), !inherits(as.data.frame(results), "forewarn_results"))
for (turn in 1:30) invisible(fw_run(rules, data))
invisible(gc())
stopifnot(nzchar(fw_explain(results, "AVA")))

# The order of severity is that of the rules.
stopifnot(max(results$overall.at_most) == "critical", results$overall.at_least[1] < results$overall.at_most[1])
