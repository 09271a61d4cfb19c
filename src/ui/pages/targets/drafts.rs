//! Numbers that were typed and are not saved yet. They stay while other pages are looked at, and when the page
//! is loaded again.

use std::{collections::BTreeMap, sync::LazyLock};

use leptos::prelude::*;

use crate::{
    domain::{Day, Fixed, Period, TargetBlock, TargetKey, TargetLevel},
    ui::hooks::storage,
    worker::protocol::{PlanColumn, PlanRow},
};

/// Where a number was typed.
type Place = (TargetLevel, TargetKey, Period);

/// What was typed, by place; `None`: no number any more.
type Typed = BTreeMap<Place, Option<Fixed>>;

/// Places as they are to be; `None`: nothing typed.
type Step = Vec<(Place, Option<Option<Fixed>>)>;

/// Steps that can be taken back.
const MOST_STEPS: usize = 100;

static DRAFTS: LazyLock<ArcRwSignal<Sheet>> = LazyLock::new(ArcRwSignal::default);

/// The numbers of a workbook, and the way back to those of before.
#[derive(Debug, Clone, Default)]
struct Sheet {
    workbook: String,
    typed: Typed,
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl Sheet {
    fn of(workbook: &str) -> Self {
        Self { workbook: workbook.to_owned(), ..Self::default() }
    }

    fn take(&mut self, step: Step) {
        let back = swapped(&mut self.typed, step);
        self.undone.clear();
        self.done.push(back);
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// Whether there was a step to take back.
    fn undo(&mut self) -> bool {
        let Some(step) = self.done.pop() else { return false };
        let back = swapped(&mut self.typed, step);
        self.undone.push(back);
        true
    }

    /// Whether there was a step to take again.
    fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        let back = swapped(&mut self.typed, step);
        self.done.push(back);
        true
    }
}

/// Takes a step; gives the step back.
fn swapped(typed: &mut Typed, step: Step) -> Step {
    let mut back: Step = step
        .into_iter()
        .map(|(place, number)| {
            let before = match number {
                Some(number) => typed.insert(place.clone(), number),
                None => typed.remove(&place),
            };
            (place, before)
        })
        .collect();
    // A place that was there twice is as it was before the first.
    back.reverse();
    back
}

/// A handle of them.
#[derive(Clone, Copy)]
pub(crate) struct Drafts(RwSignal<Sheet>);

impl Drafts {
    /// Those of a workbook: what was typed since the page is there, else what was kept of before.
    pub(crate) fn of(workbook: &str) -> Self {
        let drafts = Self(RwSignal::from(DRAFTS.clone()));
        if drafts.0.with_untracked(|sheet| sheet.workbook != workbook) {
            drafts.0.set(Sheet::of(workbook));
            drafts.take_over(&kept(workbook));
        }
        drafts
    }

    /// Keeps nothing of a workbook any more.
    pub(crate) fn forget(workbook: &str) {
        storage::remove(&key(workbook));
    }

    /// Keeps them in the browser; whether it could.
    pub(super) fn keep(self) -> bool {
        self.0.with_untracked(|Sheet { workbook, typed, .. }| {
            if typed.is_empty() {
                Self::forget(workbook);
                return true;
            }
            let text = serde_json::to_string(&blocks(typed));
            text.is_ok_and(|text| storage::set(&key(workbook), &text))
        })
    }

    /// As the engine takes them: a block for each level and key.
    pub(super) fn blocks(self) -> Vec<TargetBlock> {
        self.0.with(|sheet| blocks(&sheet.typed))
    }

    /// Makes whoever calls it run again when they change.
    pub(super) fn track(self) {
        self.0.track();
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.with(|sheet| sheet.typed.is_empty())
    }

    pub(super) fn set(
        self,
        numbers: impl IntoIterator<Item = (TargetLevel, TargetKey, Period, Option<Fixed>)>,
    ) {
        let places = numbers
            .into_iter()
            .map(|(level, key, period, number)| ((level, key, period), Some(number)));
        let step: Step = places.collect();
        if !step.is_empty() {
            self.0.update(|sheet| sheet.take(step));
        }
    }

