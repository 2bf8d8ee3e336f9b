# Why a result is what it is, and text beyond ASCII on the way.
library(forewarn)
rules <- fw_rules(system.file("examples/watch.risk", package = "forewarn"))
island <- "\u00cele-d\u2019Or"
data <- data.frame(
  country = c("AVA", "AVA", island, "\u65e5\u672c"),
  month = c("2024-01", "2024-02", "2024-02", "2024-02"),
  deaths = c(1, 30, 2, 30), hunger = c(0, 60, 0, NA), curfew = FALSE, regime = "closed"
)
results <- fw_run(rules, data)
stopifnot(identical(results$country, data$country), Encoding(results$country[3]) == "UTF-8")

why <- fw_explain(results, "AVA", "2024-02", "overall")
stopifnot(
  grepl("AVA, 2024-02", why), grepl("critical", why), grepl("60", why),
  identical(as.character(why), as.character(fw_explain(results, "AVA", name = "overall"))),
  identical(as.character(why), as.character(fw_explain(results, "AVA", as.Date("2024-02-01"), "overall"))),
  identical(as.character(why), as.character(fw_explain(results, factor("AVA"), "2024-02", "overall"))),
  identical(capture.output(print(why)), strsplit(format(why), "\n")[[1]]),
  grepl("low", fw_explain(results, "AVA", "2024-01", "overall")),
  startsWith(fw_explain(results, "AVA", form = "json"), "{"),
  grepl("<", fw_explain(results, "AVA", form = "html"), fixed = TRUE),
  grepl(island, fw_explain(results, island, form = "markdown"), fixed = TRUE),
  grepl("\u65e5\u672c", fw_explain(results, "\u65e5\u672c"), fixed = TRUE)
)

# Text in another encoding is brought to UTF-8, as a column, a level, a name and an entity.
latin <- iconv(island, "UTF-8", "latin1", sub = "'")
Encoding(latin) <- "latin1"
other <- data
other$country[3] <- latin
found <- fw_run(rules, other)
stopifnot(identical(found$country[3], enc2utf8(latin)), nzchar(fw_explain(found, latin)))
other$country <- factor(other$country)
stopifnot(identical(fw_run(rules, other)$country[3], enc2utf8(latin)))

# Names of columns beyond ASCII, by a map.
renamed <- data
names(renamed)[3] <- "d\u00e9c\u00e8s"
mapped <- fw_run(rules, renamed, map = c(deaths = "d\u00e9c\u00e8s"))
stopifnot(identical(mapped$strain, results$strain))
