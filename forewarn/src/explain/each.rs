//! `--entity all`: one line for each entity and result, with what decided.

use super::page::{Line, Role};
use super::values::style;
use super::{how, lines, outlook};
use crate::paint::{Paint, Style};
use forewarn_plan::Plan;
use forewarn_runtime::explain::{Explanation, Finding, How, Reason};
use unicode_width::UnicodeWidthStr;

/// One result of all entities.
struct Block {
    title: Line,
    rows: Vec<Row>,
}

struct Row {
    key: String,
    value: String,
    style: Style,
    why: String,
}

/// As a table of Markdown for each result.
pub fn markdown(plan: &Plan, told: &[Explanation]) -> String {
    in_markdown(plan, blocks(plan, told, decided), "what decided")
}

/// The same with the cheapest changes that bring each level one step down.
pub fn markdown_of_options(plan: &Plan, told: &[Explanation]) -> String {
    in_markdown(
        plan,
        blocks(plan, told, cheapest),
        "what would bring it one step down",
    )
}

fn in_markdown(plan: &Plan, (title, blocks): (Line, Vec<Block>), what: &str) -> String {
    let mut out = super::markdown::page(&[title]);
    for block in blocks {
        out.push_str(&super::markdown::heading(&block.title));
        let entity = plan.panel.row_word();
        out.push_str(&format!("| {entity} | | {what} |\n|---|---|---|\n"));
        for row in &block.rows {
            let cells = [&row.key, &row.value, &row.why].map(|cell| super::markdown::escaped(cell));
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    out
}

/// A line for each entity, cut at the width where it is longer.
pub fn text(plan: &Plan, told: &[Explanation], width: usize, paint: Paint) -> String {
    in_text(blocks(plan, told, decided), width, paint)
}

/// The same with the cheapest changes that bring each level one step down.
pub fn text_of_options(plan: &Plan, told: &[Explanation], width: usize, paint: Paint) -> String {
    in_text(blocks(plan, told, cheapest), width, paint)
}

fn in_text((title, blocks): (Line, Vec<Block>), width: usize, paint: Paint) -> String {
    let mut out = super::terminal::text(&[title], width, paint, false);
    for block in blocks {
        out.push('\n');
        out.push_str(&super::terminal::text(&[block.title], width, paint, false));
        let widest = |of: &dyn Fn(&Row) -> usize| block.rows.iter().map(of).max().unwrap_or(0);
        let keys = widest(&|row| row.key.width());
        let values = widest(&|row| row.value.width());
        for row in &block.rows {
            let fill = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
            let why = row.why.replace(super::terminal::HARD, " ");
            let why = cut(&why, width.saturating_sub(keys + values + 6));
            let line = format!(
                "  {}{}  {}{}  {why}",
                row.key,
                fill(&row.key, keys),
                paint.text(row.style, &row.value),
                fill(&row.value, values),
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// What each row says of a result.
type Said = fn(&Finding) -> String;

fn blocks(plan: &Plan, told: &[Explanation], said: Said) -> (Line, Vec<Block>) {
    let framework = &plan.framework;
    let name = if framework.label.is_empty() {
        &framework.name
    } else {
        &framework.label
    };
    let period = told.first().and_then(|one| one.period);
    let same = told.iter().all(|one| one.period == period);
    let mut key = crate::words::count(told.len(), plan.panel.row_word());
    if plan.panel.is_series() {
        key = crate::words::count(told.len(), &plan.panel.period_name);
    }
    if let Some(period) = period.filter(|_| same) {
        key.push_str(&format!(", {period}"));
    }
    let title = format!("· {name} {}", framework.version);
    let title = Line::new(0, None).part(Role::Subject, key).note(title);
    let results = told.iter().map(|one| one.results.len()).max().unwrap_or(0);
    let blocks = (0..results).filter_map(|at| {
        let first = &told.iter().find_map(|one| one.results.get(at))?.reason;
        let name = first.name.as_deref().unwrap_or(&first.text);
        let rows = told.iter().filter_map(|one| {
            let finding = one.results.get(at)?;
            let reason = &finding.reason;
            Some(Row {
                key: one.key(!same || one.series),
                value: lines::value(reason).replace(super::terminal::HARD, " "),
                style: style(&reason.value),
                why: said(finding),
            })
        });
        Some(Block {
            title: Line::new(0, None).subject(name, &first.label),
            rows: rows.collect(),
        })
    });
    (title, blocks.collect())
}

fn decided(finding: &Finding) -> String {
    why(&finding.reason)
}

/// The cheapest changes that bring a level one step down, and how many other sets were found.
fn cheapest(finding: &Finding) -> String {
    let Some(options) = &finding.options else {
        return "no level".to_owned();
    };
    if options.goal.is_none() {
        return "the lowest already".to_owned();
    }
    match options.sets.as_slice() {
        [] => outlook::without(options),
        [best, others @ ..] => {
            let mut said = outlook::remedied(best).plain();
            if !others.is_empty() {
                said.push_str(&format!(" ({} more)", others.len()));
            }
            said
        }
    }
}

/// What decided, in a few words.
fn why(reason: &Reason) -> String {
    let decided = match &reason.how {
        How::Clauses(clauses) => clauses.iter().find(|clause| clause.decides).map(|clause| {
            if clause.condition.is_empty() {
                "otherwise".to_owned()
            } else {
                format!("when {}", clause.condition)
            }
        }),
        How::Table(rows) => {
            let holds = forewarn_plan::RowState::Holds;
            let row = rows.iter().find(|row| row.standing == holds);
            row.map(|row| row.text.clone())
        }
        How::Alert(alert) => Some(how::stands(alert).join(", ")),
        How::Observation(_)
        | How::Constant
        | How::Calculation
        | How::Extreme(_)
        | How::Comparison(_)
        | How::All
        | How::Any
        | How::Not
        | How::Tally(_)
        | How::Call { .. }
        | How::Window(_)
        | How::Peers(_)
        | How::Factor(_)
        | How::Bands(_)
        | How::Declassified
        | How::Withheld => None,
    };
    let story = decided.unwrap_or_else(|| how::story(reason));
    let cause = how::cause(reason);
    match (story.is_empty(), cause.is_empty()) {
        (_, true) => story,
        (true, _) => cause,
        (false, false) => format!("{story} {cause}"),
    }
}

/// Words that fit, with a sign where some are left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if short.width() + 2 > width {
            break;
        }
        short.push(character);
    }
    format!("{}…", short.trim_end())
}
