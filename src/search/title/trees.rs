//! Sums of small decision trees: fitted outside (`fit/`), read here from a few kilobytes.

/// A leaf's mark in the place of a feature.
const LEAF: u8 = 0xff;
/// Bytes of a node: its feature, a filler, how far on its right child is, and a number.
const NODE: usize = 8;
/// How many sums are made at a time, so that the processor need not wait for one step of one.
const ABREAST: usize = 8;

/// A step to the left, to the next node, up to a number; in a leaf no step at all.
#[derive(Debug, Clone, Copy)]
struct Node {
    number: f32,
    right: u16,
    left: u8,
    feature: u8,
}

/// A sum of decision trees over features.
#[derive(Debug)]
pub(super) struct Trees {
    nodes: Vec<Node>,
    /// Where each tree begins, and how deep it is.
    roots: Vec<(u32, u32)>,
}

impl Trees {
    /// Reads trees as `fit.py` writes them: nodes with the left child first, one tree after another.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let node = |bytes: &[u8]| {
            let leaf = bytes[0] == LEAF;
            Node {
                feature: if leaf { 0 } else { bytes[0] },
                left: u8::from(!leaf),
                right: u16::from_le_bytes([bytes[2], bytes[3]]),
                number: f32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]),
            }
        };
        let nodes: Vec<Node> = bytes.chunks_exact(NODE).map(node).collect();
        let mut roots: Vec<(u32, u32)> = Vec::new();
        // Right children still to come, each with its depth.
        let mut open: Vec<u32> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let depth = open.pop().unwrap_or_else(|| {
                roots.push((at as u32, 0));
                0
            });
            if node.left > 0 {
                open.extend([depth + 1, depth + 1]);
            }
            if let Some((_, deepest)) = roots.last_mut() {
                *deepest = depth.max(*deepest);
            }
        }
        Self { nodes, roots }
    }

    /// The sums of what the trees say of each of some sets of features.
    pub(super) fn sums<const N: usize>(&self, all: &[[f32; N]]) -> Vec<f32> {
        let mut sums = vec![0.0; all.len()];
        for (features, sums) in all.chunks(ABREAST).zip(sums.chunks_mut(ABREAST)) {
            for (root, depth) in &self.roots {
                let mut at = [*root; ABREAST];
                for _ in 0..*depth {
                    for (at, features) in at.iter_mut().zip(features) {
                        let node = self.nodes[*at as usize];
                        let left = features[usize::from(node.feature)] <= node.number;
                        *at += if left {
                            u32::from(node.left)
                        } else {
                            u32::from(node.right)
                        };
                    }
                }
                for (sum, at) in sums.iter_mut().zip(at) {
                    *sum += self.nodes[at as usize].number;
                }
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_trees_are_summed() {
        let node = |feature: u8, right: u16, number: f32| {
            let mut bytes = vec![feature, 0];
            bytes.extend(right.to_le_bytes());
            bytes.extend(number.to_le_bytes());
            bytes
        };
        let bytes = [
            node(1, 2, 0.5),
            node(LEAF, 0, 1.0),
            node(LEAF, 0, 2.0),
            node(LEAF, 0, 10.0),
        ]
        .concat();

        let trees = Trees::new(&bytes);

        let sums = trees.sums(&[[9.0, 0.5], [9.0, 0.6]]);
        assert!((sums[0] - 11.0).abs() < 1e-6);
        assert!((sums[1] - 12.0).abs() < 1e-6);
    }
}
