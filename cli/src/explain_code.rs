//! `forewarn explain-code`: the page of a code, as the catalogue has it.

use crate::args::ExplainCodeArgs;
use crate::failure::{Failure, print};
use crate::paint::{Paint, Style};
use forewarn_compiler::diagnostics;
use std::process::ExitCode;

/// Prints the page to standard output.
///
/// # Errors
/// There is no such code.
pub fn explain_code(args: &ExplainCodeArgs, color: bool) -> Result<ExitCode, Failure> {
    let code = args.code.trim();
    let page = diagnostics::page(code).or_else(|| {
        // Written without its letters, a code is still no other one: 312 is FW0312.
        let number: u32 = code.parse().ok()?;
        diagnostics::page(&format!("FW{number:04}"))
    });
    let Some(page) = page else {
        let failure = Failure::new(format!("there is no code `{code}`"));
        return Err(match diagnostics::nearest(code) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("codes look like FW0101 and stand in every message"),
        });
    };
    print(&shown(page, Paint { on: color }))?;
    Ok(ExitCode::SUCCESS)
}

/// The page; in colour, headings are strong, examples stand apart and fences are gone.
fn shown(page: &str, paint: Paint) -> String {
    if !paint.on {
        return format!("{}\n", page.trim_end());
    }
    let mut out = String::new();
    let mut example = false;
    for line in page.trim_end().lines() {
        if line.starts_with("```") {
            example = !example;
            continue;
        }
        if example {
            out.push_str("    ");
            out.push_str(&paint.text(Style::Note, line));
        } else if let Some(heading) = line.trim_start_matches('#').strip_prefix(' ')
            && line.starts_with('#')
        {
            out.push_str(&paint.text(Style::Strong, heading));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}
