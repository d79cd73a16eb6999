//! What is missing, foreign, repeated or out of range: read as far as it goes, and noted.

use super::{notices, read, read_cut};
use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, Tier};

/// Reads `json` and prints the notices and what `shown` makes of the export.
fn check(json: &str, shown: impl Fn(&Export) -> String, expected: Expect) {
    let (export, result) = read(json);
    assert_eq!(result, Ok(()), "{json}");
    expected.assert_eq(&format!("{}\n{}", shown(&export), notices(&export)));
}

fn tier(export: &Export, tier: Tier) -> String {
    let tier = &export.tiers[tier];
    let mut shown = String::new();
    for list in &tier.lists {
        shown += &format!("{} {:?}\n", list.key, list.annotations);
    }
    for a in &tier.annotations {
        let id = a.id.as_ref().map(ToString::to_string);
        let (label, status) = (a.label.as_deref(), a.status.as_deref());
        let numbers = [a.start_offset, a.end_offset, a.part_index];
        shown += &format!("{id:?} {label:?} {status:?} {:?} {numbers:?} {:?}\n", a.text, a.explanation);
    }
    shown
}

#[test]
fn annotations() {
    check(
        r#"{"project":{},"conversations":[],"annotations":{"automated":null,"review":7,"consensus":{"a":1},"primary":{
            "full":[{"id":"a","label":"l","status":"accepted","text":"t","start_offset":1,"end_offset":2,"message_part_index":0,"explanation":"e"}],
            "nulls":[{"id":null,"label":null,"status":null,"text":null,"start_offset":null,"end_offset":null,"message_part_index":null,"explanation":null}],
            "empty":[], "nothing":null, "object":{"id":"x"},
            "odd \"key\"":[{}, 7, null, "s", []],
            "types":[{"id":7,"label":7,"status":["x"],"text":{"a":1},"start_offset":"1","end_offset":true,"message_part_index":[],"explanation":1.50}],
            "numbers":[{"id":"n","label":"l","start_offset":-3,"end_offset":2.0,"message_part_index":1e30},
                       {"id":"n","label":"l","start_offset":2.5,"end_offset":9223372036854775807,"message_part_index":9223372036854775808}],
            "repeats":[{"id":"1","label":"l","id":"2","x":1,"x":2}],
            "full":[{"id":"again","label":"\ud800"}], "FULL":[]
        }}}"#,
        |export| tier(export, Tier::Primary),
        expect![[r#"
            full 0..1
            nulls 1..2
            empty 2..2
            nothing 2..2
            object 2..2
            odd "key" 2..7
            types 7..8
            numbers 8..10
            repeats 10..11
            full 11..12
            FULL 12..12
            Some("a") Some("l") Some("accepted") Some("t") [Some(1), Some(2), Some(0)] Some("e")
            None None None None [None, None, None] None
            None None None None [None, None, None] None
            None None None None [None, None, None] None
            None None None None [None, None, None] None
            None None None None [None, None, None] None
            None None None None [None, None, None] None
            Some("7") None None None [None, None, None] None
            Some("n") Some("l") None None [Some(-3), Some(2), None] None
            Some("n") Some("l") None None [None, Some(9223372036854775807), None] None
            Some("2") Some("l") None None [None, None, None] None
            Some("again") Some("�") None None [None, None, None] None

            $.annotations.automated is missing (60..64)
            $.annotations.review should be an object, but is a number (74..75)
            $.annotations.primary.nulls[0].id is missing (278..411)
            $.annotations.primary.nulls[0].label is missing (278..411)
            $.annotations.primary.nothing should be an array, but is null (448..452)
            $.annotations.primary.object should be an array, but is an object (463..473)
            $.annotations.primary["odd \"key\""][0].id is missing (502..504)
            $.annotations.primary["odd \"key\""][0].label is missing (502..504)
            $.annotations.primary["odd \"key\""][1] should be an object, but is a number (506..507)
            $.annotations.primary["odd \"key\""][2] should be an object, but is null (509..513)
            $.annotations.primary["odd \"key\""][3] should be an object, but is a string (515..518)
            $.annotations.primary["odd \"key\""][4] should be an object, but is an array (520..522)
            $.annotations.primary.types[0].id should be a string, but is a number (546..674)
            $.annotations.primary.types[0].label should be a string, but is a number (546..674)
            $.annotations.primary.types[0].status should be a string, but is an array (546..674)
            $.annotations.primary.types[0].text should be a string, but is an object (546..674)
            $.annotations.primary.types[0].start_offset should be a number, but is a string (546..674)
            $.annotations.primary.types[0].end_offset should be a number, but is true or false (546..674)
            $.annotations.primary.types[0].message_part_index should be a number, but is an array (546..674)
            $.annotations.primary.types[0].explanation should be a string, but is a number (546..674)
            $.annotations.primary.numbers[0].message_part_index is a number that does not fit (700..783)
            $.annotations.primary.numbers[1].start_offset is a number that does not fit (808..923)
            $.annotations.primary.numbers[1].message_part_index is a number that does not fit (808..923)
            $.annotations.primary.repeats[0].id repeats a key (949..992)
            $.annotations.primary.repeats[0].x repeats a key (949..992)
            $.annotations.primary.full repeats a key (1007..1013)
            $.annotations.primary.full[0].label holds half of a surrogate pair, read as U+FFFD (1015..1046)
            $.annotations.primary.FULL repeats a key (1049..1055)
        "#]],
    );
}

