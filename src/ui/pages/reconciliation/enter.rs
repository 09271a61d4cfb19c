//! Typing a total that a platform's own page states.

use leptos::{ev::SubmitEvent, prelude::*};

use super::page::Compared;
use crate::{
    domain::{Day, Granularity, Period, WeekStart},
    ui::{
        components::{ChoiceField, FieldKind, TextField},
        format,
        hooks::today,
        i18n::{channel_name, fill, label, name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::Change,
};

const AD_SPEND: &str = "ads.spend";

/// The form; a valid answer becomes one change of the workbook.
#[component]
pub(super) fn EnterTotal(
    /// What was compared.
    #[prop(into)]
    compared: Compared,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let month = last_month(workbook.state.with_untracked(|state| state.as_ref()?.covered));
    let first = compared.with_untracked(|view| view.channels.first().map(|it| it.channel.clone()));
    let channel = RwSignal::new(first.unwrap_or_default());
    let shop = RwSignal::new(String::new());
    let kpi = RwSignal::new("sales.net".to_owned());
    let from = RwSignal::new(month.from.to_string());
    let to = RwSignal::new(month.to.to_string());
    let stated = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let change = change_of(
            (&channel.get(), &shop.get()),
            (&from.get(), &to.get()),
            &kpi.get(),
            &stated.get(),
        );
        is_wrong.set(change.is_none());
        if let Some(change) = change {
            workbook.change(change);
            stated.set(String::new());
        }
    };
    let said = move || is_wrong.get().then(|| t_string!(i18n, reconciliation.invalid));
    view! {
        <section class="panel" aria-labelledby="enter-title">
            <div class="panel__head">
                <h2 id="enter-title">{t!(i18n, reconciliation.enter_title)}</h2>
                <span class="panel__note">{t!(i18n, reconciliation.enter_why)}</span>
            </div>
            <form class="totals__form" novalidate on:submit=save>
                <Lists compared channel shop kpi/>
                <TextField
                    label=label!(i18n, reconciliation.from)
                    value=from
                    field="from"
                    kind=FieldKind::Day
                />
                <TextField label=label!(i18n, reconciliation.to) value=to field="to" kind=FieldKind::Day/>
                <TextField
                    label=Signal::derive(move || {
                        let currency = compared.with(|view| view.currency);
                        fill!(i18n, reconciliation.stated, currency = currency)
                    })
                    value=stated
                    field="stated"
                    kind=FieldKind::Amount
                />
                <button
                    type="submit"
                    class="button"
                    data-kind="primary"
                    disabled=move || !workbook.is_writable()
                >
                    {t!(i18n, reconciliation.save)}
                </button>
                <strong class="field__problem" role="alert">{said}</strong>
            </form>
        </section>
    }
}

/// What is chosen from lists.
#[component]
fn Lists(
    /// What was compared.
    compared: Compared,
    /// Id of the channel.
    channel: RwSignal<String>,
    /// Empty: all shops.
    shop: RwSignal<String>,
    /// Id of the KPI.
    kpi: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let channels = move || {
        compared.with(|view| {
            let channels = view.channels.iter();
            channels.map(|it| (it.channel.clone(), channel_name(i18n, &it.channel))).collect()
        })
    };
    let shops = move || {
        compared.with(|view| {
            let all = t_string!(i18n, reconciliation.all_shops).to_owned();
            let chosen = channel.get();
            let of_channel = view.channels.iter().find(|it| it.channel == chosen);
            let shops = of_channel.into_iter().flat_map(|it| it.shops.clone());
            let shops = shops.map(|shop| (shop.clone(), shop));
            std::iter::once((String::new(), all)).chain(shops).collect()
        })
    };
    let kpis = move || {
        compared.with(|view| {
            // Those that sell nothing state what is spent there.
            let is_ads = channel.get().ends_with("_ads");
            let kpis = view.kpis.iter().filter(|it| !is_ads || it.kpi == AD_SPEND);
            kpis.map(|it| (it.kpi.clone(), name(i18n, &it.names))).collect()
        })
    };
    view! {
        <ChoiceField
            label=label!(i18n, reconciliation.channel)
            value=channel
            field="channel"
            choices=Signal::derive(channels)
            // A shop is one of its channel.
            on_chosen=move |()| {
                shop.set(String::new());
                if channel.with_untracked(|it| it.ends_with("_ads")) {
                    kpi.set(AD_SPEND.to_owned());
                }
            }
        />
        <ChoiceField
            label=label!(i18n, reconciliation.shop)
            value=shop
            field="shop"
            choices=Signal::derive(shops)
        />
        <ChoiceField
            label=label!(i18n, reconciliation.kpi)
            value=kpi
            field="kpi"
            choices=Signal::derive(kpis)
        />
    }
}

/// The last whole month with data, as far as there is one.
fn last_month(covered: Option<Period>) -> Period {
    let last = covered.map_or_else(today, |covered| covered.to);
    let month = |day: Day| Granularity::Month.bucket(day, WeekStart::Monday);
    let current = month(last);
    let before = month(current.from.plus(-1));
    let is_whole = current.to == last;
    let has_before = covered.is_some_and(|covered| covered.from <= before.from);
    if is_whole || !has_before { current } else { before }
}

/// The change that the fields make; `None` when one of them is not valid.
fn change_of(
    (channel, shop): (&str, &str),
    (from, to): (&str, &str),
    kpi: &str,
    stated: &str,
) -> Option<Change> {
    let stated = format::typed_amount(stated)?;
    let (from, to) = (Day::parse(from)?, Day::parse(to)?);
    (!channel.is_empty() && from <= to).then_some(())?;
    Some(Change::EnterTotal {
        channel: channel.to_owned(),
        shop: shop.to_owned(),
        period: Period { from, to },
        kpi: kpi.to_owned(),
        stated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(channel: &str, from: &str, stated: &str) -> Option<String> {
        match change_of((channel, ""), (from, "2026-05-31"), "sales.net", stated)? {
            Change::EnterTotal { stated, .. } => Some(stated),
            _ => None,
        }
    }

    #[test]
    fn an_amount_is_read_as_pages_show_it() {
        assert_eq!(stated("amazon", "2026-05-01", "$12,345.67").as_deref(), Some("12345.67"));
        assert_eq!(stated("amazon", "2026-05-01", " 7 ").as_deref(), Some("7"));
        assert_eq!(stated("amazon", "2026-05-01", "much"), None);
        assert_eq!(stated("amazon", "", "7"), None);
        assert_eq!(stated("", "2026-05-01", "7"), None);
        assert_eq!(stated("amazon", "2026-06-01", "7"), None, "the last day is before the first");
    }

    #[test]
    fn the_month_offered_is_the_last_whole_one() {
        let day = |text: &str| Day::parse(text).unwrap();
        let offered = |from, to| last_month(Some(Period { from: day(from), to: day(to) }));
        assert_eq!(offered("2026-01-01", "2026-05-20").to_string(), "2026-04-01..2026-04-30");
        assert_eq!(offered("2026-01-01", "2026-05-31").to_string(), "2026-05-01..2026-05-31");
        assert_eq!(offered("2026-05-03", "2026-05-20").to_string(), "2026-05-01..2026-05-31");
    }
}
