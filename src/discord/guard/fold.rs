//! Words as a reader recognises them, for comparing: no case, no accents, no invisible characters,
//! full-width and look-alike letters as the plain ones. The letters are those of
//! Unicode's confusables (UTS #39) that pass for Latin ones.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// Letters of other scripts that look like Latin ones.
const LOOKALIKES: [(char, char); 14] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
    ('у', 'y'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('ο', 'o'),
    ('α', 'a'),
    ('ν', 'v'),
];

/// Calls `each` with a hash of every word, in order.
///
/// Letters of scripts that put no space between words (Han, Kana, Thai and neighbours) are words each.
pub(super) fn words(text: &str, mut each: impl FnMut(u64)) {
    let mut word = Vec::with_capacity(32);
    let mut end = |word: &mut Vec<u8>| {
        if !word.is_empty() {
            each(xxh3_64(word));
            word.clear();
        }
    };
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        for byte in rest[..ascii].bytes() {
            if byte.is_ascii_alphanumeric() {
                word.push(byte.to_ascii_lowercase());
            } else {
                end(&mut word);
            }
        }
        rest = &rest[ascii..];
        let other = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        for c in rest[..other]
            .nfkd()
            .filter(|c| !invisible(*c))
            .flat_map(char::to_lowercase)
        {
            let c = LOOKALIKES
                .iter()
                .find(|(like, _)| *like == c)
                .map_or(c, |(_, plain)| *plain);
            if !c.is_alphanumeric() {
                if !is_combining_mark(c) {
                    end(&mut word);
                }
                continue;
            }
            let alone = spaceless(c);
            if alone {
                end(&mut word);
            }
            word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            if alone {
                end(&mut word);
            }
        }
        rest = &rest[other..];
    }
    end(&mut word);
}

/// The hashes of a text's words.
pub(super) fn folded(text: &str) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(text.len() / 5);
    words(text, |hash| hashes.push(hash));
    hashes
}

/// Whether two bars stand side by side, as a reader sees it.
pub(super) fn bars(text: &str) -> bool {
    let mut before = false;
    for c in text.chars().filter(|c| !invisible(*c)) {
        if c == '|' && before {
            return true;
        }
        before = c == '|';
    }
    false
}

/// Characters that draw nothing: controls of format, fillers, accents on their own.
pub(super) fn invisible(c: char) -> bool {
    !c.is_ascii()
        && (matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
            || is_combining_mark(c))
}

fn spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_fold_to_the_same_words() {
        let plain = folded("Zorblax did it");

        for disguised in [
            "ZORBLAX, did: it!",
            "Zor\u{200b}bl\u{ad}ax d\u{2060}id it",
            "Z\u{301}orbla\u{308}x did it",
            "Ｚｏｒｂｌａｘ did it",
            "Z\u{43e}rblax did \u{456}t",
            "Z\u{41e}RBLAX did it",
            "\u{202e}Zorblax\u{202c} did it",
            "𝐙𝐨𝐫𝐛𝐥𝐚𝐱 did it",
        ] {
            assert_eq!(folded(disguised), plain, "{disguised:?}");
        }
        assert_ne!(folded("Zor blax did it"), plain);
    }

    #[test]
    fn letters_without_spaces_between_words_are_words() {
        assert_eq!(folded("彼女は泣く。").len(), 5);
        assert_eq!(folded("그녀는 운다").len(), 2);
    }

    #[test]
    fn bars_are_seen_through_invisible_characters() {
        assert!(bars("a||b"));
        assert!(bars("a|\u{200b}|b"));
        assert!(!bars("a| |b"));
        assert!(!bars("a|b|"));
    }
}
