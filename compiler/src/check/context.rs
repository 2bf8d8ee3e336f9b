//! What the checker knows while it goes along.

use std::collections::{BTreeMap, BTreeSet};

use super::notes::{Instance, Kinds, Need, Next};
use crate::arena::Arena;
use crate::checked::properties::CheckedProperty;
use crate::checked::reads::Reads;
use crate::checked::tests::CheckedTest;
use crate::checked::{Category, CheckedFramework, CheckedFunction, CheckedValue, Scale};
use crate::confidential::Held;
use crate::diagnostics::durations::NotWholePeriods;
use crate::diagnostics::names::{UnknownName, declare_it, is_cell};
use crate::diagnostics::panel_functions::NotInCrossSection;
use crate::diagnostics::types::UnknownLevel;
use crate::diagnostics::wording::list;
use crate::diagnostics::{Code, Place, Reports};
use crate::framework::{Framework, ValueSource, at};
use crate::groups::Item;
use crate::plan::{FrameworkInfo, Grounds, PanelInfo, Provenance};
use crate::settings::Given;
use crate::source::{FileId, SourceMap, Span};
use crate::typed::{FunctionId, Typed, TypedKind, ValueId};
use crate::types::{CategoryId, ScaleId, Shown, Type};
use crate::units::Units;
use forewarn_grammar::ast;

/// The function being checked: its parameters by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub parameters: Vec<(String, Type)>,
}

/// How a publication numbers a declaration, how sure that is, and where it was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    pub code: Option<String>,
    pub provenance: Option<Provenance>,
    pub seen: Option<String>,
}

pub(super) struct Checker<'a, 'p> {
    pub framework: &'a Framework<'p>,
    pub sources: &'a SourceMap,
    pub reports: &'a mut Reports,
    pub units: Units,
    pub scales: Arena<ScaleId, Scale>,
    pub scale_names: BTreeMap<String, ScaleId>,
    pub categories: Arena<CategoryId, Category>,
    /// Those that are declared by a name.
    pub category_names: BTreeMap<String, CategoryId>,
    /// The type of each value checked so far.
    pub types: BTreeMap<ValueId, Type>,
    pub values: BTreeMap<ValueId, CheckedValue>,
    pub functions: BTreeMap<FunctionId, CheckedFunction>,
    pub tests: Vec<CheckedTest>,
    pub properties: Vec<CheckedProperty>,
    /// Codes of a publication, each with its place.
    pub codes: BTreeMap<String, Span>,
    /// Of the value being checked.
    pub numbered: Numbered,
    pub info: FrameworkInfo,
    pub panel: PanelInfo,
    /// Its period could not be read, and that has been told.
    pub panel_broken: bool,
    /// Values of params from outside, where they hold.
    pub given: Option<&'p Given>,
    /// The types that params have by the rules alone, where values are given from outside.
    pub own_types: BTreeMap<ValueId, Type>,
    /// The file being read.
    pub file: FileId,
    pub scope: Option<Scope>,
    /// The item that is read for, where an expression goes item by item.
    pub item: Option<Item<'p>>,
    /// What was told of declarations that are one for each item, and where.
    pub told_of_items: BTreeMap<Span, Vec<(Code, Place)>>,
    /// Parts of lists in brackets that stand for one item, with the whole list.
    pub stands_for: BTreeMap<Span, Span>,
    /// Names of several values that were used.
    pub used_families: BTreeSet<&'p str>,
    /// Where the comparison begins whose right side is being read.
    pub compared: Option<Span>,
    /// Functions that were checked once more for certain units, each with the one that was declared and
    /// what its variables stand for.
    pub instances: Vec<Instance>,
    /// Functions that name units with factors of their own.
    pub with_factors: BTreeSet<FunctionId>,
    /// The function being checked was checked before: only its units are worked out anew.
    pub concrete: bool,
    /// The value being read is given on the command line.
    pub outside: bool,
    /// `1 - …` around the product being checked.
    pub complement: Option<Span>,
    /// The kinds of values before they were changed.
    pub below: Option<&'a Kinds>,
    /// Who still needs what was dropped, by its name.
    pub needed: BTreeMap<String, Vec<Need>>,
    /// The test being checked.
    pub testing: Option<String>,
    /// The value being checked: it is no help to suggest it to itself.
    pub declaring: String,
    /// The step, score or signal being checked.
    pub recursive: Option<ValueId>,
    /// What was read of earlier periods before it was checked, with what it then begins with.
    pub recalled: Vec<(ValueId, Typed)>,
    /// What is known of where estimates and bounds go.
    pub(super) evidence:
        BTreeMap<crate::checked::evidence::Wanted, crate::checked::evidence::Memory>,
    /// Params and steps without a unit that meet percentages, and have been told.
    pub told_bare: BTreeSet<ValueId>,
    /// What the score or step that is being read is declared as.
    pub own_type: Option<Type>,
    /// Names that are not there and have been told, by what they were to be.
    told_unknown: BTreeSet<(String, String)>,
    /// Names, levels and categories that are not there, with all their places: told when everything is read.
    unknown_names: Vec<UnknownName>,
    /// Within a call of a function that has another name here: what those within it are called, and where.
    pub renamed: Option<Vec<(Span, String)>>,
    unknown_levels: Vec<UnknownLevel>,
    /// Durations that are no whole number of the panel's periods, which may all be one slip.
    pub odd_durations: Vec<NotWholePeriods>,
    /// The number without a unit behind `require:` of the window whose length is read.
    pub bare_require: Option<(Span, String)>,
    /// Units whose declaration is wrong.
    pub broken_units: BTreeSet<String>,
    /// What results carry along.
    pub shown: BTreeSet<ValueId>,
    pub used_values: BTreeSet<ValueId>,
    pub used_functions: BTreeSet<FunctionId>,
    pub used_units: BTreeSet<String>,
    pub used_scales: BTreeSet<ScaleId>,
    pub used_categories: BTreeSet<CategoryId>,
    pub used_sources: BTreeSet<String>,
}

