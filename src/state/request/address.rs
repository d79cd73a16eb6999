//! What may stand in the field for the address.

/// `address` without the `/v1` and the slashes that it may end in.
///
/// # Errors
/// A sentence that says what is wrong: anything but an `https` address (or `http` on this machine) of a server and
/// possibly a path.
pub(super) fn checked(address: &str) -> Result<String, String> {
    let wrong = |sentence: &str| Err(sentence.to_owned());
    let Some((scheme, after)) = address.split_once("://") else {
        return wrong("Begin the address with https://, as in https://api.example.com.");
    };
    let is_plain = scheme.eq_ignore_ascii_case("http");
    if !is_plain && !scheme.eq_ignore_ascii_case("https") {
        return wrong("Only https:// addresses can be fetched, and http:// ones on this machine.");
    }
    if address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>')) {
        return wrong("An address has no spaces, quotes or backslashes.");
    }
    if after.contains(['?', '#']) {
        return wrong("Leave out what follows “?” or “#”: only the server and its path are wanted.");
    }
    let authority = after.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return wrong("Leave the name and password out of the address; the key has its own field.");
    }
    let Some(host) = host_of(authority) else {
        return wrong("The address names no server: after https:// comes a name, and possibly : and a port.");
    };
    if is_plain && !is_this_machine(host) {
        return wrong(
            "Plain http would show the key to everyone on the way; only localhost and 127.0.0.1 may use it. Use https://.",
        );
    }
    Ok(without_version(address).to_owned())
}

/// The name in `name`, `name:port` or `[v6]:port`; `None` where it is not of that form.
fn host_of(authority: &str) -> Option<&str> {
    let ends_v6 = authority.starts_with('[').then(|| authority.find(']')).flatten();
    let (host, port) = match ends_v6 {
        Some(end) => authority.split_at_checked(end + 1)?,
        None => authority.find(':').map_or((authority, ""), |colon| authority.split_at(colon)),
    };
    let is_port = match port.strip_prefix(':') {
        Some(port) => port.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    let is_name =
        ends_v6.is_some() || host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    (is_port && is_name && !host.is_empty()).then_some(host)
}

/// A content policy cannot name `[::1]`, so the browser would refuse that.
fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1"
}

fn without_version(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    address.strip_suffix("/v1").map_or(address, |before| before.trim_end_matches('/'))
}
