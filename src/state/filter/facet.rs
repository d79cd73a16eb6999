//! The facets: what each is called, and where an address holds what is chosen of it.

use super::super::route::Route;
use labelscope_core::domain::Tier;

/// A property of findings or messages that can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The labels of its annotations.
    Label,
    /// What the tiers did.
    Verdict,
    /// Whether they differ; one value.
    Difference,
    /// The statuses of its annotations.
    Status,
    /// How its annotations are anchored.
    Anchor,
    /// The tiers that marked it.
    Tier,
    /// The kind of the part.
    Kind,
    /// The role of the message.
    Role,
    /// The model that wrote the message.
    Model,
    /// The provider of that model.
    Provider,
    /// Why the model stopped.
    Finish,
    /// Whether review has not looked at the message though another tier did; one value.
    Unreviewed,
}

/// A value of a facet that occurs in an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The word for it in an address.
    pub word: String,
    /// What a person reads.
    pub words: String,
}

/// The word of the one value of a facet that is a yes.
pub(super) const YES: &str = "1";

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Facet; 12] = [
        Facet::Label,
        Facet::Verdict,
        Facet::Difference,
        Facet::Status,
        Facet::Anchor,
        Facet::Tier,
        Facet::Kind,
        Facet::Role,
        Facet::Model,
        Facet::Provider,
        Facet::Finish,
        Facet::Unreviewed,
    ];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Facet::Label => "Label",
            Facet::Verdict => "Verdict",
            Facet::Difference => "Differences",
            Facet::Status => "Status",
            Facet::Anchor => "Anchor",
            Facet::Tier => "Marked by",
            Facet::Kind => "Part",
            Facet::Role => "Role",
            Facet::Model => "Model",
            Facet::Provider => "Provider",
            Facet::Finish => "Finish reason",
            Facet::Unreviewed => "Review",
        }
    }

    /// What is said of what has no value of it.
    pub(super) const fn without(self) -> &'static str {
        match self {
            Facet::Label => "without a label",
            Facet::Status => "without a status",
            Facet::Role => "without a role",
            Facet::Model => "without a model",
            Facet::Provider => "without a provider",
            Facet::Finish => "without a finish reason",
            Facet::Verdict
            | Facet::Difference
            | Facet::Anchor
            | Facet::Tier
            | Facet::Kind
            | Facet::Unreviewed => "none",
        }
    }

    /// Whether it is a property of the message alone.
    pub const fn is_of_messages(self) -> bool {
        match self {
            Facet::Role | Facet::Model | Facet::Provider | Facet::Finish | Facet::Unreviewed => true,
            Facet::Label
            | Facet::Verdict
            | Facet::Difference
            | Facet::Status
            | Facet::Anchor
            | Facet::Tier
            | Facet::Kind => false,
        }
    }

    /// Its place in [`Facet::ALL`], as a bit.
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Which facets are left out while its values are counted. Differences and verdicts are chosen in each other's place.
    pub(super) const fn apart_from(self) -> u32 {
        match self {
            Facet::Verdict | Facet::Difference => Facet::Verdict.bit() | Facet::Difference.bit(),
            _ => self.bit(),
        }
    }

    /// The list of an address that holds its words, where a list does.
    pub(super) fn list(self, route: &mut Route) -> Option<&mut Vec<String>> {
        match self {
            Facet::Label => Some(&mut route.labels),
            Facet::Verdict => Some(&mut route.verdicts),
            Facet::Status => Some(&mut route.statuses),
            Facet::Anchor => Some(&mut route.anchors),
            Facet::Kind => Some(&mut route.kinds),
            Facet::Role => Some(&mut route.roles),
            Facet::Model => Some(&mut route.models),
            Facet::Provider => Some(&mut route.providers),
            Facet::Finish => Some(&mut route.finish),
            Facet::Difference | Facet::Tier | Facet::Unreviewed => None,
        }
    }

    /// The words that an address chooses of it; none where it lets all through.
    pub fn chosen(self, route: &Route) -> Vec<String> {
        let yes = |is_on: bool| if is_on { vec![YES.to_owned()] } else { Vec::new() };
        match self {
            Facet::Label => route.labels.clone(),
            Facet::Verdict => route.verdicts.clone(),
            Facet::Status => route.statuses.clone(),
            Facet::Anchor => route.anchors.clone(),
            Facet::Kind => route.kinds.clone(),
            Facet::Role => route.roles.clone(),
            Facet::Model => route.models.clone(),
            Facet::Provider => route.providers.clone(),
            Facet::Finish => route.finish.clone(),
            Facet::Difference => yes(route.differences),
            Facet::Unreviewed => yes(route.unreviewed),
            Facet::Tier => match route.tiers {
                None => Vec::new(),
                Some(tiers) => {
                    tiers.iter().filter(|(_, shown)| **shown).map(|(tier, _)| word_of_tier(tier)).collect()
                }
            },
        }
    }

    /// Whether an address lets nothing through by it but what it chooses, be that nothing at all.
    pub(super) fn is_asked(self, route: &Route) -> bool {
        match self {
            Facet::Tier => route.tiers.is_some(),
            _ => !self.chosen(route).is_empty(),
        }
    }

    /// Chooses a value, or no longer.
    pub fn toggle(self, route: &mut Route, word: &str) {
        match self {
            Facet::Difference => {
                route.differences = !route.differences;
                route.verdicts.clear();
            }
            Facet::Unreviewed => route.unreviewed = !route.unreviewed,
            Facet::Tier => {
                if let Some(tier) = Tier::ALL.into_iter().find(|tier| word_of_tier(*tier) == word) {
                    route.toggle_tier(tier);
                }
            }
            _ => {
                if self == Facet::Verdict {
                    route.differences = false;
                }
                if let Some(list) = self.list(route) {
                    match list.iter().position(|one| one == word) {
                        Some(at) => drop(list.remove(at)),
                        None => list.push(word.to_owned()),
                    }
                }
            }
        }
    }
}

pub(super) fn word_of_tier(tier: Tier) -> String {
    tier.letter().to_string()
}
