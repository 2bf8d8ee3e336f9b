# Data frames and streams of the Arrow C data interface.
#
# In: a data frame of whatever R has. Out: plain vectors, each with a format that the C half writes. And back: what a
# stream holds, with levels as ordered factors and truths as truths.

# Text as UTF-8, of which nothing else is known to be read.
utf8 <- function(x, what) {
  x <- enc2utf8(x)
  broken <- which(!validUTF8(x))
  if (length(broken)) {
    fw_stop(what, " holds text that is not in the encoding that it says, first at ", broken[1L],
            ": bring it to UTF-8 by `iconv(x, from = \"latin1\", to = \"UTF-8\")`, or from what it is written in")
  }
  x
}

texts <- function(x, what) list("U", utf8(as.character(x), what))

# A column as a format and a plain vector.
plain <- function(x, name) {
  what <- paste0("the column `", name, "`")
  unfit <- function(holds) {
    fw_stop(what, " holds ", holds, ", which no indicator is read from: give numbers, text, truths or dates")
  }
  if (is.data.frame(x) || length(dim(x)) > 1L) unfit("several columns")
  if (is.factor(x)) {
    names <- utf8(levels(x), what)
    return(list("f", structure(as.integer(x), levels = names)))
  }
  if (inherits(x, "Date")) return(list("tdD", as.integer(floor(as.numeric(x)))))
  if (inherits(x, "POSIXt")) return(moments(x, what))
  if (inherits(x, "difftime")) {
    unfit(paste0("times in ", attr(x, "units"), " (`as.numeric(x, units = \"days\")` makes numbers of them)"))
  }
  if (inherits(x, "yearmon")) return(texts(parts_of_year(x, 12L, "%d-%02d"), what))
  if (inherits(x, "yearqtr")) return(texts(parts_of_year(x, 4L, "%d-Q%d"), what))
  if (inherits(x, "integer64")) return(list("l", as.numeric(unclass(x))))
  switch(typeof(x),
    double = list("g", as.numeric(x)),
    integer = list("i", as.integer(x)),
    # A column of nothing but NA is of no type yet.
    logical = if (all(is.na(x))) texts(x, what) else list("b", as.logical(x)),
    character = texts(x, what),
    list = unfit("lists"),
    unfit(paste0("values of the type `", typeof(x), "`"))
  )
}

# A day, wherever the clock is at midnight in the zone of the column.
moments <- function(x, what) {
  x <- as.POSIXlt(x)
  midnight <- x$hour == 0L & x$min == 0L & x$sec == 0
  if (all(midnight, na.rm = TRUE)) return(list("tdD", as.integer(floor(as.numeric(as.Date(x))))))
  texts(format(x, "%Y-%m-%dT%H:%M:%S"), what)
}

# Months and quarters of the package zoo: years with fractions.
parts_of_year <- function(x, parts, form) {
  number <- round(as.numeric(x) * parts)
  ifelse(is.na(number), NA_character_, sprintf(form, as.integer(number %/% parts), as.integer(number %% parts) + 1L))
}

# A data frame as a stream.
stream_of <- function(data) {
  names <- names(data)
  if (!length(data) || is.null(names)) fw_stop("the data have no columns")
  columns <- Map(plain, unclass(data), names)
  .Call(C_frame_in, utf8(names, "the names of columns"), vapply(columns, `[[`, "", 1L), lapply(columns, `[[`, 2L))
}

# The columns of a stream, all its batches one after another.
columns_from <- function(stream) {
  batches <- .Call(C_frames_out, stream)
  if (length(batches) == 1L) return(batches[[1L]])
  do.call(Map, c(list(c), batches))
}

frame_of <- function(columns) {
  structure(columns, row.names = .set_row_names(length(columns[[1L]])), class = "data.frame")
}

# Result columns as what they are.
typed <- function(columns, about) {
  kinds <- split(about, factor(about$name, about$name))
  for (name in intersect(names(columns), about$name)) {
    kind <- kinds[[name]]
    words <- kind$words[[1L]]
    columns[[name]] <- switch(kind$kind,
      truth = c(no = FALSE, yes = TRUE)[columns[[name]]],
      level = factor(columns[[name]], words, ordered = TRUE),
      category = factor(columns[[name]], words),
      columns[[name]]
    )
    if (kind$kind == "truth") columns[[name]] <- unname(columns[[name]])
  }
  columns
}
