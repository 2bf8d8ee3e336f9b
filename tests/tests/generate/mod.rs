//! Rulesets and data that nobody would write: every construct of the language, put together by
//! chance, but always well typed, so that what is tested is their meaning.

mod tables;

use forewarn_plan::digits;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::panel::Panel;
use proptest::prelude::*;
use proptest::sample::select;

/// Indicators of every kind that a ruleset can name.
const HEAD: &str = "\
framework chance \"By chance\" version \"1\"
panel country, place, site by year
unit people
unit thousand_people = 1_000 people
indicator a : number in 0..10
indicator b : number in -5..5
indicator c : number
indicator d : number in 0..
indicator e : number in 1..1_000_000
indicator slice : percent in 0..100
indicator crowd : thousand_people in 0..
indicator there : people in 1..
indicator given : truth
indicator expert : assessment
category part { west, central, east }
indicator region : part
indicator fled_to : part
indicator filled : number in 0..1  missing means 0.5
indicator reported : number in 0..10 polarity harmful verification column \"reported_v\"
indicator coded : assessment verification column \"coded_v\" applies unless written \"n/a\" or \"none\"
indicator calm : number in -5..<5 polarity protective verification column \"calm_v\"
indicator seen : truth verification column \"seen_v\"
indicator shore : number in 0..10 applies when given
indicator navy : assessment applies when region is not central and a < 9 applies unless written \"n/a\"
indicator port : truth applies when seen or navy is present
indicator wharf : number in 0..10 applies unless written \"-1\" applies when coded >= emerging verification column \"wharf_v\"
indicator ferry : number in 0..10 applies when seen is no or given is yes
param limit = 3 until 2003, = 4 from 2004
scale concern { low < guarded < elevated < high < critical }
";

/// An expression that is a number.
fn number() -> impl Strategy<Value = String> + Clone {
    let leaf = prop_oneof![
        6 => select(vec!["a", "b", "c", "d", "e", "filled", "limit", "shore", "(shore / a)", "reported", "calm", "(slice * 1)", "(crowd / there)"]).prop_map(str::to_owned),
        3 => select(vec![
            "0", "1", "2.5", "0.1", "1e-300", "1e300", "-3", "40% * 1", "missing", "0.3", "0.1 + 0.2",
            "29 / 25 * 25",
        ])
            .prop_map(|text| format!("({text})")),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_flat_map(|(x, y)| select(vec![
                format!("({x} + {y})"),
                format!("({x} - {y})"),
                format!("({x} * {y})"),
                format!("({x} / {y})"),
                format!("min({x}, {y})"),
                format!("max({x}, {y})"),
                format!("pow({x}, {y})"),
                format!("({x} ?? {y})"),
            ])),
            (inner.clone(), -2..4_i32).prop_flat_map(|(x, n)| select(vec![
                format!("abs({x})"),
                format!("verified({x})"),
                format!("verified({x} + position(coded))"),
                format!("verified({x} + wharf)"),
                format!("verified({x} + wharf, unverified as: unknown)"),
                format!("(-{x})"),
                format!("sqrt({x})"),
                format!("exp({x})"),
                format!("ln({x})"),
                format!("log2({x})"),
                format!("log10({x})"),
                format!("floor({x})"),
                format!("ceil({x})"),
                format!("round({x}, {n})"),
                format!("truncate({x}, {n})"),
                format!("logistic({x})"),
                format!("position(expert) + {x}"),
                format!("({x} / -3)"),
                format!("rescale({x}, from: 10, to: 0)"),
            ])),
            (inner.clone(), 1..6_u32, 1..6_u32)
                .prop_flat_map(|(x, long, short)| select(series(&x, long, short))),
            inner.clone().prop_flat_map(|x| select(peers(&x))),
            three.clone().prop_flat_map(|(x, y, z)| select(vec![
                format!("mean({x}, {y}, {z})"),
                format!("median({x}, {y}, {z})"),
                format!("mean({x}, {y}, {z}, require: 1 known)"),
                format!("sum({x}, {y}, {z}, require: 2 known)"),
                format!("median([{x}, {y}, {z}], require: 2 known)"),
                format!("max({x}, {y}, {z}, require: 1 known) - min({x}, {y}, {z}, require: 3 known)"),
                format!("geometric_mean({x}, {y}, {z}, require: 2 known)"),
                format!("harmonic_mean({x}, {y}, {z}, require: 1 known)"),
                format!("product({x}, {y}, {z}, require: 1 known)"),
                format!("sum([{x}, {y}, {z}])"),
                format!("geometric_mean({x}, {y}, {z})"),
                format!("product({x}, {y}, {z})"),
                format!("noisy_or([{x}, {y}, {z}])"),
                format!("noisy_or({x}, {y}, {z}, require: 2 known)"),
                format!("mean({x} weight 2, {y}, {z} weight 0.5)"),
                format!("sum([{x} weight 2, {y} weight -1, {z}], require: 2 known)"),
                format!("harmonic_mean({x}, {y} weight 3, {z}, require: 1 known)"),
                format!("noisy_or({x}, {y}, {z}) + pow({x}, 2) - pow({y}, 3)"),
                format!("clamp({x}, {y}, {z})"),
                format!("piecewise ({x}) {{ -2..0 to 1..-1, 0..2.5 to 0..{{LIMIT}}, 2.5..10 to 4..4.5 }}").replace("{LIMIT}", "limit"),
                format!("rescale({x}, from: {y}, to: {z})"),
                format!("(if {x} < {y} then {z} else {x})"),
                format!("(if given then {x} / {y} else {z})"),
                format!("(if {x} is known and {y} > 0 then {x} / {y} else {z})"),
                format!("(if {x} > 0.1 then {y} else if {x} <= -2 then sqrt(-2 - ({x})) else {x} * {x} * 64)"),
                format!("(if {x} >= 1 and not ({y} < 2) then {z} / ({x} * {y}) else {y} - 2)"),
                format!("((if {x} > limit then {x} else missing) ?? ({x} * {y}))"),
                format!("(if {x} is 1 or {x} is 3 then 1 / {x} else if {x} < {y} then {y} - ({x}) else {x} - ({y}))"),
            ])),
        ]
    })
}

