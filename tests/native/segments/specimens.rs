//! The hard cases of the design's specimen sheet.

use super::notation::{drawing, layers, parse};
use expect_test::expect;
use labelscope_core::domain::{Export, How, MessageRef, Name, Unit};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, Mark, align_all};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::segments::DrawnMark;
use labelscope_core::logic::serialise::part_text;

/// The cases of the design's specimen sheet by their names there.
fn specimens() -> Vec<(&'static str, String)> {
    let same = |source: &str| source.to_owned();
    let words = "one two three four five six seven eight nine ten eleven twelve".split(' ');
    let twelve: Vec<String> =
        words.zip(1..).map(|(word, n)| format!("<A{n}:<P{n}:<R{n}:{word}:R{n}>:P{n}>:A{n}>")).collect();
    vec![
        (
            "Overlap in one tier",
            same("Take <R5:<A5:one tablet:A5> in the <R1:morning:R5> and one in the evening:R1>, with food."),
        ),
        (
            "Nested",
            same("<P1:Take one tablet in the morning and <P5:<R5:one in the evening:R5>:P5>:P1>, with food."),
        ),
        (
            "Crossing",
            same("<A1:Take one <P1:tablet in <R1:the morning:A1> and one:P1> in the evening:R1>, with food."),
        ),
        (
            "Identical ×3",
            same("Take one tablet <P5*3:<R5:in the morning:R5>:P5*3> and one in the evening, with food."),
        ),
        (
            "Adjacent, same label",
            same(
                "Take <A1:<P1:<R1:one tablet :A1>:P1>:R1><A1:<P1:<R1:in the morning :A1>:P1>:R1><A1:<P1:<R1:and one:A1>:P1>:R1> in the evening, with food.",
            ),
        ),
        (
            "Zero-length",
            same(
                "<R4|>Take one <A2|>tablet in t<P5|>he morning and one in the eve<R1|>ning, with food.<R3|>",
            ),
        ),
        (
            "Many lines",
            same(
                "If <R3:you have taken more than you should, <A3:call your doctor or <P3:the poison centre straight away, even when you feel well. Keep:P3> the pack with you:A3>, because:R3> the name on it helps them to find out what to do.",
            ),
        ),
        ("Whole part", same("<A4:<P4:<R4:I cannot help with this question.:R4>:P4>:A4>")),
        (
            "Whitespace only",
            same("Store below 25 °C.<A1:<R1:  :R1>:A1>Keep dry.<P5:<R5:\n\t:R5>:P5>Do not freeze."),
        ),
        (
            "In a tool call",
            same(
                "{\"product\": \"<R1:Velmorin 50 mg:R1>\", \"dose\": {<A5:<R5:\"per_day\": <P5:3:P5>:A5>, \"unit\": \"tablet\":R5>}, \"note\": \"läßt\\u00a0nach\"}",
            ),
        ),
        (
            "Right to left",
            same(
                "لا تتناول <A5:<R5:أك<P5:ثر من ثلاثة:A5> أقرا:P5>ص في اليوم:R5>، واسأل ال<P3:طبيب:P3> <R1:قبل تناول Velmorin 50:R1> mg مع الكحول.",
            ),
        ),
        (
            "Chinese",
            same(
                "<R5:每日两次，<A5:<P5:每次两片:R5>:A5><R2:，:P5><P2:随餐服用:P2>:R2>。任何二十四小时内不得超过八片，除非医生另有说明。",
            ),
        ),
        ("Devanagari", same("भोजन के साथ <R1:दिन में <A5:दो बार:A5> <P5:दो गोलियाँ:P5> लें:R1>, क्षमता के अनुसार।")),
        ("Emoji cluster", same("The family <A1:<P1:👨‍👩‍👧‍👦:A1> may:P1> share it <R3:👩🏽‍⚕️:R3> says <R5:🇫🇷:R5>.")),
        (
            "Six deep",
            same(
                "<R1:This <R2:medicine <R3:may <R5:make <R4:you <R6:sleepy:R6>:R5> and:R4> you:R3> should:R2> not <A5:drive:A5>.:R1>",
            ),
        ),
        ("Twelve labels", twelve.join(" ")),
        (
            "Differences",
            same("<A1:Do not use:A1> <R2:after the date on the pack:R2>; <A5:<R5:ask before:A5> use:R5>."),
        ),
        (
            "Rejected",
            same(
                "Take <A5:<P5!:one tablet in the morning:P5!>:A5> and <P1:<R1!:one in the evening:R1!>:P1>, with food.",
            ),
        ),
    ]
}

