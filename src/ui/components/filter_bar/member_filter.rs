//! One dimension's members: a chip that opens a list of check boxes.

use leptos::prelude::*;

use crate::{
    domain::Dimension,
    ui::{
        components::{Glyph, Icon, Popover},
        hooks::lower_case,
        i18n::{I18n, channel_name, dimension_name, fill, name, t, use_i18n},
        state::use_location,
    },
    worker::protocol::Member,
};

/// From this many members on there is a search.
const SEARCH_FROM: usize = 9;
/// More rows than this never enter the document; the search narrows them.
const MOST_ROWS: usize = 100;

/// A chip with what is chosen and the list behind it.
#[component]
pub(super) fn MemberFilter(
    /// What is filtered.
    dimension: Dimension,
    /// All members, also those not chosen.
    members: Memo<Vec<Member>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let chosen = Memo::new(move |_| {
        location.route.with(|route| route.view.filters.members(dimension).to_vec())
    });
    let text = move || {
        let all = members.with(Vec::len);
        match chosen.get().as_slice() {
            [] => fill!(i18n, home.filter_all, count = all),
            [one] => {
                let found =
                    members.with(|list| list.iter().find(|member| member.id == *one).cloned());
                found.map_or_else(|| one.clone(), |member| short_label(i18n, dimension, &member))
            }
            several => fill!(i18n, home.filter_some, count = several.len(), all = all),
        }
    };
    let id = popover_id(dimension);
    view! {
        <button
            type="button"
            class="chip"
            popovertarget=id
            data-set=move || chosen.with(|chosen| (!chosen.is_empty()).to_string())
        >
            <span class="chip__name">{move || dimension_name(i18n, dimension)}</span>
            <span class="chip__value">{text}</span>
            <Icon glyph=Glyph::Down/>
        </button>
        <Popover id>
            <MemberList dimension members chosen/>
        </Popover>
    }
    .into_any()
}

const fn popover_id(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Channel => "filter-channel",
        Dimension::Shop => "filter-shop",
        Dimension::Sku => "filter-sku",
        Dimension::Brand => "filter-brand",
        Dimension::Category => "filter-category",
        Dimension::Owner => "filter-owner",
    }
}

/// A SKU is known by its id, others by their name.
fn short_label(i18n: I18n, dimension: Dimension, member: &Member) -> String {
    let named = name(i18n, &member.names);
    match dimension {
        Dimension::Channel if named.is_empty() => channel_name(i18n, &member.id),
        Dimension::Sku => member.id.clone(),
        _ if named.is_empty() => member.id.clone(),
        _ => named,
    }
}

/// Members that match every word of the search, in the engine's order: rows never jump under the
/// pointer. Chosen ones are never cut off.
fn matching(
    i18n: I18n,
    dimension: Dimension,
    members: &[Member],
    chosen: &[String],
    search: &str,
) -> (Vec<Member>, usize) {
    let words: Vec<String> = lower_case(search).split_whitespace().map(str::to_owned).collect();
    let fits = |member: &Member| {
        if words.is_empty() {
            return true;
        }
        let label = short_label(i18n, dimension, member);
        let text = format!("{} {label} {} {}", member.id, member.names.en, member.names.zh);
        let text = lower_case(&text);
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let (mut shown, mut n_cut) = (Vec::new(), 0);
    for member in members.iter().filter(|member| fits(member)) {
        if shown.len() < MOST_ROWS || chosen.contains(&member.id) {
            shown.push(member.clone());
        } else {
            n_cut += 1;
        }
    }
    (shown, n_cut)
}

/// Search, check boxes, and the way back to all.
#[component]
fn MemberList(
    /// What is filtered.
    dimension: Dimension,
    /// All members.
    members: Memo<Vec<Member>>,
    /// Ids that are chosen.
    chosen: Memo<Vec<String>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        members.with(|list| {
            chosen.with(|chosen| {
                search.with(|search| matching(i18n, dimension, list, chosen, search))
            })
        })
    });
    let set = move |id: String, is_chosen: bool| {
        location.change(|view| {
            let list = view.filters.members_mut(dimension);
            list.retain(|one| *one != id);
            if is_chosen {
                list.push(id);
            }
        });
    };
    let n_cut = move || found.with(|(_, n_cut)| *n_cut);
    view! {
        <Show when=move || { members.with(Vec::len) >= SEARCH_FROM }>
            <input
                type="search"
                class="field__input"
                aria-label=t!(i18n, home.filter_search)
                placeholder=t!(i18n, home.filter_search)
                prop:value=search
                on:input=move |event| search.set(event_target_value(&event))
            />
        </Show>
        <div class="menu" role="group" aria-label=move || dimension_name(i18n, dimension)>
            <For
                each=move || found.get().0
                key=|member| member.id.clone()
                let:member
            >
                <MemberBox dimension member chosen on_set=set/>
            </For>
            {move || (n_cut() > 0).then(|| view! {
                <p class="menu__note">{move || fill!(i18n, home.filter_more, count = n_cut())}</p>
            })}
        </div>
        <button
            type="button"
            class="menu__item"
            disabled=move || chosen.with(Vec::is_empty)
            on:click=move |_| location.change(|view| view.filters.members_mut(dimension).clear())
        >
            {t!(i18n, home.filter_clear)}
        </button>
    }
    .into_any()
}

/// One member with its check box.
#[component]
fn MemberBox(
    /// What is filtered.
    dimension: Dimension,
    /// The member.
    member: Member,
    /// Ids that are chosen.
    chosen: Memo<Vec<String>>,
    /// Called with the id and whether it is chosen now.
    on_set: impl Fn(String, bool) + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, checked_id, member) = (member.id.clone(), member.id.clone(), StoredValue::new(member));
    let label = move || member.with_value(|member| short_label(i18n, dimension, member));
    // A SKU's title stands beside its id.
    let title = move || {
        let title = member.with_value(|member| name(i18n, &member.names));
        (dimension == Dimension::Sku && !title.is_empty()).then_some(title)
    };
    view! {
        <label class="menu__check">
            <input
                type="checkbox"
                prop:checked=move || chosen.with(|chosen| chosen.contains(&checked_id))
                on:change=move |event| on_set(id.clone(), event_target_checked(&event))
            />
            <span>{label}</span>
            <small>{title}</small>
        </label>
    }
    .into_any()
}
