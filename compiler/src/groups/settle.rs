//! Which names stand for several values, from the declarations that hold.
//!
//! Groups say it themselves; a step, score or signal is several where its expression goes item by item,
//! which what it names decides. What goes in a circle is none here and is told as a circle later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use forewarn_grammar::ast::{
    Binding, BindingKind, Expr, Factor, Group, ItemKind, Name, Text, TypeKind,
};

use super::axis;
use super::{Family, FamilyKind, Groups, Pool, Shape, ShapeItem};
use crate::overlay::{EffectiveItem, Overlaid};
use crate::places::at;
use crate::source::{FileId, Span};

const RED_ZONE: usize = 64 * 1024;
const STACK: usize = 1024 * 1024;

/// What a name declares, as far as it can be several.
#[derive(Clone, Copy)]
enum Source<'p> {
    Group(&'p Group),
    Binding(&'p Binding),
    Factor(&'p Factor),
    /// A member that is written in a factor, with the file it stands in.
    Member(FileId, &'p Binding),
}

struct Settler<'a, 'p> {
    pool: &'p Pool,
    overlaid: &'a Overlaid<'p>,
    sources: BTreeMap<&'p str, (&'a EffectiveItem<'p>, Source<'p>)>,
    factors: Vec<&'p str>,
    signals: Vec<&'p str>,
    groups: Groups<'p>,
    /// What is being asked, and what has been.
    busy: BTreeSet<String>,
    done: BTreeSet<String>,
}

pub(crate) fn settle<'p>(pool: &'p Pool, overlaid: &Overlaid<'p>) -> Groups<'p> {
    let mut settler = Settler {
        pool,
        overlaid,
        sources: BTreeMap::new(),
        factors: Vec::new(),
        signals: Vec::new(),
        groups: Groups::default(),
        busy: BTreeSet::new(),
        done: BTreeSet::new(),
    };
    let mut functions = axis::Functions::new();
    for standing in &overlaid.standing {
        if let ItemKind::Function(function) = standing.kind {
            let parameters = function.params.iter().map(|param| {
                let is_list = matches!(param.ty.kind, TypeKind::List(_));
                (param.name.text.as_str(), is_list)
            });
            let parameters = parameters.collect();
            functions.entry(&function.name.text).or_insert(parameters);
        }
        settler.take(standing);
    }
    settler.groups.functions = Arc::new(functions);
    let names: Vec<&str> = settler.sources.keys().copied().collect();
    for name in names {
        settler.shape(name);
    }
    settler.shape("factors");
    settler.shape("signals");
    for factor in settler.factors.clone() {
        settler.shape(&format!("{factor}.members"));
    }
    settler.groups
}

impl<'p> Settler<'_, 'p> {
    fn label(&mut self, name: &'p Name, label: Option<&'p Text>, standing: &EffectiveItem<'p>) {
        let amended = standing.amendments.label.map(|(_, text)| text);
        if let Some(text) = amended.or(label) {
            self.groups.labels.insert(&name.text, text);
        }
    }

    /// The standing declaration of a name.
    fn source(&self, name: &str) -> Option<(FileId, Source<'p>)> {
        let (standing, source) = self.sources.get(name)?;
        Some((standing.module.id, *source))
    }

    /// What a name stands for, and whether it goes by a group.
    fn shape(&mut self, key: &str) -> Option<(Arc<Shape<'p>>, bool)> {
        if !self.done.contains(key) && self.busy.insert(key.to_owned()) {
            stacker::maybe_grow(RED_ZONE, STACK, || self.find(key));
            self.busy.remove(key);
            self.done.insert(key.to_owned());
        }
        match self.groups.families.get(key) {
            Some(family) => Some((family.shape.clone(), true)),
            None => Some((self.groups.lists.get(key)?.clone(), false)),
        }
    }

    fn find(&mut self, key: &str) {
        let own = match key {
            "factors" => Some(self.factors.clone()),
            "signals" => Some(self.signals.clone()),
            _ => None,
        };
        if let Some(names) = own {
            let shape = self.spread(names);
            self.groups.lists.insert(key.to_owned(), shape);
        } else if let Some((factor, "members")) = key.split_once('.') {
            if let Some((file, Source::Factor(factor))) = self.source(factor) {
                let amendments = self.sources.get(factor.name.text.as_str());
                let amendments = amendments.map(|(one, _)| one.amendments.clone());
                let members = amendments.unwrap_or_default().members(file, factor);
                let names = members.iter().map(|one| one.member.name.text.as_str());
                let shape = self.spread(names.collect());
                self.groups.lists.insert(key.to_owned(), shape);
            }
        } else {
            match self.source(key) {
                Some((file, Source::Group(group))) => self.group(file, group),
                Some((file, Source::Binding(binding))) => self.binding(file, binding),
                Some((_, Source::Member(file, binding))) => self.member(file, binding),
                Some((_, Source::Factor(_))) | None => {}
            }
        }
    }

    /// Names, each with all that it stands for.
    fn spread(&mut self, names: Vec<&'p str>) -> Arc<Shape<'p>> {
        let mut shape = Shape::default();
        for name in names {
            let family = self.shape(name).filter(|(_, grouped)| *grouped);
            let own = family.and_then(|_| self.groups.families.get(name));
            let values = own.map_or(vec![name], |family| family.values.clone());
            shape
                .items
                .extend(values.into_iter().map(|value| ShapeItem {
                    name: value.to_owned(),
                    weights: Vec::new(),
                }));
        }
        Arc::new(shape)
    }

    fn binding(&mut self, file: FileId, binding: &'p Binding) {
        let functions = Arc::clone(&self.groups.functions);
        let axis = axis::axis(&binding.value, &functions, &mut |key| self.shape(key));
        let name = binding.name.text.as_str();
        let Some(shape) = axis.items().cloned() else {
            if let (Some(shape), BindingKind::Let) = (axis.shape, binding.kind) {
                self.groups.lists.insert(name.to_owned(), shape);
                self.groups.listed.insert(name, (file, &binding.value));
            }
            return;
        };
        self.by_item(file, binding, shape, ".");
    }

    /// A member written in a factor that goes by a group: a member for each of the items. Its words are no name, so
    /// that the item is told behind them.
    fn member(&mut self, file: FileId, binding: &'p Binding) {
        let functions = Arc::clone(&self.groups.functions);
        let axis = axis::axis(&binding.value, &functions, &mut |key| self.shape(key));
        if let Some(shape) = axis.items().cloned() {
            self.by_item(file, binding, shape, ": ");
        }
    }

    fn by_item(&mut self, file: FileId, binding: &'p Binding, shape: Arc<Shape<'p>>, and: &str) {
        let name = binding.name.text.as_str();
        let (pool, span) = (self.pool, binding.name.span);
        let values = shape.items.iter().map(|item| {
            let name = format!("{name}{and}{}", item.name);
            pool.name(name, span).text.as_str()
        });
        let family = Family {
            kind: FamilyKind::Binding(binding.kind),
            file,
            name: &binding.name,
            values: values.collect(),
            shape,
            places: Vec::new(),
            within: Vec::new(),
        };
        self.groups.families.insert(name, family);
    }

    fn group(&mut self, file: FileId, group: &'p Group) {
        let name = group.name.text.as_str();
        let amendments = self
            .sources
            .get(name)
            .map(|(one, _)| one.amendments.clone());
        let items = amendments.unwrap_or_default().items(file, group);
        let mut within = Vec::new();
        let mut made = Gathered {
            name,
            shape: Shape::default(),
            values: Vec::new(),
            places: Vec::new(),
            twice: Vec::new(),
        };
        for one in items {
            // The weight is none of the name's.
            let name = one.item.path.first().zip(one.item.path.last());
            let name = name.map_or(one.item.span, |(first, last)| first.span.to(last.span));
            let span = at(one.file, name);
            let path: Vec<&str> = one
                .item
                .path
                .iter()
                .map(|name| name.text.as_str())
                .collect();
            let found = match path.as_slice() {
                [only] => self.family(only).map(|family| (*only, family, None)),
                [first, field] => {
                    let family = self.family(first);
                    family.map(|family| (*field, family, Some(*field)))
                }
                _ => None,
            };
            let own = || one.weight.into_iter().collect::<Vec<_>>();
            let whole = || {
                let text = path.join(".");
                let span = one
                    .item
                    .path
                    .first()
                    .map_or(one.item.span, |name| name.span);
                self.pool.name(text, span).text.as_str()
            };
            let Some((part, family, field)) = found else {
                let is_dropped =
                    matches!(path.as_slice(), [only] if self.overlaid.dropped.contains_key(only));
                if !is_dropped {
                    let last = path.last().copied().unwrap_or_default();
                    made.put(last, whole(), own(), span);
                }
                continue;
            };
            within.push(family.name.text.as_str());
            let places: Vec<usize> = match field {
                None => (0..family.shape.items.len()).collect(),
                Some(field) => match family.shape.position(field) {
                    Some(at) => {
                        let value = family.values.get(at).copied();
                        made.put(field, value.unwrap_or_else(whole), own(), span);
                        continue;
                    }
                    None => match family.shape.parts.get(field) {
                        Some(places) => places.clone(),
                        None => {
                            made.put(field, whole(), own(), span);
                            continue;
                        }
                    },
                },
            };
            let before = made.values.len();
            for at in places {
                if let (Some(item), Some(value)) =
                    (family.shape.items.get(at), family.values.get(at))
                {
                    let weights = own().into_iter().chain(item.weights.iter().copied());
                    made.put(&item.name, value, weights.collect(), span);
                }
            }
            let own = (before..made.values.len()).collect();
            made.shape.parts.insert(part.to_owned(), own);
        }
        self.groups.twice.append(&mut made.twice);
        let family = Family {
            kind: FamilyKind::Group,
            file,
            name: &group.name,
            shape: Arc::new(made.shape),
            values: made.values,
            places: made.places,
            within,
        };
        self.groups.families.insert(name, family);
    }

    fn family(&mut self, name: &str) -> Option<Family<'p>> {
        self.shape(name)?;
        self.groups.families.get(name).cloned()
    }
}

impl<'a, 'p> Settler<'a, 'p> {
    fn take(&mut self, standing: &'a EffectiveItem<'p>) {
        let source = match standing.kind {
            ItemKind::Group(group) => {
                self.label(&group.name, group.label.as_ref(), standing);
                (&group.name, Source::Group(group))
            }
            ItemKind::Binding(binding) => {
                self.label(&binding.name, binding.label.as_ref(), standing);
                if binding.kind == BindingKind::Signal {
                    self.signals.push(&binding.name.text);
                }
                (&binding.name, Source::Binding(binding))
            }
            ItemKind::Factor(factor) => {
                self.label(&factor.name, factor.label.as_ref(), standing);
                self.factors.push(&factor.name.text);
                for one in standing.amendments.members(standing.module.id, factor) {
                    if let Some(own) = one.member.own.as_deref() {
                        let source = (standing, Source::Member(one.file, own));
                        self.sources.entry(&own.name.text).or_insert(source);
                    }
                }
                (&factor.name, Source::Factor(factor))
            }
            ItemKind::Indicator { name, label, .. } => {
                return self.label(name, label.as_ref(), standing);
            }
            ItemKind::Framework(_)
            | ItemKind::Module { .. }
            | ItemKind::Use { .. }
            | ItemKind::Panel(_)
            | ItemKind::Source { .. }
            | ItemKind::Unit { .. }
            | ItemKind::Param(_)
            | ItemKind::Scale { .. }
            | ItemKind::Level(_)
            | ItemKind::Alert(_)
            | ItemKind::Table(_)
            | ItemKind::Function(_)
            | ItemKind::Test(_)
            | ItemKind::Property(_)
            | ItemKind::Declassify(_)
            | ItemKind::Show { .. }
            | ItemKind::Change(_)
            | ItemKind::Error { .. } => return,
        };
        let (name, source) = source;
        self.sources.entry(&name.text).or_insert((standing, source));
    }
}

/// A group as it is gathered.
struct Gathered<'p> {
    name: &'p str,
    shape: Shape<'p>,
    values: Vec<&'p str>,
    places: Vec<Span>,
    twice: Vec<(&'p str, String, Span, Span)>,
}

impl<'p> Gathered<'p> {
    fn put(&mut self, item: &str, value: &'p str, weights: Vec<(FileId, &'p Expr)>, span: Span) {
        if let Some(at) = self.shape.position(item) {
            let first = self.places.get(at).copied().unwrap_or(span);
            self.twice.push((self.name, item.to_owned(), first, span));
            return;
        }
        self.shape.items.push(ShapeItem {
            name: item.to_owned(),
            weights,
        });
        self.values.push(value);
        self.places.push(span);
    }
}