/// Numbers that look along time.
fn series(x: &str, long: u32, short: u32) -> Vec<String> {
    let (over, require) = (long.max(short), long.min(short));
    let window = format!("over: {over} years, require: {require} years");
    let two = format!("over: {} years, require: {require} years", over + 1);
    vec![
        format!("lag({x}, {over} years)"),
        format!("change({x}, over: {over} years)"),
        format!("growth({x}, over: {over} years)"),
        format!("sum({x}, {window})"),
        format!("mean({x}, {window})"),
        format!("min({x}, {window})"),
        format!("max({x}, over: {over} years)"),
        format!("count({x}, over: {over} years)"),
        format!("stddev({x}, {two})"),
        format!("median({x}, {window})"),
        format!("(trend({x}, {two}) * (1 year))"),
        format!("baseline({x}, {window})"),
        format!("(since({x} > 1) / (1 year))"),
        format!("lag(mean({x}, {window}), 1 year)"),
        format!("last({x}, over: {over} years)"),
        format!("previous({x})"),
        format!("at({x}, {})", 2000 + over),
        format!("at({x}, 2000 + {require} + {x})"),
        format!("at({x}, when: {x} > 1)"),
        format!("at({x}, year: 2000 + {x})"),
        format!("lag({x}, {over} years, first: 0.5, gap: last)"),
        format!("previous(last({x}), over: {over} years)"),
        format!("mean({x}, over: all, require: {require} years)"),
        format!("max({x}, over: all) - sum({x}, over: all, require: 1 year)"),
        format!("sum({x}, since: given, require: {require} years)"),
        format!("(mean({x}, since: {x} > 1) + median({x}, since: seen, require: 1 year))"),
        format!("(max({x}, since: seen) - min({x}, since: expert is present))"),
        format!("(count({x}, since: given) + last({x}, since: seen))"),
        format!(
            "(stddev({x}, since: seen) + trend({x}, since: given, require: 2 years) * (1 year))"
        ),
        format!("(change({x}, since: given) + previous({x}, since: seen))"),
        format!("(growth({x}, since: given) + baseline({x}, since: seen, require: 1 year))"),
        format!("sum({x}, within: given, require: {require} years)"),
        format!("(mean({x}, within: seen, require: 1 year) + median({x}, within: {x} > 1))"),
        format!("(max({x}, within: given) - min({x}, within: given, require: 1 year))"),
        format!("(count({x}, within: seen) + last({x}, within: given))"),
        format!(
            "(stddev({x}, within: given) + trend({x}, within: seen, require: 2 years) * (1 year))"
        ),
        format!("(change({x}, within: seen) + growth({x}, within: given))"),
    ]
}

