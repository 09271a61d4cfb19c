//! The table: heads lead to KPIs, figures to what they are made of. What a screen shows of it is made at
//! once, the rows below in steps; the document has all of them in the end.

use std::{cmp::Ordering, sync::Arc};

use leptos::prelude::*;

use super::{
    axes::axis_name,
    choices::{Sort, TOTAL, TableView},
    page::Sight,
};
use crate::{
    domain::{Dimension, Filters, Period},
    ui::{
        components::{Glyph, Icon, Place, Precision, figure_text, kpi_figure},
        format,
        hooks::{Steps, screen_height, use_steps},
        i18n::{
            I18n, channel_name, fill, language, name, note_text, t_string, unit_text, use_i18n,
        },
        routes::{Page, Route, View, scope_text},
        state::{Location, use_location},
    },
    worker::protocol::{Axis, ExploredKpi, Head, NoteView, ValueView},
};

/// The newest answer as a table; before it, nothing.
#[component]
pub(super) fn ExploreTable(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let sort = Memo::new(move |_| location.route.with(|route| TableView::of(&route.view).sort));
    move || {
        let sight = shown.get()?;
        let sort = sort.get();
        if sight.view.kpis.is_empty() {
            return Some(empty(i18n));
        }
        let view = location.route.with_untracked(|route| route.view.clone());
        let view = View { own: Vec::new(), ..view };
        Some(Arc::new(Frame { i18n, location, sight, sort, view }).panel())
    }
}

/// Rows that may be in sight: the box is three quarters of the window high, a row `--row-compact`.
fn rows_in_sight() -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen")]
    let rows = (screen_height() * 0.75 / 28.0).ceil() as usize;
    rows.max(20)
}

fn empty(i18n: I18n) -> AnyView {
    view! { <p class="muted" role="status">{t_string!(i18n, explore.empty)}</p> }.into_any()
}

/// The name of a row or column, with what stands beside it.
pub(super) fn head_text(i18n: I18n, sight: &Sight, axis: Axis, head: &Head) -> (String, String) {
    let plain = |text: String| (text, String::new());
    match head {
        Head::Total => plain(t_string!(i18n, explore.total).to_owned()),
        Head::Kpi(at) => {
            plain(kpi_at(sight, *at).map_or_else(String::new, |it| name(i18n, &it.names)))
        }
        Head::Bucket(bucket) => plain(format::bucket(*bucket, language(i18n))),
        Head::Member(member) => match axis {
            Axis::Members(Dimension::Channel) => plain(channel_name(i18n, &member.id)),
            Axis::Members(Dimension::Sku) => (member.id.clone(), name(i18n, &member.names)),
            _ => plain(member.id.clone()),
        },
    }
}

fn kpi_at(sight: &Sight, at: u32) -> Option<&ExploredKpi> {
    sight.view.kpis.get(usize::try_from(at).ok()?)
}

/// The KPI of a cell; `None` where nothing is shown.
pub(super) fn kpi_of<'a>(sight: &'a Sight, row: &Head, column: &Head) -> Option<&'a ExploredKpi> {
    let at = |head: &Head| if let Head::Kpi(at) = head { Some(*at) } else { None };
    kpi_at(sight, at(row).or(at(column)).unwrap_or(0))
}

/// What all cells share.
struct Frame {
    i18n: I18n,
    location: Location,
    sight: Arc<Sight>,
    sort: Option<Sort>,
    /// What links from the cells keep.
    view: View,
}