#[test]
fn conversations_and_messages() {
    check(
        r#"{"annotations":{},"project":null,"conversations":[
            7, null, {}, {"id":8,"messages":"none"}, {"id":"c","messages":null},
            {"id":"d","title":"kept in the raw view","messages":[
                7, {}, {"id":"m","role":null,"parts":null,"gen_ai.request.model":null},
                {"id":"n","role":7,"parts":"[truncated]","gen_ai.usage.input_tokens":-1,"gen_ai.usage.output_tokens":12.0,
                 "gen_ai.request.model":"m1","gen_ai.provider.name":"p","gen_ai.response.finish_reasons":["stop",null,7]},
                {"id":"o","parts":{"type":"text","content":"alone"},"gen_ai.response.finish_reasons":"length"},
                {"id":"p","parts":[],"parts":["a","b"],"y":1,"y":2,"gen_ai.response.finish_reasons":null}
            ],"messages_":0}
        ]}"#,
        |export| {
            let mut shown = String::new();
            for conversation in &export.conversations {
                shown += &format!("{:?} {:?}\n", conversation.id, conversation.source);
                for message in &conversation.messages {
                    let texts: Vec<_> = message.parts.iter().map(|part| &part.text).collect();
                    shown += &format!(
                        "  {:?} {:?} {texts:?} {:?}\n",
                        message.id, message.role, message.generation
                    );
                }
            }
            shown
        },
        expect![[r#"
            None Source { start: 63, end: 64 }
            None Source { start: 66, end: 70 }
            None Source { start: 72, end: 74 }
            Some(Id(8)) Source { start: 76, end: 102 }
            Some(Id(c)) Source { start: 104, end: 130 }
            Some(Id(d)) Source { start: 144, end: 778 }
              None None [] Generation { model: None, provider: None, input_tokens: None, output_tokens: None, finish_reasons: [] }
              None None [] Generation { model: None, provider: None, input_tokens: None, output_tokens: None, finish_reasons: [] }
              Some(Id(m)) None [] Generation { model: None, provider: None, input_tokens: None, output_tokens: None, finish_reasons: [] }
              Some(Id(n)) None [Some(Verbatim("[truncated]"))] Generation { model: Some("m1"), provider: Some("p"), input_tokens: None, output_tokens: Some(12), finish_reasons: ["stop"] }
              Some(Id(o)) None [Some(Verbatim("alone"))] Generation { model: None, provider: None, input_tokens: None, output_tokens: None, finish_reasons: ["length"] }
              Some(Id(p)) None [Some(Verbatim("a")), Some(Verbatim("b"))] Generation { model: None, provider: None, input_tokens: None, output_tokens: None, finish_reasons: [] }

            $.project is missing (28..32)
            $.conversations[0] should be an object, but is a number (63..64)
            $.conversations[1] should be an object, but is null (66..70)
            $.conversations[2].id is missing (72..74)
            $.conversations[2].messages is missing (72..74)
            $.conversations[3].id should be a string, but is a number (76..102)
            $.conversations[3].messages should be an array, but is a string (76..102)
            $.conversations[4].messages is missing (104..130)
            $.conversations[5].messages[0] should be an object, but is a number (214..215)
            $.conversations[5].messages[1].id is missing (217..219)
            $.conversations[5].messages[1].parts is missing (217..219)
            $.conversations[5].messages[2].parts is missing (221..284)
            $.conversations[5].messages[3].role should be a string, but is a number (302..530)
            $.conversations[5].messages[3].parts should be an array, but is a string (302..530)
            $.conversations[5].messages[3]["gen_ai.usage.input_tokens"] is a number that does not fit (302..530)
            $.conversations[5].messages[3]["gen_ai.response.finish_reasons"][2] should be a string, but is a number (302..530)
            $.conversations[5].messages[4].parts should be an array, but is an object (548..642)
            $.conversations[5].messages[4]["gen_ai.response.finish_reasons"] should be an array, but is a string (548..642)
            $.conversations[5].messages[5].parts repeats a key (660..749)
            $.conversations[5].messages[5].y repeats a key (660..749)
            $.conversations[5].messages[5].parts[0] should be an object, but is a string (690..693)
            $.conversations[5].messages[5].parts[1] should be an object, but is a string (694..697)
        "#]],
    );
}

