//! The tree that screen readers read: what is a heading, a paragraph, a list, a table, in reading order.

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use std::num::NonZeroU16;

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

/// The tree while it grows: branches first, then each drawn line finds its own.
pub(super) struct Tree {
    branches: Vec<Branch>,
}

struct Branch {
    kind: TagKind,
    children: Vec<Child>,
}

enum Child {
    Branch(usize),
    Drawn(Identifier),
}

impl Tree {
    /// The root.
    pub(super) const ROOT: Place = Place(0);

    /// An empty tree.
    pub(super) fn new() -> Self {
        Self { branches: vec![Branch { kind: Tag::Part.into(), children: Vec::new() }] }
    }

    /// A new branch at the end of another.
    pub(super) fn branch(&mut self, under: Place, kind: impl Into<TagKind>) -> Place {
        let place = self.branches.len();
        self.branches.push(Branch { kind: kind.into(), children: Vec::new() });
        self.branches[under.0].children.push(Child::Branch(place));
        Place(place)
    }

    /// A paragraph at the end of the root.
    pub(super) fn paragraph(&mut self) -> Place {
        self.branch(Self::ROOT, Tag::P)
    }

    /// A heading at the end of the root.
    pub(super) fn heading(&mut self, level: NonZeroU16, text: &str) -> Place {
        self.branch(Self::ROOT, Tag::Hn(level, Some(text.to_owned())))
    }

    /// A list without numbers at the end of the root.
    pub(super) fn list(&mut self) -> Place {
        self.branch(Self::ROOT, Tag::L(ListNumbering::Disc))
    }

    /// A cell that names its row or its column.
    pub(super) fn head_cell(&mut self, row: Place, scope: TableHeaderScope) -> Place {
        self.branch(row, Tag::TH(scope))
    }

    /// Something drawn belongs there.
    pub(super) fn drawn(&mut self, place: Place, identifier: Identifier) {
        self.branches[place.0].children.push(Child::Drawn(identifier));
    }

    /// The tree as the writer takes it.
    pub(super) fn finish(self) -> TagTree {
        let mut built: Vec<Option<TagGroup>> = Vec::with_capacity(self.branches.len());
        built.resize_with(self.branches.len(), || None);
        // A branch is always younger than the one it grows from.
        for (place, branch) in self.branches.into_iter().enumerate().rev() {
            let mut group = TagGroup::new(branch.kind);
            for child in branch.children {
                let node = match child {
                    Child::Branch(place) => built[place].take().map(Node::Group),
                    Child::Drawn(identifier) => Some(Node::Leaf(identifier)),
                };
                group.children.extend(node);
            }
            built[place] = Some(group);
        }
        let mut tree = TagTree::new();
        for node in built.into_iter().next().flatten().map(|root| root.children).unwrap_or_default() {
            tree.push(node);
        }
        tree
    }
}
