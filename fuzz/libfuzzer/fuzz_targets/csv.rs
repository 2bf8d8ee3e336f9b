#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    (forewarn_fuzz::target("csv").expect("a target").run)(input);
});