#[test]
fn project() {
    check(
        r#"{"conversations":[],"annotations":{},"project":{"id":5,"name":"P","slug":null,"source_type":["x"],"status":"active",
            "label_schema":[{"name":"a","description":"d"},{"name":"b"},{"description":"nameless"},"bare",7,{"name":7}],
            "config":{"labelers_per_task":2.5,"auto_create_review_tasks":"yes","guide":{"a":1}},
            "created_by":null,"created_by_name":"N","created_at":"2025","updated_at":7,"task_count":1.50}}"#,
        |export| format!("{:#?}", export.project),
        expect![[r#"
            Project {
                id: Some(
                    Id(5),
                ),
                name: Some(
                    "P",
                ),
                slug: None,
                source_type: None,
                label_schema: [
                    LabelDefinition {
                        name: "a",
                        description: "d",
                    },
                    LabelDefinition {
                        name: "b",
                        description: "",
                    },
                    LabelDefinition {
                        name: "bare",
                        description: "",
                    },
                ],
                config: Config {
                    labelers_per_task: None,
                    auto_create_review_tasks: None,
                    extra: [
                        Field {
                            name: "labelers_per_task",
                            value: Json(2.5),
                        },
                        Field {
                            name: "auto_create_review_tasks",
                            value: Json("yes"),
                        },
                        Field {
                            name: "guide",
                            value: Json({"a":1}),
                        },
                    ],
                },
                status: Some(
                    "active",
                ),
                created_by: None,
                created_by_name: Some(
                    "N",
                ),
                created_at: Some(
                    "2025",
                ),
                updated_at: None,
                extra: [
                    Field {
                        name: "source_type",
                        value: Json(["x"]),
                    },
                    Field {
                        name: "updated_at",
                        value: Json(7),
                    },
                    Field {
                        name: "task_count",
                        value: Json(1.50),
                    },
                ],
            }
            $.project.id should be a string, but is a number (47..440)
            $.project.source_type should be a string, but is an array (47..440)
            $.project.label_schema[2].name is missing (47..440)
            $.project.label_schema[3] should be an object, but is a string (47..440)
            $.project.label_schema[4] should be an object, but is a number (47..440)
            $.project.label_schema[5].name should be a string, but is a number (47..440)
            $.project.config.labelers_per_task is a number that does not fit (47..440)
            $.project.config.auto_create_review_tasks should be true or false, but is a string (47..440)
            $.project.updated_at should be a string, but is a number (47..440)
        "#]],
    );
    check(
        r#"{"conversations":{},"annotations":[],"project":[]}"#,
        |export| format!("{:?}", export.project.id),
        expect![[r#"
            None
            $.conversations should be an array, but is an object (17..19)
            $.annotations should be an object, but is an array (34..36)
            $.project should be an object, but is an array (47..49)
        "#]],
    );
    check(
        r#"{"project":{"label_schema":{},"config":null,"created_by":"u"}}"#,
        |export| format!("{:?} {:?}", export.project.extra, export.project.created_by),
        expect![[r#"
            [Field { name: "label_schema", value: Json({}) }] Some(Id(u))
            $.project.label_schema should be an array, but is an object (11..61)
            $.conversations is missing (0..62)
            $.annotations is missing (0..62)
        "#]],
    );
}

#[test]
fn the_last_of_repeated_keys_counts() {
    check(
        r#"{"x":1,"project":{"name":"1","name":"2"},"conversations":[{"id":"1","messages":[]}],"annotations":{"primary":{"k":[{"id":"1","label":"l"}]},"review":{"k":[]}},
            "conversations":[{"id":"2","messages":[]}],"annotations":{"primary":{"k":[{"id":"2","label":"l"}]},"primary":{"k":[{"id":"3","label":"l"}]}},
            "project":{"name":"3"},"x":2}"#,
        |export| {
            let ids: Vec<_> = export.conversations.iter().map(|conversation| &conversation.id).collect();
            let name = &export.project.name;
            format!("{name:?} {ids:?}\n{}{}", tier(export, Tier::Primary), tier(export, Tier::Review))
        },
        expect![[r#"
            Some("3") [Some(Id(2))]
            k 0..1
            Some("3") Some("l") None None [None, None, None] None

            $.project.name repeats a key (17..40)
            $.conversations repeats a key (172..187)
            $.annotations repeats a key (215..228)
            $.annotations.primary repeats a key (271..280)
            $.project repeats a key (326..335)
            $.x repeats a key (349..352)
        "#]],
    );
}

#[test]
fn order_is_that_of_the_file_and_keys_are_compared_decoded() {
    check(
        "\u{feff}\n{\"annot\\u0061tions\":{\"revi\\u0065w\":{\"\\u0062\":[],\"a\":[]}},\"conversations\":[],\"project\":{\"n\\u0061me\":\"P\"}} \n",
        |export| format!("{:?}\n{}", export.project.name, tier(export, Tier::Review)),
        expect![[r#"
            Some("P")
            b 0..0
            a 0..0

        "#]],
    );
}

#[test]
fn places_are_bytes_of_the_document() {
    let json = "\u{feff}{\"conversations\":[ {\"id\":\"é\",\"messages\":[{\"id\":\"m\",\"parts\":[\"é\" ,{} ]}]}],\
                \"annotations\":{\"review\":{\"m\": [ {\"label\":\"l\"} ]}}}";
    for cut in 0..json.len() {
        let (export, result) = read_cut(json.as_bytes(), &[cut]);
        assert_eq!(result, Ok(()));
        let slice = |source: labelscope_core::domain::Source| {
            &json[usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap()]
        };
        let conversation = &export.conversations[0];
        let message = &conversation.messages[0];
        let review = &export.tiers[Tier::Review];
        assert!(slice(conversation.source).starts_with(r#"{"id":"é""#));
        assert_eq!(slice(message.source), r#"{"id":"m","parts":["é" ,{} ]}"#);
        assert_eq!(slice(message.parts[0].source), r#""é""#);
        assert_eq!(slice(message.parts[1].source), "{}");
        assert_eq!(slice(review.lists[0].source), r#"[ {"label":"l"} ]"#);
        assert_eq!(slice(review.annotations[0].source), r#"{"label":"l"}"#);
    }
}

#[test]
fn nothing_recurses_and_numbers_keep_their_digits() {
    const DEEP: usize = 10_000;
    let deep = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let number = "1".repeat(5_000);
    let json = format!(
        r#"{{"x":{deep},"project":{{"a":{deep}}},"conversations":[{deep},{{"messages":[{{"parts":[{deep},
            {{"type":"tool_call","arguments":{deep},"n":{number}}}]}}]}}],"annotations":{{"y":{deep},"review":{{"k":[{deep}]}}}}}}"#
    );
    let (export, result) = read(&json);
    assert_eq!(result, Ok(()));
    let part = &export.conversations[1].messages[0].parts[1];
    assert_eq!(part.extra[0].value.as_str(), number);
    assert_eq!(
        read(deep).1.unwrap_err().to_string(),
        "This is not an export of a labeling project: it is a JSON array."
    );
}
