use super::*;
use expect_test::expect;
use proptest::prelude::*;

const SENT: &str = r#"{ "näme":"\u00c4 \ud83d\ude00 \/ \"q\"\n\u0001\u007f" , "n":[1.50e+9,-0 ],
"e":{ }, "l":[[],{"half":"\uD800x"}]}"#;

#[test]
fn each_style() {
    let json = Json::trusted(SENT);
    let mut all = Serialised::shown(&json).text;
    for style in Style::OTHERS {
        let serialised = Serialised::new(&json, style).unwrap();
        all.push_str(&format!("\n-- {:?}, {:?}\n{}", style.layout, style.escapes, serialised.text));
        let tokens: Vec<&str> =
            serialised.tokens.iter().map(|token| &serialised.text[token.as_range()]).collect();
        assert_eq!(tokens.len(), json.tokens().count());
        assert_eq!(
            Json::trusted(&serialised.text).tokens().map(|token| token.text).collect::<Vec<_>>(),
            tokens
        );
    }
    expect![[r#"
        {
          "näme": "Ä 😀 / \"q\"\n\u0001<7f>",
          "n": [
            1.50e+9,
            -0
          ],
          "e": {},
          "l": [
            [],
            {
              "half": "\ud800x"
            }
          ]
        }
        -- Sent, Sent
        { "näme":"\u00c4 \ud83d\ude00 \/ \"q\"\n\u0001\u007f" , "n":[1.50e+9,-0 ],
        "e":{ }, "l":[[],{"half":"\uD800x"}]}
        -- Sent, Ascii
        { "n\u00e4me":"\u00c4 \ud83d\ude00 / \"q\"\n\u0001\u007f" , "n":[1.50e+9,-0 ],
        "e":{ }, "l":[[],{"half":"\ud800x"}]}
        -- Sent, Needed
        { "näme":"Ä 😀 / \"q\"\n\u0001<7f>" , "n":[1.50e+9,-0 ],
        "e":{ }, "l":[[],{"half":"\ud800x"}]}
        -- Compact, Ascii
        {"n\u00e4me":"\u00c4 \ud83d\ude00 / \"q\"\n\u0001\u007f","n":[1.50e+9,-0],"e":{},"l":[[],{"half":"\ud800x"}]}
        -- Compact, Needed
        {"näme":"Ä 😀 / \"q\"\n\u0001<7f>","n":[1.50e+9,-0],"e":{},"l":[[],{"half":"\ud800x"}]}
        -- Spaced, Ascii
        {"n\u00e4me": "\u00c4 \ud83d\ude00 / \"q\"\n\u0001\u007f", "n": [1.50e+9, -0], "e": {}, "l": [[], {"half": "\ud800x"}]}
        -- Spaced, Needed
        {"näme": "Ä 😀 / \"q\"\n\u0001<7f>", "n": [1.50e+9, -0], "e": {}, "l": [[], {"half": "\ud800x"}]}
        -- Indented(4), Ascii
        {
            "n\u00e4me": "\u00c4 \ud83d\ude00 / \"q\"\n\u0001\u007f",
            "n": [
                1.50e+9,
                -0
            ],
            "e": {},
            "l": [
                [],
                {
                    "half": "\ud800x"
                }
            ]
        }
        -- Indented(4), Needed
        {
            "näme": "Ä 😀 / \"q\"\n\u0001<7f>",
            "n": [
                1.50e+9,
                -0
            ],
            "e": {},
            "l": [
                [],
                {
                    "half": "\ud800x"
                }
            ]
        }
        -- Indented(2), Ascii
        {
          "n\u00e4me": "\u00c4 \ud83d\ude00 / \"q\"\n\u0001\u007f",
          "n": [
            1.50e+9,
            -0
          ],
          "e": {},
          "l": [
            [],
            {
              "half": "\ud800x"
            }
          ]
        }"#]].assert_eq(&all.replace('\u{7f}', "<7f>"));
}

#[test]
fn shown_is_what_serde_json_prints() {
    let sent = r#"["ä \u0001\u001f\b\f\u007f\u2028 \ud83d\ude00", {}, [ ], [{}], {"a": [1, "\/\\"]}]"#;
    let value: serde_json::Value = serde_json::from_str(sent).unwrap();
    let printed = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(Serialised::shown(&Json::trusted(sent)).text, printed);
}

#[test]
fn deep_nesting_stays_as_sent() {
    let depth = 200_000;
    let sent = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let json = Json::trusted(&sent);
    assert_eq!(Serialised::new(&json, Style::SHOWN), None);
    assert_eq!(Serialised::shown(&json).text, sent);
    let part = Part {
        kind: crate::domain::PartKind::Other,
        type_name: None,
        text: Some(PartText::Json(json)),
        extra: Vec::new(),
        source: crate::domain::Source::default(),
    };
    assert_eq!(part_text(&part).as_deref(), Some(sent.as_str()));
}

/// The range of `part` in `whole`.
fn range_of(whole: &str, part: &str) -> std::ops::Range<usize> {
    let start = whole.find(part).unwrap();
    start..start + part.len()
}

#[test]
fn ranges_translate_token_by_token() {
    let json = Json::trusted(r#"{"drug":"Ä 💊\/x","doses":[1.50,2],"e":{}}"#);
    let shown = Serialised::shown(&json);
    let style = |layout, escapes| Serialised::new(&json, Style { layout, escapes }).unwrap();
    let ascii = style(Layout::Compact, Escapes::Ascii);
    let spaced = style(Layout::Spaced, Escapes::Needed);
    let sent = style(Layout::Sent, Escapes::Sent);
    let four = style(Layout::Indented(4), Escapes::Ascii);
    let cases = [
        (&ascii, r#""drug":"#, "\"drug\":"),
        (&ascii, r"\u00c4 ", "Ä "),
        (&ascii, r"00c4 \ud83d\ude0a".get(..4).unwrap_or_default(), "Ä"),
        (&ascii, r"\ud83d\udc8a", "💊"),
        (&ascii, r"\udc8a/", "💊/"),
        (&ascii, "1.50,2]", "1.50,\n    2\n  ]"),
        (&ascii, ".5", ".5"),
        (&spaced, r#"g": "Ä"#, "g\": \"Ä"),
        (&spaced, ", 2", ",\n    2"),
        (&spaced, " 2", "2"),
        (&spaced, " \"e\": ", "\"e\":"),
        (&sent, r"\/", "/"),
        (&sent, r"/x", "/x"),
        (&four, "    \"doses\": [\n        1.50", "\"doses\": [\n    1.50"),
        (&four, "       ", "\n    "),
    ];
    for (from, part, expected) in cases {
        let range = if part.trim().is_empty() {
            // White space before the first dose, where the shown text has a line break and four spaces.
            let start = from.text.find("1.50").unwrap() - part.len();
            start..start + part.len()
        } else {
            range_of(&from.text, part)
        };
        let translated = translate(range, from.laid(), shown.laid()).unwrap();
        assert_eq!(&shown.text[translated], expected, "{part:?}");
    }
}

fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        "-?[1-9][0-9]{0,2}(\\.[0-9]{1,3})?".prop_map(String::from),
        r#""([a é💊]|\\n|\\u00e9|\\ud83d\\udc8a|\\ud800|\\/|\\\\|\\"){0,5}""#,
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let gap = "[ \n]{0,2}";
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), gap)
                .prop_map(|(items, gap)| format!("[{gap}{}{gap}]", items.join(&format!("{gap},")))),
            (prop::collection::vec(("[a-cé]", inner), 0..4), gap).prop_map(|(fields, gap)| {
                let fields: Vec<_> =
                    fields.iter().map(|(key, value)| format!("\"{key}\"{gap}:{value}")).collect();
                format!("{{{gap}{}{gap}}}", fields.join(&format!(",{gap}")))
            }),
        ]
    })
}

