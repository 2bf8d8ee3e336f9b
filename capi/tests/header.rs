//! The header is what the library has.

use std::path::Path;

#[test]
fn the_header_says_what_the_library_has() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(here.join("cbindgen.toml")).unwrap();
    let sources = [here.join("src/lib.rs"), here.join("src/about.rs")];
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in sources {
        builder = builder.with_src(source);
    }
    let mut made = Vec::new();
    builder.generate().unwrap().write(&mut made);
    let path = here.join("include/forewarn.h");
    if std::env::var_os("FOREWARN_UPDATE_HEADER").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read(&path).unwrap();
    assert!(
        there == made,
        "the header is out of date: FOREWARN_UPDATE_HEADER=1 cargo test"
    );
}
