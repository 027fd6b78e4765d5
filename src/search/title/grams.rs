//! Runs of three letters to the names whose plain form has them: what finds a name when none of
//! its words is spelt right. Two bytes for each letter of a name.

use std::cell::RefCell;

use super::names::{Draft, Names};

/// Letters, digits, and the edge of a name.
const LETTERS: usize = 37;
const GRAMS: usize = LETTERS * LETTERS * LETTERS;
const EDGE: usize = 36;
/// Entries of lists read for one query: the rarest runs first, common ones tell little.
const READ: usize = 10_000;
/// Names that gathered less than this share of what the best did are not looked at.
const LEAST: f32 = 0.35;
/// A query has at most this many runs.
const RUNS: usize = 64;

thread_local! {
    static COUNTS: RefCell<Counts> = const {
        RefCell::new(Counts { sums: Vec::new(), touched: Vec::new(), most: 0 })
    };
}

/// What each name has gathered; only the touched ones are not 0.
struct Counts {
    sums: Vec<u16>,
    touched: Vec<u32>,
    /// The most that any has gathered.
    most: u16,
}

/// Names are listed by block, so that two bytes tell which of a block.
const BLOCK: usize = 1 << 16;

#[derive(Debug)]
pub(super) struct Grams {
    /// Where the list of each run ends in each block.
    ends: Vec<u32>,
    /// Names in ascending order, in their block.
    lists: Vec<u16>,
    blocks: usize,
    names: usize,
}

/// A name that shares runs with a query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub(super) name: u32,
    /// The weighed share of the query's runs that it has, 0 to 1.
    pub(super) share: f32,
}

fn grams(text: &[u8], to: &mut Vec<u32>) {
    to.clear();
    let letter = |byte: &u8| match byte {
        b'a'..=b'z' => usize::from(byte - b'a'),
        b'0'..=b'9' => usize::from(byte - b'0') + 26,
        _ => EDGE,
    };
    let mut run = EDGE;
    for (at, next) in text.iter().map(letter).chain([EDGE]).enumerate() {
        run = (run * LETTERS + next) % GRAMS;
        if at > 0 {
            to.push(run as u32);
        }
    }
    to.sort_unstable();
    to.dedup();
}

impl Grams {
    pub(super) fn new(drafts: &[Draft]) -> Self {
        let blocks = drafts.len().div_ceil(BLOCK).max(1);
        let mut ends = vec![0_u32; GRAMS * blocks];
        let mut runs = Vec::new();
        for (name, draft) in drafts.iter().enumerate() {
            grams(&draft.plain.text, &mut runs);
            for run in &runs {
                ends[*run as usize * blocks + name / BLOCK] += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            (*end, total) = (total, total + *end);
        }
        let mut lists = vec![0; total as usize];
        for (name, draft) in drafts.iter().enumerate() {
            grams(&draft.plain.text, &mut runs);
            for run in &runs {
                let end = &mut ends[*run as usize * blocks + name / BLOCK];
                lists[*end as usize] = (name % BLOCK) as u16;
                *end += 1;
            }
        }
        Self {
            ends,
            lists,
            blocks,
            names: drafts.len(),
        }
    }

    /// How many names have a run.
    fn count(&self, run: u32) -> usize {
        let first = run as usize * self.blocks;
        let from = first.checked_sub(1).map_or(0, |before| self.ends[before]);
        (self.ends[first + self.blocks - 1] - from) as usize
    }

    /// The list of a run in a block.
    fn list(&self, run: u32, block: usize) -> &[u16] {
        let at = run as usize * self.blocks + block;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.lists[from as usize..self.ends[at] as usize]
    }

    /// Searches for names that share rare runs with a plain form: the most alike in all, and those
    /// that hold most of it, the better known first.
    pub(super) fn search(
        &self,
        names: &Names,
        plain: &[u8],
        alike: usize,
        holding: usize,
    ) -> Vec<Shared> {
        let mut runs = Vec::new();
        grams(plain, &mut runs);
        let mut lists: Vec<(usize, u32)> =
            runs.iter().map(|run| (self.count(*run), *run)).collect();
        lists.sort_unstable();
        lists.truncate(RUNS);
        let mut read = 0;
        let mut total = 0_u32;
        COUNTS.with_borrow_mut(|counts| {
            let room = counts.sums.len().max(self.blocks * BLOCK);
            counts.sums.resize(room, 0);
            for (at, (count, run)) in lists.into_iter().enumerate() {
                read += count;
                if at >= 3 && read > READ {
                    break;
                }
                // A run that few names have weighs more; one that none has is misspelt.
                let weight = (self.names as f32 / (count + 1) as f32).ln().max(0.5) * 32.0;
                #[expect(clippy::cast_sign_loss, reason = "0.5 or more")]
                let weight = weight as u16;
                total += u32::from(weight);
                for block in 0..self.blocks {
                    counts.add(self.list(run, block), block, weight);
                }
            }
            let shared = counts.best(names, plain.len(), total, alike, holding);
            counts.clear();
            shared
        })
    }
}

impl Counts {
    fn add(&mut self, list: &[u16], block: usize, weight: u16) {
        let sums = &mut self.sums[block * BLOCK..(block + 1) * BLOCK];
        // Without a branch that nothing could foretell: each place is written, but only kept if new.
        let mut next = self.touched.len();
        self.touched.resize(next + list.len(), 0);
        for place in list {
            let sum = &mut sums[usize::from(*place)];
            self.touched[next] = (block * BLOCK) as u32 + u32::from(*place);
            next += usize::from(*sum == 0);
            *sum = sum.saturating_add(weight);
            self.most = self.most.max(*sum);
        }
        self.touched.truncate(next);
    }

    fn best(
        &self,
        names: &Names,
        length: usize,
        total: u32,
        alike: usize,
        holding: usize,
    ) -> Vec<Shared> {
        let share = |name: u32| f32::from(self.sums[name as usize]) / total.max(1) as f32;
        let (mut by_likeness, mut by_holding) = (Vec::new(), Vec::new());
        let sum = |name: &u32| self.sums[*name as usize];
        #[expect(clippy::cast_sign_loss, reason = "a share of a sum")]
        let least = (f32::from(self.most) * LEAST) as u16;
        for name in self.touched.iter().filter(|name| sum(name) >= least) {
            let share = share(*name);
            let longer = names.plain_length(*name) as f32 / length.max(1) as f32;
            by_likeness.push((2.0 * share / (1.0 + longer.max(share)), *name));
            if share > 0.45 {
                by_holding.push((share + 0.04 * names.known(*name), *name));
            }
        }
        keep(&mut by_likeness, alike);
        keep(&mut by_holding, holding);
        let both = by_likeness.into_iter().chain(by_holding);
        both.map(|(_, name)| Shared {
            name,
            share: share(name),
        })
        .collect()
    }

    fn clear(&mut self) {
        self.most = 0;
        for name in self.touched.drain(..) {
            self.sums[name as usize] = 0;
        }
    }
}

fn keep(best: &mut Vec<(f32, u32)>, count: usize) {
    if best.len() > count {
        best.select_nth_unstable_by(count, |a, b| b.0.total_cmp(&a.0));
        best.truncate(count);
    }
}