impl<'a, 'p> Checker<'a, 'p> {
    pub fn new(
        framework: &'a Framework<'p>,
        sources: &'a SourceMap,
        reports: &'a mut Reports,
    ) -> Self {
        Self {
            framework,
            sources,
            reports,
            units: Units::default(),
            scales: Arena::default(),
            scale_names: BTreeMap::new(),
            categories: Arena::default(),
            category_names: BTreeMap::new(),
            types: BTreeMap::new(),
            values: BTreeMap::new(),
            functions: BTreeMap::new(),
            tests: Vec::new(),
            properties: Vec::new(),
            codes: BTreeMap::new(),
            numbered: Numbered::default(),
            info: FrameworkInfo::default(),
            panel: PanelInfo::default(),
            panel_broken: false,
            given: framework.given.filter(|given| given.has_values()),
            own_types: BTreeMap::new(),
            told_bare: BTreeSet::new(),
            file: FileId::default(),
            scope: None,
            item: None,
            told_of_items: BTreeMap::new(),
            stands_for: BTreeMap::new(),
            used_families: BTreeSet::new(),
            compared: None,
            instances: Vec::new(),
            with_factors: BTreeSet::new(),
            concrete: false,
            outside: false,
            complement: None,
            below: None,
            needed: BTreeMap::new(),
            testing: None,
            declaring: String::new(),
            recursive: None,
            recalled: Vec::new(),
            evidence: BTreeMap::new(),
            own_type: None,
            told_unknown: BTreeSet::new(),
            unknown_names: Vec::new(),
            renamed: None,
            unknown_levels: Vec::new(),
            odd_durations: Vec::new(),
            bare_require: None,
            broken_units: BTreeSet::new(),
            shown: BTreeSet::new(),
            used_values: BTreeSet::new(),
            used_functions: BTreeSet::new(),
            used_units: BTreeSet::new(),
            used_scales: BTreeSet::new(),
            used_categories: BTreeSet::new(),
            used_sources: BTreeSet::new(),
        }
    }

