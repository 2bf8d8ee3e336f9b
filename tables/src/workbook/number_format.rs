//! What a number format of a workbook makes of a number.
//!
//! In: the code of a format, as XLSX has it, and a number. Out: is it shown as a percentage? A code has up to four
//! sections, of which one applies to the number; a sign in quotation marks, behind a backslash, behind `_` (a blank as
//! wide as the sign) or behind `*` (a filling) is none of its own.

/// One section of a code.
#[derive(Debug, Default)]
struct Section {
    percentage: bool,
    /// It is of texts.
    text: bool,
    /// `[>=1]`
    condition: Option<Condition>,
}

#[derive(Clone, Copy, Debug)]
struct Condition {
    sign: Sign,
    than: f64,
}

#[derive(Clone, Copy, Debug)]
enum Sign {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

impl Condition {
    /// What stands in square brackets, where it is a condition and no colour or locale.
    fn of(inner: &str) -> Option<Self> {
        const SIGNS: [(&str, Sign); 6] = [
            ("<=", Sign::AtMost),
            (">=", Sign::AtLeast),
            ("<>", Sign::Unequal),
            ("<", Sign::Less),
            (">", Sign::More),
            ("=", Sign::Equal),
        ];
        SIGNS.iter().find_map(|(text, sign)| {
            let than = inner.strip_prefix(text)?.trim().parse().ok()?;
            Some(Self { sign: *sign, than })
        })
    }

    fn holds(self, x: f64) -> bool {
        match self.sign {
            Sign::Less => x < self.than,
            Sign::AtMost => x <= self.than,
            Sign::More => x > self.than,
            Sign::AtLeast => x >= self.than,
            Sign::Equal => x == self.than,
            Sign::Unequal => x != self.than,
        }
    }
}

fn sections(code: &str) -> Vec<Section> {
    let mut done = Vec::new();
    let mut now = Section::default();
    let mut quoted = false;
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inner: String = letters.by_ref().take_while(|sign| *sign != ']').collect();
                now.condition = now.condition.or(Condition::of(&inner));
            }
            ';' => done.push(std::mem::take(&mut now)),
            '%' => now.percentage = true,
            '@' => now.text = true,
            _ => {}
        }
    }
    done.push(now);
    done
}

/// Is a number shown as a percentage?
pub(super) fn is_percentage(code: &str, x: f64) -> bool {
    if !code.contains('%') {
        return false;
    }
    let sections = sections(code);
    // The last may be of texts, and the fourth is.
    let of_numbers = match sections.split_last() {
        Some((last, before)) if last.text && !before.is_empty() => before.len(),
        _ => sections.len(),
    };
    let of_numbers = of_numbers.min(3);
    let applies = sections
        .iter()
        .take(of_numbers)
        .enumerate()
        .find(|(at, section)| match section.condition {
            Some(condition) => condition.holds(x),
            // The last takes what is left over.
            None if at + 1 == of_numbers => true,
            None if *at == 0 && of_numbers == 2 => x >= 0.0,
            None if *at == 0 => x > 0.0,
            None => x < 0.0,
        });
    applies.is_some_and(|(_, section)| section.percentage)
}

#[cfg(test)]
mod tests {
    use super::is_percentage;

    #[test]
    fn the_section_that_applies_decides() {
        for (code, x, is) in [
            ("0%", 0.4, true),
            ("0.00 %", -0.4, true),
            ("#,##0.0_);(#,##0.0);0.0_%_)", 12.5, false),
            ("#,##0.0_);(#,##0.0);0.0_%_)", 0.0, false),
            ("0.0_%", 40.0, false),
            ("0.0*%", 40.0, false),
            ("0.0* %", 0.4, true),
            ("0.0\\%", 40.0, false),
            ("0.0\"%\"", 40.0, false),
            ("0.0\"_\"%", 0.4, true),
            ("[<1]0.0%;0", 0.4, true),
            ("[<1]0.0%;0", 40.0, false),
            ("[>=1]0;0.0%", 40.0, false),
            ("[>=1]0;0.0%", 0.4, true),
            ("0.0;-0.0%", 40.0, false),
            ("0.0;-0.0%", -0.4, true),
            ("0%;-0%;0", 0.0, false),
            ("0%;-0%;\\-", 0.4, true),
            ("[Red]0%", 0.4, true),
            ("[$-409]0.0%;@", 0.4, true),
            ("[$-409]0.0%;@", -0.4, true),
            ("0;0;0;@%", 0.4, false),
        ] {
            assert_eq!(is_percentage(code, x), is, "{code} of {x}");
        }
    }
}
