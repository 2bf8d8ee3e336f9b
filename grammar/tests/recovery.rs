//! One message for each slip, and what stands around it survives: source, problems and what is left
//! of the tree together.

use crate::show;

use show::problems;

macro_rules! tells {
    ($name:ident, $source:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(problems($source));
        }
    };
}

tells!(
    several_slips_in_one_file,
    "let a = 3 +
score b \"B\" = 3
let c = = 2
signal d = (a > 1
let e = 4
indicator f \"F\" deaths
let g = a b
let h = 5"
);
tells!(
    forgotten_commas_between_members,
    "factor f \"F\" {
  members {
    at_war weight 3
    repression weight 1
    plain
    last
  }
  combine mean
}
factor g { combine mean members { a weight 3 b weight 2, c d } }"
);
tells!(
    a_broken_member_costs_itself,
    "factor f \"F\" {
  combine weighted mean
  members {
    good weight 1,
    bad weight,
    worse weight + ) 2,
    better weight 2,
  }
  require 50% coverage
}"
);
tells!(
    broken_parts_of_a_factor,
    "factor f \"F\" {
  cite UCDP
  combne weighted mean
  require 50% covrage
  natur dynamic
  colour red
  members { a weihgt 2, b }
}"
);
tells!(
    broken_lines_of_a_level,
    "level l \"L\" : concern {
  critical when count(factors >= 0.7) >= ,
  high whn a > 3,
  elevated when
  guarded when b > 2
  low oterwise,
}
level m : s { a in 0..3 b in 3, c in ..5, }"
);
tells!(
    broken_scales,
    "scale a { low, mid, high }
scale b { low mid < high }
scale c { low < < high }
scale d { low < 3 < high }"
);
tells!(
    broken_sources,
    "source a \"A\" { licence \"CC\" url \"https\" }
source b \"B\" { license CC url 3 updated \"yearly\" }"
);
tells!(
    what_is_open_ends_where_a_declaration_begins,
    "factor f \"F\" {
  combine mean
  members { a, b
  require 50% coverage
}
factor g \"G\" {
  combine mean
  members { a }
let x = f(1, 2
score y \"Y\" = [1, 2
level z \"Z\" : s {
  a otherwise
unit deaths"
);
tells!(
    the_file_ends_inside_a_factor,
    "factor f \"F\" {\n  combine mean\n  members { a, b"
);
tells!(the_file_ends_inside_a_value, "let a = (1 +");
tells!(
    signs_of_other_languages,
    "let a = x == 3 && y != 4 || !z
let b = x <> 3 and y =< 2 or z => 1
let c = 2 ^ 3 ** 2
let d := 3;
let e = x ≤ 3 and y ≥ 2 or z ≠ 1
let f = a × b ÷ c − d
let g = f(1; 2)
let h = if a = b then 1 else 2
let i = sum(x, over = 12 months)
unit j “Label” # comment
unit k 'Label' /* more */
unit l"
);
tells!(
    numbers_that_are_not,
    "let a = 12abc + 25deaths
let b = 1__0 + 1_ + 1.2.3
let c = 1e999 + .5 + 40 %
let d = 1"
);
tells!(
    texts_that_are_not,
    "unit a \"never closed\nunit b \"bad \\q escape\"\nunit c"
);
tells!(
    strange_characters,
    "let a = 1 @@ $$ ~\n@ let b = 2\nlet café = 3\nlet c = a ? b"
);
tells!(
    reserved_words_as_names,
    "let if = 3
score test \"T\" = 1
indicator missing : deaths
let a = table + 1
factor f { combine mean members { alert weight 2, b } }
fn g(not: number) = 1"
);
tells!(
    declarations_that_come_later,
    "let a = 1
table verdict \"Verdict\" {
  when overall >= high
}
let b = 2
property \"never\": overall rises with every indicator
test \"war\" over 24 months {
  given deaths = [5 deaths x 12, 200 deaths x 12]
  expect conflict >= 0.8 at month 24
}
override param war_threshold = 500 deaths because \"decision\"
override weight armed_conflict.at_war = 2 because \"x\"
replace signal fast = a because \"x\"
add indicator herders \"H\" : events in 0.. from field
add member herders to armed_conflict weight 2 because \"x\"
drop indicator piracy because \"no coast\"
table t { }
let c = 3"
);
tells!(
    misspelt_and_forgotten_declarations,
    "let a = 1
indictor x \"X\" : deaths in 0..
d = 3
something else entirely \"x\"
let b = 2"
);
tells!(first_words_that_declare_nothing, "what is this\nlet a = 1");
tells!(
    misspelt_words,
    "indicator a : deaths colunm \"x\" form ucdp
panel country colum \"x\"
framework f verson \"1\""
);
tells!(
    names_and_labels_forgotten,
    "factor { combine mean }
signal \"At war\" = yes
factor armed-conflict \"A\" { combine mean }
unit 3
use
module \"x\""
);
tells!(
    types_and_ranges,
    "indicator a :
indicator b : deaths in
indicator c : deaths in 3
param d : = 3
fn f(x) = x
fn g(x: number[u) = x
let e = x in 3
let h = x in 0..<"
);
tells!(
    values,
    "let a = if b then 1
let c = if b 1 else 2
let d = a is is b
let e = a.
let f = at least 3 (a, b)
let g = a and and b
let h = f(a b c)
let i = f(1, , 2)
let j = 3 deaths deaths
let k = a then b
let l = missing means 3
let m = (a + b
  cite \"x\""
);
tells!(stray_brackets, "let a = 1 }\n}\nlet b = 2 )\nlet c = 3");
tells!(
    params_and_their_periods,
    "param a = 3 until
param b = 3 from x
param c = 3 until 2014 = 4 from 2015
param d deaths = 3"
);
tells!(
    broken_clauses_of_an_alert,
    "alert one {
  raise whem overall >= high for 2 months
  escalte when overall is critical
  clear when overall <= for 3 months
  cooldown
  on unknown
  classification restricted
}
alert two {
  raise when a = 3 for 2 month months
  clear overall <= guarded for 3 months
  cooldown 6 months unles overall is critical
  on unknow hold
}
alert three {
  clear when (a or b
  raise when a >= 3
  escalte when b
  frobnicate 3
}
alert {
  raise when a
}
let a = 1"
);
tells!(
    an_alert_that_is_not_closed,
    "alert one {
  raise when a for 2 months
let b = 2
alert two \"Two\" when a
alert three \"Three\" {
  raise when a
  clear when b for"
);
tells!(
    periods_in_other_places,
    "let a = 2010..2020
let b = f(2010..2020)
let c = f(x, baseline: 2010..)
let d = f(x, baseline: 2010..<2020)
let e = f(x, baseline: \"2010\")"
);

tells!(
    a_broken_line_of_a_test,
    "test \"a\" {
  given at_war =
  given deaths = [5 deaths x 2, 3
  expect at_war is is yes
  expect at_war
}
test { expect at_war }
test \"b\" over {
  expect at_war
}
let c = 3"
);
tells!(
    changes_that_do_not_read,
    "override
override param
override weight a.b 3
replace
replace signal fast
add 3
add member x armed_conflict
drop indicator
property \"p\"
property \"p\": 3
declassify x to
open
table t : a by x { critical then }
let a = 1"
);
