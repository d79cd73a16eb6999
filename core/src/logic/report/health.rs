//! health.json: totals, how the tiers were anchored, assumptions and anomalies.

use super::ids_of;
use crate::domain::{Export, Tier};
use crate::logic::align::Alignment;
use crate::logic::health::{Anomaly, Assumption, Example, anomalies, assumptions};
use crate::logic::place::Placement;
use crate::logic::totals::{Totals, totals};
use serde::Serialize;

#[derive(Serialize)]
struct Health {
    export: ExportTotals,
    tiers: OfTiers<TierAnchors>,
    assumptions: Vec<AssumptionEntry>,
    anomalies: Vec<AnomalyEntry>,
}

#[derive(Serialize)]
struct ExportTotals {
    conversations: usize,
    messages: usize,
    annotations: OfTiers<usize>,
    findings: usize,
    differences: usize,
    labels: Vec<LabelTotals>,
    statuses: Vec<StatusTotals>,
}

#[derive(Serialize)]
struct LabelTotals {
    name: Option<String>,
    in_schema: bool,
    annotations: OfTiers<usize>,
}

#[derive(Serialize)]
struct StatusTotals {
    name: Option<String>,
    annotations: OfTiers<usize>,
}

#[derive(Serialize)]
struct OfTiers<T> {
    automated: T,
    primary: T,
    review: T,
}

impl<T> OfTiers<T> {
    fn new(of: impl Fn(Tier) -> T) -> Self {
        OfTiers { automated: of(Tier::Automated), primary: of(Tier::Primary), review: of(Tier::Review) }
    }
}

#[derive(Serialize)]
struct TierAnchors {
    verified: usize,
    relocated: usize,
    unverified: usize,
    unanchored: usize,
    /// The unit that the tier usually counts in; null where none of its annotations tells.
    unit: Option<&'static str>,
}

#[derive(Serialize)]
struct AssumptionEntry {
    what: &'static str,
    evidence: String,
    value: &'static str,
}

#[derive(Serialize)]
struct AnomalyEntry {
    kind: &'static str,
    count: usize,
    examples: Vec<ExampleEntry>,
}

#[derive(Serialize)]
struct ExampleEntry {
    path: String,
    conversation_id: Option<String>,
    message_id: Option<String>,
    annotation_id: Option<String>,
}

/// The whole file, indented by two.
pub fn health(export: &Export, placement: &Placement, alignment: &Alignment) -> String {
    let health = Health {
        export: export_totals(&totals(export), alignment),
        tiers: OfTiers::new(|tier| {
            let tally = placement.tally(tier);
            TierAnchors {
                verified: tally.verified,
                relocated: tally.relocated,
                unverified: tally.unverified,
                unanchored: tally.unanchored,
                unit: placement.units[tier].usual().map(|unit| unit.key()),
            }
        }),
        assumptions: assumptions(export, placement, alignment)
            .into_iter()
            .map(|Assumption { what, evidence, value }| AssumptionEntry { what, evidence, value })
            .collect(),
        anomalies: anomalies(export, placement).iter().map(|anomaly| entry(export, anomaly)).collect(),
    };
    // Strings and numbers cannot fail to be written.
    serde_json::to_string_pretty(&health).unwrap_or_default() + "\n"
}

fn export_totals(totals: &Totals, alignment: &Alignment) -> ExportTotals {
    ExportTotals {
        conversations: totals.conversations,
        messages: totals.messages,
        annotations: OfTiers::new(|tier| totals.annotations[tier]),
        findings: alignment.findings.len(),
        differences: alignment.findings.iter().filter(|finding| finding.is_difference()).count(),
        labels: totals
            .labels
            .iter()
            .map(|label| LabelTotals {
                name: label.name.as_deref().map(str::to_owned),
                in_schema: label.in_schema,
                annotations: OfTiers::new(|tier| label.annotations[tier]),
            })
            .collect(),
        statuses: totals
            .statuses
            .iter()
            .map(|status| StatusTotals {
                name: status.name.as_deref().map(str::to_owned),
                annotations: OfTiers::new(|tier| status.annotations[tier]),
            })
            .collect(),
    }
}

fn entry(export: &Export, anomaly: &Anomaly) -> AnomalyEntry {
    let example = |example: &Example| {
        let ids = example.message.map(|message| ids_of(export, message));
        let annotation = example
            .annotation
            .and_then(|one| export.tiers[one.tier].annotations.get(one.index as usize))
            .and_then(|annotation| annotation.id.as_ref());
        ExampleEntry {
            path: example.path.clone(),
            conversation_id: ids.as_ref().map(|(conversation, _)| conversation.clone()),
            message_id: ids.map(|(_, message)| message),
            annotation_id: annotation.map(|id| id.text().into_owned()),
        }
    };
    AnomalyEntry {
        kind: anomaly.kind.key(),
        count: anomaly.count,
        examples: anomaly.examples.iter().map(example).collect(),
    }
}
