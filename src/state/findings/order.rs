//! The order of the table, and the word for it in an address: a column, after `-` where it descends.

use super::super::Opened;
use super::row::{TableRow, statuses};
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::Finding;
use labelscope_core::logic::sort::{sort_by, sort_by_cached_key};
use std::cmp::{Ordering, Reverse};

/// How many characters of a quote are compared.
const COMPARED: usize = 80;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// What the tiers did.
    Verdict,
    /// Which tiers have a mark.
    Tiers,
    /// The label of the last tier's mark.
    Label,
    /// The text of the last tier's mark.
    Text,
    /// The statuses.
    Status,
    /// How it is anchored.
    Anchor,
    /// Where it starts in its part.
    Range,
    /// Where it stands in the export: document order.
    Place,
}

impl Column {
    /// All columns, in their order.
    pub const ALL: [Column; 8] = [
        Column::Verdict,
        Column::Tiers,
        Column::Label,
        Column::Text,
        Column::Status,
        Column::Anchor,
        Column::Range,
        Column::Place,
    ];

    /// The word for it in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Column::Verdict => "verdict",
            Column::Tiers => "tiers",
            Column::Label => "label",
            Column::Text => "text",
            Column::Status => "status",
            Column::Anchor => "anchor",
            Column::Range => "range",
            Column::Place => "place",
        }
    }

    /// The words at its head.
    pub const fn title(self) -> &'static str {
        match self {
            Column::Verdict => "Verdict",
            Column::Tiers => "Tiers",
            Column::Label => "Label",
            Column::Text => "Text",
            Column::Status => "Status",
            Column::Anchor => "Anchor",
            Column::Range => "Range",
            Column::Place => "Message",
        }
    }
}

/// What the table is sorted by; rows that are equal by it stay in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// From the last to the first.
    pub descends: bool,
}

impl Default for Order {
    fn default() -> Self {
        Order { column: Column::Place, descends: false }
    }
}

impl Order {
    /// The order that `sort` of an address names; document order where it names none of this table.
    pub fn of(sort: Option<&str>) -> Self {
        let word = sort.unwrap_or_default();
        let (descends, key) = match word.strip_prefix('-') {
            Some(key) => (true, key),
            None => (false, word),
        };
        let column = Column::ALL.into_iter().find(|column| column.key() == key);
        column.map_or_else(Order::default, |column| Order { column, descends })
    }

    /// The word for it; none for document order.
    pub fn word(self) -> Option<String> {
        let sign = if self.descends { "-" } else { "" };
        (self != Order::default()).then(|| format!("{sign}{}", self.column.key()))
    }

    /// What a click on the head of `column` leads to: that column, then the other way round.
    pub fn toggled(self, column: Column) -> Self {
        Order { column, descends: self.column == column && !self.descends }
    }

    /// Sorts rows that stand in document order.
    pub fn sort(self, opened: &Opened, rows: &mut [TableRow]) {
        let finding = |row: &TableRow| row.finding(opened).and_then(|at| opened.alignment.finding(at));
        match self.column {
            Column::Place if self.descends => rows.reverse(),
            Column::Place => {}
            Column::Verdict => {
                self.by(rows, |row| finding(row).map(|one| (one.verdicts.iter().next(), one.verdicts)))
            }
            Column::Tiers => self.by(rows, |row| {
                finding(row).map(|one| Tier::ALL.map(|tier| Reverse(one.presence[tier].mark().is_some())))
            }),
            Column::Label => self
                .by(rows, |row| row.last_mark(opened).map(|mark| (mark.label.is_none(), mark.label.clone()))),
            Column::Range => self.by(rows, |row| row.last_mark(opened).map(|mark| mark.points)),
            Column::Status => self.by(rows, |row| finding(row).map(|one| statuses(opened, one))),
            Column::Anchor => self.by(rows, |row| finding(row).map(|one| worst_anchor(opened, one))),
            Column::Text => {
                let mut texts = super::row::Texts::new(opened);
                let mut keys: Vec<(String, usize)> = Vec::with_capacity(rows.len());
                for (at, row) in rows.iter().enumerate() {
                    let key = row.last_mark(opened).map(|mark| {
                        let text = texts.of(mark.part).get(mark.bytes.as_range()).unwrap_or_default();
                        text.trim_start().chars().take(COMPARED).flat_map(char::to_lowercase).collect()
                    });
                    keys.push((key.unwrap_or_default(), at));
                }
                sort_by(&mut keys, |(one, _), (other, _)| self.way(one.cmp(other)));
                let sorted: Vec<TableRow> =
                    keys.into_iter().filter_map(|(_, at)| rows.get(at).copied()).collect();
                rows.copy_from_slice(&sorted);
            }
        }
    }

    fn way(self, order: Ordering) -> Ordering {
        if self.descends { order.reverse() } else { order }
    }

    fn by<K: Ord>(self, rows: &mut [TableRow], key: impl Fn(&TableRow) -> Option<K>) {
        if self.descends {
            sort_by_cached_key(rows, |row| Reverse(key(row)));
        } else {
            sort_by_cached_key(rows, key);
        }
    }
}

/// The least sure way in which an annotation of a finding is anchored: verified, relocated, unverified.
fn worst_anchor(opened: &Opened, finding: &Finding) -> Option<usize> {
    super::row::anchors(opened, finding).into_iter().max()
}
