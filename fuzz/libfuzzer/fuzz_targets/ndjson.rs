#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    (forewarn_fuzz::target("ndjson").expect("a target").run)(input);
});