/// Numbers that compare peers.
fn peers(x: &str) -> Vec<String> {
    vec![
        format!("rank({x})"),
        format!("rank({x}, first: lowest, ties: mean, among: region)"),
        format!("rank({x}, ties: dense)"),
        format!("quantile({x}, 3, among: region)"),
        format!("decile({x})"),
        format!("minmax({x}, baseline: 2001..)"),
        format!("(percentile({x}, among: region) / 100%)"),
        format!("zscore({x})"),
        format!("minmax({x}, baseline: 2001..2003)"),
        format!("minmax({x}, among: region)"),
        format!("share({x})"),
        format!("mean({x}, among: region)"),
        format!("median({x}, among: all)"),
        format!("stddev({x}, baseline: 2000..2004)"),
        format!("winsorise({x}, skew: 0.5, kurtosis: 0.1, at_most: 3)"),
        format!("impute_mean({x}, among: region)"),
        format!("zscore(impute_mean({x}))"),
        format!("treated({x})"),
        format!("or_half({x})"),
        format!("max({x}, among: country)"),
        format!("mean({x}, among: place)"),
        format!("rank({x}, among: site)"),
    ]
}

/// An expression that is yes, no or unknown.
fn truth() -> impl Strategy<Value = String> {
    let small = number();
    let leaf = prop_oneof![
        2 => select(vec![
            "given", "expert >= emerging", "expert is present", "region is west",
            "region in {west, east}", "region is fled_to", "fled_to is not central", "expert is missing", "given is unknown", "seen", "coded >= emerging",
            "verified(coded) is present", "verified(port)", "verified(port or navy is present, unverified as: unknown)", "verified(wharf is known)", "wharf is known", "navy is present", "port", "(shore > a)", "(port and given)", "(port or navy is present)", "verified(seen)", "reported.verified", "coded.verified", "yes", "unknown",
        ]).prop_map(|text| format!("({text})")),
        4 => (small.clone(), small, 0..20_usize).prop_map(|(x, y, which)| match which {
            0 => format!("({x} < {y})"),
            1 => format!("({x} <= {y})"),
            2 => format!("({x} > {y})"),
            3 => format!("({x} >= {y})"),
            4 => format!("({x} is known)"),
            5 => format!("(0 <= {x} < {y} or slice >= filled + {x})"),
            6 => format!("({x} in -1..<{y})"),
            7 => format!("record_high({x}, over: 4 years, require: 2 years)"),
            8 => format!("record_low({x})"),
            9 => format!("crosses({x}, above: {y})"),
            10 => format!("top({x}, 3)"),
            11 => format!("({x} is {y})"),
            12 => format!("({x} is not 0.3)"),
            13 => format!("({x} >= 3.5)"),
            14 => format!("(limit < {x})"),
            15 => format!("record_high({x}, since: {y} > 1)"),
            16 => format!("record_low({x}, since: given, require: 2 years)"),
            17 => format!("record_high({x}, within: {y} > 1)"),
            18 => format!("record_low({x}, within: given, require: 1 year)"),
            _ => format!("(round({x}, 0) is round({y}, 0))"),
        }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), inner.clone(), inner, 0..23_usize).prop_map(
            |(x, y, z, which)| match which {
                0 => format!("({x} and {y})"),
                1 => format!("({x} or {y})"),
                2 => format!("(not {x})"),
                3 => format!("(at least 2 of ({x}, {y}, {z}))"),
                4 => format!("(count({x}, {y}, {z}) >= 1)"),
                5 => format!("(if {x} then {y} else {z})"),
                6 => format!("sustained({x}, for: 3 years)"),
                7 => format!("sustained({x} or {y}, for: 4 years, require: 2 years)"),
                8 => format!("ever({x}, over: 3 years, require: 2 years)"),
                9 => format!("ever({x})"),
                10 => format!("(count({x}, over: 5 years) >= 2)"),
                11 => format!("(lag({x}, 2 years) or at({y}, when: {z}) or lag({y}, 1 year, first: no, gap: first))"),
                12 => format!("(last({x}, over: 3 years) or previous({y}))"),
                13 => format!("(count({x}, over: all) >= 2)"),
                14 => format!("(count({x}, since: {y}) >= 2)"),
                15 => format!("(count({x}, since: {y}, require: 2 years) >= 1)"),
                16 => format!(
                    "(sustained({x}, since: {y}) or ever({z}, since: {y}, require: 2 years))"
                ),
                17 => format!("(last({x}, since: {y}) or previous({z}, since: {y}))"),
                18 => format!("(count({x}, within: {y}) >= 2)"),
                19 => format!("(count({x}, within: {y}, require: 2 years) >= 1 or last({z}, within: {y}))"),
                20 => format!("(sustained({x}, within: {y}) or ever({z}, within: {y}, require: 2 years))"),
                21 => format!("either({x}, {y})"),
                _ => format!("(any({x}, {y}) or all([{y}, {z}]))"),
            },
        )
    })
}

