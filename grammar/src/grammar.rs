// What lalrpop makes of `grammar.lalrpop`.
include!(concat!(env!("OUT_DIR"), "/grammar.rs"));
