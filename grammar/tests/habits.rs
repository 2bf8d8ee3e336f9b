//! Functions of other languages are known by their names, however these are written.

use forewarn_grammar::habits::{FUNCTIONS, Meaning, function};

#[test]
fn every_function_of_the_table_is_found_in_small_letters_and_in_capitals() {
    for habit in FUNCTIONS {
        let mut same = FUNCTIONS.iter().filter(|other| other.name == habit.name);
        let first = same.next().map(|first| first.means);
        assert_eq!(function(habit.name), first, "{}", habit.name);
        let capitals = habit.name.to_uppercase();
        assert_eq!(function(&capitals), first, "{capitals}");
    }
}

#[test]
fn accents_do_not_matter_and_longer_names_are_nothing() {
    assert_eq!(function("MÉDIANE"), Some(Meaning::Called("median")));
    assert_eq!(
        function("MOYENNE.GÉOMÉTRIQUE"),
        Some(Meaning::Called("geometric_mean"))
    );
    assert_eq!(function("LOG10"), Some(Meaning::Called("log10")));
    assert_eq!(function("LOG"), None);
    assert_eq!(function("log"), None);
    assert_eq!(function(""), None);
    assert_eq!(function("moyenne_geometrique_of_everything"), None);
}
