# Rows about pairs, periods of other kinds, and rules without periods.
library(forewarn)
rules_of <- function(panel) {
  place <- tempfile(fileext = ".risk")
  writeLines(c("framework two \"Two\" version \"1.0\"", panel, "indicator d \"D\" : number in 0..",
               "scale c { low < high }", "level overall \"O\" : c { high when d >= 5, low otherwise }"), place)
  fw_rules(place)
}
frame <- function(...) data.frame(..., d = c(1, 9, 3))

pairs <- fw_run(rules_of("panel country, province by year"),
                frame(country = "AVA", province = c("East", "North", "North"), year = c(2023L, 2023L, 2024L)))
stopifnot(
  identical(names(pairs)[1:3], c("country", "province", "year")),
  identical(pairs$province, c("East", "North", "North")), identical(pairs$year, c(2023L, 2023L, 2024L)),
  grepl("AVA/North, 2023", fw_explain(pairs, "AVA/North", 2023)),
  identical(fw_columns(pairs)$kind[1:3], c("key", "key", "key"))
)

quarters <- structure(2024 + 0:2 / 4, class = "yearqtr")
by_quarter <- fw_run(rules_of("panel country by quarter"), frame(country = "AVA", quarter = I(quarters)))
stopifnot(nrow(by_quarter) == 3, grepl("high", fw_explain(by_quarter, "AVA", structure(2024.25, class = "yearqtr"))))

days <- as.Date("2024-02-28") + 0:2
by_day <- fw_run(rules_of("panel country by day"), frame(country = "AVA", day = days))
stopifnot(identical(by_day$day, format(days)), grepl("high", fw_explain(by_day, "AVA", days[2])))

alone <- fw_run(rules_of("panel country"), frame(country = c("AVA", "BRU", "CAS")))
stopifnot(identical(names(alone)[1:2], c("country", "overall")), grepl("high", fw_explain(alone, "BRU")))

# Codes of entities may be numbers.
codes <- fw_run(rules_of("panel country by year"), frame(country = c(101, 102, 103), year = 2024))
stopifnot(identical(codes$country, c("101", "102", "103")), grepl("high", fw_explain(codes, 102, 2024)))
