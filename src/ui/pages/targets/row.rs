//! One row of the grid.

use std::{
    ops::{Range, RangeInclusive},
    sync::Arc,
};

use leptos::{leptos_dom::helpers::queue_microtask, prelude::*};

use super::{
    cells::{typed_number, typing_text},
    drafts::Drafts,
    page::Sight,
    past::past_text,
    scope::below,
    selection::{Selection, Spot, cell_id},
    url::{PlanUrl, scope_text},
};
use crate::{
    domain::Fixed,
    ui::{
        components::standing_mark,
        format::Style,
        hooks::{Named, use_attributes, use_changed, use_focus_at_once},
        i18n::{I18n, channel_name, fill, language, name, t, t_string, use_i18n},
        state::use_location,
    },
    worker::protocol::{PastCell, PlanCell, PlanPast, PlanRow, PlannedKpi, UnitView},
};

/// What rows share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) shown: Signal<Option<Arc<Sight>>>,
    pub(super) past: Signal<Option<Arc<PlanPast>>>,
    pub(super) selection: Selection,
    pub(super) drafts: Drafts,
}

impl Shared {
    /// The row at a place among all, with its KPI; `None` where it is not loaded.
    pub(super) fn row(self, at: usize) -> Option<(PlanRow, PlannedKpi)> {
        self.shown.with(|sight| {
            let view = &sight.as_ref()?.view;
            let row = view.rows.get(at.checked_sub(usize::try_from(view.first).ok()?)?)?;
            let kpi = view.kpis.get(usize::try_from(row.kpi).ok()?)?;
            Some((row.clone(), kpi.clone()))
        })
    }

    /// The row with what its cells need besides.
    fn seen(self, at: usize) -> Option<Seen> {
        let sight = self.shown.get()?;
        let view = &sight.view;
        let nth = at.checked_sub(usize::try_from(view.first).ok()?)?;
        let row = view.rows.get(nth)?;
        // What is typed is seen at once; what follows from it comes with the engine's answer.
        let typed = self.drafts.written_over(row, (sight.asked.level, &view.columns));
        Some(Seen { nth, typed, past: self.past.get(), at, sight })
    }

    /// Takes over what was typed into the cell at the cursor; `false` where it is no number.
    pub(super) fn commit(self, i18n: I18n) -> bool {
        let Some(text) = self.selection.typed.get_untracked() else { return true };
        let Spot { row, column } = self.selection.cursor.get_untracked();
        let Some((row, kpi)) = untrack(|| self.row(row)) else { return true };
        let Ok(number) = typed_number(&text, kpi.unit) else {
            let problem = fill!(i18n, targets.no_number, text = text);
            self.selection.problem.set(problem);
            return false;
        };
        self.selection.typed.set(None);
        self.selection.problem.set(String::new());
        self.put(row, column, number);
        true
    }

    fn put(self, row: PlanRow, column: usize, number: Option<Fixed>) {
        let place = self.shown.with_untracked(|sight| {
            let sight = sight.as_ref()?;
            Some((sight.asked.level, sight.view.columns.get(column)?.period))
        });
        let is_locked = row.cells.get(column).is_some_and(|cell| cell.is_locked);
        if let Some((level, period)) = place.filter(|_| !is_locked) {
            self.drafts.set([(level, row.key, period, number)]);
        }
    }

    /// Begins to type into the cell at the cursor: `text`, or what stands there. A row that is not there is gone
    /// to first.
    pub(super) fn type_into(self, text: Option<String>) {
        let Spot { row, column } = self.selection.cursor.get_untracked();
        let Some((row, kpi)) = untrack(|| self.row(row)) else {
            self.selection.focus();
            return;
        };
        let Some(cell) = row.cells.get(column).filter(|cell| !cell.is_locked) else { return };
        let number = cell.number.as_deref();
        let before = || number.map(|it| typing_text(it, kpi.unit)).unwrap_or_default();
        self.selection.typed.set(Some(text.unwrap_or_else(before)));
    }
}

/// A row of an answer with all that its cells show. Two are alike when what they show is: cells change with their
/// row, and not with every answer.
#[derive(Debug, Clone)]
struct Seen {
    sight: Arc<Sight>,
    /// The row's place in the answer, and among all rows.
    nth: usize,
    at: usize,
    /// The row with what was typed, where something was.
    typed: Option<PlanRow>,
    past: Option<Arc<PlanPast>>,
}

impl Seen {
    fn row(&self) -> Option<&PlanRow> {
        self.typed.as_ref().or_else(|| self.sight.view.rows.get(self.nth))
    }

    fn kpi(&self) -> Option<&PlannedKpi> {
        self.sight.view.kpis.get(usize::try_from(self.row()?.kpi).ok()?)
    }

    fn cell(&self, column: usize) -> Option<&PlanCell> {
        self.row()?.cells.get(column)
    }

