//! Plans made by hand, files in a folder of their own, and messages as plain text.
#![allow(dead_code, reason = "each test file uses a part of it")]

use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{Diagnostic, Label, Place, Reports, Severity};
use forewarn_plan::interval::Interval;
use forewarn_plan::{
    Along, FrameworkInfo, InputInfo, InputKind, KeyInfo, Node, NodeId, OnViolation, Op, PanelInfo,
    PeriodKind, Plan,
};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::period::Period;
use forewarn_tables::{ReadOptions, read, read_all};
use std::path::PathBuf;
use tempfile::TempDir;

/// An indicator that takes any number.
pub fn number(name: &str) -> InputInfo {
    InputInfo {
        name: name.to_owned(),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: false,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        // Somewhere in the rules: results that tables of tests expect stand nowhere.
        span: Span {
            end: 1,
            ..Span::default()
        },
    }
}

pub fn truth(name: &str) -> InputInfo {
    InputInfo {
        kind: InputKind::Truth,
        ..number(name)
    }
}

pub fn level(name: &str, scale: &str, names: &[&str]) -> InputInfo {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    InputInfo {
        kind: InputKind::Level {
            scale: scale.to_owned(),
            names,
        },
        ..number(name)
    }
}

pub fn category(name: &str, names: &[&str]) -> InputInfo {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    InputInfo {
        kind: InputKind::Category { names },
        ..number(name)
    }
}

/// Countries by a kind of period, or alone.
pub fn plan(period: Option<PeriodKind>, inputs: Vec<InputInfo>) -> Plan {
    let name = period.map_or("", forewarn_runtime::period::kind_name);
    Plan {
        framework: FrameworkInfo::default(),
        panel: PanelInfo {
            keys: vec![KeyInfo {
                name: "country".to_owned(),
                column: None,
            }],
            period,
            period_name: name.to_owned(),
            period_column: None,
            ..PanelInfo::default()
        },
        inputs,
        ..Plan::default()
    }
}

/// A number that is carried forward for so many periods.
pub fn carried(name: &str, most: u32) -> InputInfo {
    InputInfo {
        carry_forward: Some(most),
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        ..number(name)
    }
}

/// The same plan, with a score that looks back one period.
pub fn along(mut plan: Plan) -> Plan {
    let mut node = |op| {
        plan.nodes.push(Node {
            op,
            range: Interval::ALL,
            uncertain: true,
            span: Span::default(),
            checked: None,
        });
    };
    node(Op::Input(0));
    node(Op::Along(Along::Lag(1), NodeId(0)));
    plan
}

/// The panel as a table, a row for each line; `+` marks carried values, `(…)` rows without data.
pub fn table(plan: &Plan, bound: &Bound) -> String {
    let panel = &bound.panel;
    let mut text = String::new();
    for (row, entity) in panel.entity_of.iter().enumerate() {
        let mut cells = vec![panel.entities[*entity as usize].clone()];
        if let Some(kind) = plan.panel.period {
            let number = panel.periods[row];
            cells.push(Period::new(kind, number).to_string());
        }
        for (column, carried) in panel.columns.iter().zip(&panel.carried) {
            let value = column[row];
            let mark = if carried.iter().any(|cell| cell.row == row) {
                "+"
            } else {
                ""
            };
            let value = if value.is_nan() {
                "-".to_owned()
            } else {
                value.to_string()
            };
            cells.push(format!("{value}{mark}"));
        }
        let line = cells.join(" ");
        let line = if panel.gaps.contains(&row) {
            format!("({line})")
        } else {
            line
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A folder with several files in it.
pub struct Files {
    folder: TempDir,
    paths: Vec<PathBuf>,
}

pub fn files(contents: &[(&str, &[u8])]) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let paths = contents.iter().map(|(name, content)| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    });
    Files {
        paths: paths.collect(),
        folder,
    }
}

impl Files {
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The panel that they make, or what is told, with warnings and the first numbers.
    pub fn told(&self, plan: &Plan, options: &ReadOptions<'_>) -> String {
        let told = match read_all(&self.paths, plan, options) {
            Ok(bound) => format!(
                "{}{}\n{}",
                render(&bound.warnings),
                table(plan, &bound),
                numbers(&bound)
            ),
            Err(reports) => render(&reports),
        };
        told.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

/// A folder with one file in it.
pub struct Given {
    folder: TempDir,
    pub path: PathBuf,
}

pub fn given(name: &str, content: impl AsRef<[u8]>) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    Given { folder, path }
}

impl Given {
    pub fn read(&self, plan: &Plan, options: &ReadOptions<'_>) -> Result<Bound, Reports> {
        read(&self.path, plan, options)
    }

    /// What is told when the file is read, as plain text without the folder's name.
    pub fn told(&self, plan: &Plan, options: &ReadOptions<'_>) -> String {
        let told = match self.read(plan, options) {
            Ok(bound) => {
                format!("{}{}", render(&bound.warnings), numbers(&bound))
            }
            Err(reports) => render(&reports),
        };
        told.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

/// The first lines of a summary.
fn numbers(bound: &Bound) -> String {
    let mut text = format!("read: {} rows\n", bound.summary.rows);
    for input in &bound.summary.inputs {
        text.push_str(&format!(
            "  {}: {} missing, {} out of range, {} unreadable\n",
            input.name, input.missing, input.out_of_range, input.unreadable
        ));
        if input.carried > 0 || input.absent > 0 {
            text.push_str(&format!(
                "    {} carried, the oldest {} old; {} stand for what absent means\n",
                input.carried, input.oldest_carried, input.absent
            ));
        }
        if let Some((row, key, value)) = &input.first_out_of_range {
            text.push_str(&format!(
                "    first out of range: row {row} ({key}): {value}\n"
            ));
        }
    }
    text
}

pub fn render(reports: &Reports) -> String {
    reports
        .iter()
        .map(|cause| diagnostic(&cause.describe()))
        .collect()
}

fn diagnostic(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = format!("{severity}[{}]: {}\n", diagnostic.code, diagnostic.title);
    for marked in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
        text.push_str(&label(marked));
    }
    for note in &diagnostic.notes {
        text.push_str(&format!("   = note: {note}\n"));
    }
    for help in &diagnostic.help {
        text.push_str(&format!("   = help: {}\n", help.text));
    }
    text
}

fn label(label: &Label) -> String {
    let place = match &label.place {
        Place::Data(place) => place,
        Place::Source(_) => return format!("  --> rules: {}\n", label.text),
        Place::File(file) => return format!("  --> {file}: {}\n", label.text),
        Place::CommandLine => return format!("  --> command line: {}\n", label.text),
    };
    let mut text = format!("  --> {}", place.file);
    if let Some(row) = place.row {
        text.push_str(&format!(", row {row}"));
    }
    if let Some(column) = &place.column {
        text.push_str(&format!(", column `{column}`"));
    }
    if let Some(key) = &place.key {
        text.push_str(&format!(" ({key})"));
    }
    match &place.line {
        None => text.push_str(&format!(": {}\n", label.text)),
        Some((line, marked)) => {
            let before = line[..marked.start].chars().count();
            let marks = line[marked.clone()].chars().count().max(1);
            text.push_str(&format!(
                "\n   | {line}\n   | {}{} {}\n",
                " ".repeat(before),
                "^".repeat(marks),
                label.text
            ));
        }
    }
    text
}
