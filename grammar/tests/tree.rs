//! What is read, for each declaration and each tier of expressions: source and tree together.

use crate::show;

use show::show;

macro_rules! reads {
    ($name:ident, $source:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(show($source));
        }
    };
}

const SAHEL: &str = include_str!("sahel_watch.risk");

#[test]
fn a_whole_ruleset() {
    let parsed = forewarn_grammar::parse(SAHEL);
    assert_eq!(parsed.problems, []);
    insta::assert_snapshot!(show(SAHEL));
}

reads!(
    framework_and_its_version,
    "framework ecowas \"West\" version \"0.3.0\" extends un_atrocity \"1\"\n  cite \"A/70/741\"\nframework bare"
);
reads!(
    modules_and_what_they_use,
    "module scaling \"Scaling\"\nuse stdlib.scaling\nuse level.source\nuse common\nuse common.per_head\nuse common.{ per_head, war_threshold, }"
);
reads!(
    panels,
    "panel country column \"iso3\" by month column \"month\"\npanel country\npanel country by year"
);
reads!(
    panels_whose_periods_are_written_otherwise,
    "panel country by month column \"year\", \"m\"\npanel country by month column \"yyyymm\" written \"YYYYMM\"\npanel country by day written \"DD.MM.YYYY\"\nscore written = written"
);
reads!(
    sources,
    "source ucdp \"UCDP\" { license \"CC BY 4.0\" url \"https://ucdp.uu.se\" updated \"yearly\" }\nsource field { classification confidential }\nsource bare"
);
reads!(
    units,
    "unit people\nunit rate \"Rate\" = deaths / 100_000 people\nunit odd = (deaths / people) * 2 months"
);
reads!(
    indicators_with_their_properties,
    "indicator a \"A\" : deaths in 0.. from ucdp column \"best\"
  missing means 0 deaths because \"every event is listed\"
indicator b : number in -5..<5 polarity protective nature structural optional
  on violation missing missing means 0
  carry forward at most 18 months expires after 24 months applies when c is no applies unless written \"n/a\" or \"not applicable\" changeable cost 3 allow FW0613 because \"known\" classification restricted
indicator c : category { west \"West\", central, }
indicator d : deaths / (100_000 people) in ..100
indicator e : assessment on violation clamp"
);
reads!(
    params_plain_ranged_and_dated,
    "param threshold \"T\" : deaths = 1000 deaths cite \"codebook\"
param edge : number in 0..10 = 90.1 until 2014, = 90 from 2015 until \"2020-06\" cite \"x\"
param plain = 3"
);
reads!(
    bindings,
    "let d = sum(deaths, over: 12 months)
score s \"S\" : number in 0..1 = x cite \"y\" classification public
signal at_war = d >= threshold"
);
reads!(
    a_factor_in_any_order,
    "factor f \"F\" {
  members { a weight 3, b weight -(w + 1), c }
  nature dynamic
  require 50% coverage
  cite \"x\"
  combine weighted mean
  allow FW0601 because \"signed on purpose\"
}
factor g { combine power mean 3 require 3 known members { } }
factor h { combine power mean p }
factor i { combine noisy or }
factor j { combine share of yes }
factor k { combine at least n + 1 }
factor l { combine inverted_geometric_mean require k known }"
);
reads!(
    a_factor_that_says_things_twice,
    "factor f { combine mean combine max require 1 known require 2 known members { a } members { b } }"
);
reads!(
    scales,
    "scale concern \"Concern\" { low \"Low\" < guarded < high } cite \"x\""
);
reads!(
    levels_by_clauses_and_by_bands,
    "level overall \"Overall\" : concern {
  critical when count(factors >= 0.7) >= 5 and (intent >= 0.6 or other),
  low otherwise,
} classification public
level risk : classes from round(score, 1) { low in 0..<2.0, mid in a + 1..b * 2, high in 6.5.. }"
);
reads!(
    functions,
    "fn f(x: number[u], xs: list of number[deaths / people] in 0..1,) -> number[u] = x
fn rescale(x: number[u], from: number[u], to: number[u]) -> number = (x - from) / (to - from)
fn none() = 1"
);
reads!(
    precedence_from_loose_to_tight,
    "let a = if p then 1 else if q then 2 else 3 + 4
let b = p or q and not r or s
let c = not a < b
let d = a ?? b + c * -d.coverage - e / f
let e = 0 <= x < 1 <= y
let f = (x + 3) * 2
let g = -x * -y
let h = not not p
let i = a < b ?? c
let j = if if p then q else r then 1 else 2"
);
reads!(
    what_is_and_in_take,
    "let a = x is missing or x is not missing
let b = x is known and y is not known
let c = overall is critical or overall is not low + 1
let d = x in 0..1 and y in ..<2 and z in 3.. or w not in a - 1..<b
let e = region in {west, central,} and region not in {south}
let f = if x in 0.. then 1 else 2
let g = x in 0.. cite \"y\"
let h = x in 0..cite"
);
reads!(
    counting,
    "let a = at least 3 of (p, q, r) and at least k + 1 of f.members
let b = not at least 2 of [p, q]
let c = at least 1 of signals or x"
);
reads!(
    numbers,
    "let a = 100_000 + 2.5 + 1e-3 + 1E5 + 40% + 25 deaths + 0.5% percent\nlet b = x in 0..1\nlet c = x-1"
);
reads!(
    texts,
    r#"unit a "a \"quoted\" \\ text\n" unit b "naïve – “label”""#
);
reads!(
    lists_and_calls,
    "let a = f()\nlet b = f(1, name: 2, [3, 4,],)\nlet c = []\nlet d = f.members.at_least.at_most.known.coverage"
);
reads!(
    words_that_are_also_names,
    "let source = level + weight * from(3, from: to) + members.known
score level = version - over + column
fn f(from: number, to: number, of: number, at: number) = from + to + of - at
let list = number + category + by + url + when.until
factor factor { combine mean members { source weight 2, level, weight weight 3, known, members } }
scale scale { level < source }
level level : scale { level otherwise }
let unit = factor let let = unit"
);
reads!(
    comments_and_documentation,
    "// a comment
/// documentation
///  in two lines
unit deaths // behind
//// not documentation
let a = 1 /// too late
  + 2
/// left over"
);
reads!(
    line_ends_and_byte_order_mark,
    "\u{feff}// c\r\n/// doc\r\nlet a =\r\n  1\r\n"
);
reads!(nothing, "");
reads!(
    alerts_in_any_order,
    "/// Told to the regional office.
alert early_warning \"Early warning\" {
  raise    when overall >= high and not (intent < 0.5) for 2 months
  escalate when overall is critical for 1 month   // may stand several times
  escalate when any(factors >= 0.9)
  clear    when overall <= guarded for calm
  cooldown 6 months unless overall is critical or at least 3 of signals
  on unknown hold
  classification restricted
  cite \"A/70/741\"
}
alert bare { raise when a }
alert commas { on unknown clear, cooldown n * 2 months, allow FW0613 because \"x\", clear when x in 0..1 for 3 days,
  raise when if a then b else c for 2 days, }
