//! Links between pages: each leads to a file, and to a heading of it where one is named.

use super::block::Page;
use std::path::Path;

/// The links of a page that lead nowhere.
pub fn broken(page: &Page, root: &Path) -> Vec<String> {
    let folder = Path::new(&page.name).parent().unwrap_or(Path::new(""));
    let mut broken = Vec::new();
    for (line, text) in page.prose() {
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if target.contains("://") {
                continue;
            }
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = match path {
                "" => root.join(&page.name),
                path => root.join(folder).join(path),
            };
            let leads = match std::fs::read_to_string(&path) {
                Ok(text) => heading.is_empty() || headings(&text).iter().any(|own| own == heading),
                // A folder, or a picture.
                Err(_) => path.exists() && heading.is_empty(),
            };
            if !leads {
                broken.push(format!("{}:{line}: `{target}` leads nowhere", page.name));
            }
        }
    }
    broken
}

/// Headings as links write them: lower case, blanks as hyphens, signs left out.
fn headings(text: &str) -> Vec<String> {
    let titles = text.lines().filter(|line| line.starts_with('#'));
    let slug = |line: &str| -> String {
        line.trim_start_matches('#')
            .trim()
            .to_lowercase()
            .chars()
            .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
            .map(|letter| if letter == ' ' { '-' } else { letter })
            .collect()
    };
    titles.map(slug).collect()
}