/// How a factor combines and what it requires.
fn factor_rules() -> impl Strategy<Value = (String, String)> {
    let combine = select(vec![
        "mean",
        "weighted mean",
        "geometric mean",
        "harmonic mean",
        "power mean 2",
        "power mean -1",
        "sum",
        "max",
        "min",
        "median",
        "noisy or",
        "inverted_geometric_mean",
        "by_weights",
    ]);
    let require = select(vec![
        "",
        "require 50% coverage",
        "require 1 known",
        "require 3 known",
        "require 1% coverage",
        "require 33% coverage",
    ]);
    (combine, require).prop_map(|(combine, require)| (combine.to_owned(), require.to_owned()))
}

/// A group, and what goes by it: an expression with the group in place of one of its indicators.
fn grouped(expression: &str) -> String {
    let own = |word: &str| if word == "b" { "trio" } else { word }.to_owned();
    let mut words: Vec<String> = vec![String::new()];
    for sign in expression.chars() {
        let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
        let last = words.last_mut().expect("one word at least");
        if last.chars().last().is_some_and(is_word) == is_word(sign) {
            last.push(sign);
        } else {
            words.push(sign.to_string());
        }
    }
    let words: String = words.iter().map(|word| own(word)).collect();
    // A list of one group is a list already; and what is long takes the oracle long, once for each item.
    let is_simple = !expression.contains('[') && expression.len() < 60;
    let words = if is_simple { &words } else { "trio" };
    format!(
        "group pair {{ a weight 2, filled }}\n\
         group trio {{ pair weight 3, s0 }}\n\
         let eased = clamp(minmax(impute_mean(trio, among: region)), 0.1, 0.9) + {words}\n\
         score rounded = round(max(eased, trio), 2)\n\
         signal eased_high = eased >= 3 or lag(trio, 1 year) is missing\n\
         score of_group = mean(eased) + eased.s0 * max(eased.pair) + sum(trio * [1, 2, 3])\n\
         score how_many = count(eased_high)\n\
         factor of_items {{ combine weighted mean require 1 known members {{ eased, b }} }}\n"
    )
}

