//! Units as they are declared, and values that do not keep to them.

use super::super::Diagnostic;
use super::super::wording::{circle, list, quoted, ring};
use super::{Literal, brought, counted, divide, divisor, in_unit, is_plain, plural, written};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0301 UnitCycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
    }
}

impl UnitCycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("unit `{only}` is defined by itself"),
            members => format!("units are defined by each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "rests on")
            .help("declare one of them as a base unit, without `=`")
    }
}

cause! {
    FW0303 ArgumentUnit {
        function: String,
        parameter: String,
        span: Span,
        found: String,
        wanted: String,
        /// The argument that settled which unit is needed.
        because: Option<Span>,
        literal: Literal,
        /// Further arguments that are counted like this one.
        others: Vec<(String, Span, Literal)>,
        /// The param that holds a number without its unit: its name, and the number.
        param: Option<(String, Span, String)>,
        /// A bare number that the first argument is divided by, and the same in its unit: with it the quotient is a
        /// plain number.
        divided: Option<(Span, String)>,
    }
}

impl ArgumentUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            parameter,
            span,
            found,
            wanted,
            because,
            literal,
            others,
            param,
            divided,
        } = self;
        let mut names = vec![format!("`{parameter}`")];
        names.extend(others.iter().map(|(name, ..)| format!("`{name}`")));
        let names = list(&names, "and");
        let title = format!(
            "`{function}` needs {} for {names}, not {}",
            plural(wanted),
            plural(found)
        );
        if let (Some((place, text)), Some(because)) = (divided, because) {
            let told = Diagnostic::about(self, title, *place, "a plain number")
                .mark(*because, format!("this is {} for that", counted(wanted)));
            return told.mend(
                format!(
                    "if it is so many {wanted}, write `{text}`: what is left is a plain number"
                ),
                vec![(*place, text.clone())],
            );
        }
        let literals = std::iter::once(literal).chain(others.iter().map(|(.., literal)| literal));
        let mended: Option<Vec<_>> = literals.map(|literal| in_unit(literal, wanted)).collect();
        // Where all the others agree, what stands alone is likelier to be wrong.
        if let (Some(first), false, None) = (*because, others.is_empty(), &mended) {
            let mut diagnostic = Diagnostic::about(
                self,
                title,
                first,
                format!("{}, unlike the others", counted(wanted)),
            )
            .mark(*span, counted(found));
            for (_, place, _) in others {
                diagnostic = diagnostic.mark(*place, counted(found));
            }
            let divided = found
                .split_once(" / ")
                .filter(|(above, _)| *above == wanted.as_str());
            return diagnostic.help(match divided {
                Some((_, below)) => format!(
                    "for a rate, divide it by what is counted in {below}; or give all of them in {wanted}"
                ),
                None => "bring all of them to one unit".to_owned(),
            });
        }
        let mut diagnostic = Diagnostic::about(self, title, *span, counted(found)).mark_if(
            *because,
            format!("this is {}, so {names} must be too", counted(wanted)),
        );
        for (_, place, _) in others {
            diagnostic = diagnostic.mark(*place, counted(found));
        }
        if let Some((name, place, number)) = param
            && let Some(text) = written(number, wanted)
        {
            return diagnostic
                .mark(*place, format!("`{name}` has no unit"))
                .mend(
                    format!("if `{name}` is so many {wanted}, write `{text}`"),
                    vec![(*place, text)],
                );
        }
        if let Some(mended) = mended.filter(|all| all.len() > 1) {
            let texts: Vec<String> = mended
                .iter()
                .flat_map(|(_, edits)| edits)
                .map(|(_, text)| format!("`{text}`"))
                .collect();
            let edits = mended.into_iter().flat_map(|(_, edits)| edits).collect();
            let help = format!(
                "if they are so many {wanted}, write {}",
                list(&texts, "and")
            );
            return diagnostic.mend(help, edits);
        }
        match in_unit(literal, wanted) {
            Some((help, edits)) => diagnostic.mend(help, edits),
            _ if is_plain(wanted) => diagnostic.help(divide(found)),
            _ => diagnostic.help(format!(
                "give a value in {wanted}, or correct the declaration of what gives it its unit"
            )),
        }
    }
}

