//! What of a long text is near what is seen, and keeping what is seen in its place while what stands above it is cut into
//! pieces or turns out to be of another height.
//!
//! Belongs here: what is near, and scrolling along. Does not belong here: what is drawn where it is near (`pieces`).

use crate::browser::frame;
use crate::browser::paint;
use crate::browser::resize::{SizeObserver, Watched};
use crate::browser::sight::{Element, SightObserver};
use crate::browser::{scroll, view};
use labelscope_core::logic::pieces::Block;
use labelscope_core::logic::sort::sort_by;
use labelscope_core::logic::window::{Regrown, moved_at};
use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::collections::{HashMap, HashSet};

/// How far from what is shown a piece is drawn, in pixels.
const MARGIN: u32 = 600;

/// By how much what is seen may move, in pixels.
const NOTHING: f64 = 0.5;

/// What scrolls.
const SCROLLER: &str = ".msgs";

/// An element that stands for some of the text, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stretch {
    Block(usize),
    Piece(usize),
}

/// Where a block came near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    /// Nowhere yet.
    No,
    /// Below the top of the view: what is seen does not move when it is cut.
    Below,
    /// It begins above that.
    Above,
}

/// Of a block the first of its pieces, and where it came near.
type Cut = (usize, RwSignal<Near>);

/// What of one text is near what is seen.
#[derive(Clone, Copy)]
pub struct Sight {
    root: NodeRef<html::Div>,
    blocks: StoredValue<Vec<Cut>>,
    /// Of each piece that is on the page whether it is near.
    pieces: StoredValue<Vec<Option<RwSignal<bool>>>>,
    watch: StoredValue<Option<Watch>, LocalStorage>,
    /// Told whenever other pieces are near.
    redrawn: RwSignal<u64>,
}

/// How high elements were last, and how often that changed.
type Heights = HashMap<Stretch, (f64, u32)>;

/// What watches the elements of a text.
struct Watch {
    sight: Option<SightObserver>,
    sizes: Option<SizeObserver>,
    watched: HashMap<Stretch, Option<Watched>>,
}

impl Sight {
    /// Of the text in `root`, which stands in these blocks of so many pieces. Until it is known what is in sight, the
    /// beginning is, unless a link leads elsewhere. `redrawn` is told whenever other pieces are near.
    pub fn follow(root: NodeRef<html::Div>, blocks: &[Block], pieces: usize, redrawn: RwSignal<u64>) -> Self {
        let near = |at: usize| RwSignal::new(if at == 0 { Near::Below } else { Near::No });
        let blocks = blocks.iter().map(|block| (block.pieces.start, near(block.pieces.start)));
        let sight = Sight {
            root,
            blocks: StoredValue::new(blocks.collect()),
            pieces: StoredValue::new(vec![None; pieces]),
            watch: StoredValue::new_local(None),
            redrawn,
        };
        root.on_load(move |root| {
            let scroller = view::closest(&root, SCROLLER);
            let note = move |changes| sight.note(changes);
            let heights = StoredValue::new_local(Heights::new());
            let watch = Watch {
                sight: SightObserver::new(scroller.as_ref(), MARGIN, note),
                sizes: SizeObserver::new(move |sizes| keep_in_place(heights, &sizes)),
                watched: HashMap::new(),
            };
            sight.watch.set_value(Some(watch));
            sight.watch_all();
        });
        sight
    }

    /// Whether a block is near, or was: follows that.
    pub fn is_block_near(self, block: usize) -> bool {
        self.near(block).is_some_and(|near| near.get() != Near::No)
    }

    /// Whether the pieces of a block that is cut must be laid out wherever they are, so that what is seen stays.
    pub fn is_held(self, block: usize) -> bool {
        self.near(block).is_some_and(|near| near.get_untracked() == Near::Above)
    }

    /// Whether a piece is near, for when it is on the page.
    pub fn of_piece(self, piece: usize) -> RwSignal<bool> {
        let is_near = RwSignal::new(piece == 0);
        self.pieces.update_value(|pieces| {
            if let Some(place) = pieces.get_mut(piece) {
                *place = Some(is_near);
            }
        });
        is_near
    }

    /// Watches the pieces of a block that is just being cut, once they are on the page.
    pub fn watch_what_is_new(self) {
        spawn_local(async move {
            tick().await;
            self.watch_all();
            frame::painted().await;
            // Laid out once, they are taken to be as high as they were.
            if let Some(root) = self.root.try_get_untracked().flatten() {
                paint::take(&root, "held");
            }
        });
    }

    fn near(self, block: usize) -> Option<RwSignal<Near>> {
        self.blocks.try_with_value(|blocks| blocks.get(block).map(|(_, near)| *near)).flatten()
    }

