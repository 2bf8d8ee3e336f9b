# The blocks of the page on R, one after another, in a folder that is thrown away.
# Arguments: the page, and a place to write to.
arguments <- commandArgs(trailingOnly = TRUE)
lines <- readLines(arguments[1], encoding = "UTF-8")
page <- file.path(arguments[2], "page")
dir.create(page)
setwd(page)
Sys.setenv(PATH = paste(dirname(Sys.getenv("FOREWARN")), Sys.getenv("PATH"), sep = .Platform$path.sep))
starts <- which(lines == "```r")
stopifnot(length(starts) > 0)
for (start in starts) {
  end <- start + which(lines[-seq_len(start)] == "```")[1]
  block <- lines[seq(start + 1, length.out = end - start - 1)]
  tryCatch(
    source(exprs = parse(text = block, encoding = "UTF-8"), local = globalenv(), echo = FALSE, print.eval = TRUE),
    error = function(error) stop("the block from line ", start, ": ", conditionMessage(error), call. = FALSE)
  )
}
cat(length(starts), "blocks of the page run\n")
