//! Which journeys are walked in Firefox and WebKit: every screen and every way of reading, the ways in, the ways on, and
//! what those engines do by code of their own. The others hold of the app alike in every engine, and are walked in Chromium.
//!
//! Does not belong here: what an engine or its driver cannot do (`journey`).

use std::collections::BTreeSet;
use std::process::Command;

/// Walks all of them in every engine where it is `all`.
const JOURNEYS: &str = "LABELSCOPE_JOURNEYS";

/// What they are about, and their names.
const CORE: [(&str, &[&str]); 13] = [
    (
        "before the app, and after it",
        &["a_panic_leaves_a_message_and_a_way_on", "closing_forgets_the_key_and_the_export"],
    ),
    (
        "ways in",
        &[
            "opens_the_sample",
            "opens_a_project_from_the_api",
            "opens_a_project_of_another_origin",
            "opens_a_file",
            "opens_a_compressed_file",
            "opens_what_is_dropped",
            "opens_pasted_text",
            "fills_the_form_from_a_curl_line",
            "names_a_bad_project_id_before_any_request",
            "remembers_the_theme",
        ],
    ),
    (
        "streams, which each engine reads, stops and decompresses in its own way",
        &[
            "opens_100_mb_while_it_arrives",
            "cancels_before_the_answer_begins",
            "a_newer_request_overtakes_an_older_one",
            "a_body_in_single_bytes",
            "an_encoding_that_was_only_claimed",
        ],
    ),
    (
        "problems that each engine reports in its own words",
        &[
            "a_redirect_is_not_followed",
            "an_origin_that_keeps_to_itself",
            "a_server_that_is_not_there",
            "an_answer_that_breaks_off",
            "a_browser_that_cannot_decompress",
            "status_401_asks_for_the_key_alone",
            "status_422_is_a_table_and_stands_at_the_fields",
        ],
    ),
    (
        "the text, and where its marks lie",
        &[
            "every_text_is_exact_and_every_mark_lies_over_its_quote",
            "an_annotation_under_two_others_can_be_selected",
            "a_tier_switched_off_takes_its_tracks_and_leaves_the_text",
            "selected_text_is_the_text_alone",
            "a_long_text_folds_and_stays_as_it_was_left",
            "a_conversation_is_found_where_it_was_left",
            "a_message_full_of_marks_is_drawn_whole",
            "a_long_text_moves_by_as_much_as_it_is_scrolled",
            "a_hundred_thousand_messages_are_right_and_none_jumps",
        ],
    ),
    (
        "layouts",
        &[
            "each_layout_holds_each_text_exactly",
            "columns_stand_side_by_side",
            "switching_keeps_the_place_and_the_selection",
            "differences_leave_out_what_is_the_same",
            "the_map_leads_through_the_conversation",
        ],
    ),
    (
        "search",
        &[
            "a_phrase_inside_a_folded_tool_response_is_found_and_shown",
            "enter_and_f3_go_from_hit_to_hit_and_around",
            "letters_right_after_the_key_are_searched_for",
            "without_the_highlight_api_the_current_hit_is_selected",
        ],
    ),
    (
        "filters, findings",
        &[
            "one_label_is_chosen_and_cleared_by_keyboard",
            "typed_words_narrow_the_list_and_an_empty_list_says_how_to_go_on",
            "verdicts_count_and_filter",
            "a_label_filters_a_column_sorts_and_chips_take_away",
        ],
    ),
    (
        "agreement",
        &["from_a_cell_to_its_rows_to_the_reader_and_back", "a_number_of_each_criterion_opens_as_many_rows"],
    ),
    (
        "links",
        &[
            "a_link_opens_scrolls_and_selects",
            "a_link_without_source_asks_for_its_project",
            "what_is_wrong_in_a_link_is_said_and_ignored",
            "back_and_forward_go_through_five_steps",
            "the_third_difference_is_handed_on_by_keyboard_alone",
        ],
    ),
    (
        "the keyboard, roles and names",
        &[
            "a_whole_task_by_keyboard_alone",
            "a_widget_is_one_stop_and_the_arrow_keys_go_on",
            "a_table_of_links_is_one_stop_and_goes_in_four_directions",
            "the_keyboard_goes_along_and_comes_back",
            "n_and_p_visit_each_difference_once",
            "escape_leaves_one_level_after_the_other",
            "keys_may_come_faster_than_frames",
            "each_engine_computes_roles_and_names",
        ],
    ),
    (
        "help, and the same project opened again",
        &[
            "help_is_there_before_anything_is_open",
            "help_leads_back_to_where_one_was",
            "a_refresh_keeps_the_place_and_says_what_changed",
        ],
    ),
    ("files to take away", &["hands_back_what_the_api_sent", "hands_out_what_the_native_report_writes"]),
];

/// Why a journey is not walked in Firefox or WebKit in this run; `None` where it is.
pub fn is_left_to_chromium(name: &str) -> Option<&'static str> {
    let is_core = CORE.iter().any(|(_, names)| names.contains(&name));
    let are_all = std::env::var(JOURNEYS).is_ok_and(|which| which == "all");
    (!is_core && !are_all).then_some("walked in Chromium; LABELSCOPE_JOURNEYS=all walks it here too")
}

#[test]
fn the_core_set_names_journeys_once() {
    let output = Command::new(std::env::current_exe().unwrap()).arg("--list").output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let tests = listed.lines().filter_map(|line| line.strip_suffix(": test"));
    let tests: BTreeSet<&str> = tests.filter_map(|path| path.rsplit("::").next()).collect();
    let mut seen = BTreeSet::new();
    for name in CORE.iter().flat_map(|(_, names)| *names) {
        assert!(tests.contains(name), "there is no journey {name}");
        assert!(seen.insert(name), "{name} is named twice");
    }
}
