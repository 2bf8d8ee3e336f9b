//! One ruleset with its table, and what its explanations claim, each claim held against the values.

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::{DeclarationKind, Evidence, InputKind, Plan, digits};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::explain::*;
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{ReadOptions, read_all};

use super::made::{COLUMNS, Made};

pub struct Case {
    seed: u64,
    made: Made,
    plan: Plan,
    bound: Bound,
    folder: tempfile::TempDir,
}

/// What is said of a value, as it is compared.
fn same(a: &Shown, b: &Shown) -> bool {
    let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    match (a, b) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => alike(*a, *b),
        (
            Shown::Between {
                value: a,
                at_least: b,
                at_most: c,
                ..
            },
            Shown::Between {
                value: d,
                at_least: e,
                at_most: f,
                ..
            },
        ) => alike(*a, *d) && alike(*b, *e) && alike(*c, *f),
        (
            Shown::Count {
                at_least: a,
                at_most: b,
            },
            Shown::Count {
                at_least: c,
                at_most: d,
            },
        ) => alike(*a, *c) && alike(*b, *d),
        (a, b) => a == b,
    }
}

fn is_estimate(reason: &Reason) -> bool {
    matches!(&reason.how, How::Factor(factor) if factor.evidence != Evidence::Bounds)
}

/// How much of a value is open: less where something of it is excluded.
fn width(value: &Shown) -> f64 {
    match value {
        Shown::Level {
            at_least, at_most, ..
        } => (at_most - at_least) as f64,
        Shown::Count { at_least, at_most } => at_most - at_least,
        Shown::Between {
            at_least, at_most, ..
        } if at_least.is_nan() || at_most.is_nan() => f64::INFINITY,
        Shown::Between {
            at_least, at_most, ..
        } => at_most - at_least,
        other => f64::from(u8::from(other.is_open())),
    }
}

impl Case {
    pub fn of(seed: u64, made: Made) -> Option<Self> {
        let files = MemoryFiles::of("sentences.risk", &made.rules);
        let plan = compile(Path::new("sentences.risk"), &files, &Settings::default()).plan?;
        let folder = tempfile::tempdir().expect("a folder");
        let bound = read(&plan, folder.path(), &made.table());
        Some(Self {
            seed,
            made,
            plan,
            bound,
            folder,
        })
    }

    /// The rows of the table, by their place in the panel.
    pub fn rows(&self) -> usize {
        self.made.rows.len()
    }

    /// The row of the panel that a row of the table is.
    fn row(&self, at: usize) -> usize {
        let (keys, _) = &self.made.rows[at];
        let panel = &self.bound.panel;
        let (month, entity) = keys.split_last().expect("keys");
        let kind = self.plan.panel.period.expect("months");
        let is_own = |row: &usize| {
            panel.entity(*row) == entity.join("/")
                && panel.period(kind, panel.periods[*row]).to_string() == *month
        };
        (0..panel.rows()).find(is_own).expect("a row of the table")
    }

    fn names(&self) -> Vec<String> {
        let declared = self.plan.declarations.iter();
        declared.map(|one| one.name.clone()).collect()
    }

    fn explain(&self, bound: &Bound, row: usize, names: &[String], outlook: bool) -> Explanation {
        let question = Question {
            plan: &self.plan,
            panel: &bound.panel,
            summary: &bound.summary,
            row,
            names,
            goalposts: None,
            outlook,
            options: outlook,
        };
        explain(&question).expect("an explanation")
    }

    fn one(&self, row: usize, name: &str, outlook: bool) -> Finding {
        let told = self.explain(&self.bound, row, &[name.to_owned()], outlook);
        told.results.into_iter().next().expect("a result")
    }

    /// What went wrong, with all it takes to look at it.
    fn fail(&self, row: usize, what: &str) -> ! {
        let panel = &self.bound.panel;
        let kind = self.plan.panel.period.expect("months");
        let month = panel.period(kind, panel.periods[row]);
        panic!(
            "seed {}, {} {month}: {what}\n{}\n{}",
            self.seed,
            panel.entity(row),
            self.made.rules,
            self.made.table()
        );
    }

