//! Looks along time, an entity after the other.
//!
//! In: an entity's column and its first period. Out: the operation's column, the same bits as
//! `forewarn_plan::along` says cell by cell, in time linear in rows whatever the window's
//! length (the median: times the logarithm of the entity's length). What a loop needs to remember is
//! as large as an entity at most, and is used again for the next one.

mod blocks;
mod counts;
mod entity_loop;
mod median;
mod paired;
mod parts;

use forewarn_plan::Along;
use forewarn_plan::along::{KnownPart, LastPart, LinePart, SpreadPart, Window};

pub(super) use entity_loop::EntityLoop;
pub(super) use paired::{PairLoop, pair_loop};

use blocks::Blocks;
use counts::{Decided, Lag, Since};
use median::Median;
use parts::{Extreme, Total};

/// The loop of an operation. Where there is no result although enough is known, it puts `none`.
pub(super) fn entity_loop(along: Along, none: f64) -> Box<dyn EntityLoop> {
    match along {
        Along::Lag(ago) => boxed(Lag(ago as usize)),
        Along::Every { over, require } => boxed(Decided::<false>::new(over, require)),
        Along::Any { over, require } => boxed(Decided::<true>::new(over, require)),
        Along::Since => boxed(Since),
        Along::Window {
            what,
            over,
            require,
        } => match what {
            Window::Sum => boxed(Blocks::<Total<false>>::new(over, require, 0, none)),
            Window::Mean => boxed(Blocks::<Total<true>>::new(over, require, 0, none)),
            Window::Min => boxed(Blocks::<Extreme<false>>::new(over, require, 0, none)),
            Window::Max => boxed(Blocks::<Extreme<true>>::new(over, require, 0, none)),
            Window::Last => boxed(Blocks::<LastPart>::new(over, require, 0, none)),
            Window::Known => boxed(Blocks::<KnownPart>::new(over, require, 0, none)),
            Window::StdDev => boxed(Blocks::<SpreadPart>::new(over, require, 2, none)),
            Window::Trend => boxed(Blocks::<LinePart>::new(over, require, 2, none)),
            Window::Median => boxed(Median::new(over, require, none)),
        },
    }
}

/// A loop for this processor: with vectors of four doubles, where it has them. The same operations in
/// the same order, so the same bits.
fn boxed<L: EntityLoop + 'static>(entity_loop: L) -> Box<dyn EntityLoop> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Box::new(Wide(entity_loop));
    }
    Box::new(entity_loop)
}

#[cfg(target_arch = "x86_64")]
struct Wide<L>(L);

#[cfg(target_arch = "x86_64")]
impl<L: EntityLoop> EntityLoop for Wide<L> {
    fn entity(&mut self, first: i64, cells: &[f64], results: &mut [f64]) {
        #[target_feature(enable = "avx2")]
        fn wide<L: EntityLoop>(inner: &mut L, first: i64, cells: &[f64], results: &mut [f64]) {
            inner.entity(first, cells, results);
        }
        // SAFETY: made only where the processor has these instructions.
        #[allow(unsafe_code)]
        unsafe {
            wide(&mut self.0, first, cells, results);
        }
    }
}
