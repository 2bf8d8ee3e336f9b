#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    (forewarn_fuzz::target("arrow").expect("a target").run)(input);
});
