use super::*;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use serde_json::Value;

fn made(plan: Plan, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let size = write(plan, seed, &mut bytes).unwrap();
    assert_eq!(size, bytes.len() as u64);
    bytes
}

/// Each annotation as message, part and the three numbers, with what its slice says.
fn slices(export: &Value) -> Vec<(String, String)> {
    let messages: std::collections::HashMap<_, _> = export["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|conversation| conversation["messages"].as_array().unwrap())
        .map(|message| (message["id"].as_str().unwrap(), message))
        .collect();
    let mut slices = Vec::new();
    for tier in TIERS {
        for (message, annotations) in export["annotations"][tier].as_object().unwrap() {
            let text = messages[message.as_str()]["parts"][0]["content"].as_str().unwrap();
            for annotation in annotations.as_array().unwrap() {
                let number = |key: &str| annotation[key].as_u64().unwrap() as usize;
                let (start, end) = (number("start_offset"), number("end_offset"));
                let slice = text.chars().skip(start).take(end - start).collect();
                slices.push((slice, annotation["text"].as_str().unwrap().to_owned()));
            }
        }
    }
    slices
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let plan = Plan::Mixed { bytes: 300_000 };
    assert_eq!(made(plan, 1), made(plan, 1));
    assert_ne!(made(plan, 1), made(plan, 2));
}

#[test]
fn a_mixed_export_has_its_size_its_scripts_and_marks_that_fit() {
    let bytes = made(Plan::Mixed { bytes: 1_000_000 }, 1);
    assert!((1_000_000..1_010_000).contains(&bytes.len()), "{}", bytes.len());
    let export: Value = serde_json::from_slice(&bytes).unwrap();
    let slices = slices(&export);
    assert!(slices.len() > 1_000, "{}", slices.len());
    assert!(slices.iter().all(|(slice, quote)| slice == quote && !quote.is_empty()));
    let text = String::from_utf8(bytes).unwrap();
    for sign in ["т", "ل", "ग", "药", "💊", "tool_call_response", RARE_WORD] {
        assert!(text.contains(sign), "{sign}");
    }
    let long = &export["conversations"][1]["messages"];
    let longest =
        long.as_array().unwrap().iter().filter_map(|message| message["parts"][0]["content"].as_str());
    assert!(longest.map(|text| text.chars().count()).max() >= Some(87_900));
    let dense = export["conversations"][2]["messages"].as_array().unwrap();
    let of = |message: &Value| -> usize {
        let id = message["id"].as_str().unwrap();
        TIERS.iter().filter_map(|tier| export["annotations"][tier][id].as_array()).map(Vec::len).sum()
    };
    assert_eq!(dense.iter().map(of).max(), Some(300));
}

#[test]
fn a_long_part_bears_all_its_annotations() {
    let plan = Plan::LongPart { characters: 20_000, annotations: 100 };
    let export: Value = serde_json::from_slice(&made(plan, 1)).unwrap();
    let id = export["conversations"][1]["messages"][1]["id"].as_str().unwrap();
    let counts = TIERS.map(|tier| export["annotations"][tier][id].as_array().unwrap().len());
    assert_eq!(counts, [34, 33, 33]);
    assert!(slices(&export).iter().all(|(slice, quote)| slice == quote));
}

#[test]
fn the_reader_takes_every_plan_without_a_notice() {
    for plan in [
        Plan::Mixed { bytes: 500_000 },
        Plan::LongPart { characters: 5_000, annotations: 30 },
        Plan::Messages { count: 500 },
    ] {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(&made(plan, 3), &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        assert!(export.notices.is_empty(), "{plan:?}: {:?}", export.notices);
        if let Plan::Messages { count } = plan {
            assert_eq!(export.conversations[0].messages.len(), count as usize);
        }
    }
}
