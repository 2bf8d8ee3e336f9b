//! Names of months as they stand in tables: in English, French, Spanish, Portuguese, German and Italian, in Arabic as
//! the Levant, the Gulf and the Maghreb have them, in Russian, Ukrainian, Turkish, Dutch, Indonesian, Swahili and
//! Romanian.
//!
//! In: letters. Out: the month, 1 to 12. Full names and the usual abbreviations, with a point behind
//! them or none, in capitals or small letters, with accents or without. No spelling is the name of two
//! months in different languages.

const NAMES: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "janvier",
        "janv",
        "enero",
        "ene",
        "janeiro",
        "januar",
        "janner",
        "gennaio",
        "genn",
        "gen",
        "januari",
        "ocak",
        "ianuarie",
        "ian",
        "январь",
        "января",
        "янв",
        "січень",
        "січня",
        "січ",
        "يناير",
        "جانفي",
        "كانون الثاني",
    ],
    &[
        "february",
        "feb",
        "fevrier",
        "fevr",
        "fev",
        "febrero",
        "fevereiro",
        "februar",
        "febr",
        "feber",
        "febbraio",
        "febb",
        "februari",
        "subat",
        "sub",
        "februarie",
        "февраль",
        "февраля",
        "фев",
        "февр",
        "лютий",
        "лютого",
        "лют",
        "فبراير",
        "فيفري",
        "شباط",
    ],
    &[
        "march",
        "mar",
        "mars",
        "marzo",
        "marco",
        "marz",
        "mrz",
        "maart",
        "mrt",
        "mart",
        "maret",
        "machi",
        "martie",
        "marts",
        "март",
        "марта",
        "мар",
        "березень",
        "березня",
        "бер",
        "مارس",
        "اذار",
    ],
    &[
        "april",
        "apr",
        "avril",
        "avr",
        "abril",
        "abr",
        "aprile",
        "nisan",
        "nis",
        "aprili",
        "aprilie",
        "апрель",
        "апреля",
        "апр",
        "квітень",
        "квітня",
        "квіт",
        "кві",
        "ابريل",
        "افريل",
        "نيسان",
    ],
    &[
        "may",
        "mai",
        "mayo",
        "maio",
        "maggio",
        "magg",
        "mag",
        "mei",
        "mayis",
        "maj",
        "май",
        "мая",
        "травень",
        "травня",
        "трав",
        "тра",
        "مايو",
        "ماي",
        "ايار",
    ],
    &[
        "june",
        "jun",
        "juin",
        "junio",
        "junho",
        "juni",
        "giugno",
        "giu",
        "haziran",
        "haz",
        "iunie",
        "июнь",
        "июня",
        "июн",
        "червень",
        "червня",
        "чер",
        "يونيو",
        "يونيه",
        "جوان",
        "حزيران",
    ],
    &[
        "july",
        "jul",
        "juillet",
        "juill",
        "juil",
        "julio",
        "julho",
        "juli",
        "luglio",
        "lug",
        "temmuz",
        "tem",
        "julai",
        "iulie",
        "июль",
        "июля",
        "июл",
        "липень",
        "липня",
        "лип",
        "يوليو",
        "يوليه",
        "يوليوز",
        "جويلية",
        "تموز",
    ],
    &[
        "august",
        "aug",
        "aout",
        "agosto",
        "ago",
        "augustus",
        "agustus",
        "agu",
        "agosti",
        "augusti",
        "agustos",
        "август",
        "августа",
        "авг",
        "серпень",
        "серпня",
        "сер",
        "серп",
        "اغسطس",
        "اوت",
        "غشت",
        "اب",
    ],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "set",
        "settembre",
        "sett",
        "eylul",
        "eyl",
        "septemba",
        "septembrie",
        "сентябрь",
        "сентября",
        "сен",
        "сент",
        "вересень",
        "вересня",
        "вер",
        "سبتمبر",
        "شتنبر",
        "ايلول",
    ],
    &[
        "october",
        "oct",
        "octobre",
        "octubre",
        "outubro",
        "out",
        "oktober",
        "okt",
        "ottobre",
        "ott",
        "ekim",
        "eki",
        "oktoba",
        "octombrie",
        "октябрь",
        "октября",
        "окт",
        "жовтень",
        "жовтня",
        "жов",
        "жовт",
        "اكتوبر",
        "تشرين الاول",
    ],
    &[
        "november",
        "nov",
        "novembre",
        "noviembre",
        "novembro",
        "kasim",
        "kas",
        "novemba",
        "noiembrie",
        "ноябрь",
        "ноября",
        "ноя",
        "нояб",
        "листопад",
        "листопада",
        "лис",
        "نوفمبر",
        "نونبر",
        "تشرين الثاني",
    ],
    &[
        "december",
        "dec",
        "decembre",
        "diciembre",
        "dic",
        "dezembro",
        "dez",
        "dezember",
        "dicembre",
        "aralik",
        "ara",
        "desember",
        "des",
        "desemba",
        "decembrie",
        "декабрь",
        "декабря",
        "дек",
        "грудень",
        "грудня",
        "груд",
        "гру",
        "ديسمبر",
        "دجنبر",
        "كانون الاول",
    ],
];