/// A whole ruleset.
pub fn ruleset() -> impl Strategy<Value = String> {
    let scores = proptest::collection::vec(number(), 1..5);
    let signals = proptest::collection::vec(truth(), 2..5);
    let factors = proptest::collection::vec(
        (factor_rules(), select(vec![1.0, 2.0, 0.25, 0.1, 3.0])),
        1..4,
    );
    let alert = (
        proptest::collection::vec(truth(), 4),
        (1..4_u32, 1..4_u32, 1..6_u32),
        select(vec!["hold", "clear", "raise"]),
    );
    let bounds = (
        select(vec![
            "mean",
            "weighted mean",
            "geometric mean",
            "harmonic mean",
            "power mean 2",
            "sum",
            "max",
            "min",
            "median",
            "inverted_geometric_mean",
        ]),
        select(vec!["", " decisive 0.7", " decisive 4"]),
    );
    (scores, signals, factors, truth(), truth(), alert, tables::tables(), bounds).prop_map(
        |(scores, signals, factors, severe, mild, alert, tables, bounds)| {
            let mut text = HEAD.to_owned();
            for (index, score) in scores.iter().enumerate() {
                text.push_str(&format!("score s{index} = {score}\n"));
            }
            for (index, signal) in signals.iter().enumerate() {
                text.push_str(&format!("signal t{index} = {signal}\n"));
            }
            text.push_str(&grouped(&scores[0]));
            for (index, ((combine, require), weight)) in factors.iter().enumerate() {
                let weights = matches!(combine.as_str(), "weighted mean" | "sum" | "by_weights");
                let weight = match combine.as_str() {
                    // Chances.
                    "noisy or" => " weight 0.5".to_owned(),
                    _ if weights => format!(" weight {weight}"),
                    _ => String::new(),
                };
                text.push_str(&format!(
                    "factor f{index} {{ combine {combine} {require} \
                     members {{ a{weight}, shore{weight}, navy, filled, s0, t0, expert, coded, reported, \
                     10 - b \"Turned\"{weight}, (if given then a else 2){weight}, t0 and seen }} }}\n",
                ));
            }
            text.push_str("fn by_weights(xs: list of number, ws: list of number) -> number = \
                 sum(xs * ws) / (sum(ws) + 1) + max(ws)\n");
            text.push_str(FILLED);
            text.push_str(LISTED);
            text.push_str(BOUNDS);
            let (combine, decisive) = bounds;
            text.push_str(&format!(
                "factor certain {{ combine {combine} evidence bounds \
                 members {{ a, shore, port{decisive}, filled, given{decisive}, expert{decisive}, coded, reported, \
                 any of {{ seen, port }} \"either\", any of {{ coded, expert }} }} }}\n\
                 factor likely {{ combine {combine} evidence estimate require 40% coverage \
                 members {{ a, shore, navy{decisive}, filled, given{decisive}, expert, coded{decisive} }} }}\n"
            ));
            text.push_str("factor votes { combine at least 2 require 1 known members { given, port, t0, t1 } }\n");
            text.push_str("factor at_sea { combine weighted mean members { shore weight 2, navy } }\n");
            text.push_str("score ashore = mean(shore, a, position(navy)) + max(shore, b, require: 1 known) + count(port, t0, navy is present) + known_count(shore, a)\n");
            text.push_str("signal harbour = any(at_sea.members >= 0.5) or all([port, t1]) or at least 2 of (port, given, t0)\n");
            text.push_str("factor part { combine share of yes require 50% coverage members { given, t0, t1 } }\n");
            text.push_str("score agreeing = count(t0, t1, given)\n");
            text.push_str(
                "level by_count : concern from agreeing { low in 0..0, guarded in 1..1, high in 2..3 }\n\
                 level by_few : concern from count(t0, port, seen, given) { critical in 0..<1, elevated in 1..<3, low in 3.. }\n\
                 table from_count : concern by agreeing, given { 3, any then high, 1.., yes then elevated, 1..2, any then guarded, any, any then low }\n\
                 table of_few : concern by count(t0, port, seen) { >= 2 then high, 1 then guarded, any then low }\n",
            );
            text.push_str(&format!(
                "level overall : concern {{ critical when {severe} and count(factors >= 0.7) >= 2, \
                 high when agreeing >= 2, elevated when any(factors >= 0.6), \
                 guarded when {mild}, low otherwise }}\n"
            ));
            text.push_str(
                "score sure = verified(f0)\nscore rank_of_sure = verified(rank(f0))\n\
                 signal sure_high = verified(overall) >= high and any(verified(factors) >= 0.5)\n\
                 level banded : concern from a { low in 0..<2, guarded in 2..<limit, \
                 elevated in limit..<5, high in 5..<7.5, critical in 7.5..10 }\n\
                 level chosen : concern from (if given then a else b) { low in ..<1, guarded in 1..<2, \
                 elevated in 2..<3, high in 3..<4, critical in 4.. }\n\
                 level banded_before : concern { critical when lag(banded, 1 year) is critical, \
                 high when max(banded, over: 3 years) >= high or min(overall, over: all) is high or max(banded, since: given) is elevated, \
                 elevated when previous(overall) >= elevated and last(banded, over: 4 years) is known, low otherwise }\n\
                 let worst = max(overall, banded, chosen)\n\
                 level worst_known : concern { critical when max(overall, banded, chosen, require: 1 known) is critical, \
                 high when min([banded, chosen], require: 2 known) >= high, \
                 elevated when min(overall, banded, require: 1 known) >= elevated, \
                 guarded when worst >= guarded or worst is missing, low otherwise }\n\
                 score worst_position = position(max(banded, high, require: 1 known)) + position(worst)\n\
                 signal compared = overall >= banded or overall is chosen or overall.at_most < high\n",
            );
            text.push_str(
                "score own_past = min(0.5 * lag(own_past, 1 year, first: 0.25) + (if given then 1 else 0.5), 9)\n\
                 score held_past = clamp(lag(held_past, 2 years, first: 1, gap: last) + position(expert) - 0.5, 0, 9)\n\
                 score anew_past = mean(lag(anew_past, 1 year, first: limit, gap: first), position(expert))\n\
                 score ring_a = min(0.5 * lag(ring_a, 1 year, first: 0.5) + lag(ring_b, 1 year, first: 1, gap: last), 9)\n\
                 score ring_b = clamp(ring_a + position(expert) - 0.5, 0, 9)\n\
                 signal ring_c = ring_b > 2 or lag(ring_d, 2 years, first: no, gap: first)\n\
                 signal ring_d = ring_c and not given\n\
                 score ring_e = max(lag(ring_f, 1 year, first: 2) - 0.25, position(coded))\n\
                 score ring_f = mean(ring_e, reported)\n\
                 score sure_ring = verified(ring_f) + verified(ring_e, unverified as: unknown)\n\
                 signal latched = given or (lag(latched, 1 year, first: no) and not (expert is present))\n\
                 let tidal_before = lag(tidal, 1 year, first: 1, gap: first)\n\
                 score tidal = clamp(sum(tidal_before, since: tidal_before > 3) + position(expert) / a, 0, 9)\n\
                 score swept = clamp(mean(lag(swept, 1 year, first: 1), over: 3 years, require: 1 year) + \
                 at(tidal_before, when: given), 0, 9)\n\
                 alert roused { raise when lag(loud, 1 year, first: no) or t0 for 2 years  clear when given }\n\
                 signal loud = roused >= raised and sustained(lag(loud, 3 years, first: yes, gap: last), for: 2 years)\n",
            );
            text.push_str(&tables);
            let (conditions, (raise, clear, cooldown), unknown) = alert;
            let noticed = match unknown { "clear" => "end", "raise" => "begin", other => other };
            let until = if cooldown % 2 == 0 { " until clear" } else { "" };
            let [one, two, three, four] = [0, 1, 2, 3].map(|index| &conditions[index]);
            text.push_str(&format!(
                "alert warning {{ raise when {one} for {raise} years  escalate when {two}  \
                 escalate when {three} for 2 years  clear when {four} for {clear} years  \
                 lower when {four} for 2 years  cooldown {cooldown} years{until} unless {two} or banded is critical  \
                 on unknown {unknown} }}\n\
                 alert plain {{ raise when t0  cooldown 2 years }}\n\
                 notice lost when {four} for {raise} years on unknown {noticed}\n\
                 signal noted = lost and t0\n\
                 signal warned = warning >= raised or lag(plain, 1 year) is raised\n\
                 score in_warning = max(a, within: warning, require: 1 year) + count(a, within: lost)\n\
                 score of_warning = change(shore, within: warning)\n\
                 score certain_in_spell = mean(certain, within: plain)\n\
                 score moved_in_spell = change(signed, within: warning)\n\
                 signal worst_of_warning = record_high(a, within: warning) or max(banded, within: warning) >= high\n\
                 alert looked_back {{ raise when worst_of_warning or count(given, within: lost) >= 2 }}\n"
            ));
            hindsight(&text)
        },
    )
}