    pub(crate) fn take_over(self, blocks: &[TargetBlock]) {
        let cells = blocks.iter().flat_map(|block| {
            block.cells().map(|(key, period, number)| (block.level, key.clone(), period, number))
        });
        self.set(cells);
    }

    /// The row with the numbers that were typed for it in its cells; `None` where none were.
    pub(super) fn written_over(
        self,
        row: &PlanRow,
        (level, columns): (TargetLevel, &[PlanColumn]),
    ) -> Option<PlanRow> {
        self.0.with(|sheet| {
            has_typed(&sheet.typed, level, &row.key).then(|| {
                let mut row = row.clone();
                write_over(&sheet.typed, &mut row, (level, columns));
                row
            })
        })
    }

    /// Gives all of them up, as a step that can be taken back.
    pub(super) fn discard(self) {
        self.0.update(|sheet| {
            let step = sheet.typed.keys().map(|place| (place.clone(), None)).collect();
            sheet.take(step);
        });
    }

    /// They are saved: nothing of them is left to do or to take back.
    pub(super) fn saved(self) {
        self.0.update(|sheet| *sheet = Sheet::of(&sheet.workbook));
    }

    /// Takes the last step back, where there is one.
    pub(super) fn undo(self) {
        self.0.maybe_update(Sheet::undo);
    }

