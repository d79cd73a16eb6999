//! JSON paths of annotations and keys, written only where something is said of one.

use crate::domain::{AnnotationRef, Export, Id, Tier, shortened};

/// The path of an annotation, such as `$.annotations.primary["497f6eca-…"][2]`; a repeated key is told by its name alone.
pub fn annotation_path(export: &Export, annotation: AnnotationRef) -> String {
    let lists = &export.tiers[annotation.tier].lists;
    let at = lists.partition_point(|list| list.annotations.end <= annotation.index);
    match lists.get(at) {
        Some(list) => {
            let index = annotation.index.saturating_sub(list.annotations.start);
            format!("{}[{index}]", key_path(annotation.tier, &list.key))
        }
        None => format!("$.annotations.{}", annotation.tier.key()),
    }
}

/// The path of a tier's list, the key quoted as a JSON string, a long one cut off.
pub(super) fn key_path(tier: Tier, key: &Id) -> String {
    format!(
        "$.annotations.{}[{}]",
        tier.key(),
        serde_json::to_string(&*shortened(&key.text())).unwrap_or_default()
    )
}
