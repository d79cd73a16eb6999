//! The window of a page and what the system says of the person in front of it. Chromium's own.

use super::browser::debug;
use super::page::Page;
use serde_json::json;

/// Makes the window this large, in CSS pixels; that of a phone is touched.
pub async fn set_size(page: &Page, width: u32, height: u32, is_phone: bool) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
    debug(&page.browser.client, "Emulation.setDeviceMetricsOverride", size).await;
    let touch = json!({ "enabled": is_phone, "maxTouchPoints": if is_phone { 5 } else { 1 } });
    debug(&page.browser.client, "Emulation.setTouchEmulationEnabled", touch).await;
}

/// Lets a media feature be this, and no other be anything but what it is by itself.
pub async fn set_feature(page: &Page, name: &str, value: &str) {
    let features = json!({ "features": [{ "name": name, "value": value }] });
    debug(&page.browser.client, "Emulation.setEmulatedMedia", features).await;
}

/// Lets the person prefer this theme, `light` or `dark`, and no motion.
pub async fn set_theme(page: &Page, theme: &str) {
    let features = [("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")];
    let features = features.map(|(name, value)| json!({ "name": name, "value": value }));
    debug(&page.browser.client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// Shows the page as it would be printed, or no longer.
pub async fn set_print(page: &Page, is_print: bool) {
    let media = json!({ "media": if is_print { "print" } else { "" } });
    debug(&page.browser.client, "Emulation.setEmulatedMedia", media).await;
}

/// Lets the person be of this language, in this time zone.
pub async fn set_locale(page: &Page, language: &str, zone: &str) {
    debug(&page.browser.client, "Emulation.setLocaleOverride", json!({ "locale": language })).await;
    debug(&page.browser.client, "Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
}
