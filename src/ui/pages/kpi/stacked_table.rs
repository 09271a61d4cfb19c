//! A table whose rows become blocks where there is no room.

use leptos::prelude::*;

/// The rows below their heads; an empty head is that of buttons.
pub(super) fn stacked_table(heads: impl IntoIterator<Item = AnyView>, rows: AnyView) -> AnyView {
    let head = |head: AnyView| view! { <th scope="col">{head}</th> };
    let heads = heads.into_iter().map(head).collect_view();
    view! {
        <table class="data-table" data-stack="true">
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
