# Rules applied to data, and why a result is what it is.

fw_run <- function(rules, data, set = NULL, map = NULL) {
  rules <- ready(rules, set, map)
  if (is.character(data)) {
    observations <- path.expand(one_text(data, "a path as `data`", optional = FALSE))
  } else if (inherits(data, "nanoarrow_array_stream")) {
    if (!.Call(C_is_alive, data) || !.Call(C_is_full, data)) fw_stop("the stream was used up before: make another one")
    observations <- data
  } else {
    if (inherits(data, "forewarn_results") || !is.data.frame(data)) data <- as.data.frame(data)
    observations <- stream_of(data)
  }
  pointer <- made(.Call(C_run, rules$pointer, observations))
  columns <- columns_from(made(.Call(C_results, pointer)))
  frame <- frame_of(typed(columns, rules$columns))
  structure(frame, forewarn = list(rules = rules, pointer = pointer), class = c("forewarn_results", "data.frame"))
}

fw_explain <- function(results, entity = NULL, period = NULL, name = NULL, form = c("text", "markdown", "html", "json")) {
  run <- attr(results, "forewarn")
  if (is.null(run)) fw_stop("`results` is what `fw_run` gives")
  if (!.Call(C_is_alive, run$pointer)) {
    fw_stop("these results are of an earlier session, and the data behind them are gone: run the rules again")
  }
  form <- match.arg(form)
  period <- if (length(period) == 1L && !is.na(period) && !is.factor(period)) written(period) else period
  why <- made(.Call(C_explain, run$pointer, one_text(as_word(entity), "`entity`", optional = is.null(entity)),
                    one_text(period, "`period`"), one_text(name, "`name`"), form))
  structure(why, form = form, class = "forewarn_explanation")
}

# Entities may be numbers where data have codes.
as_word <- function(x) if (is.numeric(x) && !is.factor(x) && length(x) == 1L && !is.na(x)) written(x) else x

print.forewarn_explanation <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}

format.forewarn_explanation <- function(x, ...) sub("\n+$", "", as.vector(unclass(x)))

# ------------------------------------------------------------------------------------------- results as a frame

as.data.frame.forewarn_results <- function(x, ...) {
  attr(x, "forewarn") <- NULL
  class(x) <- "data.frame"
  as.data.frame(x, ...)
}

# Some of the rows are still results of the run.
`[.forewarn_results` <- function(x, ...) {
  some <- NextMethod()
  if (is.data.frame(some)) attr(some, "forewarn") <- attr(x, "forewarn")
  some
}

print.forewarn_results <- function(x, n = 10L, ...) {
  framework <- attr(x, "forewarn")$rules$framework
  of <- if (is.null(framework)) "" else paste0(" of ", framework$label, " ", framework$version)
  cat("Results", of, ": ", nrow(x), if (nrow(x) == 1L) " row, " else " rows, ", length(x), " columns\n", sep = "")
  print(head(as.data.frame(x), n), ...)
  if (nrow(x) > n) cat("... and ", nrow(x) - n, " more\n", sep = "")
  invisible(x)
}