cause! {
    FW0304 WantsPlainNumber {
        function: String,
        span: Span,
        found: String,
        /// Where the unit comes from.
        origin: Option<Span>,
        /// The value, as written; empty where that is too long to repeat.
        words: String,
    }
}

impl WantsPlainNumber {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            found,
            origin,
            words,
        } = self;
        let told = Diagnostic::about(
            self,
            format!("`{function}` needs a plain number, not {found}"),
            *span,
            counted(found),
        )
        .mark_if(*origin, "gets its unit here")
        .note("its result would depend on the size of the unit");
        let joined = words.contains([' ', '+', '-', '?']);
        let words = match joined {
            true => format!("({words})"),
            false => words.clone(),
        };
        match divisor(found) {
            Some(by) if words.is_empty() => told.help(format!(
                "divide by an amount of it first: `{function}(… / {by})`"
            )),
            Some(by) => told.mend(
                format!("divide by an amount of it first: `{words} / {by}`"),
                vec![(*span, format!("{words} / {by}"))],
            ),
            None => told.help("divide by an amount of the same unit first"),
        }
    }
}

cause! {
    FW0305 DeclaredUnit {
        name: String,
        declared: Span,
        declared_unit: String,
        span: Span,
        found: String,
        literal: Literal,
    }
}

impl DeclaredUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            declared,
            declared_unit,
            span,
            found,
            literal,
        } = self;
        let as_declared = if is_plain(declared_unit) {
            "a plain number".to_owned()
        } else {
            format!("in {declared_unit}")
        };
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "`{name}` is declared {as_declared}, and this is {}",
                counted(found)
            ),
            *span,
            counted(found),
        )
        .mark(
            *declared,
            format!("`{name}` is declared {as_declared} here"),
        );
        // `100 litres` of what is declared in `litres / people`.
        if let (Some((place, number)), Some(below)) =
            (literal, declared_unit.strip_prefix(&format!("{found} / ")))
        {
            let below = below.trim_start_matches('(').trim_end_matches(')');
            let below = if below.contains(' ') {
                below.to_owned()
            } else {
                format!("1 {below}")
            };
            let text = format!("{number} {found} / {below}");
            return diagnostic.mend(format!("say for how many: `{text}`"), vec![(*place, text)]);
        }
        // `8 cm` of what is declared in mm.
        if let Some((place, number)) = literal
            && let Some(amount) = brought(number, found, declared_unit)
        {
            let text = format!("{amount} {declared_unit}");
            return diagnostic.mend(
                format!(
                    "{number} {found} are `{text}`: units that are declared apart do not convert"
                ),
                vec![(*place, text)],
            );
        }
        match in_unit(literal, declared_unit) {
            Some((help, edits)) => diagnostic.mend(help, edits),
            _ if is_plain(declared_unit) => {
                diagnostic.help(format!("declare it in {found}, or {}", divide(found)))
            }
            _ if is_plain(found) => diagnostic.help(
                "leave the unit out of the declaration, or use values that have it in the formula",
            ),
            _ => diagnostic
                .help("correct the declaration or the formula, so that both have one unit"),
        }
    }
}

cause! {
    FW0326 TimesByHand {
        /// What is declared, or the words of what is compared; empty where those are long.
        name: String,
        /// Where the unit is declared, or what it is compared with.
        meets: Span,
        declared: bool,
        unit: String,
        /// The factor.
        times: Span,
        factor: String,
        edits: Vec<(Span, String)>,
        /// The step or function that holds it, where it stands elsewhere.
        through: Option<(Span, String)>,
    }
}

