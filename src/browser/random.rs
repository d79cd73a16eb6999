//! Numbers that nobody can know.

/// One of them; `None` where the browser draws none.
pub fn number() -> Option<u64> {
    let mut bytes = [0; 8];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}