    /// A span of the file being read.
    pub fn at(&self, span: ast::Span) -> Span {
        at(self.file, span)
    }

    /// The words of a span, where they are short enough to be a name for it.
    pub fn words(&self, span: Span) -> String {
        let words = self
            .sources
            .slice(span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if words.chars().count() <= 40 {
            words
        } else {
            String::new()
        }
    }

    /// The amount of a literal that stands there: its number, of a percentage with its sign, of a rate with
    /// the number that it is for: `2`, `2%`, `2 / 1_000`.
    pub fn literal_amount(&self, span: Span) -> crate::diagnostics::units::Literal {
        if let Some((number, of)) =
            crate::diagnostics::units::bare_rate(self.sources.slice(span), "")
        {
            return Some((span, format!("{number} / {of}")));
        }
        let (place, number) = self.literal(span)?;
        let is_share = self.sources.slice(place).trim() == format!("{number}%");
        Some((
            place,
            if is_share {
                format!("{number}%")
            } else {
                number
            },
        ))
    }

    /// The number of a literal that stands there, without its unit.
    pub fn literal(&self, span: Span) -> crate::diagnostics::units::Literal {
        let words = self.sources.slice(span).trim();
        let number = words.split_whitespace().next()?.trim_end_matches('%');
        let unit = words.strip_prefix(number)?.trim_start_matches('%').trim();
        let is_number = number
            .trim_start_matches('-')
            .starts_with(|sign: char| sign.is_ascii_digit())
            && number
                .trim_start_matches('-')
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, '_' | '.'));
        let is_unit = unit
            .chars()
            .all(|sign| sign.is_alphanumeric() || sign == '_');
        if is_number && is_unit {
            return Some((span, number.to_owned()));
        }
        self.bare_beginning(span)
    }

    /// The number without a unit that a value's own past begins with, where nothing beside it gives it one:
    /// `0.9 * lag(x, 1 day, first: 20)`.
    fn bare_beginning(&self, span: Span) -> crate::diagnostics::units::Literal {
        let words = self.sources.slice(span);
        let (before, call) = words.split_once("lag(")?;
        let is_plain = before
            .chars()
            .all(|sign| sign.is_ascii_digit() || " ._*(".contains(sign));
        let (ahead, from) = call.split_once("first:")?;
        let number = from.trim_start();
        let length = number.find([',', ')'])?;
        let behind = number.get(length..)?;
        let number = number.get(..length)?.trim_end();
        let is_number = number
            .bytes()
            .all(|sign| sign.is_ascii_digit() || matches!(sign, b'_' | b'.'));
        let ends = behind.bytes().filter(|sign| *sign == b')').count();
        if !is_plain || !is_number || number.is_empty() || ends != 1 {
            return None;
        }
        let offset = before.len() + "lag(".len() + ahead.len() + "first:".len();
        let offset = offset + (from.len() - from.trim_start().len());
        let start = span.start + u32::try_from(offset).ok()?;
        let end = start + u32::try_from(number.len()).ok()?;
        Some((Span { start, end, ..span }, number.to_owned()))
    }

    /// A place with the word before it that says what it is, where it stands there.
    pub fn with_its_word(&self, span: Span, word: &str) -> Span {
        let whole = Span { start: 0, ..span };
        let before = self.sources.slice(whole);
        let before = before.get(..span.start as usize).unwrap_or_default();
        let start = before.trim_end().strip_suffix(word).map(str::len);
        match start.and_then(|start| u32::try_from(start).ok()) {
            Some(start) => Span { start, ..span },
            None => span,
        }
    }

    /// `1` and `0` as the answers that they stand for elsewhere, where an answer is wanted.
    pub fn answer_meant(&self, span: Span, wanted: &Type) -> Option<String> {
        let answer = match self.sources.slice(span).trim() {
            "1" => "yes",
            "0" => "no",
            _ => return None,
        };
        (*wanted == Type::Truth).then(|| answer.to_owned())
    }

    /// A type in people's words.
    pub fn show(&self, ty: &Type) -> String {
        let scale = |id| {
            self.scale(id)
                .map_or(String::new(), |scale| scale.name.clone())
        };
        let category = |id| {
            self.category(id)
                .map_or(String::new(), |category| category.name.clone())
        };
        ty.show(&self.units, scale, category)
    }

    /// A type in people's words, with what it is.
    pub fn shown_as(&self, ty: &Type) -> Shown {
        Shown {
            words: self.show(ty),
            ty: ty.clone(),
        }
    }

    pub fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.0 as usize)
    }

    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.get(id.0 as usize)
    }

    /// Tells a name that is not there, once: a declaration that is lacking is one slip, however
    /// often it is used.
    pub fn unknown(&mut self, cause: UnknownName) {
        // The same word is asked for as a unit, and as a unit or a scale.
        let what = match cause.what.as_str() {
            "unit or scale" => "unit",
            other => other,
        };
        // Cells of a spreadsheet are one slip, however many there are.
        if is_cell(&cause.name)
            && cause.suggestion.is_none()
            && let Some(told) = self
                .unknown_names
                .iter_mut()
                .find(|told| is_cell(&told.name) && told.suggestion.is_none())
        {
            told.others.push(cause.span);
            return;
        }
        if self.first_time(what, &cause.name) {
            self.unknown_names.push(cause);
            return;
        }
        let is_same = |told: &&mut UnknownName| {
            told.name == cause.name
                && (told.what == cause.what
                    || (told.what.starts_with("unit") && cause.what.starts_with("unit")))
        };
        if let Some(told) = self.unknown_names.iter_mut().find(is_same)
            && told.span != cause.span
            && !told.others.contains(&cause.span)
        {
            told.others.push(cause.span);
        }
    }

    /// A level or category that its scale does not have, once, with all its places.
    pub fn unknown_level(&mut self, cause: UnknownLevel) {
        let same = self
            .unknown_levels
            .iter_mut()
            .find(|told| told.name == cause.name && told.declared == cause.declared);
        match same {
            None => self.unknown_levels.push(cause),
            Some(told) => {
                let known = told.span == cause.span
                    || told.others.iter().any(|(span, _)| *span == cause.span);
                if let Some(meant) = cause.suggestion.filter(|_| !known) {
                    told.others.push((cause.span, meant));
                }
            }
        }
    }

    /// A unit that is declared under a name which nothing uses, while what is not declared stands at several places:
    /// its name and where that is declared.
    fn odd_unit(&self, cause: &UnknownName) -> Option<(String, Span)> {
        let (meant, _) = cause.suggestion.as_ref()?;
        if !cause.what.starts_with("unit") || cause.others.is_empty() {
            return None;
        }
        let mut units = self.framework.units.iter();
        let unit = units.find(|unit| unit.name.text == *meant)?;
        let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
        let files: BTreeSet<_> = std::iter::once(cause.span.file)
            .chain(cause.others.iter().map(|span| span.file))
            .chain([unit.file])
            .collect();
        let texts = files.into_iter().filter_map(|file| self.sources.get(file));
        let words = texts.flat_map(|file| file.text.split(|sign: char| !is_part(sign)));
        let uses = words.filter(|word| word == meant).count();
        (uses == 1).then(|| {
            let place = at(unit.file, unit.name.span);
            (meant.clone(), place)
        })
    }

    /// What is declared of the kind that a name should be: all where these are few, else those with a word in common.
    fn what_is_there(&self, cause: &UnknownName) -> Option<String> {
        let framework = self.framework;
        let units = framework.units.iter().map(|unit| unit.name.text.as_str());
        let scales = self.scale_names.keys().map(String::as_str);
        let known: Vec<&str> = match cause.what.as_str() {
            "unit" => units.collect(),
            "scale" => scales.collect(),
            "unit or scale" => {
                let categories = self.category_names.keys().map(String::as_str);
                units.chain(scales).chain(categories).collect()
            }
            "source" => {
                let sources = framework.sources.iter();
                sources.map(|source| source.name.text.as_str()).collect()
            }
            "indicator, param or step" => {
                let values = framework.values.iter();
                let values = values.filter(|value| value.item.is_none());
                let own = values.map(|value| value.name.text.as_str());
                own.filter(|name| *name != self.declaring).collect()
            }
            _ => Vec::new(),
        };
        let few = known.len() <= FEW;
        let shown: Vec<&str> = known
            .into_iter()
            .filter(|name| few || akin(name, &cause.name))
            .take(FEW)
            .collect();
        let names = list(
            &shown
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>(),
            "and",
        );
        let otherwise = declare_it(&cause.what, &cause.name);
        match shown.len() {
            0 => None,
            1 => Some(format!(
                "there is {names}, if that is meant; else {otherwise}"
            )),
            _ => Some(format!(
                "there are {names}, if one of them is meant; else {otherwise}"
            )),
        }
    }

    /// Tells the names that are not there, now that all their places are known.
    pub fn tell_unknown(&mut self) {
        for mut cause in std::mem::take(&mut self.unknown_names) {
            if let Some((name, place)) = self.odd_unit(&cause) {
                let text = format!(
                    "the declaration is the odd one: write `{}` there",
                    cause.name
                );
                cause.suggestion = None;
                cause.advice = Some((text, vec![(place, cause.name.clone())]));
                cause.declared_as = Some((name, place));
            }
            if cause.suggestion.is_none() && cause.advice.is_none() && !is_cell(&cause.name) {
                let text = self.what_is_there(&cause);
                cause.advice = text.map(|text| (text, Vec::new()));
            }
            self.reports.add(cause);
        }
        self.tell_durations();
        let mut levels: Vec<UnknownLevel> = Vec::new();
        for cause in std::mem::take(&mut self.unknown_levels) {
            // A scale whose levels have capitals elsewhere only is one slip.
            let in_capitals = |one: &UnknownLevel| {
                let meant = one.suggestion.as_ref();
                meant.is_some_and(|meant| meant.eq_ignore_ascii_case(&one.name))
            };
            let same = levels.iter_mut().find(|told| {
                told.declared == cause.declared && in_capitals(told) && in_capitals(&cause)
            });
            match (same, cause.suggestion.clone()) {
                (Some(told), Some(meant)) => {
                    told.others.push((cause.span, meant));
                    told.others.extend(cause.others);
                }
                _ => levels.push(cause),
            }
        }
        for cause in levels {
            self.reports.add(cause);
        }
    }

    /// Tells durations that are no whole periods: several in one finer unit are one slip of the panel's.
    fn tell_durations(&mut self) {
        let mut causes = std::mem::take(&mut self.odd_durations);
        causes.sort_by_key(|cause| cause.span);
        causes.dedup_by_key(|cause| cause.span);
        let unit = |cause: &NotWholePeriods| -> Option<String> {
            let (_, unit) = cause.words.rsplit_once(' ')?;
            Some(unit.trim_end_matches('s').to_owned())
        };
        // The panel was told to be odd before.
        causes.retain(|cause| {
            let said = unit(cause).map(|unit| ("durations".to_owned(), unit));
            said.is_none_or(|said| !self.told_unknown.contains(&said))
        });
        let first = causes.first().and_then(unit);
        let alike = first.is_some() && causes.iter().all(|cause| unit(cause) == first);
        if causes.len() < SEVERAL || !alike {
            for cause in causes {
                self.reports.add(cause);
            }
            return;
        }
        let panel = self.framework.panel.as_ref();
        let place = panel.and_then(|panel| Some(at(panel.0, panel.1.period.as_ref()?.kind.span)));
        let mut causes = causes.into_iter();
        if let Some(unit) = &first {
            self.first_time("durations", unit);
        }
        if let Some(mut cause) = causes.next() {
            cause.others = causes.map(|cause| cause.span).collect();
            cause.panel = place.zip(first);
            self.reports.add(cause);
        }
    }

    /// Has a name of this kind not been told yet?
    pub fn first_time(&mut self, what: &str, name: &str) -> bool {
        self.told_unknown.insert((what.to_owned(), name.to_owned()))
    }

    /// Tells something that looks along time where there is none; where the panel itself could not be
    /// read, that has been told.
    pub fn no_periods(&mut self, function: &str, span: Span) {
        // A panel without periods is one slip, however much looks along time.
        let tells = self.framework.panel.is_some() && !self.panel_broken;
        if tells && self.first_time("periods", "") {
            self.reports.add(NotInCrossSection {
                function: function.to_owned(),
                span,
                entity: self.panel.entity().to_owned(),
            });
        }
    }

    /// Stands for what was wrong and has been told.
    pub fn poison(&self, span: Span) -> Typed {
        Typed {
            kind: TypedKind::Error,
            ty: Type::Error,
            span,
        }
    }

    pub fn finish(mut self, order: Vec<Next>) -> CheckedFramework {
        self.tell_unknown();
        let order = order
            .into_iter()
            .filter_map(|next| match next {
                Next::Value(id) => Some(id),
                Next::Function(_) => None,
            })
            .collect();
        let framework = self.framework;
        let values = framework.values.map(|(id, declared)| {
            self.values.remove(&id).unwrap_or_else(|| CheckedValue {
                name: declared.name.text.clone(),
                label: String::new(),
                span: declared.span(),
                ty: Type::Error,
                cites: Vec::new(),
                grounds: Grounds::default(),
                code: None,
                provenance: None,
                seen: None,
                family: None,
                body: crate::checked::Body::Broken,
            })
        });
        let mut functions = framework.functions.map(|(id, declared)| {
            let checked = self.functions.remove(&id);
            checked.unwrap_or_else(|| CheckedFunction {
                name: declared.name.text.clone(),
                parameters: Vec::new(),
                result: Type::Error,
                body: self.poison(declared.span()),
                standard: true,
                of: None,
            })
        });
        // Those for certain units stand behind the declared ones, in the order of their ids.
        for function in std::mem::take(&mut self.functions).into_values() {
            functions.push(function);
        }
        let keys = self.keys();
        // One that could not be read may be a factor as well.
        let is_factor = |source: &ValueSource<'_>| {
            matches!(source, ValueSource::Factor(_) | ValueSource::Broken)
        };
        let declared = framework.values.iter().enumerate();
        let factors = declared.filter(|(_, value)| is_factor(&value.what));
        let factors = factors.map(|(at, _)| ValueId(crate::arena::next(at)));
        let reads = Reads::of(&values, &functions, factors.collect());
        let groups = framework.groups.families.iter().map(|(name, family)| {
            let items = family.values.iter().map(|item| (*item).to_owned());
            ((*name).to_owned(), items.collect())
        });
        CheckedFramework {
            info: self.info,
            panel: self.panel,
            keys,
            units: self.units,
            scales: self.scales,
            categories: self.categories,
            values,
            functions,
            order,
            tests: self.tests,
            standings: Arena::default(),
            held: Held::default(),
            properties: self.properties,
            reads,
            hindsight: BTreeSet::new(),
            shown: self.shown,
            groups: groups.collect(),
            stands_for: self.stands_for,
        }
    }
}

/// From how many durations on they are one slip of the panel's.
const SEVERAL: usize = 3;

/// As many names are shown where one is not there.
const FEW: usize = 6;

/// Have two names a word in common, or does one go on from the other?
fn akin(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split('_').filter(|word| word.len() >= 4);
        words.map(str::to_lowercase).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| {
        others
            .iter()
            .any(|other| word.starts_with(other.as_str()) || other.starts_with(word.as_str()))
    })
}
