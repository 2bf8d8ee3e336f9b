//! `forewarn tree`: a framework with all that it extends and uses, and who changed what.

use crate::args::{Format, Global};
use crate::failure::{Failure, print, print_document};
use crate::language::{LangArg, note};
use crate::paint::{Paint, Style};
use crate::render::Findings;
use crate::report::{exit_code, failed, stream_of, tell};
use crate::stream::{Stream, colored};
use crate::words::count;
use clap::{Args, ValueHint};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::tree::{self, Tree, TreeUse};
use forewarn_diagnostics::source::SourceMap;
use serde::Serialize;
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
    match global.format {
        Format::Json => print_document(&text)?,
        _ => print(&text)?,
    };
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
        for used in &layer.uses {
            let words = used
                .taken
                .iter()
                .map(|(what, name)| format!("{what} {name}"));
            text.push_str(&format!(
                "{margin}  uses {} {}: {}\n",
                paint.text(Style::Strong, &used.name),
                used.version,
                words.collect::<Vec<_>>().join(", "),
            ));
        }
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
            let layer = tree.layers.get(one.layer);
            let layer = layer.map_or("", |layer| layer.name.as_str());
            let layer = match &one.used {
                Some(used) => format!("{used}, used by {layer}"),
                None => layer.to_owned(),
            };
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
    let own = tree.declarations.iter();
    for one in own.filter(|one| one.layer == layer && one.used.is_none()) {
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

/// Who declares and who changes what, for programs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    /// The framework itself first, then what it extends.
    layers: Vec<OneLayer>,
    declarations: Vec<OneDeclaration>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OneLayer {
    name: String,
    label: String,
    version: String,
    /// The folder or archive.
    root: String,
    changes: Vec<OneChange>,
    /// The packages of which it takes something.
    uses: Vec<OneUse>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OneUse {
    name: String,
    version: String,
    /// The folder or archive.
    root: String,
    /// What is taken of it.
    taken: Vec<OneTaken>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OneTaken {
    /// `param`, `fn`, `unit` …
    kind: String,
    name: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OneChange {
    /// `override`, `add`, `drop` …
    change: String,
    /// `param`, `weight`, `indicator`, `member` …
    what: String,
    target: String,
    /// The old and the new words, where they are short enough to be read in a line.
    from: Option<String>,
    to: Option<String>,
    reason: String,
    place: Place,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OneDeclaration {
    kind: String,
    name: String,
    label: String,
    /// Which of the layers: where it is declared, or was last replaced.
    layer: usize,
    /// The package that it is taken of, where the layer uses one.
    used: Option<String>,
    /// Of a factor.
    members: Vec<String>,
    /// The changes that concern it, each by its layer and its place among the changes of that.
    changes: Vec<(usize, usize)>,
    place: Place,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Place {
    file: String,
    /// From 1.
    line: usize,
}

fn object(tree: &Tree, sources: &SourceMap) -> Document {
    let place = |span| {
        let (line, _) = sources.line_column(span);
        let file = sources.get(span.file);
        Place {
            file: file.map_or_else(String::new, |file| file.name.clone()),
            line,
        }
    };
    let layers = tree.layers.iter().map(|layer| {
        let changes = layer.changes.iter().map(|change| OneChange {
            change: change.verb.word().to_owned(),
            what: change.what.clone(),
            target: change.target.clone(),
            from: change.from.clone(),
            to: change.to.clone(),
            reason: change.because.clone(),
            place: place(change.span),
        });
        OneLayer {
            name: layer.name.clone(),
            label: layer.label.clone(),
            version: layer.version.clone(),
            root: layer.root.clone(),
            changes: changes.collect(),
            uses: layer.uses.iter().map(used).collect(),
        }
    });
    let declarations = tree.declarations.iter().map(|one| OneDeclaration {
        kind: one.what.to_owned(),
        name: one.name.clone(),
        label: one.label.clone(),
        layer: one.layer,
        used: one.used.clone(),
        members: one.members.clone(),
        changes: one.changes.clone(),
        place: place(one.span),
    });
    Document {
        layers: layers.collect(),
        declarations: declarations.collect(),
    }
}

fn used(of: &TreeUse) -> OneUse {
    let taken = of.taken.iter().map(|(kind, name)| OneTaken {
        kind: (*kind).to_owned(),
        name: name.clone(),
    });
    OneUse {
        name: of.name.clone(),
        version: of.version.clone(),
        root: of.root.clone(),
        taken: taken.collect(),
    }
}

#[cfg(test)]
mod schema {
    use super::*;

    /// `docs/schemas/tree.json` is the schema of what is written.
    #[test]
    fn the_schema_of_trees_is_written_down() {
        crate::schemas::check("tree", schemars::schema_for!(Document));
    }
}
