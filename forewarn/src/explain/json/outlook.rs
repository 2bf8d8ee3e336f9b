//! What would settle and change a result, and what changed.

use forewarn_runtime::explain as told;
use serde::Serialize;

use super::value::Shown;

/// What would settle a result that is open.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Settle<'t> {
    /// Those that could exclude something, the most telling first.
    inputs: Vec<Settling<'t>>,
    /// All missing inputs that it rests on.
    missing: &'t [String],
    /// Those of them that are not tried, since other rows rest on them: they are compared with peers, or looked at in
    /// whole spells.
    not_tried: Vec<&'t str>,
    /// Of these, those that are looked at in whole spells, later periods included.
    in_spells: &'t [String],
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Settling<'t> {
    input: &'t str,
    /// Whether it would be verified, where that makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    /// How many possible values the most telling outcome excludes, and all of them together.
    excludes: usize,
    excludes_in_all: usize,
    outcomes: Vec<Outcome<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome<'t> {
    /// A value of the input.
    at: Shown<'t>,
    result: Shown<'t>,
}

impl<'t> Settle<'t> {
    pub fn of(settle: &'t told::Settle) -> Self {
        let outcome = |(at, result): &'t (told::Shown, told::Shown)| Outcome {
            at: Shown::of(at),
            result: Shown::of(result),
        };
        let inputs = settle.inputs.iter().map(|one| Settling {
            input: &one.input,
            verified: one.verified,
            excludes: one.excludes,
            excludes_in_all: one.excludes_in_all,
            outcomes: one.outcomes.iter().map(outcome).collect(),
        });
        Self {
            inputs: inputs.collect(),
            missing: &settle.missing,
            not_tried: names(&settle.untried),
            in_spells: &settle.untried.spells,
        }
    }
}

/// The smallest changes that change a result.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counterfactual<'t> {
    one: Vec<Flip<'t>>,
    two: Vec<Flip<'t>>,
    /// Inputs that are not varied, since other rows rest on them: they are compared with peers, or looked at in whole
    /// spells.
    not_tried: Vec<&'t str>,
    /// Of these, those that are looked at in whole spells, later periods included.
    in_spells: &'t [String],
}

fn names(untried: &told::Untried) -> Vec<&str> {
    untried.all().map(String::as_str).collect()
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Flip<'t> {
    moves: Vec<Move<'t>>,
    becomes: Shown<'t>,
    /// The sum of the changes as shares of each input's range.
    size: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Move<'t> {
    input: &'t str,
    from: Shown<'t>,
    to: Shown<'t>,
    /// The last value at which the result does not change, where that is the rounder one.
    beyond: Option<Shown<'t>>,
}

impl<'t> Counterfactual<'t> {
    pub fn of(change: &'t told::Counterfactual) -> Self {
        Self {
            one: change.one.iter().map(Flip::of).collect(),
            two: change.two.iter().map(Flip::of).collect(),
            not_tried: names(&change.untried),
            in_spells: &change.untried.spells,
        }
    }
}

impl<'t> Move<'t> {
    fn all(moves: &'t [told::Move]) -> Vec<Self> {
        let moves = moves.iter().map(|one| Self {
            input: &one.input,
            from: Shown::of(&one.from),
            to: Shown::of(&one.to),
            beyond: one.beyond.as_ref().map(Shown::of),
        });
        moves.collect()
    }
}

impl<'t> Flip<'t> {
    fn of(flip: &'t told::Flip) -> Self {
        Self {
            moves: Move::all(&flip.moves),
            becomes: Shown::of(&flip.becomes),
            size: flip.size,
        }
    }
}

/// What would bring a level one step down.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Options<'t> {
    /// The place below; none at the lowest.
    goal: Option<&'t str>,
    sets: Vec<Remedy<'t>>,
    /// How many changeable indicators were tried.
    tried: usize,
    missing: &'t [String],
    /// With peers, or in whole spells.
    compared: Vec<&'t str>,
    /// All sets of up to three were tried.
    proved: bool,
}

/// Changes that are all needed.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Remedy<'t> {
    moves: Vec<Move<'t>>,
    becomes: Shown<'t>,
    cost: f64,
    size: f64,
}

impl<'t> Options<'t> {
    pub fn of(options: &'t told::Options) -> Self {
        let sets = options.sets.iter().map(|one| Remedy {
            moves: Move::all(&one.moves),
            becomes: Shown::of(&one.becomes),
            cost: one.cost,
            size: one.size,
        });
        Self {
            goal: options.goal.as_deref(),
            sets: sets.collect(),
            tried: options.tried,
            missing: &options.missing,
            compared: names(&options.untried),
            proved: options.proved,
        }
    }
}

/// What changed since an earlier period.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Since<'t> {
    period: String,
    before: Shown<'t>,
    now: Shown<'t>,
    steps: Vec<Step<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step<'t> {
    what: Moved<'t>,
    /// What had changed before and did nothing by itself, but without which this step would not have done what
    /// it did.
    with: Vec<Moved<'t>>,
    /// Of these one had to have changed, whichever.
    with_one_of: Vec<Moved<'t>>,
    before: Shown<'t>,
    after: Shown<'t>,
}

/// What took its new value.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Moved<'t> {
    Input {
        input: &'t str,
        from: Shown<'t>,
        to: Shown<'t>,
    },
    /// What an input was in earlier periods did it alone.
    Earlier { input: &'t str, earlier: bool },
    /// What a value of its own past was, as the rules read it there.
    Past {
        past: &'t str,
        from: Shown<'t>,
        to: Shown<'t>,
    },
    /// Constants of the method that change with the period.
    Params { params: Vec<ParamMoved<'t>> },
    /// `peers`, `spells`, `history`, `time`
    Word(&'static str),
}

/// A constant with its values in the period before and in this one; the same where it changed in earlier ones that are
/// looked back on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ParamMoved<'t> {
    param: &'t str,
    from: Shown<'t>,
    to: Shown<'t>,
}

impl<'t> Since<'t> {
    pub fn of(since: &'t told::Since) -> Self {
        let steps = since.steps.iter().map(|step| Step {
            what: Moved::of(&step.what),
            with: step.with.iter().map(Moved::of).collect(),
            with_one_of: step.with_one_of.iter().map(Moved::of).collect(),
            before: Shown::of(&step.before),
            after: Shown::of(&step.after),
        });
        Self {
            period: since.period.usual().to_string(),
            before: Shown::of(&since.before),
            now: Shown::of(&since.now),
            steps: steps.collect(),
        }
    }
}

impl<'t> Moved<'t> {
    fn of(what: &'t told::Moved) -> Self {
        match what {
            told::Moved::Input { name, from, to, .. } => Self::Input {
                input: name,
                from: Shown::of(from),
                to: Shown::of(to),
            },
            told::Moved::Earlier { name, .. } => Self::Earlier {
                input: name,
                earlier: true,
            },
            told::Moved::Past { name, from, to, .. } => Self::Past {
                past: name,
                from: Shown::of(from),
                to: Shown::of(to),
            },
            told::Moved::Params(params) => Self::Params {
                params: params
                    .iter()
                    .map(|param| ParamMoved {
                        param: &param.name,
                        from: Shown::of(&param.from),
                        to: Shown::of(&param.to),
                    })
                    .collect(),
            },
            told::Moved::Peers { .. } => Self::Word("peers"),
            told::Moved::Spells => Self::Word("spells"),
            told::Moved::History => Self::Word("history"),
            told::Moved::Time => Self::Word("time"),
        }
    }
}
