//! The rules of the header, one thing at a time, by comparing words.

use super::*;

fn among(list: &[String], value: Option<&str>) -> bool {
    list.is_empty() || list.iter().any(|word| value_of(word) == value)
}

fn any<'a>(list: &[String], mut values: impl Iterator<Item = Option<&'a str>>) -> bool {
    list.is_empty() || values.any(|value| among(list, value))
}

fn is_named(route: &Route, ids: &[Option<&Id>]) -> bool {
    let named: Vec<Id> = route.ids.iter().map(|id| Id::new(id)).collect();
    named.is_empty() || ids.iter().flatten().any(|id| named.contains(id))
}

fn ids_of(opened: &Opened, at: MessageRef) -> Vec<Option<&Id>> {
    let conversation = opened.conversation(at.conversation).unwrap();
    vec![conversation.id.as_ref(), opened.message(at).unwrap().id.as_ref()]
}

fn facets_of_message(opened: &Opened, route: &Route, at: MessageRef) -> bool {
    let Message { role, generation, .. } = opened.message(at).unwrap();
    let mut reasons: Vec<Option<&str>> =
        generation.finish_reasons.iter().map(|reason| Some(&**reason)).collect();
    if reasons.is_empty() {
        reasons.push(None);
    }
    let looked = opened.alignment.message(at).map(|one| one.looked).unwrap_or_default();
    among(&route.roles, role.as_deref())
        && among(&route.models, generation.model.as_deref())
        && among(&route.providers, generation.provider.as_deref())
        && any(&route.finish, reasons.into_iter())
        && (!route.unreviewed || (!looked[Tier::Review] && Tier::ALL.iter().any(|tier| looked[*tier])))
}

fn annotations(opened: &Opened, finding: &Finding) -> Vec<AnnotationRef> {
    let marks = finding.marks().map(|mark| opened.mark(mark).unwrap());
    marks.flat_map(|mark| opened.alignment.annotations_of(mark)).copied().collect()
}

pub fn finding(opened: &Opened, route: &Route, index: FindingIndex) -> bool {
    let finding = opened.alignment.finding(index).unwrap();
    let all: Vec<_> =
        annotations(opened, finding).into_iter().map(|at| (at, opened.annotation(at).unwrap())).collect();
    let at = finding.part.message;
    let kind = opened.part(finding.part).unwrap().kind.key();
    let mut ids = ids_of(opened, at);
    ids.extend(all.iter().map(|(_, one)| one.id.as_ref()));
    facets_of_message(opened, route, at)
        && is_named(route, &ids)
        && (!route.differences || finding.is_difference())
        && (route.verdicts.is_empty()
            || route.verdicts.iter().any(|word| finding.verdicts.iter().any(|one| one.key() == word)))
        && any(&route.labels, all.iter().map(|(_, one)| one.label.as_deref()))
        && any(&route.statuses, all.iter().map(|(_, one)| one.status.as_deref()))
        && any(&route.anchors, all.iter().map(|(at, _)| opened.anchor(*at).map(|how| how.key())))
        && among(&route.kinds, Some(kind))
        && route.tiers.is_none_or(|tiers| all.iter().any(|(at, _)| tiers[at.tier]))
        && (!route.noise || opened.noisy_findings().contains(&index))
        && route.flow.is_none_or(|flow| flow_of(&opened.alignment, finding) == Some(flow))
}

pub fn unplaced(opened: &Opened, route: &Route, one: &Unplaced) -> bool {
    let sent = opened.annotation(one.annotation).unwrap();
    let mut ids = one.message.map(|at| ids_of(opened, at)).unwrap_or_default();
    ids.push(sent.id.as_ref());
    let of_message = Filter::of_messages(&Route { ids: Vec::new(), ..route.clone() }).is_empty()
        || one.message.is_some_and(|at| facets_of_message(opened, route, at));
    let part = sent.part_index.and_then(|part| {
        let part = PartRef { message: one.message?, part: u32::try_from(part).ok()? };
        opened.part(part)
    });
    of_message
        && is_named(route, &ids)
        && !(route.differences || route.noise || route.flow.is_some() || !route.verdicts.is_empty())
        && among(&route.labels, sent.label.as_deref())
        && among(&route.statuses, sent.status.as_deref())
        && among(&route.anchors, Some("unanchored"))
        && (route.kinds.is_empty() || part.is_some_and(|part| among(&route.kinds, Some(part.kind.key()))))
        && route.tiers.is_none_or(|tiers| tiers[one.annotation.tier])
}

fn message(opened: &Opened, route: &Route, at: MessageRef) -> bool {
    let mut ids = ids_of(opened, at);
    let placed = opened.placement.of_message(at).iter().map(|place| place.annotation);
    let unplaced = opened.placement.unplaced_of(at).iter().map(|one| one.annotation);
    ids.extend(placed.chain(unplaced).map(|one| opened.annotation(one).unwrap().id.as_ref()));
    let kinds = opened.message(at).unwrap().parts.iter().map(|part| Some(part.kind.key()));
    facets_of_message(opened, route, at) && is_named(route, &ids) && any(&route.kinds, kinds)
}

pub fn conversation(opened: &Opened, route: &Route, index: u32) -> bool {
    let messages = opened.conversation(index).unwrap().messages.len() as u32;
    let mut messages = (0..messages).map(|message| MessageRef { conversation: index, message });
    let asks = Filter::of(route).asks_for_findings();
    let is_here = |at: Option<MessageRef>| at.is_some_and(|at| at.conversation == index);
    let mut findings = (0..opened.alignment.findings.len())
        .map(FindingIndex::new)
        .filter(|&one| is_here(opened.alignment.finding(one).map(|finding| finding.part.message)));
    match asks {
        true => {
            findings.any(|one| finding(opened, route, one))
                || opened
                    .placement
                    .unplaced
                    .iter()
                    .any(|one| is_here(one.message) && unplaced(opened, route, one))
        }
        false => messages.any(|at| message(opened, route, at)),
    }
}
