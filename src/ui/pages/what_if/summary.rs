//! Net sales and profit, before and after.

use leptos::prelude::*;

use super::{page::Sight, words::node_name};
use crate::{
    ui::{
        format::{Style, UNDEFINED},
        i18n::{I18n, fill, language, use_i18n},
    },
    worker::protocol::Node,
};

const SHOWN: [Node; 3] = [Node::Net, Node::Cm3, Node::Cm3Rate];

/// The three figures that matter most; they stay in sight while levers are moved.
#[component]
pub(super) fn Summary(
    /// The newest answer.
    shown: Signal<Option<std::sync::Arc<Sight>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let figures = move || {
        let sight = shown.get()?;
        Some(SHOWN.map(|node| figure(i18n, &sight, node)).collect_view())
    };
    view! { <dl class="what-if__summary">{figures}</dl> }.into_any()
}

fn figure(i18n: I18n, sight: &Sight, node: Node) -> Option<AnyView> {
    let found = sight.view.nodes.iter().find(|it| it.node == node)?;
    let style = Style { unit: found.unit, currency: sight.view.currency, language: language(i18n) };
    let written =
        |text: Option<&String>| text.map_or_else(|| UNDEFINED.to_owned(), |it| style.whole(it));
    let base = found.base.value.as_ref();
    let change = found.result.as_ref().zip(base).and_then(|(now, before)| {
        let change = style.change(now, before)?;
        Some(change.relative.unwrap_or(change.absolute)).filter(|_| now != before)
    });
    let before = fill!(i18n, what_if.was, value = written(base));
    Some(
        view! {
            <div data-node=node.id()>
                <dt>{node_name(i18n, node)}</dt>
                <dd>
                    <strong data-part="result" data-value=found.result.clone().unwrap_or_default()>
                        {written(found.result.as_ref())}
                    </strong>
                    <span data-part="change">{change}</span>
                    <span class="muted">{before}</span>
                </dd>
            </div>
        }
        .into_any(),
    )
}
