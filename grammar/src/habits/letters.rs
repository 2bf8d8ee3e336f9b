//! Names in other letters: with accents, or in letters of another script that look like ours.

/// The name in the letters a to z, where its letters have such.
pub(crate) fn plain_letters(name: &str) -> Option<String> {
    let mut plain = String::with_capacity(name.len());
    // Letters of other scripts that look like ours come among ours by a keyboard's mistake.
    let mixed = name.bytes().any(|b| b.is_ascii_alphabetic());
    for letter in name.chars() {
        let small = letter.to_lowercase().next()?;
        let own = match small {
            'а' | 'α' if mixed => "a",
            'с' if mixed => "c",
            'е' | 'ε' if mixed => "e",
            'һ' if mixed => "h",
            'і' | 'ι' if mixed => "i",
            'ј' if mixed => "j",
            'к' | 'κ' if mixed => "k",
            'м' if mixed => "m",
            'н' if mixed => "h",
            'о' | 'ο' if mixed => "o",
            'р' | 'ρ' if mixed => "p",
            'ѕ' if mixed => "s",
            'т' | 'τ' if mixed => "t",
            'ν' if mixed => "v",
            'х' | 'χ' if mixed => "x",
            'у' | 'υ' if mixed => "y",
            'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì'..='ï' | 'ī' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ő' | 'ō' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ß' => "ss",
            'ť' | 'ț' | 'ţ' => "t",
            'ù'..='ü' | 'ū' | 'ű' | 'ů' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ž' | 'ż' => "z",
            // Two letters that were set as one, and the mark of a footnote.
            'ﬀ' => "ff",
            'ﬁ' => "fi",
            'ﬂ' => "fl",
            'ﬃ' => "ffi",
            'ﬄ' => "ffl",
            'ﬅ' | 'ﬆ' => "st",
            '¹' | '⁰' | '⁴'..='⁹' if !plain.is_empty() => "",
            _ if letter.is_ascii() => {
                plain.push(letter);
                continue;
            }
            _ => return None,
        };
        plain.push_str(own);
    }
    Some(plain)
}