    /// The table with other cells in a row, read again.
    fn with(&self, at: usize, cells: &[(String, String)]) -> Bound {
        let mut rows = self.made.rows.clone();
        for (name, word) in cells {
            // Whether an observation was verified stands in a column of its own.
            let name = name
                .strip_suffix(".verified")
                .map(|of| format!("{of}_v"))
                .unwrap_or(name.clone());
            let place = COLUMNS.iter().position(|(column, _)| *column == name);
            rows[at].1[place.expect("a column")] = word.clone();
        }
        let made = Made {
            rules: String::new(),
            keys: self.made.keys.clone(),
            rows,
        };
        read(&self.plan, self.folder.path(), &made.table())
    }

    fn input(&self, name: &str) -> usize {
        let mut inputs = self.plan.inputs.iter();
        inputs
            .position(|info| info.name == name)
            .expect("an indicator")
    }

    /// What an indicator is in a row; missing where it does not apply.
    fn observed(&self, name: &str, row: usize) -> Shown {
        let input = self.input(name);
        let panel = &self.bound.panel;
        let x = match panel.applies(input, row) {
            true => panel.columns[input][row],
            false => f64::NAN,
        };
        let names = |names: &[String], x: f64| names.get(x as usize).cloned();
        match &self.plan.inputs[input].kind {
            InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => Shown::Number {
                value: x,
                unit: String::new(),
            },
            InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
                Shown::Truth((!x.is_nan()).then_some(x == 1.0))
            }
            InputKind::Category { names: all } => {
                Shown::Category((x >= 0.0).then(|| names(all, x).expect("a name")))
            }
            InputKind::Level { names: all, .. } if x.is_nan() => Shown::Level {
                names: all.clone(),
                at_least: 0,
                at_most: all.len() - 1,
            },
            InputKind::Level { names: all, .. } => Shown::Level {
                names: all.clone(),
                at_least: x as usize,
                at_most: x as usize,
            },
        }
    }

    pub fn values_are_published(&self, at: usize) {
        let row = self.row(at);
        let results = run(&self.plan, &self.bound.panel, &RunOptions::default()).expect("a run");
        let published = |name: &str| {
            let mut outputs = self.plan.outputs.iter();
            let output = outputs.position(|output| output.column == name)?;
            let mut columns = results.columns.iter();
            let column = columns.find(|column| column.output == output)?;
            Some(column.values[row])
        };
        let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        for finding in self.explain(&self.bound, row, &self.names(), false).results {
            let name = finding.reason.name.clone().expect("a name");
            let ends = ["at_least", "at_most"].map(|end| published(&format!("{name}.{end}")));
            let fits = match &finding.reason.value {
                Shown::Number { value, .. } => published(&name).is_none_or(|x| alike(x, *value)),
                Shown::Truth(truth) => {
                    let x = truth.map_or(f64::NAN, |truth| f64::from(u8::from(truth)));
                    published(&name).is_none_or(|own| alike(own, x))
                }
                Shown::Level {
                    at_least, at_most, ..
                } => {
                    ends[0].is_none_or(|x| alike(x, *at_least as f64))
                        && ends[1].is_none_or(|x| alike(x, *at_most as f64))
                }
                // What an estimate can be is told beside it.
                Shown::Between { value, .. } if is_estimate(&finding.reason) => {
                    published(&name).is_none_or(|x| alike(x, *value))
                }
                Shown::Count { at_least, at_most }
                | Shown::Between {
                    at_least, at_most, ..
                } => {
                    ends[0].is_none_or(|x| alike(x, *at_least))
                        && ends[1].is_none_or(|x| alike(x, *at_most))
                }
                Shown::Category(_) | Shown::Withheld(_) => true,
            };
            if !fits {
                self.fail(
                    row,
                    &format!("{name} is told as {:?}", finding.reason.value),
                );
            }
            // An estimate is told with what it can be, wherever that is published.
            if let How::Factor(factor) = &finding.reason.how
                && let [Some(least), Some(most)] = ends
            {
                let told = factor.bounds.unwrap_or((f64::NAN, f64::NAN));
                if !alike(told.0, least) || !alike(told.1, most) {
                    self.fail(
                        row,
                        &format!("{name} can be {told:?}, not {least} to {most}"),
                    );
                }
            }
        }
    }

    pub fn reasons_fit(&self, at: usize) {
        let row = self.row(at);
        let told = self.explain(&self.bound, row, &self.names(), false);
        let values = told.results.iter();
        let values: BTreeMap<String, Shown> = values
            .map(|finding| {
                let reason = &finding.reason;
                (reason.name.clone().expect("a name"), reason.value.clone())
            })
            .collect();
        for name in self.names() {
            let finding = self.one(row, &name, false);
            self.fits(row, &finding.reason, &values);
        }
    }

    fn fits(&self, row: usize, reason: &Reason, values: &BTreeMap<String, Shown>) {
        let what = reason.name.as_deref().unwrap_or(&reason.text);
        let fail = |why: &str| -> ! { self.fail(row, &format!("`{what}` {why}: {reason:#?}")) };
        if let Some(own) = reason.name.as_ref().and_then(|name| values.get(name))
            && !same(own, &reason.value)
        {
            fail("is another value elsewhere");
        }
        if reason.kind == Some(DeclarationKind::Indicator)
            && self.plan.inputs.iter().any(|input| input.name == what)
        {
            if !same(&reason.value, &self.observed(what, row)) {
                fail("is not what was observed");
            }
            let applies = self.bound.panel.applies(self.input(what), row);
            let said = matches!(reason.cause, Some(Cause::NotApplicable { .. }));
            if reason.value.is_open() && said == applies {
                fail("does or does not apply");
            }
        }
        let open_below = |name: &str| {
            let mut parts: Vec<&Reason> = reason.because.iter().collect();
            while let Some(part) = parts.pop() {
                let own = part.name.as_deref().unwrap_or(&part.text);
                if own == name && part.value.is_open() {
                    return true;
                }
                parts.extend(&part.because);
            }
            false
        };
        match &reason.cause {
            None => {}
            Some(_) if !reason.value.is_open() => fail("is known and has a cause to be open"),
            Some(Cause::Missing(names)) => {
                let own = [what.to_owned()];
                let looks_back = matches!(reason.how, How::Window(_));
                if names.is_empty()
                    || !names
                        .iter()
                        .all(|name| open_below(name) || looks_back && !own.contains(name))
                {
                    fail("rests on what is not open");
                }
            }
            Some(Cause::Stated) if !reason.text.contains("missing") => fail("is not stated"),
            Some(Cause::NoPeers) => match &reason.how {
                How::Peers(peers) if peers.known == 0 => {}
                _ => fail("has peers"),
            },
            Some(Cause::Absent) => {
                // What was verified of a cell is as absent as the cell.
                let parts = std::iter::once(reason).chain(&reason.because);
                let is_cell = |part: &Reason| {
                    part.kind == Some(DeclarationKind::Indicator) && part.cause == reason.cause
                };
                if !parts.into_iter().any(is_cell) {
                    fail("is no cell");
                }
            }
            Some(_) => {}
        }
        match &reason.how {
            How::Comparison(sides) => {
                for side in [&sides.left, &sides.right] {
                    if let Some(own) = values.get(&side.text)
                        && !same(own, &side.value)
                    {
                        fail("compares another value");
                    }
                }
                let number = |side: &Side| match side.compared {
                    Shown::Number { value, .. } => Some(value),
                    _ => None,
                };
                if let (Some(a), Some(b)) = (number(&sides.left), number(&sides.right)) {
                    let near = (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
                    if sides.by_digits && (a == b || !near) {
                        fail("is not equal by its digits");
                    }
                }
            }
            How::Factor(factor) => {
                let known = factor.members.iter().filter(|one| !one.value.is_nan());
                if factor.known != known.count() as f64 {
                    fail("counts other members as known");
                }
                let pairs = factor.members.iter().zip(&reason.because);
                for (member, part) in pairs {
                    if member.value.is_nan() != part.value.is_open()
                        && !matches!(part.value, Shown::Between { .. })
                    {
                        fail("has a member that is and is not known");
                    }
                }
            }
            How::Window(window) => {
                if let Some([yes, no, open]) = window.answers
                    && (yes + no != window.known || open + yes + no != window.cells.len() as u32)
                {
                    fail("counts its periods otherwise");
                }
                let known = window.cells.iter().filter(|(_, x)| !x.is_nan()).count();
                if window.cut == 0 && window.known as usize != known {
                    fail("knows other periods");
                }
            }
            _ => {}
        }
        for part in &reason.because {
            self.fits(row, part, values);
        }
    }

    /// A value as a cell of the table says it.
    fn word(value: &Shown) -> String {
        match value {
            Shown::Number { value, .. } => format!("{value}"),
            Shown::Truth(Some(truth)) => if *truth { "yes" } else { "no" }.to_owned(),
            Shown::Level {
                names, at_least, ..
            } => names[*at_least].clone(),
            Shown::Category(Some(name)) => name.clone(),
            other => panic!("{other:?} is no cell"),
        }
    }

    /// What a result is with other cells.
    fn again(&self, at: usize, name: &str, cells: &[(String, String)]) -> Shown {
        let bound = self.with(at, cells);
        let told = self.explain(&bound, self.row(at), &[name.to_owned()], false);
        told.results[0].reason.value.clone()
    }

    pub fn changes_hold(&self, at: usize, tried: &mut [usize; 4]) {
        let row = self.row(at);
        for name in self.names() {
            if self.plan.inputs.iter().any(|input| input.name == name) {
                continue;
            }
            let finding = self.one(row, &name, true);
            let now = &finding.reason.value;
            let cell = |one: &Move| (one.input.clone(), Self::word(&one.to));
            if let Some(change) = &finding.change {
                for flip in change.one.iter().chain(&change.two) {
                    for one in &flip.moves {
                        if !same(&one.from, &self.observed(&one.input, row)) {
                            self.fail(row, &format!("{name}: {one:?} is not what it is now"));
                        }
                    }
                    let cells: Vec<_> = flip.moves.iter().map(cell).collect();
                    let then = self.again(at, &name, &cells);
                    if !same(&then, &flip.becomes) || same(&then, now) {
                        self.fail(row, &format!("{name}: {flip:?} comes to {then:?}"));
                    }
                    tried[0] += 1;
                    if let [_, _] = cells.as_slice() {
                        for one in &cells {
                            let then = self.again(at, &name, std::slice::from_ref(one));
                            if !same(&then, now) {
                                self.fail(row, &format!("{name}: {flip:?}: {one:?} alone does"));
                            }
                        }
                    }
                    if let ([one], [(input, _)]) = (flip.moves.as_slice(), cells.as_slice())
                        && let Some(beyond) = &one.beyond
                    {
                        let cells = [(input.clone(), Self::word(beyond))];
                        let then = self.again(at, &name, &cells);
                        if !same(&then, now) {
                            self.fail(row, &format!("{name}: {flip:?}: there it is {then:?}"));
                        }
                    }
                }
            }
            for remedy in finding.options.iter().flat_map(|options| &options.sets) {
                let cells: Vec<_> = remedy.moves.iter().map(cell).collect();
                let then = self.again(at, &name, &cells);
                let most = |value: &Shown| match value {
                    Shown::Level { at_most, .. } => *at_most,
                    other => panic!("{other:?} is no level"),
                };
                if !same(&then, &remedy.becomes) || most(&then) >= most(now) {
                    self.fail(row, &format!("{name}: {remedy:?} comes to {then:?}"));
                }
                tried[3] += 1;
            }
            let Some(settle) = &finding.settle else {
                continue;
            };
            for name in &settle.missing {
                if !self.observed(name, row).is_open()
                    || !self.bound.panel.applies(self.input(name), row)
                {
                    self.fail(row, &format!("{name} is not missing: {settle:?}"));
                }
            }
            for one in &settle.inputs {
                for (value, then) in &one.outcomes {
                    let word = |yes| if yes { "yes" } else { "no" };
                    let by = one
                        .verified
                        .map(|yes| (format!("{}.verified", one.input), word(yes).to_owned()));
                    let own = (one.input.clone(), Self::word(value));
                    let cells: Vec<_> = [own].into_iter().chain(by).collect();
                    let found = self.again(at, &name, &cells);
                    if !same(&found, then) {
                        self.fail(
                            row,
                            &format!(
                                "{name}: {} at {value:?} is {found:?}, not {then:?}",
                                one.input
                            ),
                        );
                    }
                    tried[1] += 1;
                }
            }
            // What is said to settle nothing alone does not, at either end of its range.
            for input in &settle.missing {
                let is_told = settle.inputs.iter().any(|one| one.input == *input);
                if is_told || settle.untried.holds(input) {
                    continue;
                }
                let words: &[&str] = match &self.plan.inputs[self.input(input)].kind {
                    InputKind::Number => &["0", "100"],
                    _ => COLUMNS.iter().find(|(own, _)| own == input).expect("one").1,
                };
                for word in words {
                    let then = self.again(at, &name, &[(input.clone(), (*word).to_owned())]);
                    if width(&then) < width(now) {
                        self.fail(row, &format!("{name}: {input} {word} makes it {then:?}"));
                    }
                }
                tried[2] += 1;
            }
        }
    }

    pub fn steps_hold(&self, at: usize) {
        let row = self.row(at);
        let panel = &self.bound.panel;
        let kind = self.plan.panel.period.expect("months");
        for name in self.names() {
            let finding = self.one(row, &name, true);
            let Some(since) = &finding.since else {
                continue;
            };
            let own = panel.entity_of[row];
            let then = (0..row).rev().find(|other| {
                panel.entity_of[*other] == own
                    && panel.period(kind, panel.periods[*other]) == since.period
            });
            let then = then.expect("the last period");
            let was = self.one(then, &name, false).reason.value;
            if !same(&was, &since.before) || !same(&finding.reason.value, &since.now) {
                self.fail(row, &format!("{name}: {since:?}"));
            }
            let mut stands = since.before.clone();
            for step in &since.steps {
                if !same(&stands, &step.before) || same(&step.before, &step.after) {
                    self.fail(row, &format!("{name}: {step:?} of {since:?}"));
                }
                stands = step.after.clone();
                let all = [&step.what].into_iter().chain(&step.with);
                for moved in all.chain(&step.with_one_of) {
                    let Moved::Input {
                        name: input,
                        from,
                        to,
                        ..
                    } = moved
                    else {
                        continue;
                    };
                    if !same(from, &self.observed(input, then))
                        || !same(to, &self.observed(input, row))
                    {
                        self.fail(row, &format!("{name}: {moved:?} of {since:?}"));
                    }
                    if same(from, to)
                        && matches!(step.what, Moved::Input { .. })
                        && *moved == step.what
                    {
                        self.fail(row, &format!("{name}: {moved:?} did not change"));
                    }
                }
            }
            // What differs by less than the language tells apart is no step.
            let is_noise = match (&stands, &since.now) {
                (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => {
                    digits::is_same(*a, *b)
                }
                _ => false,
            };
            if !same(&stands, &since.now) && !is_noise {
                self.fail(row, &format!("{name}: {since:?}"));
            }
        }
    }

    pub fn alone_and_together(&self, at: usize) {
        let row = self.row(at);
        let together = self.explain(&self.bound, row, &self.names(), true);
        for finding in &together.results {
            let name = finding.reason.name.clone().expect("a name");
            let alone = self.one(row, &name, true);
            let told = |one: &Finding| format!("{:?} {:?} {:?}", one.settle, one.change, one.since);
            let (a, b) = (told(&alone), told(finding));
            if a != b {
                self.fail(row, &format!("{name} alone: {a}\ntogether: {b}"));
            }
        }
    }

    pub fn texts_are_whole(&self, at: usize) {
        let row = self.row(at);
        for name in self.names() {
            let told = self.explain(&self.bound, row, std::slice::from_ref(&name), true);
            let page = forewarn::explain::Page {
                plan: &self.plan,
                told: &told,
                messages: &Default::default(),
                extent: forewarn::explain::Extent::Full,
                width: 10_000,
            };
            let text = page.markdown();
            let json = forewarn::explain::document(&self.plan, &told);
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            self.document_fits(row, &json["results"][0]["result"], &told.results[0].reason);
            let holes = [
                "NaN",
                "inf",
                "can be –",
                "rests on)",
                "()",
                ": )",
                "the rules say so",
                " 1 members",
                " 1 periods",
            ];
            if let Some(hole) = holes.iter().find(|hole| text.contains(**hole)) {
                self.fail(row, &format!("{name}: `{hole}` in\n{text}"));
            }
            if told.results[0].settle.is_some()
                && text.contains("not applicable here)")
                && matches!(
                    told.results[0].reason.cause,
                    Some(Cause::NotApplicable { .. })
                )
            {
                self.fail(
                    row,
                    &format!("{name} is not there, and would be settled:\n{text}"),
                );
            }
        }
    }
}

/// A number of a document; nothing is missing.
fn of_json(value: &serde_json::Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

impl Case {
    /// The document says the same numbers, reason by reason.
    fn document_fits(&self, row: usize, json: &serde_json::Value, reason: &Reason) {
        let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        let fits = match &reason.how {
            _ if reason.above => true,
            How::Factor(factor) => {
                let told = &json["factor"];
                let (least, most) = factor.bounds.unwrap_or((f64::NAN, f64::NAN));
                alike(of_json(&told["at_least"]), least)
                    && alike(of_json(&told["at_most"]), most)
                    && alike(of_json(&told["known"]), factor.known)
                    && alike(of_json(&told["coverage"]), factor.coverage)
            }
            How::Window(window) => {
                let told = &json["window"];
                let cells = told["cells"].as_array().expect("cells");
                let numbers = cells.iter().zip(&window.cells);
                of_json(&told["known"]) == f64::from(window.known)
                    && numbers
                        .into_iter()
                        .all(|(told, (_, x))| alike(of_json(&told["value"]), *x))
            }
            How::Peers(peers) => {
                let told = &json["peers"];
                alike(of_json(&told["own"]), peers.own)
                    && of_json(&told["known"]) == peers.known as f64
                    && told.get("given").is_none() != peers.given
            }
            _ => true,
        };
        if !fits {
            self.fail(row, &format!("{json:#} is not {reason:#?}"));
        }
        let below = json["because"].as_array().map_or(&[][..], Vec::as_slice);
        if !reason.above && below.len() != reason.because.len() {
            self.fail(row, &format!("{json:#} has other reasons"));
        }
        for (told, part) in below.iter().zip(&reason.because) {
            self.document_fits(row, told, part);
        }
    }
}

fn read(plan: &Plan, folder: &Path, table: &str) -> Bound {
    let path = folder.join("table.csv");
    std::fs::write(&path, table).expect("written");
    match read_all(&[path], plan, &ReadOptions::default()) {
        Ok(bound) => bound,
        Err(reports) => panic!(
            "{:?}\n{table}",
            reports
                .iter()
                .map(|one| one.describe().title)
                .collect::<Vec<_>>()
        ),
    }
}
