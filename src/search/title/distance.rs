//! Edit distance with neighbouring letters swapped (optimal string alignment), bit-parallel after
//! Hyyrö (2003). Our own because no crate gives, in the same pass, the distance to the best
//! beginning of the other text, which tells a half-typed title.

/// The distance to a whole text, and to the beginning of it that is nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Distance {
    pub(super) whole: u32,
    pub(super) begin: u32,
}

/// What a text of up to 128 ASCII letters and digits is compared by.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// Where each of 36 letters and digits stands.
    at: [u128; 36],
    length: usize,
}

const fn letter(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => (byte - b'a') as usize,
        b'0'..=b'9' => (byte - b'0') as usize + 26,
        _ => 35,
    }
}

macro_rules! osa {
    ($bits:ty, $pattern:expr, $text:expr) => {{
        let length = $pattern.length;
        let last: $bits = 1 << (length - 1);
        let (mut up, mut down): ($bits, $bits) = (!0, 0);
        let (mut diagonal, mut before): ($bits, $bits) = (0, 0);
        let mut score = length as u32;
        let mut begin = score;
        for byte in $text {
            #[expect(clippy::allow_attributes, reason = "one of two widths")]
            #[allow(
                clippy::unnecessary_cast,
                trivial_numeric_casts,
                reason = "one of two widths"
            )]
            let here = $pattern.at[letter(*byte)] as $bits;
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
            let right = down | !(diagonal | up);
            let left = diagonal & up;
            score += u32::from(right & last != 0);
            score -= u32::from(left & last != 0);
            let right = (right << 1) | 1;
            let left = left << 1;
            up = left | !(diagonal | right);
            down = right & diagonal;
            before = here;
            begin = begin.min(score);
        }
        Distance {
            whole: score,
            begin,
        }
    }};
}

impl Pattern {
    pub(super) fn new(text: &[u8]) -> Self {
        let mut at = [0; 36];
        let text = &text[..text.len().min(128)];
        for (place, byte) in text.iter().enumerate() {
            at[letter(*byte)] |= 1 << place;
        }
        Self {
            at,
            length: text.len(),
        }
    }

    /// Measures the distance to another text.
    pub(super) fn distance(&self, text: &[u8]) -> Distance {
        match self.length {
            0 => Distance {
                whole: text.len() as u32,
                begin: 0,
            },
            1..=64 => osa!(u64, self, text),
            _ => osa!(u128, self, text),
        }
    }
}

/// The distance between two words, for short ones; `far` where it is over 2 or they are long.
pub(super) fn of_words(one: &[u8], other: &[u8]) -> u32 {
    const FAR: u32 = 9;
    if one.len().abs_diff(other.len()) > 2 {
        return FAR;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = (one.iter().rev().zip(other.iter().rev()))
        .take_while(|(a, b)| a == b)
        .count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    match (one, other) {
        ([], rest) | (rest, []) => rest.len() as u32,
        ([_], [_]) => 1,
        ([a, b], [c, d]) if a == d && b == c => 1,
        ([_, ..], [_, ..]) if one.len().max(other.len()) <= 2 => 2,
        _ if one.len() > 64 => FAR,
        _ => {
            let distance = Pattern::new(one).distance(other).whole;
            if distance > 2 { FAR } else { distance }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_strsim() {
        let words = [
            "anora",
            "anroa",
            "annora",
            "a",
            "",
            "thelordoftherings",
            "lordofrings",
            "ab",
            "ba",
            "oceans11",
            "oceans12",
            "zzzz",
            "abcabcabc",
            "acbacbacb",
        ];
        let long: String = "abcdefghij".repeat(8);
        for one in words.iter().copied().chain([long.as_str()]) {
            for other in words.iter().copied().chain([&long[3..]]) {
                let expected = strsim::osa_distance(one, other) as u32;

                let distance = Pattern::new(one.as_bytes()).distance(other.as_bytes());

                assert_eq!(distance.whole, expected, "{one} {other}");
                if expected <= 2 {
                    assert_eq!(
                        of_words(one.as_bytes(), other.as_bytes()),
                        expected,
                        "{one} {other}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_best_beginning_is_found() {
        assert_eq!(Pattern::new(b"anroa").distance(b"anoraandmore").begin, 1);
        assert_eq!(Pattern::new(b"ano").distance(b"anora").begin, 0);
    }
}
