//! The framework as a good Rust programmer writes it first: a column at a time, left to the compiler
//! to vectorise, with AVX2 allowed.

use crate::ruleset::{CLAUSES, COVERAGE, FACTORS, Member, member};

/// Fills the 17 columns: factors, geometric mean, at least, at most.
pub fn evaluate(inputs: &[Vec<f64>], outputs: &mut [Vec<f64>]) {
    assert!(is_x86_feature_detected!("avx2"));
    // SAFETY: AVX2 is there.
    unsafe { with_avx2(inputs, outputs) }
}

#[target_feature(enable = "avx2")]
unsafe fn with_avx2(inputs: &[Vec<f64>], outputs: &mut [Vec<f64>]) {
    let rows = inputs[0].len();
    let mut next = 0;
    for (factor, count) in FACTORS.into_iter().enumerate() {
        let mut sum = vec![0.0; rows];
        let mut known = vec![0.0; rows];
        let mut total = 0.0;
        for (index, column) in inputs.iter().enumerate().skip(next).take(count) {
            let Member { low, high, weight } = member(index);
            let width = high - low;
            let scores: Vec<f64> = column
                .iter()
                .map(|x| ((x - low) / width).clamp(0.0, 1.0))
                .collect();
            for ((sum, known), score) in sum.iter_mut().zip(&mut known).zip(&scores) {
                if !score.is_nan() {
                    *sum += score * weight;
                    *known += weight;
                }
            }
            total += weight;
        }
        for ((y, sum), known) in outputs[factor].iter_mut().zip(&sum).zip(&known) {
            *y = if *known >= total * COVERAGE {
                sum / known
            } else {
                f64::NAN
            };
        }
        next += count;
    }
    let (factors, results) = outputs.split_at_mut(14);
    let mut product = vec![1.0; rows];
    let mut count = vec![0.0; rows];
    for factor in factors.iter() {
        for ((product, count), x) in product.iter_mut().zip(&mut count).zip(factor) {
            if !x.is_nan() {
                *product *= x;
                *count += 1.0;
            }
        }
    }
    for ((mean, product), count) in results[0].iter_mut().zip(&product).zip(&count) {
        *mean = if *count > 0.0 {
            libm::pow(*product, 1.0 / count)
        } else {
            f64::NAN
        };
    }
    results[1].fill(0.0);
    results[2].fill(0.0);
    for (position, k, threshold) in CLAUSES.into_iter().rev() {
        let mut surely = vec![0.0; rows];
        let mut possibly = vec![0.0; rows];
        for factor in factors.iter() {
            for ((surely, possibly), x) in surely.iter_mut().zip(&mut possibly).zip(factor) {
                if *x >= threshold {
                    *surely += 1.0;
                }
                if *x >= threshold || x.is_nan() {
                    *possibly += 1.0;
                }
            }
        }
        for (place, counts) in [(1, &surely), (2, &possibly)] {
            for (level, count) in results[place].iter_mut().zip(counts) {
                if *count >= k {
                    *level = position;
                }
            }
        }
    }
}