/// All positions that are not inside a character, be it an escaped one.
fn boundaries(serialised: &Serialised) -> Vec<usize> {
    let mut all: Vec<usize> = (0..=serialised.text.len()).collect();
    for token in
        serialised.tokens.iter().filter(|token| serialised.text.as_bytes()[token.start.0 as usize] == b'"')
    {
        let start = token.start.0 as usize;
        for place in strings::places(&serialised.text[token.as_range()]) {
            all.retain(|at| *at <= start + place.start || *at >= start + place.end);
        }
    }
    all
}

proptest! {
    #[test]
    fn translation_keeps_tokens_and_bounds(
        sent in json_text(),
        style in prop::sample::select(Style::OTHERS.to_vec()),
        ends in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let json = Json::trusted(&sent);
        let shown = Serialised::shown(&json);
        let from = Serialised::new(&json, style).unwrap();
        prop_assert_eq!(Json::trusted(&from.text).tokens().count(), shown.tokens.len());
        if style.escapes == Escapes::Ascii {
            prop_assert!(from.text.is_ascii());
        }
        // What is shown is the same however it was sent.
        prop_assert_eq!(&Serialised::shown(&Json::trusted(&from.text)).text, &shown.text);
        for (from_token, to_token) in from.tokens.iter().zip(&shown.tokens) {
            let translated = translate(from_token.as_range(), from.laid(), shown.laid());
            prop_assert_eq!(translated, Some(to_token.as_range()));
        }
        // From the shown text and back leads to the same characters, white space at the ends aside.
        let boundaries = boundaries(&shown);
        let (a, b) = (*ends.0.get(&boundaries), *ends.1.get(&boundaries));
        let range = a.min(b)..a.max(b);
        let there = translate(range.clone(), shown.laid(), from.laid()).unwrap();
        prop_assert!(from.text.get(there.clone()).is_some());
        let back = translate(there, from.laid(), shown.laid()).unwrap();
        let slice = shown.text.get(back).unwrap();
        if style.layout != Layout::Compact && style.layout != Layout::Sent && !range.is_empty() {
            prop_assert_eq!(slice.trim(), shown.text[range].trim());
        }
    }
}