/// The same with every published declaration marked: what rests on whole spells has to be.
fn hindsight(text: &str) -> String {
    let mut block: Option<bool> = None;
    let mut open = 0;
    let mut marked = String::new();
    for line in text.lines() {
        let starts = |words: &[&str]| words.iter().any(|word| line.trim_start().starts_with(word));
        if starts(&["score ", "signal ", "notice "]) {
            marked.push_str(&format!("{line} hindsight\n"));
            continue;
        }
        if starts(&["factor ", "alert "]) {
            block = Some(true);
        } else if starts(&["level ", "table "]) {
            block = Some(false);
        }
        open += line.matches('{').count();
        open -= line.matches('}').count();
        match (block, line.rfind('}')) {
            (Some(inside), Some(end)) if open == 0 => {
                let (body, rest) = line.split_at(end);
                marked.push_str(&if inside {
                    format!("{body} hindsight {rest}\n")
                } else {
                    format!("{line} hindsight\n")
                });
                block = None;
            }
            _ => marked.push_str(&format!("{line}\n")),
        }
    }
    marked
}

/// What fills in what is missing, where there may be no such value.
const FILLED: &str = "\
fn treated(of_this: number) -> number = minmax(winsorise(impute_mean(of_this), skew: 0.5, kurtosis: 0.1, at_most: 3))
fn or_half(of_this: number) -> number = of_this ?? 0.5
fn either(of_one: truth, of_two: truth) -> truth = of_one or of_two is yes
score naval = impute_mean(shore)
signal naval_named = naval >= 3
signal naval_inline = impute_mean(shore) >= 3
score naval_z_named = zscore(naval)
score naval_z_inline = zscore(impute_mean(shore))
score naval_last = last(impute_mean(shore), over: 3 years) + last(or_half(shore), over: 2 years)
score halved = or_half(shore)
signal halved_named = halved >= 0.5
signal halved_inline = or_half(shore) >= 0.5
score naval_peers = count(impute_mean(shore), among: all) + 100 * count(or_half(shore), among: all)
score naval_group = mean(treated(shore), treated(a), require: 1 known)
level naval_banded : concern from impute_mean(shore) { low in ..<1, guarded in 1..<2, elevated in 2..<3, high in 3..<4, critical in 4.. }
signal manned = either(port, navy is present)
signal manned_named = manned is no or either(port, given)
";

