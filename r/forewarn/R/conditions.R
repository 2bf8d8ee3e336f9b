# What the library says, as conditions: its messages are errors and warnings of classes of their own.

found <- function(class, text) {
  start <- regmatches(text, gregexpr("(?m)^(error|warning|note)\\[FW[0-9]{4}\\]", text, perl = TRUE))[[1L]]
  structure(
    class = c(class, "condition"),
    list(message = sub("\n+$", "", text), call = NULL, codes = sub(".*\\[(FW[0-9]{4})\\]", "\\1", start))
  )
}

fw_stop <- function(...) {
  # R cuts messages after a thousand bytes, and frames with rows of data are longer.
  long <- options(warning.length = 8170L)
  on.exit(options(long))
  stop(found(c("forewarn_error", "error"), paste0(...)))
}

fw_warn <- function(...) {
  long <- options(warning.length = 8170L)
  on.exit(options(long))
  warning(found(c("forewarn_warning", "warning"), paste0(...)))
}

# What a call made, once it is told what the library found.
made <- function(outcome) {
  if (outcome[[1L]] != 0L) fw_stop(outcome[[2L]])
  if (length(outcome[[2L]])) fw_warn(outcome[[2L]])
  outcome[[3L]]
}

# One text, or nothing where nothing is one of the choices.
one_text <- function(x, what, optional = TRUE) {
  if (optional && is.null(x)) return(NULL)
  if (is.factor(x)) x <- as.character(x)
  if (!is.character(x) || length(x) != 1L || is.na(x)) fw_stop(what, " is one text")
  utf8(x, what)
}
