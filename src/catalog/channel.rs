//! Where a business sells and advertises.

use std::sync::LazyLock;

use serde::Deserialize;

use super::source::{self, built_in};
use crate::domain::Names;

/// A platform to sell on or to advertise on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Stable: it stands in facts, links and output.
    pub id: String,
    pub names: Names,
    /// Whether orders come from there; otherwise it only advertises.
    pub sells: bool,
    /// It pays sales tax by itself: that tax is never the seller's.
    #[serde(default)]
    pub withholds_tax: bool,
    /// How long after a click or a view the platform claims a sale for its ads, such as
    /// `7d click`; `None` when it has no known default.
    #[serde(default)]
    pub ad_window: Option<String>,
}

/// Of a person's own sheets, which belong to no channel.
pub const OWN_CHANNEL: &str = "user";

static CHANNELS: LazyLock<Vec<Channel>> = LazyLock::new(|| {
    let file: ChannelFile = source::read(built_in!("channels"))
        .expect("the built-in channels are valid, as a test checks");
    file.channel
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFile {
    channel: Vec<Channel>,
}

/// Every known channel, in the order in which pages show them.
pub fn channels() -> &'static [Channel] {
    &CHANNELS
}

/// The channel of that id; `None` for one that only a person's own files name.
pub fn channel(id: &str) -> Option<&'static Channel> {
    CHANNELS.iter().find(|channel| channel.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_names_complete() {
        let ids: BTreeSet<&str> = channels().iter().map(|channel| channel.id.as_str()).collect();
        assert_eq!(ids.len(), channels().len());
        for channel in channels() {
            assert!(!channel.names.en.is_empty() && !channel.names.zh.is_empty(), "{}", channel.id);
        }
    }
}
