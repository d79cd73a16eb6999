//! Exports that another page hands over: which pages may, and what they say.
//!
//! Belongs here: the list that a deployment makes, and what its entries must look like. Does not belong here: messages
//! between windows (`browser`), reading what was handed over (`ui::opening`).
//!
//! Invariants: a page whose origin is not on the list is never listened to; there is no entry that stands for all.

/// The origins of the pages that may hand exports over, as a deployment lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverList(Vec<String>);

impl HandoverList {
    /// The origins in `content`, separated by white space, and the words in it that are none.
    pub fn parse(content: &str) -> (Self, Vec<&str>) {
        let (origins, wrong): (Vec<&str>, Vec<&str>) =
            content.split_whitespace().partition(|word| is_origin(word));
        (HandoverList(origins.into_iter().map(str::to_owned).collect()), wrong)
    }

    /// Whether no page may.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether pages of `origin`, as the browser writes it, may.
    pub fn holds(&self, origin: &str) -> bool {
        self.0.iter().any(|listed| listed == origin)
    }
}

/// Whether `word` is an origin as browsers write it: scheme, host in lower case, port unless it is the scheme's own, and
/// nothing more. Plain http, where anyone on the way could be that page, only on this machine.
fn is_origin(word: &str) -> bool {
    let is_of = |authority: &str, own_port: &str| {
        let (host, port) = authority.split_once(':').map_or((authority, None), |(h, p)| (h, Some(p)));
        let is_host = !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_')
            });
        let is_port =
            |port: &str| port != own_port && port.parse::<u16>().is_ok_and(|n| n.to_string() == port);
        is_host && port.is_none_or(is_port)
    };
    if let Some(authority) = word.strip_prefix("https://") {
        return is_of(authority, "443");
    }
    let Some(authority) = word.strip_prefix("http://") else { return false };
    let host = authority.split(':').next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1") && is_of(authority, "80")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_origins_are_listed() {
        let (list, wrong) = HandoverList::parse("");
        assert!(list.is_empty() && wrong.is_empty());
        let (list, wrong) = HandoverList::parse(
            " https://labels.example\n https://b.example:8443 http://localhost:9 http://127.0.0.1 \
             * null https://* https://*.example https://labels.example/ https://c.example:443 HTTPS://d.example \
             http://e.example https://F.example https://g.example:http https://h@i.example https:// http://localhost:080",
        );
        let right =
            ["https://labels.example", "https://b.example:8443", "http://localhost:9", "http://127.0.0.1"];
        assert_eq!(list, HandoverList(right.map(str::to_owned).into()));
        assert_eq!(wrong.len(), 13, "{wrong:?}");
        assert!(right.iter().all(|origin| list.holds(origin)));
        for other in
            ["https://labels.example.evil", "http://labels.example", "https://labels.example:1", "null", ""]
        {
            assert!(!list.holds(other), "{other}");
        }
    }
}
