//! `forewarn lint`: what makes a method hard to defend, from the rules alone and, with `--data`, from
//! what they give.

use crate::args::{DataArgs, Format, Global, LintArgs};
use crate::audience::{Sight, Unread};
use crate::data::options;
use crate::failure::Failure;
use crate::recipe::{self, Unusable};
use crate::render::Findings;
use crate::report::{exit_code, failed, tell_all};
use crate::stream::say;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Allowed, Settings, compile};
use forewarn_diagnostics::{Place, Reports};
use forewarn_plan::{Declaration, DeclarationKind, NodeId, Plan, Value};
use forewarn_runtime::causes::method::{AlertOneWay, LevelNeverReached, OneAnswer, ReviewDue};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Results, RunOptions, run};
use std::process::ExitCode;
use std::sync::Arc;

/// Tells lints of a ruleset.
///
/// # Errors
/// The rules cannot be evaluated; findings in rules and data are told and give their exit code.
pub fn lint(args: &LintArgs, global: &Global) -> Result<ExitCode, Failure> {
    let mut findings = Findings::default();
    let settings = Settings {
        lint: true,
        map: args.reading.map.clone(),
        audience: args.audience.audience,
        ..Settings::default()
    };
    let mut data = DataArgs {
        data: args.data.clone(),
        reading: args.reading.clone(),
        state: None,
    };
    match recipe::named(&mut data, &args.rules) {
        Ok(()) => {}
        Err(Unusable::Failure(failure)) => return Err(failure),
        Err(Unusable::Findings(findings)) => {
            tell_all(&findings, global);
            return Ok(exit_code(&findings, global));
        }
    }
    let mut compilation = compile(&args.rules, &DiskFiles, &settings);
    recipe::place(&mut data.reading, &mut compilation.sources);
    let sources = Arc::new(compilation.sources);
    findings.add_reports(&compilation.reports, &sources);
    if let (Some(plan), false) = (&compilation.plan, data.data.is_empty())
        && !failed(&findings, global)
    {
        let sight = Sight {
            plan,
            sealing: compilation.sealing.as_ref(),
            seen: None,
        };
        match sight.read(&data, &options(&data.reading), None) {
            Ok(bound) => {
                findings.add_reports(&bound.warnings, &sources);
                let results = run(plan, &bound.panel, &RunOptions::default())
                    .map_err(|error| Failure::new(error.to_string()))?;
                let told = on_data(plan, &bound.panel, &results, &compilation.allowed);
                findings.add_reports(&told, &sources);
            }
            Err(Unread::Reports(reports)) => findings.add_reports(&reports, &sources),
            Err(Unread::Failure(failure)) => return Err(failure),
        }
    }
    tell_all(&findings, global);
    if global.format == Format::Human && findings.is_empty() && !args.quiet {
        say("nothing found\n");
    }
    Ok(exit_code(&findings, global))
}

/// What the results say of the rules.
fn on_data(plan: &Plan, panel: &Panel, results: &Results, allowed: &[Allowed]) -> Reports {
    let mut told = Reports::default();
    let is_gap = |row: &usize| panel.gaps.binary_search(row).is_ok();
    let rows: Vec<usize> = (0..panel.rows()).filter(|row| !is_gap(row)).collect();
    if rows.is_empty() {
        return told;
    }
    told.append(past_review(plan, panel));
    for declaration in &plan.declarations {
        let column = |node: NodeId| {
            let shown = results.columns.iter().find(|column| {
                plan.outputs
                    .get(column.output)
                    .is_some_and(|output| output.node == node)
            })?;
            let cells = rows
                .iter()
                .filter_map(|row| shown.values.get(*row).copied());
            Some(cells.collect::<Vec<f64>>())
        };
        of_declaration(declaration, rows.len(), column, &mut told);
    }
    told.retain(|cause| match cause.describe().primary.place {
        Place::Source(span) => !allowed.iter().any(|one| one.covers(cause.code().0, span)),
        _ => true,
    });
    told
}

/// Params whose review date lies before the last period of the data.
fn past_review(plan: &Plan, panel: &Panel) -> Reports {
    let mut told = Reports::default();
    let (Some(kind), Some(last)) = (plan.panel.period, panel.periods.iter().max()) else {
        return told;
    };
    for param in &plan.params {
        if let Some((review, until)) = &param.review
            && last > until
        {
            told.add(ReviewDue {
                param: param.name.clone(),
                span: param.span,
                review: review.clone(),
                last: panel.period(kind, *last).to_string(),
            });
        }
    }
    told
}

fn of_declaration(
    declaration: &Declaration,
    rows: usize,
    column: impl Fn(NodeId) -> Option<Vec<f64>>,
    told: &mut Reports,
) {
    let (name, span) = (declaration.name.clone(), declaration.span);
    match (&declaration.value, declaration.kind) {
        (Value::Level { exact, .. }, DeclarationKind::Alert) => {
            let Some(tiers) = column(*exact) else { return };
            // Where the data begin in the middle of the world, a state may not be known yet.
            let known = tiers.iter().filter(|tier| !tier.is_nan()).count();
            let raised = tiers.iter().filter(|tier| **tier > 0.0).count();
            if known > 0 && (raised == 0 || raised == known) {
                told.add(AlertOneWay {
                    name,
                    span,
                    always: raised == known,
                    rows: known,
                    open: tiers.len() - known,
                });
            }
        }
        (
            Value::Level {
                exact,
                names,
                at_least,
                at_most,
                ..
            },
            DeclarationKind::Level,
        ) => {
            let Some(levels) = column(*exact) else { return };
            let ends = column(*at_least).zip(column(*at_most));
            let (least, most) = ends.unwrap_or_default();
            let never: Vec<usize> = (0..names.len())
                .filter(|at| !levels.contains(&(*at as f64)))
                .collect();
            let may_be = |(least, most): &(&f64, &f64)| {
                let mut never = never.iter().map(|at| *at as f64);
                never.any(|at| **least <= at && at <= **most)
            };
            let possible = least.iter().zip(&most).filter(may_be).count();
            let places = never.iter().filter_map(|at| names.get(*at).cloned());
            let places: Vec<String> = places.collect();
            if !places.is_empty() {
                told.add(LevelNeverReached {
                    name,
                    span,
                    places,
                    rows,
                    possible,
                });
            }
        }
        (Value::Truth { node }, DeclarationKind::Signal) => {
            let Some(answers) = column(*node) else { return };
            let all = |test: fn(&f64) -> bool| answers.iter().all(test);
            let answer = if all(|x| *x == 1.0) {
                "yes"
            } else if all(|x| *x == 0.0) {
                "no"
            } else if all(|x| x.is_nan()) {
                "unknown"
            } else {
                return;
            };
            told.add(OneAnswer {
                name,
                span,
                answer,
                rows,
            });
        }
        _ => {}
    }
}
