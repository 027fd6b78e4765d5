//! A compact hash table from keys to the names that have them: four bytes an entry. Keys are not
//! kept, so that a few wrong names come out, too; who asks compares the names anyway.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What sort of key it is; equal bytes of different sorts do not meet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sort {
    /// A plain form.
    Plain = 1,
    /// The words of a plain form in the order of the alphabet.
    Words = 2,
    /// What stands before or after a colon.
    Part = 3,
    /// First letters.
    Initials = 4,
    /// A short name with one letter left out.
    Short = 5,
}

/// Names that share a key are kept up to this many.
const SHARED: usize = 40;
const EMPTY: u32 = u32::MAX;

#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<u32>,
    /// The low bits of a slot are a name, the rest of its hash.
    name_bits: u32,
}

pub(super) fn hash(sort: Sort, key: &[u8]) -> u64 {
    xxh3_64_with_seed(key, sort as u64)
}

impl Table {
    /// Makes a table for so many entries of so many names.
    pub(super) fn new(entries: usize, names: usize) -> Self {
        Self {
            slots: vec![EMPTY; entries + entries / 3 + 8],
            name_bits: usize::BITS - names.leading_zeros(),
        }
    }

    fn slot(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.slots.len() as u128) >> 64) as usize
    }

    fn tag(&self, hash: u64) -> u32 {
        (hash as u32) >> self.name_bits
    }

    /// Adds a name. Those added first come out first.
    pub(super) fn add(&mut self, hash: u64, name: u32) {
        let tag = self.tag(hash);
        let mut slot = self.slot(hash);
        let mut shared = 0;
        while self.slots[slot] != EMPTY {
            if self.slots[slot] >> self.name_bits == tag {
                shared += 1;
                if shared > SHARED || self.slots[slot] & self.mask() == name {
                    return;
                }
            }
            slot = (slot + 1) % self.slots.len();
        }
        self.slots[slot] = tag << self.name_bits | name;
    }

    const fn mask(&self) -> u32 {
        (1 << self.name_bits) - 1
    }

    /// The names under a key.
    pub(super) fn names(&self, hash: u64) -> impl Iterator<Item = u32> {
        let tag = self.tag(hash);
        let (before, from) = self.slots.split_at(self.slot(hash));
        from.iter()
            .chain(before)
            .take_while(|slot| **slot != EMPTY)
            .filter(move |slot| *slot >> self.name_bits == tag)
            .map(|slot| slot & self.mask())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_added_in_order() {
        let mut table = Table::new(100, 50);
        for name in 0..50 {
            table.add(
                hash(Sort::Plain, format!("key {}", name % 10).as_bytes()),
                name,
            );
        }

        let names: Vec<_> = table.names(hash(Sort::Plain, b"key 3")).collect();

        assert_eq!(names, [3, 13, 23, 33, 43]);
        assert_eq!(table.names(hash(Sort::Words, b"key 3")).count(), 0);
    }
}
