//! How old what is carried is, as results have it.

use crate::place::Place;

fn run(rules: &str, data: &str, line: &str) -> (bool, String, String) {
    let place = Place::empty();
    let head = "framework demo \"Demo\" version \"1\"\npanel town by month\n";
    place.write("r.risk", format!("{head}{rules}"));
    place.write("d.csv", data);
    let ended = place.run(&line.split(' ').collect::<Vec<_>>());
    (ended.code == 0, ended.out, ended.err)
}

const RULES: &str = "\
indicator speech \"Speech\" : assessment expires after 2 months applies unless written \"n/a\"
indicator courts \"Courts\" : number in 0..10 carry forward at most 1 month
indicator raids \"Raids\" : number in 0..10
signal s = speech is present
show speech, courts, raids
";

const DATA: &str = "\
town,month,speech,courts,raids
A,2024-01,present,3,1
A,2024-02,,,2
A,2024-04,,,3
A,2024-05,n/a,5,
A,2024-06,,,4
";

#[test]
fn what_is_shown_and_carried_has_its_age_beside_it() {
    for engine in ["native", "interpreter"] {
        let line = format!(
            "run r.risk --data d.csv --to csv --units --engine {engine} --columns speech,speech.age,courts,courts.age,raids"
        );
        let (well, out, told) = run(RULES, DATA, &line);
        assert!(well, "{told}");
        assert_eq!(
            out,
            "town,month,speech,speech.age [months],courts,courts.age [months],raids\n\
             A,2024-01,present,0,3,0,1\nA,2024-02,present,1,3,1,2\nA,2024-04,,,,,3\nA,2024-05,,,5,0,\n\
             A,2024-06,,,5,1,4\n"
        );
    }
}

#[test]
fn what_is_not_carried_has_none() {
    let (_, out, _) = run(RULES, DATA, "run r.risk --data d.csv --to csv");
    let header = out.lines().next().unwrap();
    assert!(header.contains("courts.age") && header.contains("speech.age"));
    assert!(!header.contains("raids.age"), "{header}");
    // And nothing that is not shown.
    let hidden = RULES.replace("show speech, courts, raids\n", "");
    let (_, out, _) = run(&hidden, DATA, "run r.risk --data d.csv --to csv");
    assert!(!out.contains(".age"), "{out}");
    let (well, _, told) = run(
        &hidden,
        DATA,
        "run r.risk --data d.csv --to csv --columns courts.age",
    );
    assert!(!well);
    assert!(told.contains("`show courts` in the rules"), "{told}");
}

#[test]
fn a_group_names_the_columns_of_its_items() {
    let rules = "\
indicator gdp : number in 0..10
indicator trade : number in 0..10
group pillar { gdp weight 3, trade }
let eased = pillar / 10
score hard = 10 - pillar
fn own(xs: list of number, weights: list of number) -> number = sum(xs * weights) / sum(weights)
score a = own(pillar)
score b = own(eased)
score c = own(gdp weight 3, trade)
score d = mean(pillar)
show pillar
";
    let data = "town,month,gdp,trade\nA,2024-01,2,6\n";
    let columns = |names: &str| {
        let line = format!("run r.risk --data d.csv --to csv --columns {names}");
        run(rules, data, &line)
    };
    let (_, out, _) = columns("pillar,hard");
    assert_eq!(
        out,
        "town,month,gdp,trade,hard.gdp,hard.trade\nA,2024-01,2,6,8,4\n"
    );
    let (_, out, _) = columns("a,b,c,d");
    assert_eq!(
        out,
        "town,month,a,b,c,d\nA,2024-01,3,0.30000000000000004,3,4\n"
    );
    let (well, _, told) = columns("eased");
    assert!(!well);
    assert!(told.contains("`show eased` in the rules"), "{told}");
}