impl Frame {
    fn panel(self: &Arc<Self>) -> AnyView {
        let (i18n, sight) = (self.i18n, &*self.sight);
        let order = order(sight, self.sort.as_ref());
        let (at_once, later) = order.split_at(order.len().min(rows_in_sight()));
        let Steps { is_due, n_to_come } = use_steps(later.len());
        let at_once = at_once.iter().map(|at| self.row(*at)).collect_view();
        let in_steps = later.iter().zip(is_due).map(|(at, is_due)| {
            let (frame, at) = (Arc::clone(self), *at);
            move || is_due.get().then(|| frame.row(at))
        });
        let heads = sight.view.columns.iter().enumerate();
        let heads = heads.map(|(at, head)| self.column_head(at, head, later)).collect_view();
        let corner = axis_name(i18n, sight.asked.rows);
        let widest = widest(
            later
                .iter()
                .filter_map(|at| self.row_texts(*at))
                .map(|(text, beside)| format!("{text} {beside}")),
        );
        // Their place is kept: nobody who has scrolled down is moved when the order changes.
        let place_to_come = move || {
            let n_to_come = n_to_come.get();
            (n_to_come > 0).then(|| format!("calc({n_to_come} * var(--row-compact))"))
        };
        view! {
            <div class="panel">
                <div
                    class="data-table-box explore__box"
                    role="region"
                    aria-label=t_string!(i18n, explore.title)
                    tabindex="0"
                >
                    <table
                        class="data-table explore__table"
                        aria-busy=move || (n_to_come.get() > 0).to_string()
                        style:margin-block-end=place_to_come
                    >
                        <thead>
                            <tr><th scope="col" data-widest=widest>{corner}</th>{heads}</tr>
                        </thead>
                        <tbody>{at_once}{in_steps.collect_view()}</tbody>
                    </table>
                </div>
                {self.notes()}
            </div>
        }
        .into_any()
    }

    fn notes(&self) -> AnyView {
        let (i18n, sight) = (self.i18n, &*self.sight);
        let texts = remarks(i18n, sight).into_iter().map(|text| view! { <span>{text}</span> });
        let settles = has_immature(sight).then(|| t_string!(i18n, explore.settles));
        view! {
            <p class="panel__note explore__notes">
                {settles.map(|text| view! { <span data-immature="true">{text}</span> })}
                {texts.collect_view()}
            </p>
        }
        .into_any()
    }

    /// `later` are the rows that are not there at once.
    fn column_head(&self, at: usize, head: &Head, later: &[usize]) -> AnyView {
        let (i18n, sight, location) = (self.i18n, &*self.sight, self.location);
        let (text, beside) = head_text(i18n, sight, sight.asked.columns, head);
        let beside = (!beside.is_empty()).then_some(beside);
        // Different KPIs one below the other have no order.
        let can_sort = sight.asked.rows != Axis::Kpis;
        let column = head_id(sight, head);
        let now = self.sort.as_ref().filter(|it| it.column == column && can_sort);
        let sorted = now.map(|it| if it.is_ascending { "ascending" } else { "descending" });
        let next = match now {
            None => Some(Sort { column, is_ascending: false }),
            Some(Sort { is_ascending: false, .. }) => Some(Sort { column, is_ascending: true }),
            Some(_) => None,
        };
        let icon = now.map(|_| view! { <Icon glyph=Glyph::Down/> });
        let widest = widest(later.iter().filter_map(|row| self.cell_text(*row, at)));
        let label = if can_sort {
            let sort = move |_| TableView::change(location, |table| table.sort.clone_from(&next));
            view! {
                <button type="button" title=t_string!(i18n, explore.sort) on:click=sort>
                    {text}
                    {icon}
                </button>
            }
            .into_any()
        } else {
            text.into_any()
        };
        view! {
            <th scope="col" data-align="end" title=beside aria-sort=sorted data-widest=widest>
                {label}
            </th>
        }
        .into_any()
    }

    /// The name of a row, and what stands beside it: a title or a unit.
    fn row_texts(&self, at: usize) -> Option<(String, String)> {
        let (i18n, sight) = (self.i18n, &*self.sight);
        let head = sight.view.rows.get(at)?;
        let (text, beside) = head_text(i18n, sight, sight.asked.rows, head);
        let Head::Kpi(kpi) = head else { return Some((text, beside)) };
        let unit = kpi_at(sight, *kpi).map_or("", |kpi| unit_text(i18n, kpi.unit));
        Some((text, unit.to_owned()))
    }