/// The same values listed where they are asked for, by a name, as a group and as a factor's members.
const LISTED: &str = "\
let berths = [shore, ferry]
let wide = 2 * berths - 1
group quays { shore, ferry }
let wide_quays = 2 * quays - 1
factor basin { combine mean require 1 known members { shore, ferry } }
fn nor(of_this: list of number) -> number = 1 - product(1 - of_this / 10)
score listed_literal = mean([shore, ferry])
score listed_named = mean(berths)
score listed_group = mean(quays)
score listed_members = mean(basin.members)
score wide_literal = max([2 * shore - 1, 2 * ferry - 1])
score wide_named = max(wide)
score wide_inline = max(2 * berths - 1)
score wide_group = max(wide_quays)
score wide_members = max(2 * basin.members - 1)
score beside_literal = median([shore * wharf, ferry * wharf])
score beside_named = median(berths * wharf)
score nor_literal = nor([shore, ferry])
score nor_named = nor(berths)
score noisy_named = noisy_or(berths / 10) + noisy_or([shore / 10, ferry / 10], require: 1 known)
factor of_lists { combine mean require 50% coverage
  members { listed_literal, listed_named, listed_group, listed_members, wide_literal, wide_named, wide_inline, wide_group, wide_members, a } }
factor of_more { combine mean require 50% coverage
  members { beside_literal, beside_named, nor_literal, nor_named, noisy_named, a } }
";

/// What rests on factors that are compared by their bounds.
const BOUNDS: &str = "\
score twice = certain * 2 - 1
score turned = 3 - certain / 4
score higher = max(certain, signed, 0.5)
score middle_of = mean(certain, signed)
score either_way = if given then certain else signed
score filled_in = certain ?? 0.25
score smoothed = mean(signed, over: 3 years, require: 2 years)
score moved = change(signed, over: 2 years)
score before = lag(certain, 2 years)
score whole = round(certain, 1)
score sure_certain = verified(certain)
score lenient = verified(certain, unverified as: least alarming)
score strict = verified(likely, unverified as: unknown)
score low_end = likely.at_least + votes.at_most
factor signed { combine weighted mean evidence bounds members { given weight 2, seen weight -1, coded weight 3, filled } }
factor nested { combine max evidence bounds members { signed, filled, share_of_bounds } }
factor share_of_bounds { combine share of yes evidence bounds members { given, seen, t0 } }
factor counted_bounds { combine count of yes evidence bounds members { given, seen, t0 } }
factor two_of_bounds { combine at least 2 evidence bounds members { given, seen, t0 } }
factor acting { combine noisy or evidence bounds members { given weight 0.5, filled, expert weight 0.9 } }
level placed : concern from twice { low in ..<0, guarded in 0..<1, elevated in 1..<4, high in 4..<20, critical in 20.. }
level judged : concern { critical when certain >= 0.7, high when certain >= 0.5 and likely > 0.3, elevated when moved > 0, low otherwise }
signal beyond = higher > turned or likely >= 0.6 or nested is 1
";

/// A number as data brings them, and worse.
fn cell() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => Just(f64::NAN),
        4 => -6.0..11.0_f64,
        2 => (-60..110_i32).prop_map(|tenths| f64::from(tenths) / 10.0),
        1 => select(vec![
            0.0, -0.0, 1.0, 2.0, f64::INFINITY, f64::NEG_INFINITY, 5e-324, -5e-324, 1e-310,
            f64::MAX, f64::MIN, f64::MIN_POSITIVE, 1e308, 1e-300, 0.1 + 0.2, 0.049_999_999_999_999_99,
        ]),
        1 => any::<f64>(),
        // Within noise of a tenth, and about where 14 digits begin to tell.
        3 => (-60..110_i32, -4..5_i64).prop_map(|(tenths, steps)| beside(tenths, steps)),
        2 => (-60..110_i32, -700..700_i64).prop_map(|(tenths, steps)| beside(tenths, steps)),
    ]
}