#[test]
fn specimens_are_drawn_like_this() {
    let mut all = String::new();
    for (name, source) in specimens() {
        let (text, marks) = parse(&source);
        all += &format!("── {name}\n{}", drawing(&text, &marks));
    }
    expect![[r#"
        ── Overlap in one tier
        lanes [1, 0, 2]
        "Take "
        "one tablet"  sol-5 A0s · sol-5 A0e · sol-5 R0s · dot-5 A0 · sol-5 R0
        " in the "  sol-5 R0
        "morning"  sol-5 R0e · sol-1 R1s · sol-5 R0 · sol-1 R1
        " and one in the evening"  sol-1 R1e · sol-1 R1
        ", with food."
        ── Nested
        lanes [0, 2, 1]
        "Take one tablet in the morning and "  sol-1 P0s · sol-1 P0
        "one in the evening"  sol-1 P0e · sol-5 P1s · sol-5 P1e · sol-5 R0s · sol-5 R0e · sol-1 P0 · sol-5 P1 · sol-5 R0
        ", with food."
        ── Crossing
        lanes [1, 1, 1]
        "Take one "  sol-1 A0s · dot-1 A0
        "tablet in "  sol-1 P0s · dot-1 A0 · sol-1 P0
        "the morning"  sol-1 A0e · sol-1 R0s · dot-1 A0 · sol-1 P0 · sol-1 R0
        " and one"  sol-1 P0e · sol-1 P0 · sol-1 R0
        " in the evening"  sol-1 R0e · sol-1 R0
        ", with food."
        ── Identical ×3
        lanes [0, 1, 1]
        "Take one tablet "
        "in the morning"  sol-5 P0s · sol-5 P0n · sol-5 P0e · sol-5 R0s · sol-5 R0e · sol-5 P0 · sol-5 R0
        " and one in the evening, with food."
        ── Adjacent, same label
        lanes [1, 1, 1]
        "Take "
        "one tablet "  sol-1 A0s · sol-1 A0g · sol-1 P0s · sol-1 P0g · sol-1 R0s · sol-1 R0g · dot-1 A0 · sol-1 P0 · sol-1 R0
        "in the morning "  sol-1 A0s · sol-1 A0g · sol-1 P0s · sol-1 P0g · sol-1 R0s · sol-1 R0g · dot-1 A0 · sol-1 P0 · sol-1 R0
        "and one"  sol-1 A0s · sol-1 A0e · sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 P0 · sol-1 R0
        " in the evening, with food."
        ── Zero-length
        lanes [1, 1, 1]
        "T"  zs-4 Rz · sol-4 Rt
        "ake one"
        " "  ze-2 Ay
        "t"  zs-2 Az · sol-2 At
        "ablet in "
        "t"  ze-5 Py
        "h"  zs-5 Pz · sol-5 Pt
        "e morning and one in the ev"
        "e"  ze-1 Ry
        "n"  zs-1 Rz · sol-1 Rt
        "ing, with food"
        "."  ze-3 Ry · sol-3 Ru
        ── Many lines
        lanes [1, 1, 1]
        "If "
        "you have taken more than you should, "  sol-3 R0s · sol-3 R0
        "call your doctor or "  sol-3 A0s · dot-3 A0 · sol-3 R0
        "the poison centre straight away, even when you feel well. Keep"  sol-3 P0s · sol-3 P0e · dot-3 A0 · sol-3 P0 · sol-3 R0
        " the pack with you"  sol-3 A0e · dot-3 A0 · sol-3 R0
        ", because"  sol-3 R0e · sol-3 R0
        " the name on it helps them to find out what to do."
        ── Whole part
        lanes [1, 1, 1]
        "I cannot help with this question."  sol-4 A0s · sol-4 A0e · sol-4 P0s · sol-4 P0e · sol-4 R0s · sol-4 R0e · dot-4 A0 · sol-4 P0 · sol-4 R0
        ── Whitespace only
        lanes [1, 1, 1]
        "Store below 25 °C."
        "  " ws  sol-1 A0s · sol-1 A0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 R0
        "Keep dry."
        "\n\t" ws  sol-5 P0s · sol-5 P0e · sol-5 R0s · sol-5 R0e · sol-5 P0 · sol-5 R0
        "Do not freeze."
        ── In a tool call
        lanes [1, 1, 1]
        "{\"product\": \""
        "Velmorin 50 mg"  sol-1 R0s · sol-1 R0e · sol-1 R0
        "\", \"dose\": {"
        "\"per_day\": "  sol-5 A0s · sol-5 R0s · dot-5 A0 · sol-5 R0
        "3"  sol-5 A0e · sol-5 P0s · sol-5 P0e · dot-5 A0 · sol-5 P0 · sol-5 R0
        ", \"unit\": \"tablet\""  sol-5 R0e · sol-5 R0
        "}, \"note\": \"läßt\\u00a0nach\"}"
        ── Right to left
        lanes [1, 1, 1]
        "لا تتناول "
        "أك"  sol-5 A0s · sol-5 R0s · dot-5 A0 · sol-5 R0
        "ثر من ثلاثة"  sol-5 A0e · sol-5 P0s · dot-5 A0 · sol-5 P0 · sol-5 R0
        " أقرا"  sol-5 P0e · sol-5 P0 · sol-5 R0
        "ص في اليوم"  sol-5 R0e · sol-5 R0
        "، واسأل ال"
        "طبيب"  sol-3 P0s · sol-3 P0e · sol-3 P0
        " "
        "قبل تناول "  sol-1 R0s · sol-1 R0
        "Velmorin 50"  sol-1 E r0 / wrc · sol-1 R0
        " mg مع الكحول."
        ── Chinese
        lanes [1, 1, 1]
        "每日两次，"  sol-5 R0s · sol-5 R0
        "每次两片"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 R0g · dot-5 A0 · sol-5 P0 · sol-5 R0
        "，"  sol-5 P0g · sol-2 R0s · sol-5 P0 · sol-2 R0
        "随餐服用"  sol-2 P0s · sol-2 P0e · sol-2 R0e · sol-2 P0 · sol-2 R0
        "。任何二十四小时内不得超过八片，除非医生另有说明。"
        ── Devanagari
        lanes [1, 1, 1]
        "भोजन क\u{947} साथ "
        "दिन म\u{947}\u{902} "  sol-1 R0s · sol-1 R0
        "दो बार"  sol-5 A0s · sol-5 A0e · dot-5 A0 · sol-1 R0
        " "  sol-1 R0
        "दो गोलिया\u{901}"  sol-5 P0s · sol-5 P0e · sol-5 P0 · sol-1 R0
        " ल\u{947}\u{902}"  sol-1 R0e · sol-1 R0
        ", क\u{94d}षमता क\u{947} अन\u{941}सार।"
        ── Emoji cluster
        lanes [1, 1, 1]
        "The family "
        "👨\u{200d}👩\u{200d}👧\u{200d}👦"  sol-1 A0s · sol-1 A0e · sol-1 P0s · dot-1 A0 · sol-1 P0
        " may"  sol-1 P0e · sol-1 P0
        " share it "
        "👩🏽\u{200d}⚕\u{fe0f}"  sol-3 R0s · sol-3 R0e · sol-3 R0
        " says "
        "🇫🇷"  sol-5 R0s · sol-5 R0e · sol-5 R0
        "."
        ── Six deep
        lanes [1, 0, 6]
        "This "  sol-1 R0s · sol-1 R0
        "medicine "  sol-2 R1s · sol-1 R0 · sol-2 R1
        "may "  sol-3 R2s · sol-1 R0 · sol-2 R1 · sol-3 R2
        "make "  sol-5 R3s · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3
        "you "  sol-4 R4s · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3 · sol-4 R4
        "sleepy"  sol-5 R3e · sol-6 R5s · sol-6 R5e · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3 · sol-4 R4 · sol-6 R5
        " and"  sol-4 R4e · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-4 R4
        " you"  sol-3 R2e · sol-1 R0 · sol-2 R1 · sol-3 R2
        " should"  sol-2 R1e · sol-1 R0 · sol-2 R1
        " not "  sol-1 R0
        "drive"  sol-5 A0s · sol-5 A0e · dot-5 A0 · sol-1 R0
        "."  sol-1 R0e · sol-1 R0
        ── Twelve labels
        lanes [1, 1, 1]
        "one"  sol-1 A0s · sol-1 A0e · sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 P0 · sol-1 R0
        " "
        "two"  sol-2 A0s · sol-2 A0e · sol-2 P0s · sol-2 P0e · sol-2 R0s · sol-2 R0e · dot-2 A0 · sol-2 P0 · sol-2 R0
        " "
        "three"  sol-3 A0s · sol-3 A0e · sol-3 P0s · sol-3 P0e · sol-3 R0s · sol-3 R0e · dot-3 A0 · sol-3 P0 · sol-3 R0
        " "
        "four"  sol-4 A0s · sol-4 A0e · sol-4 P0s · sol-4 P0e · sol-4 R0s · sol-4 R0e · dot-4 A0 · sol-4 P0 · sol-4 R0
        " "
        "five"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 P0e · sol-5 R0s · sol-5 R0e · dot-5 A0 · sol-5 P0 · sol-5 R0
        " "
        "six"  sol-6 A0s · sol-6 A0e · sol-6 P0s · sol-6 P0e · sol-6 R0s · sol-6 R0e · dot-6 A0 · sol-6 P0 · sol-6 R0
        " "
        "seven"  sol-7 A0s · sol-7 A0e · sol-7 P0s · sol-7 P0e · sol-7 R0s · sol-7 R0e · dot-7 A0 · sol-7 P0 · sol-7 R0
        " "
        "eight"  sol-8 A0s · sol-8 A0e · sol-8 P0s · sol-8 P0e · sol-8 R0s · sol-8 R0e · dot-8 A0 · sol-8 P0 · sol-8 R0
        " "
        "nine"  sol-9 A0s · sol-9 A0e · sol-9 P0s · sol-9 P0e · sol-9 R0s · sol-9 R0e · dot-9 A0 · sol-9 P0 · sol-9 R0
        " "
        "ten"  sol-10 A0s · sol-10 A0e · sol-10 P0s · sol-10 P0e · sol-10 R0s · sol-10 R0e · dot-10 A0 · sol-10 P0 · sol-10 R0
        " "
        "eleven"  sol-11 A0s · sol-11 A0e · sol-11 P0s · sol-11 P0e · sol-11 R0s · sol-11 R0e · dot-11 A0 · sol-11 P0 · sol-11 R0
        " "
        "twelve"  sol-12 A0s · sol-12 A0e · sol-12 P0s · sol-12 P0e · sol-12 R0s · sol-12 R0e · dot-12 A0 · sol-12 P0 · sol-12 R0
        ── Differences
        lanes [1, 0, 1]
        "Do not use"  sol-1 A0s · sol-1 A0e · dot-1 A0
        " "
        "after the date on the pack"  sol-2 R0s · sol-2 R0e · sol-2 R0
        "; "
        "ask before"  sol-5 A0s · sol-5 A0e · sol-5 R0s · dot-5 A0 · sol-5 R0
        " use"  sol-5 R0e · sol-5 R0
        "."
        ── Rejected
        lanes [1, 1, 1]
        "Take "
        "one tablet in the morning"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 P0e · dot-5 A0 · hol-5 P0x
        " and "
        "one in the evening"  sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · sol-1 P0 · hol-1 R0x
        ", with food."
    "#]].assert_eq(&all);
}

/// Text, whether it has the class `ws`, and the layers of each marked segment, in no order but caps before bars.
type Painted = Vec<(String, bool, Vec<String>)>;

/// The marked segments that the sheet shows under `name`.
fn painted_by_the_sheet(html: &str, name: &str) -> Painted {
    let case =
        html.split("<section class=\"case\">").find(|case| case.contains(&format!("<b>{name}</b>"))).unwrap();
    let marks = case.split("<mark class=\"").skip(1);
    marks
        .map(|mark| {
            let (classes, rest) = mark.split_once('"').unwrap();
            let (_, rest) = rest.split_once("--bars:").unwrap();
            let (style, rest) = rest.split_once("\">").unwrap();
            let (text, _) = rest.split_once("</mark>").unwrap();
            let bars = style.split(';').next().unwrap();
            (text.replace("&quot;", "\""), classes.contains("ws"), layers(bars))
        })
        .collect()
}

fn painted_here(source: &str) -> Painted {
    let (text, marks) = parse(source);
    let overlay = overlay(&text, &marks);
    let marked = overlay.segments.iter().filter(|segment| !overlay.is_bare(segment));
    marked.map(|s| (text[s.bytes.as_range()].to_owned(), s.whitespace, layers(&overlay.bars(s)))).collect()
}

#[test]
fn specimens_are_painted_as_on_the_sheet() {
    let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/design/mock/overlay-cases.html");
    let Ok(html) = std::fs::read_to_string(sheet) else {
        eprintln!("skipped: specimens_are_painted_as_on_the_sheet: no {sheet}");
        return;
    };
    for (name, source) in specimens() {
        // The sheet has one segment for two runs of letters, with caps that are right for one of them.
        if name != "Right to left" {
            assert_eq!(painted_here(&source), painted_by_the_sheet(&html, name), "{name}");
        }
    }
    assert_eq!(html.matches("<section class=\"case\">").count(), specimens().len());
}

/// What the page of specimens draws is what stands in this file; two more are on the page than on the sheet.
#[test]
fn the_page_of_specimens_draws_the_same() {
    let bytes = include_bytes!("../../../samples/specimens.json");
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(bytes, &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    assert!(export.notices.is_empty());
    let placement = place_all(&export);
    assert_eq!(placement.unplaced, []);
    assert!(placement.places.iter().all(|place| place.how == How::Verified(Unit::CodePoints)));
    let alignment = align_all(&export, &placement, LookedRule::Key);
    let labels: Vec<&Name> = export.project.label_schema.iter().map(|label| &label.name).collect();
    let drawn = |mark: &Mark| DrawnMark {
        tier: mark.tier,
        bytes: mark.bytes,
        label: labels.iter().position(|label| Some(*label) == mark.label.as_ref()).unwrap(),
        count: u32::try_from(mark.annotations.len()).unwrap(),
        rejected: mark.rejected,
    };
    for (conversation, (name, source)) in (0..).zip(specimens()) {
        let message = MessageRef { conversation, message: 1 };
        let messages = &export.conversations[conversation as usize].messages;
        assert_eq!(part_text(&messages[0].parts[0]).as_deref(), Some(name));
        let text = part_text(&messages[1].parts[0]).unwrap();
        let marks: Vec<DrawnMark> =
            alignment.marks.iter().filter(|mark| mark.part.message == message).map(drawn).collect();
        let (expected_text, expected) = parse(&source);
        assert_eq!(drawing(&text, &marks), drawing(&expected_text, &expected), "{name}");
    }
    assert_eq!(export.conversations.len(), specimens().len() + 2);
}
