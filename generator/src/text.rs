//! Running text in several scripts.

use crate::random::Random;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Han,
    /// Latin with emoji of several code points.
    Emoji,
}

const LATIN: [&str; 40] = [
    "the",
    "leaflet",
    "says",
    "that",
    "one",
    "tablet",
    "is",
    "taken",
    "with",
    "water",
    "in",
    "morning",
    "and",
    "not",
    "after",
    "a",
    "meal",
    "if",
    "you",
    "forget",
    "dose",
    "skip",
    "it",
    "ask",
    "your",
    "doctor",
    "pharmacist",
    "before",
    "driving",
    "because",
    "dizziness",
    "may",
    "occur",
    "keep",
    "this",
    "medicine",
    "out",
    "of",
    "reach",
    "children",
];
const CYRILLIC: [&str; 20] = [
    "таблетку",
    "принимают",
    "утром",
    "после",
    "еды",
    "и",
    "запивают",
    "водой",
    "не",
    "чаще",
    "двух",
    "раз",
    "в",
    "день",
    "если",
    "врач",
    "назначил",
    "иначе",
    "спросите",
    "аптекаря",
];
const ARABIC: [&str; 18] = [
    "تؤخذ",
    "الحبة",
    "مع",
    "الماء",
    "بعد",
    "الطعام",
    "مرتين",
    "في",
    "اليوم",
    "ولا",
    "تكسر",
    "اسأل",
    "الطبيب",
    "قبل",
    "تغيير",
    "الجرعة",
    "أو",
    "التوقف",
];
const DEVANAGARI: [&str; 18] = [
    "गोली",
    "सुबह",
    "पानी",
    "के",
    "साथ",
    "लें",
    "और",
    "भोजन",
    "के",
    "बाद",
    "दिन",
    "में",
    "दो",
    "बार",
    "डॉक्टर",
    "से",
    "पूछें",
    "खुराक",
];
const HAN: [&str; 20] = [
    "每日", "两次", "随餐", "服用", "整片", "吞服", "不得", "掰开", "请", "咨询", "医生", "或", "药师",
    "如果", "忘记", "一次", "则", "跳过", "这次", "剂量",
];
const EMOJI: [&str; 8] = ["👩‍⚕️", "💊", "🇵🇹", "👍🏽", "é", "𝛼", "⚠️", "🧑‍🤝‍🧑"];

impl Script {
    /// One of them, mostly Latin.
    pub(crate) fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..70 => Script::Latin,
            70..78 => Script::Cyrillic,
            78..85 => Script::Arabic,
            85..90 => Script::Devanagari,
            90..96 => Script::Han,
            _ => Script::Emoji,
        }
    }

    fn word(self, random: &mut Random) -> &'static str {
        match self {
            Script::Latin => random.pick(&LATIN),
            Script::Cyrillic => random.pick(&CYRILLIC),
            Script::Arabic => random.pick(&ARABIC),
            Script::Devanagari => random.pick(&DEVANAGARI),
            Script::Han => random.pick(&HAN),
            Script::Emoji if random.percent(20) => random.pick(&EMOJI),
            Script::Emoji => random.pick(&LATIN),
        }
    }

    fn full_stop(self) -> &'static str {
        match self {
            Script::Han => "。",
            Script::Devanagari => "।",
            _ => ".",
        }
    }
}

/// Sentences of about `characters` characters together; a line ends after some of them.
pub(crate) fn text(random: &mut Random, script: Script, characters: usize) -> String {
    let mut text = String::new();
    let mut length = 0;
    let mut left_in_sentence = random.between(5, 18);
    while length < characters {
        let word = script.word(random);
        length += word.chars().count();
        if random.percent(2) {
            text.push('"');
            text.push_str(word);
            text.push('"');
            length += 2;
        } else {
            text.push_str(word);
        }
        left_in_sentence -= 1;
        if left_in_sentence == 0 {
            left_in_sentence = random.between(5, 18);
            text.push_str(script.full_stop());
            text.push_str(if random.percent(15) { "\n\n" } else { " " });
            length += 2;
        } else if script != Script::Han {
            text.push(' ');
            length += 1;
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// How long a message is, in characters: mostly short, now and then long, as in real exports.
pub(crate) fn length(random: &mut Random) -> usize {
    const TENTHS: [usize; 11] = [15, 35, 50, 65, 80, 95, 130, 180, 260, 420, 1_600];
    let tenth = random.below(10);
    match TENTHS.get(tenth..tenth + 2) {
        Some(&[shortest, longest]) => random.between(shortest, longest),
        _ => 0,
    }
}