    fn row(&self, at: usize) -> Option<AnyView> {
        let view = &self.sight.view;
        let (head, values) = (view.rows.get(at)?, view.cells.get(at)?);
        let (text, beside) = self.row_texts(at)?;
        let cells = view.columns.iter().zip(values);
        let cells = cells.map(|(column, value)| self.cell(head, column, value)).collect_view();
        let title = format!("{text} {beside}");
        let beside = (!beside.is_empty())
            .then(|| view! { <span class="data-table__sub explore__beside">{beside}</span> });
        let row = view! {
            <tr data-level=(*head == Head::Total).then_some("group")>
                <th scope="row" title=title>{text} " " {beside}</th>
                {cells}
            </tr>
        };
        Some(row.into_any())
    }

    /// What a cell shows; `None` as in `kpi_of`.
    fn cell_text(&self, row: usize, column: usize) -> Option<String> {
        let view = &self.sight.view;
        let value = view.cells.get(row)?.get(column)?;
        let kpi = kpi_of(&self.sight, view.rows.get(row)?, view.columns.get(column)?)?;
        let text = figure_text(self.i18n, (value, kpi.unit), view.currency, Precision::Whole);
        Some(if notes_of(self.i18n, value).is_empty() { text } else { format!("*{text}") })
    }

    fn cell(&self, row: &Head, column: &Head, value: &ValueView) -> AnyView {
        let sight = &*self.sight;
        let Some(kpi) = kpi_of(sight, row, column) else { return ().into_any() };
        let (filters, period) = place_of(sight, row, column);
        let place = Place { scope: scope_text(&filters), period, currency: sight.view.currency };
        let figure = kpi_figure(self.i18n, &kpi.id, (value, kpi.unit), &place, Precision::Whole);
        let view = View { filters, period: Some(period), ..self.view.clone() };
        let href = Route { page: Page::Kpi(kpi.id.clone()), view }.to_hash();
        let is_immature = value.notes.iter().any(is_of_settling);
        let hidden = |text: String| view! { <span class="visually-hidden">{text}</span> };
        let settles = is_immature.then(|| hidden(t_string!(self.i18n, explore.settles).to_owned()));
        let notes = notes_of(self.i18n, value);
        let mark = (!notes.is_empty()).then(|| {
            view! { <sup class="explore__mark" title=notes.clone()>"*"{hidden(notes.clone())}</sup> }
        });
        view! {
            <td data-align="end" data-immature=is_immature.then_some("true")>
                <a class="explore__cell" href=href>{mark}{figure}{settles}</a>
            </td>
        }
        .into_any()
    }
}

/// The text that takes the most room in a column, about: a column is as wide from the start as it will be
/// when all its rows are there.
fn widest(texts: impl Iterator<Item = String>) -> Option<String> {
    let width = |text: &String| -> usize {
        text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
    };
    texts.max_by_key(width)
}

fn is_of_settling(note: &NoteView) -> bool {
    note.note == "immature"
}

fn has_immature(sight: &Sight) -> bool {
    let mut values = sight.view.cells.iter().flatten();
    values.any(|value| value.notes.iter().any(is_of_settling))
}

/// What is to be known of a value beside that it settles; empty where nothing is.
pub(super) fn notes_of(i18n: I18n, value: &ValueView) -> String {
    let notes = value.notes.iter().filter(|note| !is_of_settling(note));
    notes.map(|note| note_text(i18n, note)).collect::<Vec<_>>().join(" ")
}

