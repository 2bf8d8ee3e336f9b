//! `forewarn tree`: a framework with all that it extends, and who changed what.

use crate::args::{Format, Global};
use crate::failure::{Failure, print};
use crate::language::{LangArg, note};
use crate::paint::{Paint, Style};
use crate::render::Findings;
use crate::report::{exit_code, failed, stream_of, tell};
use crate::stream::{Stream, colored};
use crate::words::count;
use clap::{Args, ValueHint};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::tree::{self, Tree};
use forewarn_diagnostics::source::SourceMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// `forewarn tree`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn tree rules/west
  forewarn tree rules/west --all                        every declaration with where it comes from
  forewarn tree rules/west --format json")]
pub struct TreeArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".")]
    pub rules: PathBuf,
    /// Every declaration too, and which framework it comes from
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub lang: LangArg,
}

/// Shows the layers of a framework.
///
/// # Errors
/// Standard output cannot be written.
pub fn tree(args: &TreeArgs, global: &Global) -> Result<ExitCode, Failure> {
    let read = tree::read(&args.rules, &DiskFiles, &args.lang.settings());
    let mut findings = Findings::default();
    let sources = Arc::new(read.sources);
    findings.add_reports(&read.reports, &sources);
    let Some(tree) = read.tree.filter(|_| !failed(&findings, global)) else {
        tell(&findings, global, stream_of(global.format));
        return Ok(exit_code(&findings, global));
    };
    let text = if global.format == Format::Json {
        let text = serde_json::to_string_pretty(&object(&tree, &sources)).unwrap_or_default();
        format!("{text}\n")
    } else {
        let paint = Paint {
            on: colored(global.color, Stream::Out),
        };
        human(&tree, args.all, paint)
    };
    print(&text)?;
    note(read.words.as_ref());
    Ok(ExitCode::SUCCESS)
}

fn human(tree: &Tree, all: bool, paint: Paint) -> String {
    let mut text = String::new();
    let lowest = tree.layers.len().saturating_sub(1);
    for (depth, layer) in tree.layers.iter().enumerate() {
        let margin = "  ".repeat(depth);
        let extends = if depth > 0 { "extends " } else { "" };
        text.push_str(&format!(
            "{margin}{extends}{} {}  {}\n",
            paint.text(Style::Strong, &layer.name),
            layer.version,
            paint.text(Style::Faint, &layer.label),
        ));
        if depth == lowest {
            text.push_str(&format!("{margin}  {}\n", counts(tree, depth)));
        }
        for change in &layer.changes {
            text.push_str(&format!("{margin}  {}\n", change.words()));
            let because = paint.text(Style::Faint, &change.because);
            text.push_str(&format!("{margin}      {because}\n"));
        }
    }
    if all {
        text.push('\n');
        let width = tree
            .declarations
            .iter()
            .map(|one| one.name.len())
            .max()
            .unwrap_or(0);
        for one in &tree.declarations {
            let layer = tree
                .layers
                .get(one.layer)
                .map_or("", |layer| layer.name.as_str());
            let changed: Vec<&str> = one
                .changes
                .iter()
                .filter_map(|(layer, _)| tree.layers.get(*layer))
                .map(|layer| layer.name.as_str())
                .collect();
            let changed = match changed.as_slice() {
                [] => String::new(),
                by => format!(", changed by {}", by.join(", ")),
            };
            text.push_str(&format!(
                "{:9} {:width$}  {layer}{changed}\n",
                one.what, one.name
            ));
        }
    }
    text
}

/// `14 factors, 140 indicators, 3 levels`
fn counts(tree: &Tree, layer: usize) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for one in tree.declarations.iter().filter(|one| one.layer == layer) {
        *kinds.entry(one.what).or_default() += 1;
    }
    let order = [
        "factor",
        "indicator",
        "level",
        "alert",
        "table",
        "score",
        "signal",
        "param",
    ];
    let told = order
        .iter()
        .filter_map(|kind| Some(count(*kinds.get(kind)?, kind)));
    told.collect::<Vec<_>>().join(", ")
}

fn object(tree: &Tree, sources: &SourceMap) -> Value {
    let place = |span| {
        let (line, _) = sources.line_column(span);
        let file = sources.get(span.file).map_or("", |file| file.name.as_str());
        json!({ "file": file, "line": line })
    };
    let layers = tree.layers.iter().map(|layer| {
        let changes = layer.changes.iter().map(|change| {
            json!({
                "change": change.verb.word(),
                "what": change.what,
                "target": change.target,
                "from": change.from,
                "to": change.to,
                "reason": change.because,
                "place": place(change.span),
            })
        });
        json!({
            "name": layer.name,
            "label": layer.label,
            "version": layer.version,
            "root": layer.root,
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    let declarations = tree.declarations.iter().map(|one| {
        json!({
            "kind": one.what,
            "name": one.name,
            "label": one.label,
            "layer": one.layer,
            "members": one.members,
            "changes": one.changes,
            "place": place(one.span),
        })
    });
    json!({
        "layers": layers.collect::<Vec<_>>(),
        "declarations": declarations.collect::<Vec<_>>(),
    })
}
