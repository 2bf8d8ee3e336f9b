//! What every feature makes of each kind.

use super::{BASE, Kind};

/// What every feature makes of a kind. A feature more is a field more, for every kind.
pub struct Says {
    /// In the ruleset.
    pub name: &'static str,
    /// The columns of results.
    pub run: &'static [&'static str],
    pub verified: Verified,
    /// Words of an explanation, as whole strings of its JSON.
    pub explained: &'static [&'static str],
    pub diff: Option<Changed>,
    /// The codes of what `lint` finds in it.
    pub lint: &'static [&'static str],
    pub audience: Audience,
    /// The kinds of points that tests can show of it.
    pub coverage: &'static [&'static str],
    /// Does mutation change it?
    pub mutated: bool,
    /// Table and key of its words in a file of translations.
    pub translated: &'static [(&'static str, &'static str)],
    /// A change of an overlay, and how a tree shows it.
    pub changed: Option<(&'static str, &'static str)>,
    /// What a test gives or expects of it.
    pub tests: &'static str,
}

/// A declaration `o` of `V(x)`, which is `verified(x)` or `x`.
pub enum Verified {
    /// It is no value.
    NoValue,
    /// What was not verified does not count.
    Differs(&'static str),
    /// It rests on nothing that was not verified.
    Same(&'static str),
    /// It cannot be, as this code says.
    Told(&'static str, &'static str),
}

pub struct Changed {
    pub from: &'static str,
    pub to: &'static str,
    /// The kind and the name that are told; empty where it is no difference of a declaration.
    pub words: &'static str,
    /// A declaration whose results are others, where results of that kind are compared.
    pub moves: Option<&'static str>,
}

pub enum Audience {
    /// Its columns as they are.
    Sees,
    /// Nothing of it.
    Withheld,
    /// It has no columns, and there is nothing to leave out.
    Nothing,
}

impl Says {
    /// The line of the ruleset on which it stands; none for what stands elsewhere.
    pub fn line(&self) -> Option<usize> {
        let word = |line: &str| {
            // A step that is a level or a table says so by a word more.
            let step = line
                .strip_prefix("let ")
                .filter(|rest| rest.starts_with("level ") || rest.starts_with("table "));
            let mut words = step.unwrap_or(line).split([' ', '(', ':']);
            words.nth(1).is_some_and(|name| name == self.name)
        };
        BASE.lines().position(word).map(|at| at + 1)
    }
}

const fn changes(
    from: &'static str,
    to: &'static str,
    words: &'static str,
    moves: Option<&'static str>,
) -> Option<Changed> {
    Some(Changed {
        from,
        to,
        words,
        moves,
    })
}

/// What is no value and has no words of its own.
const fn plain(name: &'static str) -> Says {
    Says {
        name,
        run: &[],
        verified: Verified::NoValue,
        explained: &[],
        diff: None,
        lint: &[],
        audience: Audience::Nothing,
        coverage: &[],
        mutated: false,
        translated: &[],
        changed: None,
        tests: "",
    }
}

pub fn says(kind: Kind) -> Says {
    match kind {
        Kind::Framework => Says {
            name: "base",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: None,
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("framework", "label")],
            changed: None,
            tests: "",
        },
        Kind::Module => plain("more"),
        Kind::Use => plain("stdlib.scaling"),
        Kind::Panel => plain("country"),
        Kind::Source => Says {
            name: "field",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: changes(
                "classification confidential",
                "classification restricted",
                "source field",
                None,
            ),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("sources", "field")],
            changed: Some(("override label field \"Missions\"", "override label field")),
            tests: "",
        },
        Kind::Unit => Says {
            name: "reports",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: None,
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("units", "reports")],
            changed: Some((
                "override label reports \"Papers\"",
                "override label reports",
            )),
            tests: "",
        },
        Kind::Scale => Says {
            name: "concern",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: changes("high \"High\" }", "high \"Grave\" }", "scale concern", None),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("levels.concern", "low"), ("levels.concern", "high")],
            changed: Some((
                "override label concern.high \"Grave\"",
                "override label concern.high",
            )),
            tests: "",
        },
        Kind::Category => Says {
            name: "area",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: changes("coast \"Coast\"", "coast \"Shore\"", "category area", None),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("levels.area", "coast"), ("levels.area", "inland")],
            changed: Some((
                "override label area.coast \"Shore\"",
                "override label area.coast",
            )),
            tests: "",
        },
        Kind::Indicator => Says {
            name: "seen",
            run: &[],
            verified: Verified::Differs("score o = V(seen)"),
            explained: &["seen", "Seen"],
            diff: changes(
                "verification column \"seen_v\"",
                "missing means 9",
                "indicator seen",
                Some("overall"),
            ),
            lint: &["FW1101"],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[("labels", "seen"), ("labels", "filed"), ("labels", "zone")],
            changed: Some(("override label seen \"Sighted\"", "override label seen")),
            tests: "given seen = 6; given filed = 2 reports; expect seen is 6",
        },
        Kind::Param => Says {
            name: "limit",
            run: &[],
            verified: Verified::Same("score o = V(limit)"),
            explained: &[],
            diff: changes(
                "param limit \"Limit\" = 5",
                "param limit \"Limit\" = 4",
                "param limit",
                Some("many"),
            ),
            lint: &["FW1103"],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: true,
            translated: &[("labels", "limit")],
            changed: Some(("override param limit = 4", "override param limit: 5 → 4")),
            tests: "given seen = 4; given limit = 3; expect many",
        },
        Kind::Let => Says {
            name: "step",
            run: &[],
            verified: Verified::Differs("score o = V(step)"),
            explained: &[],
            diff: changes("seen + 1", "seen + 3", "let step", Some("points")),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: true,
            translated: &[("labels", "step")],
            changed: Some(("replace let step \"Step\" = seen + 2", "replace let step")),
            tests: "given step = 9; given seen = 4; expect points is 2",
        },
        Kind::Score => Says {
            name: "points",
            run: &["points"],
            verified: Verified::Differs("score o = V(points)"),
            explained: &[],
            diff: changes("else 0", "else 1", "score points", Some("points")),
            lint: &["FW1103"],
            audience: Audience::Withheld,
            coverage: &["branch", "threshold"],
            mutated: true,
            translated: &[("labels", "points")],
            changed: Some((
                "replace score points \"Points\" = seen",
                "replace score points",
            )),
            tests: "given points = 3; given many = yes; expect weighed >= 2",
        },
        Kind::Signal => Says {
            name: "many",
            run: &["many", "grave"],
            verified: Verified::Differs("signal o = V(many)"),
            explained: &[],
            diff: changes(
                "seen >= limit",
                "seen >= limit - 1",
                "signal many",
                Some("many"),
            ),
            lint: &[],
            audience: Audience::Withheld,
            coverage: &["signal", "threshold"],
            mutated: true,
            translated: &[("labels", "many"), ("labels", "grave")],
            changed: Some((
                "replace signal many \"Many\" = seen > 1",
                "replace signal many",
            )),
            tests: "given many = no; given points = 4; expect weighed <= 3; expect many is no",
        },
        Kind::Factor => Says {
            name: "weighed",
            run: &["weighed", "weighed.coverage"],
            verified: Verified::Differs("score o = V(weighed)"),
            explained: &[],
            diff: changes(
                "many weight 0.39",
                "many weight 0.2",
                "factor weighed",
                Some("weighed"),
            ),
            lint: &["FW1104"],
            audience: Audience::Withheld,
            coverage: &["factor"],
            mutated: true,
            translated: &[("labels", "weighed")],
            changed: Some((
                "override weight weighed.many = 0.5",
                "override weight weighed.many",
            )),
            tests: "given weighed = 2; expect weighed is 2; expect weighed.coverage is 0%",
        },
        Kind::BoundedFactor => Says {
            name: "certain",
            run: &[
                "certain",
                "certain.at_least",
                "certain.at_most",
                "certain.coverage",
            ],
            verified: Verified::Differs("signal o = V(certain) >= 0.5"),
            explained: &[],
            diff: changes(
                "share of yes evidence bounds",
                "count of yes evidence bounds",
                "factor certain",
                Some("certain"),
            ),
            lint: &[],
            audience: Audience::Withheld,
            coverage: &[],
            mutated: true,
            translated: &[("labels", "certain")],
            changed: Some(("drop member certain.grave", "drop member certain.grave")),
            tests: "given many = yes; expect certain.at_least is 0.5; expect certain.at_most is 1",
        },
        Kind::DecidedFactor => Says {
            name: "deciding",
            run: &["deciding", "deciding.coverage"],
            verified: Verified::Differs("score o = V(deciding)"),
            explained: &[],
            diff: changes(
                "many decisive 2",
                "many decisive 3",
                "factor deciding",
                Some("deciding"),
            ),
            lint: &[],
            audience: Audience::Withheld,
            coverage: &["factor"],
            mutated: true,
            translated: &[("labels", "deciding")],
            changed: Some((
                "override weight deciding.many = 0.5",
                "override weight deciding.many",
            )),
            tests: "given points = 0; given many = yes; expect deciding is 2",
        },
        Kind::Group => Says {
            name: "pair",
            run: &[],
            verified: Verified::Differs("score o = V(min(pair))"),
            explained: &[],
            diff: changes("{ seen, step }", "{ step }", "group pair", Some("points")),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: true,
            translated: &[],
            changed: Some(("drop member pair.step", "drop member pair.step")),
            tests: "given seen = 4; expect min(pair) is 4",
        },
        Kind::Level => Says {
            name: "overall",
            run: &["overall", "overall.at_least", "overall.at_most"],
            verified: Verified::Differs("signal o = V(overall) is high"),
            explained: &["overall", "Overall"],
            diff: changes(
                "high when seen >= 5.5",
                "high when seen >= 4",
                "level overall",
                Some("overall"),
            ),
            lint: &["FW1103", "FW1103"],
            audience: Audience::Sees,
            coverage: &["clause", "threshold"],
            mutated: true,
            translated: &[("labels", "overall")],
            changed: Some((
                "declassify overall because \"still\"\nreplace level overall \"Overall\" : concern { high when seen >= 4 and filed > 0 reports, low otherwise }",
                "replace level overall",
            )),
            tests: "given overall = high; expect overall is high",
        },
        Kind::Table => Says {
            name: "grid",
            run: &["grid", "grid.at_least", "grid.at_most"],
            verified: Verified::Differs("signal o = V(grid) is high"),
            explained: &["grid", "Grid"],
            diff: changes(
                "by seen { >= 5.5 then high",
                "by seen { >= 4 then high",
                "table grid",
                Some("grid"),
            ),
            lint: &["FW1103"],
            audience: Audience::Withheld,
            coverage: &["row", "threshold"],
            mutated: true,
            translated: &[("labels", "grid")],
            changed: Some((
                "replace table grid \"Grid\" : concern by seen { >= 4 then high, any then low }",
                "replace table grid",
            )),
            tests: "given grid = high; expect grid is high",
        },
        Kind::PrivateLevel => Says {
            name: "private",
            run: &[],
            verified: Verified::Differs("signal o = V(private) is high"),
            explained: &[],
            diff: changes(
                "high when seen >= 6.5",
                "high when seen >= 1",
                "level private",
                Some("grave"),
            ),
            lint: &["FW1103"],
            audience: Audience::Nothing,
            coverage: &["clause", "threshold"],
            mutated: true,
            translated: &[("labels", "private")],
            changed: Some((
                "replace let level private \"Private\" : concern { high when seen >= 4, low otherwise }",
                "replace level private",
            )),
            tests: "given private = high; expect grave; expect private is high",
        },
        Kind::PrivateTable => Says {
            name: "chart",
            run: &[],
            verified: Verified::Differs("signal o = V(chart) is high"),
            explained: &[],
            diff: changes(">= 6.5 then high", ">= 7.5 then high", "table chart", None),
            lint: &["FW1103"],
            audience: Audience::Nothing,
            coverage: &["row", "threshold"],
            mutated: true,
            translated: &[("labels", "chart")],
            changed: Some((
                "replace let table chart \"Chart\" : concern by seen { >= 4 then high, any then low }",
                "replace table chart",
            )),
            tests: "given chart = high; given zone = coast; expect grave; expect chart is high",
        },
        Kind::Alert => Says {
            name: "alarm",
            run: &[
                "alarm",
                "alarm.since",
                "alarm.why",
                "alarm.event",
                "alarm.suppressed_by",
                "alarm.held",
            ],
            verified: Verified::Told("signal o = V(alarm) is raised", "FW0754"),
            explained: &["alarm", "Alarm"],
            diff: changes(
                "raise when seen >= 5.5",
                "raise when seen >= 4",
                "alert alarm",
                Some("alarm"),
            ),
            lint: &["FW1103"],
            audience: Audience::Withheld,
            coverage: &["alert", "threshold"],
            mutated: true,
            translated: &[("labels", "alarm")],
            changed: Some((
                "replace alert alarm \"Alarm\" { raise when seen >= 4 }",
                "replace alert alarm",
            )),
            tests: "given seen = 8; expect alarm raised",
        },
        Kind::Notice => Says {
            name: "busy",
            run: &["busy", "busy.since", "busy.why", "busy.event", "busy.held"],
            verified: Verified::Told("signal o = V(busy)", "FW0754"),
            explained: &["busy", "Busy"],
            diff: changes(
                "when seen >= 6\n",
                "when seen >= 4\n",
                "notice busy",
                Some("busy"),
            ),
            lint: &["FW1103"],
            audience: Audience::Withheld,
            coverage: &["alert", "threshold"],
            mutated: true,
            translated: &[("labels", "busy")],
            changed: Some((
                "replace notice busy \"Busy\" when seen >= 4",
                "replace notice busy",
            )),
            tests: "given seen = 8; expect busy began; expect busy",
        },
        Kind::Function => Says {
            name: "halved",
            run: &[],
            verified: Verified::Differs("score o = V(halved(seen))"),
            explained: &[],
            diff: changes("= x / 2", "= x / 4", "fn halved", Some("points")),
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: true,
            translated: &[],
            changed: None,
            tests: "given seen = 8; expect halved(seen) is 4",
        },
        Kind::Declassify => Says {
            name: "overall because",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: None,
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[],
            changed: None,
            tests: "",
        },
        Kind::Show => Says {
            run: &["zone"],
            audience: Audience::Sees,
            ..plain("zone\n")
        },
        Kind::Property => Says {
            name: "more is worse",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: None,
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[],
            changed: None,
            tests: "",
        },
        Kind::Test => Says {
            name: "all is seen",
            run: &[],
            verified: Verified::NoValue,
            explained: &[],
            diff: None,
            lint: &[],
            audience: Audience::Nothing,
            coverage: &[],
            mutated: false,
            translated: &[],
            changed: Some(("drop test \"all is seen\"", "drop test all is seen")),
            tests: "given seen = 8; given filed = 1 reports; expect overall is high",
        },
        Kind::Change => plain("many because"),
    }
}