/// What is to be known of the table: what is left out of it, and of its figures.
pub(super) fn remarks(i18n: I18n, sight: &Sight) -> Vec<String> {
    let (asked, view) = (&sight.asked, &sight.view);
    let mut remarks = Vec::new();
    for (axis, count) in
        [(asked.rows, view.n_rows_left_out), (asked.columns, view.n_columns_left_out)]
    {
        match axis {
            _ if count == 0 => {}
            Axis::Time(_) => remarks.push(fill!(i18n, explore.steps_left_out, count = count)),
            Axis::Members(Dimension::Sku) => {
                remarks.push(fill!(i18n, explore.skus_left_out, count = count));
            }
            _ => remarks.push(fill!(i18n, explore.members_left_out, count = count)),
        }
    }
    if view.cells.iter().flatten().any(|value| !notes_of(i18n, value).is_empty()) {
        remarks.push(t_string!(i18n, explore.marked).to_owned());
    }
    if !view.other_currencies.is_empty() {
        let codes: Vec<String> = view.other_currencies.iter().map(ToString::to_string).collect();
        remarks.push(fill!(i18n, explore.other_currencies, currencies = codes.join(", ")));
    }
    remarks
}

/// What a column is called in the URL.
fn head_id(sight: &Sight, head: &Head) -> String {
    match head {
        Head::Total => TOTAL.to_owned(),
        Head::Kpi(at) => kpi_at(sight, *at).map_or_else(String::new, |kpi| kpi.id.clone()),
        Head::Bucket(period) => period.from.to_string(),
        Head::Member(member) => member.id.clone(),
    }
}

/// What a cell is of.
fn place_of(sight: &Sight, row: &Head, column: &Head) -> (Filters, Period) {
    let mut filters = sight.asked.filters.clone();
    let mut period = sight.view.period;
    for (axis, head) in [(sight.asked.rows, row), (sight.asked.columns, column)] {
        match (axis, head) {
            (Axis::Members(dimension), Head::Member(member)) => {
                filters = filters.narrowed(dimension, &member.id);
            }
            (_, Head::Bucket(bucket)) => period = *bucket,
            _ => {}
        }
    }
    (filters, period)
}

/// Places of the rows in the order in which they are shown: the total first, then as sorted; what has no
/// value last.
fn row_order(values: &[Option<f64>], is_total: &[bool], is_ascending: bool) -> Vec<usize> {
    let value = |at: &usize| values.get(*at).copied().flatten();
    let is_total = |at: &usize| is_total.get(*at).copied().unwrap_or(false);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| {
        is_total(other).cmp(&is_total(one)).then_with(|| match (value(one), value(other)) {
            (Some(one), Some(other)) if is_ascending => one.total_cmp(&other),
            (Some(one), Some(other)) => other.total_cmp(&one),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        })
    });
    order
}

/// The rows as `sort` says; as they came where it says nothing, or of a column that is not there.
pub(super) fn order(sight: &Sight, sort: Option<&Sort>) -> Vec<usize> {
    let view = &sight.view;
    let sort = sort.filter(|_| sight.asked.rows != Axis::Kpis);
    let column =
        |sort: &Sort| view.columns.iter().position(|head| head_id(sight, head) == sort.column);
    let Some((column, is_ascending)) = sort.and_then(|it| Some((column(it)?, it.is_ascending)))
    else {
        return (0..view.rows.len()).collect();
    };
    let number = |row: &Vec<ValueView>| row.get(column)?.value.as_deref()?.parse().ok();
    let values: Vec<Option<f64>> = view.cells.iter().map(number).collect();
    let is_total: Vec<bool> = view.rows.iter().map(|head| *head == Head::Total).collect();
    row_order(&values, &is_total, is_ascending)
}

#[cfg(test)]
mod tests {
    use super::{row_order, widest};

    #[test]
    fn a_chinese_letter_is_as_wide_as_two() {
        let widest = |texts: &[&str]| widest(texts.iter().map(|&text| text.to_owned()));
        assert_eq!(widest(&["1,234", "净销售额", "$12.34"]).as_deref(), Some("净销售额"));
        assert_eq!(widest(&[]), None);
    }

    #[test]
    fn the_total_stays_first_and_the_unknown_last() {
        let values = [Some(6.0), None, Some(1.0), Some(5.0)];
        let is_total = [true, false, false, false];
        assert_eq!(row_order(&values, &is_total, false), [0, 3, 2, 1]);
        assert_eq!(row_order(&values, &is_total, true), [0, 2, 3, 1]);
        assert!(row_order(&[], &[], true).is_empty());
    }
}
