//! The framework written by hand: fused, branch-free, AVX2.
//!
//! One loop per factor over a chunk of rows that stays in the cache, all members of the factor in
//! one turn, four rows in a vector; then one loop over the factors' chunks for the mean and the level.

use std::arch::x86_64::*;

use crate::ruleset::{CLAUSES, COVERAGE, FACTORS, Member, member};

const CHUNK: usize = 1024;

/// Fills the 17 columns: factors, geometric mean, at least, at most. Rows: a multiple of four.
pub fn evaluate(inputs: &[Vec<f64>], outputs: &mut [Vec<f64>]) {
    assert!(is_x86_feature_detected!("avx2"));
    let rows = inputs[0].len();
    assert!(rows.is_multiple_of(4) && inputs.iter().all(|x| x.len() == rows));
    assert!(outputs.len() == 17 && outputs.iter().all(|y| y.len() == rows));
    let members: Vec<Member> = (0..inputs.len()).map(member).collect();
    let mut start = 0;
    while start < rows {
        let end = (start + CHUNK).min(rows);
        let mut first = 0;
        for (factor, &count) in FACTORS.iter().enumerate() {
            let x = &inputs[first..first + count];
            let m = &members[first..first + count];
            let y = &mut outputs[factor];
            // SAFETY: AVX2 is there, and all columns are `rows` long.
            unsafe {
                match count {
                    6 => weighted_mean::<6>(x, m, y, start, end),
                    8 => weighted_mean::<8>(x, m, y, start, end),
                    9 => weighted_mean::<9>(x, m, y, start, end),
                    10 => weighted_mean::<10>(x, m, y, start, end),
                    11 => weighted_mean::<11>(x, m, y, start, end),
                    12 => weighted_mean::<12>(x, m, y, start, end),
                    14 => weighted_mean::<14>(x, m, y, start, end),
                    18 => weighted_mean::<18>(x, m, y, start, end),
                    _ => unreachable!(),
                }
            }
            first += count;
        }
        let (factors, results) = outputs.split_at_mut(14);
        let [mean, at_least, at_most] = results else {
            unreachable!()
        };
        // SAFETY: as above.
        unsafe { overall(factors, mean, at_least, at_most, start, end) };
        start = end;
    }
}

#[target_feature(enable = "avx2")]
unsafe fn weighted_mean<const N: usize>(
    columns: &[Vec<f64>],
    members: &[Member],
    result: &mut [f64],
    start: usize,
    end: usize,
) {
    let x: [*const f64; N] = std::array::from_fn(|i| columns[i].as_ptr());
    let low: [f64; N] = std::array::from_fn(|i| members[i].low);
    let width: [f64; N] = std::array::from_fn(|i| members[i].high - members[i].low);
    let weight: [f64; N] = std::array::from_fn(|i| members[i].weight);
    let total: f64 = weight.iter().sum();
    let least = _mm256_set1_pd(total * COVERAGE);
    let (zero, one) = (_mm256_setzero_pd(), _mm256_set1_pd(1.0));
    let missing = _mm256_set1_pd(f64::NAN);
    let y = result.as_mut_ptr();
    let mut row = start;
    while row < end {
        let (mut sum, mut known_weight) = (zero, zero);
        for i in 0..N {
            // SAFETY: `row + 4 <= end <= rows`.
            let value = unsafe { _mm256_loadu_pd(x[i].add(row)) };
            let above = _mm256_sub_pd(value, _mm256_set1_pd(low[i]));
            let scaled = _mm256_div_pd(above, _mm256_set1_pd(width[i]));
            // The second operand is what comes out where one is missing.
            let score = _mm256_min_pd(one, _mm256_max_pd(zero, scaled));
            let known = _mm256_cmp_pd::<_CMP_EQ_OQ>(score, score);
            let w = _mm256_set1_pd(weight[i]);
            let part = _mm256_and_pd(known, _mm256_mul_pd(score, w));
            sum = _mm256_add_pd(sum, part);
            known_weight = _mm256_add_pd(known_weight, _mm256_and_pd(known, w));
        }
        let mean = _mm256_div_pd(sum, known_weight);
        let covered = _mm256_cmp_pd::<_CMP_LE_OQ>(least, known_weight);
        let value = _mm256_blendv_pd(missing, mean, covered);
        // SAFETY: as above.
        unsafe { _mm256_storeu_pd(y.add(row), value) };
        row += 4;
    }
}

#[target_feature(enable = "avx2")]
unsafe fn overall(
    factors: &[Vec<f64>],
    mean: &mut [f64],
    at_least: &mut [f64],
    at_most: &mut [f64],
    start: usize,
    end: usize,
) {
    let x: [*const f64; 14] = std::array::from_fn(|i| factors[i].as_ptr());
    let one = _mm256_set1_pd(1.0);
    let mut row = start;
    while row < end {
        let mut product = one;
        let mut known_count = _mm256_setzero_si256();
        let mut surely = [_mm256_setzero_si256(); 3];
        let mut possibly = [_mm256_setzero_si256(); 3];
        for x in x {
            // SAFETY: `row + 4 <= end <= rows`.
            let value = unsafe { _mm256_loadu_pd(x.add(row)) };
            let known = _mm256_cmp_pd::<_CMP_EQ_OQ>(value, value);
            product = _mm256_mul_pd(product, _mm256_blendv_pd(one, value, known));
            known_count = _mm256_sub_epi64(known_count, _mm256_castpd_si256(known));
            for (place, threshold) in [0.7, 0.6, 0.4].into_iter().enumerate() {
                let threshold = _mm256_set1_pd(threshold);
                let yes = _mm256_cmp_pd::<_CMP_LE_OQ>(threshold, value);
                let perhaps = _mm256_cmp_pd::<_CMP_NGT_UQ>(threshold, value);
                surely[place] = _mm256_sub_epi64(surely[place], _mm256_castpd_si256(yes));
                possibly[place] = _mm256_sub_epi64(possibly[place], _mm256_castpd_si256(perhaps));
            }
        }
        let (mut low, mut high) = (_mm256_setzero_pd(), _mm256_setzero_pd());
        for (position, k, threshold) in CLAUSES.into_iter().rev() {
            let place = [0.7, 0.6, 0.4]
                .iter()
                .position(|t| *t == threshold)
                .unwrap_or(0);
            let below = _mm256_set1_epi64x(k as i64 - 1);
            let yes = _mm256_cmpgt_epi64(surely[place], below);
            let perhaps = _mm256_cmpgt_epi64(possibly[place], below);
            let position = _mm256_set1_pd(position);
            low = _mm256_blendv_pd(low, position, _mm256_castsi256_pd(yes));
            high = _mm256_blendv_pd(high, position, _mm256_castsi256_pd(perhaps));
        }
        let mut products = [0.0; 4];
        let mut counts = [0i64; 4];
        // SAFETY: four doubles and four integers; `row + 4 <= end <= rows`.
        unsafe {
            _mm256_storeu_pd(products.as_mut_ptr(), product);
            _mm256_storeu_si256(counts.as_mut_ptr().cast(), known_count);
            _mm256_storeu_pd(at_least.as_mut_ptr().add(row), low);
            _mm256_storeu_pd(at_most.as_mut_ptr().add(row), high);
        }
        for lane in 0..4 {
            mean[row + lane] = if counts[lane] == 0 {
                f64::NAN
            } else {
                libm::pow(products[lane], 1.0 / counts[lane] as f64)
            };
        }
        row += 4;
    }
}
