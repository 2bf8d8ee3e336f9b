//! Outcomes of tests as a JUnit report, for systems that show those.

use super::tested::Tested;

/// One `testsuite` for each ruleset.
pub(super) fn document(tested: &[Tested]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for one in tested {
        text.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
            escaped(&one.path),
            one.tests.len(),
            one.failed()
        ));
        for test in &one.tests {
            let (suite, name) = (escaped(&one.path), escaped(&test.label));
            let head = format!("    <testcase classname=\"{suite}\" name=\"{name}\"");
            if test.failures.is_empty() {
                text.push_str(&format!("{head}/>\n"));
                continue;
            }
            text.push_str(&format!("{head}>\n"));
            for failure in &test.failures {
                let message = escaped(&failure.diagnostic.title);
                let words = format!("expected {}\nactual {}", failure.expected, failure.actual);
                let notes = failure.diagnostic.notes.join("\n");
                text.push_str(&format!(
                    "      <failure message=\"{message}\">{}\n{}</failure>\n",
                    escaped(&words),
                    escaped(&notes)
                ));
            }
            text.push_str("    </testcase>\n");
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What XML cannot hold at all.
            c if c < ' ' && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_of_xml_are_words_in_it() {
        assert_eq!(
            escaped("\"a\" < b & c > d\u{1}"),
            "&quot;a&quot; &lt; b &amp; c &gt; d\u{fffd}"
        );
    }
}