/// So many doubles beside so many tenths.
fn beside(tenths: i32, steps: i64) -> f64 {
    let x = f64::from(tenths) / 10.0;
    if x == 0.0 {
        return x;
    }
    f64::from_bits(x.to_bits().wrapping_add_signed(steps))
}

/// Cells for a panel of any size: rows draw from them in turn, each column at its own pace.
pub fn cells() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(cell(), 61)
}

/// Entities of very different lengths, one period long among them, that begin in different years; a
/// seventh of their inner periods are gaps.
struct Keys {
    entity_of: Vec<u32>,
    periods: Vec<i64>,
    gaps: Vec<usize>,
}

fn keys(rows: usize, seed: usize) -> Keys {
    const LENGTHS: [usize; 9] = [1, 7, 2, 40, 3, 1, 12, 700, 5];
    let mut keys = Keys {
        entity_of: Vec::with_capacity(rows),
        periods: Vec::with_capacity(rows),
        gaps: Vec::new(),
    };
    for entity in 0.. {
        let start = keys.entity_of.len();
        if start == rows {
            break;
        }
        let length = LENGTHS[(entity + seed) % LENGTHS.len()].min(rows - start);
        let first = 1990 + ((entity * 5 + seed) % 13) as i64;
        for at in 0..length {
            if (at * 3 + entity + seed).is_multiple_of(7) && at > 0 && at + 1 < length {
                keys.gaps.push(start + at);
            }
            keys.entity_of
                .push(u32::try_from(entity).expect("few rows"));
            keys.periods.push(first + at as i64);
        }
    }
    keys
}

/// Where data say that there is no such value, there is none.
fn without_what_is_not_there(plan: &Plan, mut columns: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for (at, input) in plan.inputs.iter().enumerate() {
        if let InputKind::Applies { of } = input.kind {
            let there = columns[at].clone();
            for (cell, there) in columns[of as usize].iter_mut().zip(there) {
                if there == 0.0 {
                    *cell = f64::NAN;
                }
            }
        }
    }
    columns
}

/// A panel of that many rows for a Plan, as binding leaves it: what lies outside the declared
/// ranges, infinities among it, has become missing.
pub fn panel(plan: &Plan, rows: usize, cells: &[f64]) -> Panel {
    let seed = cells.iter().filter(|x| x.is_nan()).count();
    let Keys {
        entity_of,
        periods,
        gaps,
    } = keys(rows, seed);
    let columns: Vec<Vec<f64>> = plan
        .inputs
        .iter()
        .enumerate()
        .map(|(column, input)| {
            let code = |x: f64, most: usize| {
                if x.is_nan() {
                    f64::NAN
                } else {
                    (x.abs() % (most as f64 + 1.0)).floor()
                }
            };
            (0..rows)
                .map(|row| {
                    if gaps.binary_search(&row).is_ok() {
                        return f64::NAN;
                    }
                    let x = cells[(row * (2 * column + 1) + column * 7) % cells.len()];
                    match &input.kind {
                        InputKind::Number => {
                            let below = !input.high_excluded || digits::is_less(x, input.high);
                            let range = input.low..=input.high;
                            let inside = x.is_finite() && range.contains(&x) && below;
                            if inside { x } else { f64::NAN }
                        }
                        InputKind::Truth => code(x, 1),
                        // Binding leaves none open.
                        InputKind::Verification { .. } if x.is_nan() => 0.0,
                        InputKind::Verification { .. } => code(x, 1),
                        InputKind::Applies { .. } if x.is_nan() => 1.0,
                        InputKind::Applies { .. } => code(x, 1),
                        InputKind::Age { .. } => code(x, 3),
                        InputKind::Key { place } => {
                            let wide = [3.0, 2.0, 1.0];
                            f64::from(entity_of[row]) / wide.get(*place).unwrap_or(&1.0)
                        }
                        .floor(),
                        InputKind::Level { names, .. } | InputKind::Category { names } => {
                            let code = code(x, names.len() - 1);
                            if code.is_finite() { code } else { f64::NAN }
                        }
                    }
                })
                .collect()
        })
        .collect();
    let columns = without_what_is_not_there(plan, columns);
    Panel {
        entities: (0..entity_of.last().map_or(0, |last| last + 1))
            .map(|entity| format!("C{entity:05}"))
            .collect(),
        entity_of,
        periods,
        gaps,
        columns,
        ..Panel::default()
    }
}
