# Rules: read, compiled, and what they say of themselves.

fw_rules <- function(path, set = NULL, map = NULL, audience = NULL, lang = NULL) {
  path <- path.expand(one_text(path, "`path`", optional = FALSE))
  settings <- list(
    set = settings_of(set, "set"), map = settings_of(map, "map"),
    audience = one_text(audience, "`audience`"), lang = one_text(lang, "`lang`")
  )
  pointer <- made(.Call(C_compile, path, pairs(settings$set), pairs(settings$map), settings$audience, settings$lang))
  framework <- made(.Call(C_framework, pointer))
  names(framework) <- c("name", "version", "label")
  about <- frame_of(columns_from(made(.Call(C_columns, pointer))))
  structure(
    list(path = path, settings = settings, framework = framework, columns = about, pointer = pointer),
    class = "forewarn_rules"
  )
}

# Named values as texts: `c(alarm = 1.2)`, `list(share = "15%", strict = TRUE)`.
settings_of <- function(values, what) {
  if (is.null(values)) return(NULL)
  names <- names(values)
  if (is.null(names) || anyNA(names) || any(names == "")) {
    fw_stop("`", what, "` has a value without a name: write `", what, " = c(NAME = VALUE)`")
  }
  written <- vapply(as.list(values), function(value) {
    if (length(value) != 1L || is.na(value)) fw_stop("`", what, "` has a name without one value")
    written(value)
  }, "")
  texts <- utf8(written, paste0("`", what, "`"))
  names(texts) <- utf8(names, paste0("`", what, "`"))
  texts
}

pairs <- function(settings) if (length(settings)) paste0(names(settings), "=", settings)

# A value as rules and data write it.
written <- function(value) {
  if (inherits(value, "Date")) return(format(value, "%Y-%m-%d"))
  if (inherits(value, c("yearmon", "yearqtr"))) return(plain(value, "period")[[2L]])
  if (is.logical(value)) return(if (value) "yes" else "no")
  if (!is.numeric(value)) return(as.character(value))
  short <- format(value, digits = 15L, scientific = FALSE, trim = TRUE)
  if (as.numeric(short) == value) short else format(value, digits = 17L, scientific = FALSE, trim = TRUE)
}

# Rules of this session, with other settings where there are some.
ready <- function(rules, set = NULL, map = NULL) {
  if (is.character(rules)) return(fw_rules(rules, set = set, map = map))
  if (!inherits(rules, "forewarn_rules")) fw_stop("`rules` is what `fw_rules` gives, or a path")
  if (is.null(set) && is.null(map) && .Call(C_is_alive, rules$pointer)) return(rules)
  other <- rules$settings
  fw_rules(rules$path, over(other$set, settings_of(set, "set")), over(other$map, settings_of(map, "map")),
           other$audience, other$lang)
}

over <- function(settings, later) c(settings[setdiff(names(settings), names(later))], later)

fw_columns <- function(x) {
  about <- if (inherits(x, "forewarn_results")) attr(x, "forewarn")$rules$columns else ready(x)$columns
  if (is.null(about)) fw_stop("these are no results of `fw_run`")
  about
}

print.forewarn_rules <- function(x, ...) {
  about <- x$columns
  keys <- about$name[about$kind == "key"]
  results <- unique(about$declaration[about$kind != "key"])
  levels <- unique(about$declaration[about$kind == "level"])
  cat(x$framework$label, " (", x$framework$name, " ", x$framework$version, "), rules of ", x$path, "\n", sep = "")
  cat(length(results), if (length(results) == 1L) "result" else "results", "by", paste(keys, collapse = " and "))
  if (length(levels)) cat("; levels:", paste(levels, collapse = ", "))
  set <- pairs(x$settings$set)
  if (length(set)) cat("\nset:", paste(set, collapse = ", "))
  cat("\n")
  invisible(x)
}