    fn watch_all(self) {
        let Some(root) = self.root.try_get_untracked().flatten() else { return };
        self.watch.try_update_value(|watch| {
            let Some(Watch { sight, sizes, watched }) = watch else { return };
            let mut present = HashSet::new();
            for element in view::children(&root) {
                let Some(stretch) = stretch_of(&element) else { continue };
                present.insert(stretch);
                watched.entry(stretch).or_insert_with(|| {
                    sight.as_ref().into_iter().for_each(|sight| sight.watch(&element));
                    sizes.as_ref().map(|sizes| sizes.watch(&element))
                });
            }
            watched.retain(|stretch, _| present.contains(stretch));
        });
    }

    /// Notes what came near, and what left.
    fn note(self, changes: Vec<(Element, bool)>) {
        // A selection of text ends where its text is drawn anew.
        let is_selecting = view::has_selected_text();
        let mut came = Vec::new();
        let mut above = None;
        for (element, is_near) in changes {
            match stretch_of(&element) {
                Some(Stretch::Piece(piece)) if is_near || !is_selecting => {
                    let near = self.pieces.try_with_value(|pieces| pieces.get(piece).copied().flatten());
                    came.extend(near.flatten().map(|near| (near, is_near)));
                }
                Some(Stretch::Block(block)) if is_near => above = above.max(self.cut(block, &element)),
                _ => {}
            }
        }
        // Gone with the text, if that was taken away meanwhile.
        came.into_iter().for_each(|(piece, is_near)| _ = piece.try_set(is_near));
        self.redrawn.try_update(|times| *times += 1);
        if let Some((block, before)) = above.and_then(|block| Some((block, self.end_of(block)?))) {
            spawn_local(async move {
                tick().await;
                let after = self.end_of(block);
                if let (Some(after), Some(root)) = (after, self.root.try_get_untracked().flatten()) {
                    scroll_along(&root, after - before);
                }
            });
        }
    }

    /// Has a block cut into pieces that came near. Gives it back where it stands above what is seen.
    fn cut(self, block: usize, element: &Element) -> Option<usize> {
        let shown = view::closest(element, SCROLLER)?.get_bounding_client_rect().top();
        let place = element.get_bounding_client_rect();
        let is_above = place.top() < shown;
        self.near(block)?.try_set(if is_above { Near::Above } else { Near::Below });
        (place.bottom() <= shown).then_some(block)
    }

    /// Where what follows a block begins, from the top of the window.
    fn end_of(self, block: usize) -> Option<f64> {
        let root = self.root.try_get_untracked().flatten()?;
        let next = self.blocks.try_with_value(|blocks| Some(blocks.get(block + 1)?.0)).flatten();
        let Some(piece) = next else { return Some(root.get_bounding_client_rect().bottom()) };
        let selector = format!(":is([data-piece='{piece}'],[data-block='{}'])", block + 1);
        Some(root.query_selector(&selector).ok()??.get_bounding_client_rect().top())
    }
}

fn stretch_of(element: &Element) -> Option<Stretch> {
    let place = |name| element.get_attribute(name)?.parse().ok();
    place("data-piece").map(Stretch::Piece).or_else(|| place("data-block").map(Stretch::Block))
}

/// Where elements above what is seen turn out to be of another height than they were taken to be, scrolls along.
fn keep_in_place(heights: StoredValue<Heights, LocalStorage>, sizes: &[(Element, f64, f64)]) {
    let changed = heights.try_update_value(|heights| {
        // What is not displayed has no height, which says nothing about it.
        let sizes = sizes.iter().filter(|(_, _, height)| *height > 0.0);
        let changed = sizes.filter_map(|(element, _, height)| {
            let stretch = stretch_of(element)?;
            let Some((before, changes)) = heights.get(&stretch).copied() else {
                heights.insert(stretch, (*height, 0));
                return None;
            };
            let is_other = (height - before).abs() >= NOTHING;
            heights.insert(stretch, (*height, changes + u32::from(is_other)));
            is_other.then(|| {
                let top = element.get_bounding_client_rect().top();
                (element, Regrown { top, before, after: *height, is_first: changes == 0 })
            })
        });
        changed.collect::<Vec<_>>()
    });
    let mut changed = changed.unwrap_or_default();
    sort_by(&mut changed, |(_, one), (_, other)| one.top.total_cmp(&other.top));
    let Some((element, _)) = changed.first() else { return };
    let Some(shown) = view::closest(element, SCROLLER) else { return };
    let shown = shown.get_bounding_client_rect().top();
    let regrown: Vec<Regrown> = changed.iter().map(|(_, regrown)| *regrown).collect();
    scroll_along(element, moved_at(&regrown, shown, NOTHING));
}

/// Scrolls what `element` stands in by so much as its content moved.
fn scroll_along(element: &Element, moved: f64) {
    if let Some(scroller) = view::closest(element, SCROLLER).filter(|_| moved.abs() >= NOTHING) {
        scroll::set_top(&scroller, scroll::top(&scroller) + moved);
    }
}