    /// What was reached, column by column; empty while that is not known.
    fn past(&self) -> &[PastCell] {
        let row = self.past.as_ref().and_then(|past| {
            past.rows.get(self.at.checked_sub(usize::try_from(past.first).ok()?)?)
        });
        row.map_or(&[], Vec::as_slice)
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        let view = |it: &Self| (it.sight.view.currency, it.at);
        view(self) == view(other)
            && self.sight.view.columns == other.sight.view.columns
            && self.kpi() == other.kpi()
            && self.row() == other.row()
            && self.past() == other.past()
    }
}

/// What of a row is chosen.
#[derive(Debug, Clone, PartialEq)]
struct Marks {
    chosen: Option<RangeInclusive<usize>>,
    /// The column of the cursor, when it is in the row, and whether it is typed into.
    cursor: Option<usize>,
    is_typed: bool,
}

impl Marks {
    fn of(selection: Selection, at: usize) -> Self {
        let cursor = selection.cursor.get();
        let cursor = (cursor.row == at).then_some(cursor.column);
        let is_typed = cursor.is_some() && selection.typed.with(Option::is_some);
        Self { chosen: selection.columns_of(at), cursor, is_typed }
    }

    fn has_chosen(&self, column: usize) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.contains(&column))
    }
}

/// A row: what it is of, and a cell for each column that is there.
#[component]
pub(super) fn GridRow(
    /// Its place among all rows.
    at: usize,
    /// Columns that are there.
    drawn: ReadSignal<Range<usize>>,
    /// What rows share.
    shared: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = use_changed(move || shared.seen(at));
    let marks = use_changed(move || Marks::of(shared.selection, at));
    let is_whole =
        move || row.with(|row| row.as_ref().and_then(Seen::row).is_some_and(|it| it.is_whole));
    use_attributes(
        move |column| cell_id(at, column),
        move || {
            let n_cells =
                row.with(|row| row.as_ref().and_then(Seen::row).map_or(0, |it| it.cells.len()));
            let looks = |marks: &Marks| {
                row.with(|row| (0..n_cells).map(|it| look(row.as_ref(), marks, it)).collect())
            };
            marks.with(looks)
        },
    );
    let of = move |name: fn(&Seen) -> Option<String>| row.with(|row| name(row.as_ref()?));
    view! {
        <tr
            role="row"
            aria-rowindex=at + 2
            data-level=move || if is_whole() { "group" } else { "child" }
            data-kpi=move || of(|it| Some(it.kpi()?.id.clone()))
            data-scope=move || of(|it| Some(scope_text(&it.row()?.key.scope)))
        >
            <th scope="row" role="rowheader" aria-colindex="1">
                {move || row.with(|row| row_head(i18n, row.as_ref()?))}
            </th>
            <For each=move || drawn.get() key=|column| *column let(column)>
                {cell(i18n, shared, Spot { row: at, column }, row, marks)}
            </For>
        </tr>
    }
    .into_any()
}

/// What of a cell its attributes tell.
fn look(seen: Option<&Seen>, marks: &Marks, column: usize) -> [Named; 3] {
    let is_at_cursor = marks.cursor == Some(column);
    let is_locked = seen.and_then(|it| it.cell(column)).is_some_and(|it| it.is_locked);
    let word = |is: bool| if is { "true" } else { "false" };
    [
        ("tabindex", if is_at_cursor { "0" } else { "-1" }),
        ("aria-selected", word(marks.has_chosen(column))),
        ("aria-readonly", word(is_locked)),
    ]
}

/// A cell. What stands in it depends on one thing each for the row and for what is chosen: a thousand cells are there.
fn cell(
    i18n: I18n,
    shared: Shared,
    Spot { row: at, column }: Spot,
    row: ReadSignal<Option<Seen>>,
    marks: ReadSignal<Marks>,
) -> impl IntoView {
    let content = move || {
        if marks.with(|it| it.is_typed && it.cursor == Some(column)) {
            // Nothing of the row takes the field away while it is typed into.
            return Some(view! { <CellInput shared column at/> }.into_any());
        }
        row.with(|seen| cell_content(i18n, seen.as_ref()?, column))
    };
    let [tab_index, chosen, locked] =
        row.with_untracked(|row| marks.with_untracked(|it| look(row.as_ref(), it, column)));
    let selection = shared.selection;
    // Focus goes to a cell that was awaited once it stands in the page.
    if selection.is_awaited() && selection.cursor.get_untracked() == (Spot { row: at, column }) {
        queue_microtask(move || selection.focus_awaited());
    }
    view! {
        <td
            id=cell_id(at, column)
            role="gridcell"
            class="targets__cell"
            tabindex=tab_index.1
            aria-colindex=column + 2
            aria-selected=chosen.1
            aria-readonly=locked.1
            style:grid-column-start=(column + 2).to_string()
        >
            {content}
        </td>
    }
}