impl TimesByHand {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            meets,
            declared,
            unit,
            times,
            factor,
            edits,
            through,
        } = self;
        let named = if name.is_empty() {
            "this".to_owned()
        } else {
            format!("`{name}`")
        };
        let (title, met) = if *declared {
            (
                format!(
                    "{named} would be {factor} times too much: its unit says already for how many it is"
                ),
                format!("{named} is brought to {unit} here"),
            )
        } else {
            (
                format!("{named} would be {factor} times too much beside a rate"),
                format!("measured in {unit}, however many it names"),
            )
        };
        let mut diagnostic =
            Diagnostic::about(self, title, *times, "multiplied by hand").mark(*meets, met);
        if let Some((span, name)) = through.as_ref().filter(|(span, _)| span != meets) {
            diagnostic = diagnostic.mark(*span, format!("here `{name}` comes in"));
        }
        diagnostic
            .note(
                "a rate is brought to the unit that it meets or is declared in, and never by hand",
            )
            .mend("leave the multiplication out", edits.clone())
    }
}

cause! {
    FW0332 ConstantPlaced {
        function: String,
        /// What is placed, and is the same in every row.
        span: Span,
        text: String,
        /// The end that is not.
        varies: Span,
        varies_text: String,
        /// All arguments, in the order that is meant.
        meant: Option<(Span, String)>,
    }
}

impl ConstantPlaced {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            text,
            varies,
            varies_text,
            meant,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("`{function}` places `{text}`, which is the same in every row"),
            *span,
            "what is placed stands first",
        )
        .mark(
            *varies,
            "this differs from row to row, and is taken for an end",
        )
        .note(format!(
            "`{function}` takes what is placed first, then the lower and the upper end"
        ));
        match meant {
            Some((place, words)) => diagnostic.mend(
                format!("write `{function}({words})`"),
                vec![(*place, words.clone())],
            ),
            None => diagnostic.help(format!("give `{varies_text}` as what is placed")),
        }
    }
}

cause! {
    FW0322 EdgeUnit {
        /// The banded value as it is written; empty where that is long.
        words: String,
        of: Span,
        unit: String,
        span: Span,
        found: String,
        /// All edges of that unit, the first among them.
        edges: Vec<(Span, Literal)>,
    }
}

impl EdgeUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            words,
            of,
            unit,
            span,
            found,
            edges,
        } = self;
        let banded = if words.is_empty() {
            "what is banded".to_owned()
        } else {
            format!("`{words}`")
        };
        let is_in = if is_plain(unit) {
            "a plain number".to_owned()
        } else {
            format!("in {unit}")
        };
        let title = match edges.as_slice() {
            [_] => format!("{banded} is {is_in}, and this edge is {}", counted(found)),
            _ => format!(
                "{banded} is {is_in}, and these edges are {}",
                counted(found)
            ),
        };
        let mut diagnostic = Diagnostic::about(self, title, *span, counted(found));
        for (other, _) in edges.iter().filter(|(other, _)| other != span) {
            diagnostic = diagnostic.mark(*other, "and this");
        }
        diagnostic = diagnostic.mark(*of, is_in);
        let mended: Option<Vec<(String, (Span, String))>> = edges
            .iter()
            .map(|(_, literal)| {
                let (help, edits) = in_unit(literal, unit)?;
                Some((help, edits.into_iter().next()?))
            })
            .collect();
        match mended.as_deref() {
            Some([(help, edit)]) => diagnostic.mend(help.clone(), vec![edit.clone()]),
            Some(several) => {
                let edits: Vec<(Span, String)> =
                    several.iter().map(|(_, edit)| edit.clone()).collect();
                let mut written: Vec<&str> = edits.iter().map(|(_, text)| text.as_str()).collect();
                written.dedup();
                let help = if is_plain(unit) {
                    format!("write the numbers alone: {}", quoted(&written, "and"))
                } else {
                    format!(
                        "if they are so many {unit}, write {}",
                        quoted(&written, "and")
                    )
                };
                diagnostic.mend(help, edits)
            }
            None => diagnostic.help("write the edges in the unit of what is banded"),
        }
    }
}

cause! {
    FW0309 UnitTooLarge {
        span: Span,
    }
}

impl UnitTooLarge {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "the factors of this unit are too large to be carried exactly",
            self.span,
            "out of bounds, multiplied out",
        )
        .help("use a unit nearer to what is counted")
    }
}
