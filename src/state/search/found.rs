//! What a search found: counts of everything, and as many hits as are worth looking through.

use labelscope_core::logic::search::{Hit, Scope};

/// Hits in document order, grouped by conversation.
#[derive(Clone, Debug, Default)]
pub struct Found {
    hits: Vec<Hit>,
    groups: Vec<Group>,
    count: u64,
}

/// The hits of one conversation, or of the project, or of annotations without a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are of.
    pub scope: Scope,
    /// How many there are, kept or not.
    pub count: u64,
    /// Index of the first among the hits that are kept.
    first: usize,
}

/// One row of the list of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of the group at this index.
    Group(usize),
    /// The kept hit at this index.
    Hit(usize),
    /// What is not kept: hits, and groups without a hit that is.
    More {
        /// How many hits.
        hits: u64,
        /// How many groups.
        groups: usize,
    },
}

impl Found {
    /// How many hits are kept. Nobody looks through more; a search that finds more wants narrowing.
    pub const KEPT: usize = 20_000;

    /// Counts a hit, which must come after all others; its index, if it is kept.
    pub(super) fn add(&mut self, hit: Hit) -> Option<usize> {
        let scope = hit.site.scope();
        self.count += 1;
        match self.groups.last_mut().filter(|group| group.scope == scope) {
            Some(group) => group.count += 1,
            None => self.groups.push(Group { scope, count: 1, first: self.hits.len() }),
        }
        let index = self.hits.len();
        (index < Found::KEPT).then(|| {
            self.hits.push(hit);
            index
        })
    }

    /// The hits that are kept: the first ones.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The group at `index`.
    pub fn group(&self, index: usize) -> Option<&Group> {
        self.groups.get(index)
    }

    /// How many hits there are, kept or not.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// In how many conversations there are hits.
    pub fn conversations(&self) -> usize {
        self.groups.iter().filter(|group| matches!(group.scope, Scope::Conversation(_))).count()
    }

    /// How many rows the list has. Rows are only ever added at its end.
    pub fn rows(&self) -> usize {
        self.hits.len() + self.listed() + usize::from(self.count > self.hits.len() as u64)
    }

    /// The row at `index`: a group's head, then its hits, then the next group.
    pub fn row(&self, index: usize) -> Option<Row> {
        if index >= self.rows() {
            return None;
        }
        let listed = self.groups.get(..self.listed()).unwrap_or_default();
        if index >= self.hits.len() + listed.len() {
            let groups = self.groups.len() - listed.len();
            return Some(Row::More { hits: self.count - self.hits.len() as u64, groups });
        }
        // Group g has its head behind as many hits as come before it, and g heads.
        let (mut low, mut high) = (0, listed.len());
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            let head = listed.get(middle).map_or(usize::MAX, |group| group.first + middle);
            if head <= index { low = middle } else { high = middle }
        }
        let head = listed.get(low)?.first + low;
        Some(if head == index { Row::Group(low) } else { Row::Hit(index - low - 1) })
    }

    /// The row of the kept hit at `hit`.
    pub fn row_of(&self, hit: usize) -> usize {
        hit + self.groups.partition_point(|group| group.first <= hit)
    }

    /// How many groups have a hit that is kept.
    fn listed(&self) -> usize {
        self.groups.partition_point(|group| group.first < self.hits.len())
    }
}