/// The KPI of a whole; a part's name, which leads into it.
fn row_head(i18n: I18n, seen: &Seen) -> Option<AnyView> {
    let (row, kpi) = (seen.row()?, seen.kpi()?);
    if row.is_whole {
        let kpi = view! { <span class="targets__kpi">{name(i18n, &kpi.names)}</span> };
        return Some(kpi.into_any());
    }
    let location = use_location();
    let scope = row.key.scope.clone();
    let into = move |_| {
        PlanUrl::change(location, |plan| {
            plan.scope = scope.clone();
            plan.by = below(plan.by);
        });
    };
    let (text, beside) = member_texts(i18n, row);
    let title = format!("{text} {beside}");
    let part = view! {
        <button type="button" class="targets__part" title=title on:click=into>
            {text} " " <span class="data-table__sub">{beside}</span>
        </button>
    };
    Some(part.into_any())
}

/// What a part is called, and what stands beside it.
fn member_texts(i18n: I18n, row: &PlanRow) -> (String, String) {
    let (id, own) = (&row.member.id, name(i18n, &row.member.names));
    if row.key.scope.channel == *id {
        (channel_name(i18n, id), String::new())
    } else if own == *id {
        (own, String::new())
    } else {
        (id.clone(), own)
    }
}

/// The number, what is left over, and below them what was reached.
fn cell_content(i18n: I18n, seen: &Seen, column: usize) -> Option<AnyView> {
    let (kpi, cell) = (seen.kpi()?, seen.cell(column)?);
    let currency = seen.sight.view.currency;
    let style = Style { unit: kpi.unit, currency, language: language(i18n) };
    let past = seen.past().get(column);
    let lines = view! {
        <span
            class="targets__number"
            data-value=cell.number.clone().or_else(|| cell.sum.clone())
            data-draft=cell.is_draft.then_some("true")
        >
            {number_line(i18n, cell, style)}
        </span>
        <span class="targets__past">{past_line(i18n, cell, past, style)}</span>
    };
    Some(lines.into_any())
}

/// The number or the sum with its marks. Most cells have a number alone: of those there are hundreds, so that it
/// matters that nothing else is made for them.
fn number_line(i18n: I18n, cell: &PlanCell, style: Style) -> AnyView {
    let number = cell.number.as_deref().map(|number| short(style, number));
    if cell.sum.is_none() && cell.n_revisions == 0 && !cell.is_out_of_order {
        return number.unwrap_or_default().into_any();
    }
    let sum = cell.sum.as_deref().map(|sum| {
        view! { <span class="targets__sum" title=t_string!(i18n, targets.sum_hint)>"Σ "{short(style, sum)}</span> }
    });
    let mark = (cell.n_revisions > 0).then(|| {
        view! { <sup title=t_string!(i18n, targets.revised)>"*"<span class="visually-hidden">{t_string!(i18n, targets.revised)}</span></sup> }
    });
    let wrong = cell.is_out_of_order.then(|| {
        view! { <span class="targets__wrong" title=t_string!(i18n, targets.out_of_order)>"!"<span class="visually-hidden">{t_string!(i18n, targets.out_of_order)}</span></span> }
    });
    view! { {wrong}{number}{sum}{mark} }.into_any()
}

/// What is left over, else what was reached: there is room for one of them; the line below the grid says both.
fn past_line(i18n: I18n, cell: &PlanCell, past: Option<&PastCell>, style: Style) -> AnyView {
    if let Some(left) = cell.residual.as_deref() {
        let left = fill!(i18n, targets.left, value = short(style, left));
        return view! { <span class="targets__left">{left}</span> }.into_any();
    }
    let text = past.map(|past| past_text(i18n, past, style)).unwrap_or_default();
    match past.and_then(|past| past.standing) {
        Some(standing) => view! { {standing_mark(i18n, standing)}{text} }.into_any(),
        None => text.into_any(),
    }
}

/// Whole money, and rates with all their digits.
fn short(style: Style, number: &str) -> String {
    match style.unit {
        UnitView::Money | UnitView::Count => style.whole(number),
        _ => style.line(number),
    }
}

/// What is typed into the cell at the cursor.
#[component]
fn CellInput(
    /// What rows share.
    shared: Shared,
    /// The cell's column.
    column: usize,
    /// The cell's row.
    at: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::new();
    use_focus_at_once(input);
    let selection = shared.selection;
    let text = selection.typed.get_untracked().unwrap_or_default();
    let is_wrong = move || selection.problem.with(|problem| !problem.is_empty());
    let leave = move |_| {
        let is_here = selection.cursor.get_untracked() == Spot { row: at, column };
        if is_here && selection.typed.with_untracked(Option::is_some) {
            shared.commit(i18n);
        }
    };
    view! {
        <input
            node_ref=input
            class="targets__input"
            inputmode="decimal"
            autocomplete="off"
            aria-label=t!(i18n, targets.number)
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=move || is_wrong().then_some("plan-problem")
            prop:value=text
            on:input=move |event| {
                selection.problem.set(String::new());
                selection.typed.set(Some(event_target_value(&event)));
            }
            on:blur=leave
        />
    }
    .into_any()
}
