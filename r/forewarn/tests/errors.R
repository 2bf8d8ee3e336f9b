# What is wrong is an error of a class of its own, in the words of Forewarn.
library(forewarn)
path <- system.file("examples/watch.risk", package = "forewarn")
rules <- fw_rules(path)
data <- data.frame(country = "AVA", month = "2024-01", deaths = 1, hunger = 2, curfew = FALSE, regime = "open")
fails <- function(expression, ..., codes = NULL) {
  error <- tryCatch(expression, forewarn_error = identity)
  if (!inherits(error, "forewarn_error")) stop("no error of this package: ", deparse(substitute(expression)))
  for (words in c(...)) {
    if (!grepl(words, conditionMessage(error), fixed = TRUE)) stop("not `", words, "`: ", conditionMessage(error))
  }
  if (!is.null(codes)) stopifnot(identical(error$codes, codes))
}

# Rules.
broken <- tempfile(fileext = ".risk")
writeLines(c("framework watch \"Watch\" version \"1.0\"", "panel country by month", "score s \"S\" = 2 * deths"),
           broken)
fails(fw_rules(broken), "error[FW", "deths", "3 ")
fails(fw_rules("nowhere.risk"), "nowhere.risk")
fails(fw_rules(path, set = c(alarms = 1)), "alarm")
fails(fw_rules(path, set = 1), "without a name")
fails(fw_rules(path, set = c(alarm = NA)), "without one value")
fails(fw_rules(path, audience = "neighbours"), "neighbours")
fails(fw_rules(c("a", "b")), "one text")

# Columns.
fails(fw_run(rules, transform(data, deaths = NULL)), "deaths", "error[FW")
fails(fw_run(rules, transform(data, deaths = "many")), "`many`", "deaths", codes = "FW0903")
fails(fw_run(rules, transform(data, month = "2024-13")), "`2024-13` is not a month", "AVA", codes = "FW0909")
fails(fw_run(rules, transform(data, regime = factor("ajar"))), "ajar", "regime")
fails(fw_run(rules, rbind(data, data)), "AVA", "2024-01")
fails(fw_run(rules, transform(data, deaths = as.difftime(3, units = "hours"))), "`deaths`", "hours")
fails(fw_run(rules, transform(data, deaths = 1i)), "`deaths`", "complex")
fails(fw_run(rules, transform(data, deaths = I(list(1)))), "`deaths`", "lists")
wide <- data
wide$deaths <- matrix(1:2, 1)
fails(fw_run(rules, wide), "`deaths`", "several columns")
fails(fw_run(rules, data[, 0]), "no columns")
broken <- "A\xe9"
Encoding(broken) <- "UTF-8"
fails(fw_run(rules, transform(data, country = broken)), "`country`", "encoding")
fails(fw_run(rules, "nowhere.csv"), "nowhere.csv")
fails(fw_run(data, rules), "`rules`")
fails(fw_run(rules, data, set = c(alarm = "many")), "alarm")

# Names.
results <- fw_run(rules, data)
fails(fw_explain(results, "AVE"), "AVE", "`AVA`")
fails(fw_explain(results, "AVA", "2025-01"), "2025-01")
fails(fw_explain(results, "AVA", "2024-01", "overal"), "overal", "overall")
fails(fw_explain(data, "AVA"), "fw_run")
fails(fw_explain(results, NA), "entity")

# A long message is printed whole.
many <- data.frame(country = sprintf("A%02d", 1:30), month = "2024-01", deaths = "x", hunger = 2, curfew = FALSE,
                   regime = "open")
error <- tryCatch(fw_run(rules, many), forewarn_error = identity)
stopifnot(nchar(conditionMessage(error)) > 100, getOption("warning.length") == 1000L)

# What does not stand in the way is a warning.
unused <- tempfile(fileext = ".risk")
writeLines(c("framework watch \"Watch\" version \"1.0\"", "panel country by year", "indicator a \"A\" : number in 0..",
             "indicator b \"B\" : number in 0..", "score s \"S\" = a"), unused)
told <- tryCatch(fw_rules(unused), forewarn_warning = identity)
stopifnot(inherits(told, "forewarn_warning"), grepl("`b`", conditionMessage(told)), told$codes == "FW0103")
stopifnot(inherits(suppressWarnings(fw_rules(unused)), "forewarn_rules"))
told <- tryCatch(fw_run(rules, transform(data, hunger = 101)), forewarn_warning = identity)
stopifnot(grepl("101", conditionMessage(told)), grepl("`hunger`", conditionMessage(told)), told$codes == "FW0933")
stopifnot(is.na(suppressWarnings(fw_run(rules, transform(data, deaths = Inf)))$strain))
