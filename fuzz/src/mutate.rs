//! Makes one input out of others: each a function of the seed and its number alone.

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Self {
        let mut random = Self(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.draw();
        random
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `end`; 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            0
        } else {
            (self.draw() % end as u64) as usize
        }
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }
}

/// No input grows past this.
const LONGEST: usize = 200_000;

/// A damaged copy of `whole`, with pieces of `other` and of `words`.
#[must_use]
pub fn mutate(random: &mut Random, whole: &[u8], other: &[u8], words: &[&str]) -> Vec<u8> {
    let mut made = whole.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(made.len() + 1);
        let length = random.below(1 + random.clone().below(40));
        let end = (at + length).min(made.len());
        match random.below(9) {
            0 => drop(made.splice(at..end, [])),
            1 => {
                let piece = made.get(at..end).unwrap_or_default().to_vec();
                let to = random.below(made.len() + 1);
                drop(made.splice(to..to, piece));
            }
            2 => {
                let from = random.below(other.len() + 1);
                let until = (from + random.below(80)).min(other.len());
                let piece = other.get(from..until).unwrap_or_default().to_vec();
                drop(made.splice(at..end, piece));
            }
            3 | 4 => {
                let word = random.of(words).copied().unwrap_or_default();
                let word = if random.below(2) == 0 {
                    format!(" {word} ")
                } else {
                    word.to_owned()
                };
                drop(made.splice(at..end, word.into_bytes()));
            }
            5 => {
                if let Some(byte) = made.get_mut(at) {
                    *byte = random.draw() as u8;
                }
            }
            6 => {
                if let Some(byte) = made.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            7 => made.truncate(at),
            _ => {
                // Two lines change places: most damage that people make is of lines.
                let mut lines: Vec<&[u8]> = made.split(|byte| *byte == b'\n').collect();
                let (a, b) = (random.below(lines.len()), random.below(lines.len()));
                lines.swap(a, b);
                made = lines.join(&b'\n');
            }
        }
        made.truncate(LONGEST);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_made_again_from_its_seed_and_number() {
        let make = |number| {
            mutate(
                &mut Random::new(7, number),
                b"one\ntwo",
                b"three",
                &["four"],
            )
        };
        assert_eq!(make(3), make(3));
        assert!((0..50).any(|number| make(number) != make(0)));
    }
}