/// The month that the letters at the beginning of a text name, and how many bytes they are.
pub(super) fn at_the_beginning(text: &str) -> Option<(i64, usize)> {
    let word_of = |text: &str| {
        let end = text.find(|letter: char| !letter.is_alphabetic());
        end.unwrap_or(text.len())
    };
    let first = word_of(text);
    // `كانون الثاني` has two words.
    let second = text.get(first..).and_then(|rest| rest.strip_prefix(' '));
    let both = second.map_or(first, |rest| first + 1 + word_of(rest));
    let of = |letters: usize| Some((named(text.get(..letters)?)?, letters));
    let (month, letters) = of(both).or_else(|| of(first))?;
    let point = text.get(letters..)?.starts_with('.');
    Some((month, letters + usize::from(point)))
}

/// The month that a word names, with a point behind it or none.
#[must_use]
pub fn named(word: &str) -> Option<i64> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let plain: String = word
        .chars()
        .flat_map(char::to_lowercase)
        // The point of a Turkish `İ`.
        .filter(|letter| *letter != '\u{307}')
        .map(without_accent)
        .collect();
    let place = NAMES
        .iter()
        .position(|names| names.contains(&plain.as_str()))?;
    i64::try_from(place + 1).ok()
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'û' | 'ú' => 'u',
        'ç' => 'c',
        'ğ' => 'g',
        'ı' => 'i',
        'ş' => 's',
        'ü' => 'u',
        'أ' | 'إ' | 'آ' => 'ا',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages() {
        for (text, month) in [
            ("May 2025", 5),
            ("août 2024", 8),
            ("AOÛT", 8),
            ("janv. 2024", 1),
            ("déc.", 12),
            ("março", 3),
            ("Ene", 1),
            ("setembro", 9),
            ("Sept", 9),
            ("Jänner 2024", 1),
            ("März", 3),
            ("Mrz. 2024", 3),
            ("JUNI", 6),
            ("Okt.", 10),
            ("Dezember", 12),
            ("gen. 2024", 1),
            ("maggio", 5),
            ("ott", 10),
            ("مارس 2031", 3),
            ("كانون الثاني 2031", 1),
            ("كانون الأول", 12),
            ("تشرين الأول 2031", 10),
            ("آذار", 3),
            ("أغسطس 2031", 8),
            ("جويلية", 7),
            ("Березень 2031", 3),
            ("мая 2031", 5),
            ("Ağustos", 8),
            ("EKİM", 10),
            ("Mei 2031", 5),
            ("Julai", 7),
        ] {
            assert_eq!(
                at_the_beginning(text).map(|(month, _)| month),
                Some(month),
                "{text}"
            );
        }
        assert_eq!(at_the_beginning("janv. 2024"), Some((1, 5)));
        assert_eq!(at_the_beginning("Julia"), None);
        assert_eq!(at_the_beginning("2024"), None);
    }

    #[test]
    fn every_month_has_its_name_in_each_language() {
        for year in [
            "January February March April May June July August September October November December",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            "Jan. Feb. Mrz. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.",
            "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.",
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        ] {
            let months: Vec<Option<i64>> = year.split(' ').map(named).collect();
            let whole: Vec<Option<i64>> = (1..=12).map(Some).collect();
            assert_eq!(months, whole, "{year}");
        }
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let all: Vec<&str> = NAMES
            .iter()
            .flat_map(|names| names.iter().copied())
            .collect();
        for (at, name) in all.iter().enumerate() {
            assert!(!all[..at].contains(name), "{name}");
        }
    }
}
