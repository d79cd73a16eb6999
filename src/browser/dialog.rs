//! Modal dialogs: the browser keeps the focus inside and gives it back.

use web_sys::HtmlDialogElement;

/// Shows a dialog as a modal one, or closes it. Nothing happens where it is so already.
pub fn show(dialog: &HtmlDialogElement, is_shown: bool) {
    match (dialog.open(), is_shown) {
        (false, true) => {
            let _ = dialog.show_modal();
        }
        (true, false) => dialog.close(),
        _ => {}
    }
}