alert nothing {}"
);
reads!(
    words_of_alerts_are_also_names,
    "scale colour { clear < alert < raise < escalate }
level overall : colour {
  alert in 90..,
  raise in 80..<90,
  clear in 0..<80,
}
let for = cooldown + unless - clear
factor f { combine mean members { clear weight 2, alert, raise } }
alert alert {
  raise when raise for for
  clear when clear in 0..
  cooldown cooldown unless unless
  escalate when escalate >= 3
    for 2 months
}
let alert = 1"
);
reads!(
    arguments_that_are_periods,
    "let a = minmax(x, baseline: 2010..2020)
let b = minmax(x, baseline: \"2010-01\"..\"2019-12\", among: region)
let c = sustained(x > 1, for: 3 months)
let d = rank(x, ties: min, over: 3 months, on: 3)"
);

reads!(
    tests_and_tables_of_cases,
    r#"test "a war" over 24 months from 2014 {
  given deaths_best = [5 deaths x 12, missing, 200 deaths x 11]
  given level = high, given x = 3
  expect armed_conflict >= 0.8 at month 24
  expect score_x is 0.35 within 1% // not closer
  expect early_warning raised at month 5
  expect ratio faults
  expect no faults
  expect no events of early_warning
  expect overall is [low x 3, high x 21]
}
/// Published.
test "known" from "cases.csv" within 0.001
test "whole" over 4 cases { expect given is over }
let test = 3
let given = test"#
);

reads!(
    changes_of_another_framework,
    "framework ecowas version \"0.3.0\" extends un_atrocity \"1\"
override param war_threshold = 500 deaths from 2023 cite \"Decision 4\" because \"ministers\"
override weight armed_conflict.at_war = 2 because \"fewer wars\"
override label concern.high \"Grave\" because \"as decided\"
override column deaths = \"best\" because \"our file\"
replace signal fast \"Fast\" = deaths > 3 because \"faster\"
replace factor f { combine mean members { a } } because \"whole\"
add indicator herders \"Herders\" : deaths in 0.. missing means 0 because \"all\" because \"local\"
add member herders to armed_conflict weight 2 because \"local\"
add
  member herders to armed_conflict
drop indicator piracy because \"no coast\"
drop member weak_state.corruption
drop test \"war\" because \"other thresholds\"
replace test \"series\" over 3 months { given y = [1 x 2, missing] expect z is 1 at month 3 } because \"longer\"
open param x = 3
final signal y = x > 2 because \"mandate\"
add final let z = 2
let add = drop + member + override + open"
);
reads!(
    claims_about_the_method,
    "property \"more\": overall rises with every indicator
property \"less\": overall never falls when deaths rises because \"so\"
property \"within\": risk stays in 0..10 allow FW0001
property \"alone\": no single indicator decides overall
declassify preparation to restricted because \"counts\"
declassify preparation"
);
reads!(
    decision_tables,
    "table response \"Response\" : action by overall, trend(deaths) + 1 {
  critical, any then convene,
  >= high, 0.5.. then convene,
  elevated..high, 0.2..<0.5 then review,
  {low, guarded}, missing then none,
  otherwise then none,
} cite \"x\""
);
reads!(
    codes_and_verification,
    "indicator a : assessment code \"7.1\" provenance confirmed in part seen \"a page\" verification column \"a_v\"
param p = 3 review 2027 because \"decided\"
factor f { code \"7\" combine mean total weight 6 members { a weight 6 } because \"all\" }
panel country column \"c\", group column \"g\" by month"
);
