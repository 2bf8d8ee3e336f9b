//! `forewarn explain-code`: the page of a code, as the catalogue has it.

use crate::args::ExplainCodeArgs;
use crate::failure::{Failure, print};
use crate::paint::{Paint, Style};
use forewarn_compiler::diagnostics;
use forewarn_diagnostics::CodeInfo;
use std::process::ExitCode;

/// Pages that are offered where words fit several.
const MOST: usize = 8;

/// Prints the page to standard output; of words, the pages that they fit.
///
/// # Errors
/// There is no such code, and no page has these words.
pub fn explain_code(args: &ExplainCodeArgs, color: bool) -> Result<ExitCode, Failure> {
    let words = args.words.join(" ");
    let code = words.trim();
    let page = diagnostics::page(code).or_else(|| {
        // Written without its letters, a code is still no other one: 312 is FW0312.
        let number: u32 = code.parse().ok()?;
        diagnostics::page(&format!("FW{number:04}"))
    });
    let paint = Paint { on: color };
    if let Some(page) = page {
        print(&shown(page, paint))?;
        return Ok(ExitCode::SUCCESS);
    }
    let found = if looks_like_code(code) {
        Vec::new()
    } else {
        pages_with(code)
    };
    match found.as_slice() {
        [] => {
            let failure = Failure::new(if looks_like_code(code) {
                format!("there is no code `{code}`")
            } else {
                format!("no page speaks of `{code}`")
            });
            Err(match diagnostics::nearest(code) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help("codes look like FW0101 and stand in every message"),
            })
        }
        [only] => {
            print(&shown(only.page, paint))?;
            Ok(ExitCode::SUCCESS)
        }
        several => {
            let mut out = String::new();
            for info in several {
                out.push_str(&paint.text(Style::Strong, info.code.0));
                out.push_str(&format!("  {}\n", info.title()));
            }
            out.push_str("\n`forewarn explain-code CODE` shows the page of one\n");
            print(&out)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn looks_like_code(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    let rest = small.strip_prefix("fw").unwrap_or(&small);
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// The pages that speak of all the words, those first whose title does; one alone where only its title has all.
fn pages_with(words: &str) -> Vec<&'static CodeInfo> {
    let words: Vec<String> = words
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect();
    let mut found: Vec<(usize, &CodeInfo)> = diagnostics::all()
        .iter()
        .filter_map(|info| {
            let (title, page) = (info.title().to_lowercase(), info.page.to_lowercase());
            let all = !words.is_empty() && words.iter().all(|word| page.contains(word.as_str()));
            let in_title = words
                .iter()
                .filter(|word| title.contains(word.as_str()))
                .count();
            all.then_some((in_title, info))
        })
        .collect();
    found.sort_by_key(|(in_title, info)| (std::cmp::Reverse(*in_title), info.code));
    let best = found
        .iter()
        .filter(|(in_title, _)| *in_title == words.len());
    let keep = match best.count() {
        1 => 1,
        _ => MOST,
    };
    found.into_iter().take(keep).map(|(_, info)| info).collect()
}

/// A word without the endings of several.
fn stem(word: &str) -> String {
    let small = word.to_lowercase();
    match small.strip_suffix('s') {
        Some(one) if one.len() > 2 => one.to_owned(),
        _ => small,
    }
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
