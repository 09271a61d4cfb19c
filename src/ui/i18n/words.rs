//! Words for the ids that the engine answers with. An id that is not known is shown as it is.

use leptos_i18n::I18nContext;

use super::{
    fill,
    i18n::{I18nKeys, Locale, t_string},
};
use crate::{
    domain::Names,
    worker::protocol::{ChangeName, Failure},
};

/// What every function here needs; `use_i18n()` gives it.
pub(crate) type I18n = I18nContext<Locale, I18nKeys>;

/// The language of the page, tracked.
pub(crate) fn language(i18n: I18n) -> Locale {
    i18n.get_locale()
}

/// The name in the reader's language, tracked.
pub(crate) fn name(i18n: I18n, names: &Names) -> String {
    match i18n.get_locale() {
        Locale::en => names.en.clone(),
        Locale::zh_CN => names.zh.clone(),
    }
}

/// A channel's or platform's name for its id.
pub(crate) fn channel_name(i18n: I18n, channel: &str) -> String {
    match channel {
        "amazon" => t_string!(i18n, words.channel_amazon).to_owned(),
        "shopify" => t_string!(i18n, words.channel_shopify).to_owned(),
        "tiktok" => t_string!(i18n, words.channel_tiktok).to_owned(),
        "walmart" => t_string!(i18n, words.channel_walmart).to_owned(),
        "ebay" => "eBay".to_owned(),
        "etsy" => "Etsy".to_owned(),
        "google_ads" => "Google Ads".to_owned(),
        "meta_ads" => "Meta Ads".to_owned(),
        "microsoft_ads" => "Microsoft Ads".to_owned(),
        "user" => t_string!(i18n, words.channel_user).to_owned(),
        other => other.to_owned(),
    }
}

/// What happened and what to do, for a request that could not be met.
pub(crate) fn failure_text(i18n: I18n, failure: &Failure) -> String {
    match failure {
        Failure::NoWorkbook => t_string!(i18n, words.failure_no_workbook).to_owned(),
        Failure::UnknownWorkbook => t_string!(i18n, words.failure_unknown_workbook).to_owned(),
        Failure::QuotaExceeded => t_string!(i18n, words.failure_quota).to_owned(),
        Failure::StorageBlocked { detail } => {
            fill!(i18n, words.failure_storage_blocked, detail = detail)
        }
        Failure::ReadOnly => t_string!(i18n, words.failure_read_only).to_owned(),
        Failure::InvalidValue { value } => {
            fill!(i18n, words.failure_invalid_value, value = value)
        }
        Failure::NothingToUndo => t_string!(i18n, words.failure_nothing_to_undo).to_owned(),
        Failure::Internal { detail } => {
            fill!(i18n, words.failure_internal, detail = detail)
        }
    }
}

/// What an undo or redo concerns: “import of a.csv”.
pub(crate) fn change_text(i18n: I18n, change: &ChangeName) -> String {
    let subject = &change.subject;
    match change.kind.as_str() {
        "rename_workbook" => fill!(i18n, words.change_rename, subject = subject),
        "choose_contract" => fill!(i18n, words.change_contract, subject = subject),
        "enter_cost" => fill!(i18n, words.change_cost, subject = subject),
        "add_imports" => fill!(i18n, words.change_add_imports, subject = subject),
        "remove_import" => fill!(i18n, words.change_remove_import, subject = subject),
        _ => subject.clone(),
    }
}
