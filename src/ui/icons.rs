//! The drawings of the interface, each one path.
//!
//! Belongs here: symbols and the element that shows one. Does not belong here: drawings made from data (strips, maps).
//!
//! One path in one `<svg>`, and no sprite that others refer to: two nodes an icon either way, but nothing is cloned into
//! a shadow tree for each line of a ledger.

use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;

/// What is drawn. All but the logo are drawn on sixteen by sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// The three tracks, twenty by twenty.
    Logo,
    /// The sign of a verdict.
    Verdict(Verdict),
    /// An arrow down onto a line: download.
    Download,
    /// An arrow up from a line: open.
    Open,
    /// An arrow around a circle: once more.
    Refresh,
    /// Previous.
    Left,
    /// Next.
    Right,
    /// Opens downwards.
    Chevron,
    /// Two sheets.
    Copy,
    /// A chain.
    Link,
    /// A sheet with a folded corner.
    File,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// Half light, half dark.
    Theme,
    /// A question mark.
    Help,
    /// Three lines.
    Menu,
    /// Entries under each other.
    List,
    /// Lines that grow shorter: filters.
    Filter,
    /// The three tracks, as lines: how the text is set.
    Layout,
    /// Angle brackets: a tool.
    Tool,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circled i.
    Info,
}

impl Symbol {
    /// The path, in the units of the view box.
    const fn path(self) -> &'static str {
        match self {
            Symbol::Logo => {
                "M2 4h2.5v2H2zM6.5 4H9v2H6.5zM11 4h2.5v2H11zM15.5 4H18v2h-2.5zM2 9h12v2H2zM5 13.5h13v4H5z"
            }
            Symbol::Verdict(verdict) => verdict_path(verdict),
            Symbol::Download => "M8 2.5v8M4.7 7.4L8 10.7l3.3-3.3M3 13.5h10",
            Symbol::Open => "M8 10.7v-8M4.7 5.8L8 2.5l3.3 3.3M3 13.5h10",
            Symbol::Refresh => "M13.3 8a5.3 5.3 0 11-1.7-3.9M13.5 1.8v3h-3",
            Symbol::Left => "M10 3.5L5.5 8l4.5 4.5",
            Symbol::Right => "M6 3.5L10.5 8 6 12.5",
            Symbol::Chevron => "M4.5 6.3L8 9.8l3.5-3.5",
            Symbol::Copy => {
                "M7 5.5h5A1.5 1.5 0 0113.5 7v5a1.5 1.5 0 01-1.5 1.5H7A1.5 1.5 0 015.5 12V7A1.5 1.5 0 017 5.5z\
                 M10.5 5.5V4A1.5 1.5 0 009 2.5H4A1.5 1.5 0 002.5 4v5A1.5 1.5 0 004 10.5h1.5"
            }
            Symbol::Link => {
                "M6.7 9.3l2.6-2.6M7.3 4.7l1.4-1.4a2.83 2.83 0 014 4l-1.4 1.4\
                 M8.7 11.3l-1.4 1.4a2.83 2.83 0 01-4-4l1.4-1.4"
            }
            Symbol::File => {
                "M9 2H4.5A1.5 1.5 0 003 3.5v9A1.5 1.5 0 004.5 14h7a1.5 1.5 0 001.5-1.5V6L9 2zM9 2v4h4"
            }
            Symbol::Search => "M11.25 7a4.25 4.25 0 10-8.5 0 4.25 4.25 0 008.5 0M10.2 10.2L14 14",
            Symbol::Close => "M4 4l8 8M12 4l-8 8",
            Symbol::Theme => "M8 2a6 6 0 100 12A6 6 0 008 2zM8 3.5v9a4.5 4.5 0 010-9z",
            Symbol::Help => "M5.9 6.1a2.15 2.15 0 114 1.1c-.7.7-1.8 1-1.8 2.1M8.1 12v.2",
            Symbol::Layout => "M2 3.5h2M6 3.5h2M10 3.5h2M2 8h9M2 12.5h12",
            Symbol::List => "M2.5 4.5h1M2.5 8h1M2.5 11.5h1M6 4.5h7.5M6 8h7.5M6 11.5h7.5",
            Symbol::Filter => "M2.5 4.5h11M4.5 8h7M6.5 11.5h3",
            Symbol::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
            Symbol::Tool => "M6 3.5L2.5 8 6 12.5M10 3.5L13.5 8 10 12.5",
            Symbol::Warning => "M8 2.6l6 10.7H2L8 2.6zM8 6.7v3.2M8 11.6v.2",
            Symbol::Info => "M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11M8 7.3v3.5M8 5.2v.2",
        }
    }

    const fn view_box(self) -> &'static str {
        match self {
            Symbol::Logo => "0 0 20 20",
            _ => "0 0 16 16",
        }
    }

    /// Whether the path is the outline of an area, not a line.
    const fn is_area(self) -> bool {
        matches!(self, Symbol::Logo | Symbol::Theme)
    }
}

const fn verdict_path(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agreed => "M4 8.3l2.8 2.8L12 5.4",
        Verdict::Added => "M8 4v8M4 8h8",
        Verdict::Removed => "M4 8h8",
        Verdict::Rejected => "M4.8 4.8l6.4 6.4M11.2 4.8l-6.4 6.4",
        Verdict::Relabeled => "M3.5 6h8.5M9.8 3.7L12.2 6 9.8 8.3M12.5 10.5H4M6.2 8.2L3.8 10.5l2.4 2.3",
        Verdict::Resized => "M3.5 8h9M5.8 5.6L3.3 8l2.5 2.4M10.2 5.6L12.7 8l-2.5 2.4",
        Verdict::Covered => "M11.5 4.5H8a3.5 3.5 0 000 7h3.5",
        // A circle of six dashes.
        Verdict::Uncompared => {
            "M11.8 8A3.8 3.8 0 0 1 11.28 9.91M9.9 11.29A3.8 3.8 0 0 1 7.99 11.8M6.1 11.29A3.8 3.8 0 0 1 4.7 9.89\
             M4.2 8A3.8 3.8 0 0 1 4.72 6.09M6.1 4.71A3.8 3.8 0 0 1 8.01 4.2M9.9 4.71A3.8 3.8 0 0 1 11.3 6.11"
        }
    }
}

/// A symbol in the colour of the text around it. Says nothing to a screen reader: the words stand beside it.
#[component]
pub fn Icon(
    /// What is drawn.
    name: Symbol,
) -> impl IntoView {
    view! {
        <svg class="ic" class:area=name.is_area() viewBox=name.view_box() aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}