    /// Takes it again.
    pub(super) fn redo(self) {
        self.0.maybe_update(Sheet::redo);
    }
}

/// Under which the browser keeps them.
fn key(workbook: &str) -> String {
    format!("linkstar.drafts.{workbook}")
}

/// What was typed before the page was loaded; nothing where it cannot be read.
fn kept(workbook: &str) -> Vec<TargetBlock> {
    let text = storage::get(&key(workbook));
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn has_typed(typed: &Typed, level: TargetLevel, key: &TargetKey) -> bool {
    let first = Day::from_days_since_epoch(i32::MIN);
    let first = (level, key.clone(), Period { from: first, to: first });
    typed.range(first..).next().is_some_and(|((at, of, _), _)| *at == level && of == key)
}

fn write_over(typed: &Typed, row: &mut PlanRow, (level, columns): (TargetLevel, &[PlanColumn])) {
    let Some(first) = columns.first() else { return };
    let mut place = (level, row.key.clone(), first.period);
    for (cell, column) in row.cells.iter_mut().zip(columns) {
        place.2 = column.period;
        let Some(number) = typed.get(&place) else { continue };
        let number = number.map(|it| it.to_string());
        if cell.number != number {
            (cell.number, cell.is_draft) = (number, true);
            // Those are of the number before.
            (cell.sum, cell.residual) = (None, None);
        }
    }
}

fn blocks(typed: &Typed) -> Vec<TargetBlock> {
    let mut blocks: Vec<TargetBlock> = Vec::new();
    for ((level, key, period), number) in typed {
        match blocks.last_mut() {
            Some(last) if last.level == *level && last.keys.first() == Some(key) => {
                last.periods.push(*period);
                last.numbers.push(*number);
            }
            _ => blocks.push(TargetBlock::of_one(*level, key.clone(), *period, *number)),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{TargetScope, TargetTerms},
        worker::protocol::{Member, PlanCell},
    };

    #[test]
    fn what_is_typed_is_seen_before_the_answer() {
        let day = |text| Day::parse(text).unwrap();
        let on = |text| Period { from: day(text), to: day(text) };
        let key = TargetKey { kpi: "a".to_owned(), scope: TargetScope::default() };
        let column = |period| PlanColumn { period, parent: None, has_parts: false };
        let columns = ["2026-01-01", "2026-01-02", "2026-01-03"].map(|text| column(on(text)));
        let cell = |number: &str| PlanCell {
            number: Some(number.to_owned()),
            residual: Some("3".to_owned()),
            ..PlanCell::default()
        };
        let mut row = PlanRow {
            key: key.clone(),
            kpi: 0,
            member: Member::default(),
            is_whole: true,
            terms: TargetTerms::default(),
            version: 1,
            cells: vec![cell("1"), cell("2"), cell("3")],
        };
        let place = |at: usize| (TargetLevel::Commit, key.clone(), columns[at].period);
        let typed = Typed::from([
            (place(0), Some(Fixed::from_whole(7))),
            (place(1), None),
            (place(2), Some(Fixed::from_whole(3))),
        ]);
        let has = |level, kpi: &str| {
            has_typed(&typed, level, &TargetKey { kpi: kpi.to_owned(), ..key.clone() })
        };
        assert!(has(TargetLevel::Commit, "a"));
        assert!(!has(TargetLevel::Commit, "b") && !has(TargetLevel::Floor, "a"));
        write_over(&typed, &mut row, (TargetLevel::Commit, &columns));
        let seen: Vec<_> = row.cells.iter().map(|it| (it.number.as_deref(), it.is_draft)).collect();
        // The last one is what the answer says already.
        assert_eq!(seen, [(Some("7"), true), (None, true), (Some("3"), false)]);
        assert_eq!(row.cells[0].residual, None);
        assert_eq!(row.cells[2].residual.as_deref(), Some("3"));
        // Numbers of another level are not shown.
        let before = row.clone();
        write_over(&typed, &mut row, (TargetLevel::Floor, &columns));
        assert_eq!(row, before);
    }

    #[test]
    fn steps_are_taken_back_and_again() {
        let day = |text| Day::parse(text).unwrap();
        let place = |text| {
            let period = Period { from: day(text), to: day(text) };
            let key = TargetKey { kpi: "a".to_owned(), scope: TargetScope::default() };
            (TargetLevel::Commit, key, period)
        };
        let (one, other) = (place("2026-01-01"), place("2026-01-02"));
        let number = |whole| Some(Some(Fixed::from_whole(whole)));
        let mut sheet = Sheet::of("w");
        assert!(!sheet.undo());
        sheet.take(vec![(one.clone(), number(1))]);
        // A place twice in a step: the later number counts.
        sheet.take(vec![
            (one.clone(), number(2)),
            (other.clone(), number(3)),
            (one.clone(), number(4)),
        ]);
        let after = sheet.typed.clone();
        assert_eq!(after[&one], Some(Fixed::from_whole(4)));
        assert!(sheet.undo());
        assert_eq!(sheet.typed, Typed::from([(one.clone(), Some(Fixed::from_whole(1)))]));
        assert!(sheet.undo());
        assert!(sheet.typed.is_empty() && !sheet.undo());
        assert!(sheet.redo() && sheet.redo() && !sheet.redo());
        assert_eq!(sheet.typed, after);
        // What is typed anew ends what could be taken again.
        assert!(sheet.undo());
        sheet.take(vec![(other, number(5))]);
        assert!(!sheet.redo());
    }

    #[test]
    fn numbers_of_a_level_and_key_are_one_block() {
        let day = |text| Day::parse(text).unwrap();
        let on = |text| Period { from: day(text), to: day(text) };
        let key = |kpi: &str| TargetKey { kpi: kpi.to_owned(), scope: TargetScope::default() };
        let one = Some(Fixed::from_whole(1));
        let typed = Typed::from([
            ((TargetLevel::Commit, key("a"), on("2026-01-01")), one),
            ((TargetLevel::Commit, key("a"), on("2026-01-02")), None),
            ((TargetLevel::Commit, key("b"), on("2026-01-01")), one),
            ((TargetLevel::Stretch, key("b"), on("2026-01-01")), one),
        ]);
        let blocks = blocks(&typed);
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[0].numbers, [one, None]);
        let n_cells: usize = blocks.iter().map(|block| block.cells().count()).sum();
        assert_eq!(n_cells, 4);
    }
}
