//! An export a day later.

use serde_json::{Value, json};

/// The export with a review annotation more, one with another status, one gone, and the last message gone with what was
/// marked on it.
pub fn later(mut value: Value) -> Value {
    value["project"]["updated_at"] = json!("2026-09-12T08:00:00Z");
    let review = value["annotations"]["review"].as_object_mut().unwrap();
    let list =
        review.values_mut().find_map(|list| list.as_array_mut().filter(|list| list.len() > 2)).unwrap();
    let part = list[0]["message_part_index"].clone();
    list.push(
        json!({ "id": "00000000-0000-4000-8000-00000000aaaa", "label": "fabrication", "status": "accepted",
        "start_offset": 0, "end_offset": 2, "message_part_index": part }),
    );
    list[0]["status"] = json!("flagged");
    list.remove(2);
    let conversations = value["conversations"].as_array_mut().unwrap();
    let gone = conversations.last_mut().unwrap()["messages"].as_array_mut().unwrap().pop().unwrap();
    for tier in ["automated", "primary", "review"] {
        value["annotations"][tier].as_object_mut().unwrap().remove(gone["id"].as_str().unwrap());
    }
    value
}
