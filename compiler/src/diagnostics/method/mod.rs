//! Lints of method: told by `forewarn lint` .

mod of_rules;
mod units;

pub use units::UnitUnwritten;

pub use of_rules::{
    AgainstPolarity, Apart, LeftOut, MembersApart, NoDirection, SameAnswer, ShareInHundredths,
    SourceTwice, ThresholdUncited, WeightAgainst, WeightsNotTotal, WeightsOff,
};
