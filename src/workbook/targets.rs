//! The targets of a workbook.

use std::collections::BTreeMap;

use crate::domain::{
    Day, Period, TargetBlock, TargetChange, TargetKey, TargetNumbers, TargetTerms,
};

/// All targets: by what they are of, then by period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetBook {
    lines: BTreeMap<TargetKey, TargetLine>,
}

/// The targets of one KPI and part of the business.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetLine {
    pub terms: TargetTerms,
    /// 1 for the first terms and numbers; grows with every later change of the terms.
    pub version: u32,
    pub cells: BTreeMap<Period, TargetCell>,
}

/// The target of one period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetCell {
    pub numbers: TargetNumbers,
    /// The day on which they became what they are.
    pub set_on: Option<Day>,
    /// It stays when numbers are spread or filled in.
    pub is_locked: bool,
    /// What it was before, of changes made after the period had begun; oldest first.
    pub revisions: Vec<TargetRevision>,
}

/// A change of a target whose period had begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRevision {
    /// The day from which the later numbers count.
    pub on: Day,
    pub before: TargetNumbers,
    pub reason: String,
}

impl TargetBook {
    pub fn line(&self, key: &TargetKey) -> Option<&TargetLine> {
        self.lines.get(key)
    }

    /// What there are targets of, in the order of KPIs and parts.
    pub fn lines(&self) -> impl Iterator<Item = (&TargetKey, &TargetLine)> {
        self.lines.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The target of a key for exactly these days.
    pub fn cell(&self, key: &TargetKey, period: Period) -> Option<&TargetCell> {
        self.lines.get(key)?.cells.get(&period)
    }

    /// Makes a change on a day.
    pub fn change(&mut self, change: &TargetChange, today: Day) {
        match change {
            TargetChange::Numbers { blocks, reason } => {
                for block in blocks {
                    self.set_numbers(block, reason, today);
                }
            }
            TargetChange::Terms { keys, terms } => {
                for key in keys {
                    let line = self.lines.entry(key.clone()).or_default();
                    line.terms = (**terms).clone();
                    line.version += 1;
                }
            }
            TargetChange::Lock { keys, periods, is_locked } => {
                let lines = keys.iter().filter_map(|key| Some((key, self.lines.get(key)?)));
                let known: Vec<TargetKey> = lines.map(|(key, _)| key.clone()).collect();
                for key in known {
                    let Some(line) = self.lines.get_mut(&key) else { continue };
                    for period in periods {
                        if let Some(cell) = line.cells.get_mut(period) {
                            cell.is_locked = *is_locked;
                        }
                    }
                }
            }
            TargetChange::Remove { keys } => self.lines.retain(|key, _| !keys.contains(key)),
        }
    }

    fn set_numbers(&mut self, block: &TargetBlock, reason: &str, today: Day) {
        let per_key = block.periods.len().max(1);
        for (key, numbers) in block.keys.iter().zip(block.numbers.chunks(per_key)) {
            let line = self.lines.entry(key.clone()).or_default();
            line.version = line.version.max(1);
            for (period, number) in block.periods.iter().zip(numbers) {
                let cell = line.cells.entry(*period).or_default();
                let before = cell.numbers;
                cell.numbers.set(block.level, *number);
                if cell.numbers != before {
                    cell.set_on = Some(today);
                }
                let has_begun = period.from <= today;
                if has_begun && !before.is_empty() && cell.numbers != before {
                    cell.revise(before, reason, today);
                }
                if cell.numbers.is_empty() && cell.revisions.is_empty() && !cell.is_locked {
                    line.cells.remove(period);
                }
            }
        }
    }
}

impl TargetLine {
    /// The numbers over some days: those of the very period, else, where periods add up, those of the fewest
    /// periods that make it up. `None` where they leave days out.
    pub fn over(&self, days: Period, adds_up: bool) -> Option<TargetNumbers> {
        let numbers = |cell: &TargetCell| Some(cell.numbers).filter(|it| !it.is_empty());
        if let Some(own) = self.cells.get(&days).and_then(numbers) {
            return Some(own);
        }
        let mut sum = None::<TargetNumbers>;
        let mut from = days.from;
        while adds_up && from <= days.to {
            let within =
                self.cells.iter().filter(|(period, _)| period.from == from && period.to <= days.to);
            let told = within.filter_map(|(period, cell)| Some((period.to, numbers(cell)?)));
            let (to, next) = told.max_by_key(|(to, _)| *to)?;
            sum = Some(sum.map_or(next, |sum| sum.plus(next)));
            from = to.plus(1);
        }
        sum
    }
}

impl TargetLine {
    /// The newest day on which a number of these days, or of a part of them, became what it is.
    pub fn set_on(&self, days: Period) -> Option<Day> {
        let within = |period: &Period| days.from <= period.from && period.to <= days.to;
        let cells = self.cells.iter().filter(|(period, _)| within(period));
        cells.filter_map(|(_, cell)| cell.set_on).max()
    }

    /// What is wanted on some days: as `over` has it, and where days do not add up, that of the shortest period
    /// around them, as it was in force on the first of them.
    pub fn around(&self, days: Period, adds_up: bool) -> Option<TargetNumbers> {
        let own = self.over(days, adds_up);
        let is_around = |it: &(&Period, &TargetCell)| it.0.from <= days.from && days.to <= it.0.to;
        let nearest = || {
            let around = self.cells.iter().filter(is_around).filter(|_| !adds_up);
            let (_, cell) = around.min_by_key(|(period, _)| period.n_days())?;
            Some(cell.on(days.from)).filter(|it| !it.is_empty())
        };
        own.or_else(nearest)
    }
}

impl TargetCell {
    /// Several changes on one day, for one reason, are one.
    fn revise(&mut self, before: TargetNumbers, reason: &str, today: Day) {
        let is_same = |last: &TargetRevision| last.on == today && last.reason == reason;
        if !self.revisions.last().is_some_and(is_same) {
            self.revisions.push(TargetRevision { on: today, before, reason: reason.to_owned() });
        }
    }

    /// The numbers that were in force on a day: before the first change after it, else as they are.
    pub fn on(&self, day: Day) -> TargetNumbers {
        let later = self.revisions.iter().find(|revision| day < revision.on);
        later.map_or(self.numbers, |revision| revision.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fixed, TargetLevel, TargetScope};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn may() -> Period {
        Period { from: day("2026-05-01"), to: day("2026-05-31") }
    }

    fn key() -> TargetKey {
        TargetKey { kpi: "sales.net".to_owned(), scope: TargetScope::default() }
    }

    fn numbers(number: Option<i64>, reason: &str) -> TargetChange {
        let number = number.map(Fixed::from_whole);
        let block = TargetBlock::of_one(TargetLevel::Commit, key(), may(), number);
        TargetChange::Numbers { blocks: vec![block], reason: reason.to_owned() }
    }

    fn commits(cell: &TargetCell) -> Vec<(String, Option<Fixed>)> {
        let of = |it: &TargetRevision| (format!("{} {}", it.on, it.reason), it.before.commit);
        cell.revisions.iter().map(of).collect()
    }

    #[test]
    fn a_change_before_the_period_leaves_no_step() {
        let mut book = TargetBook::default();
        book.change(&numbers(Some(100), ""), day("2026-04-01"));
        book.change(&numbers(Some(120), ""), day("2026-04-30"));
        let cell = book.cell(&key(), may()).unwrap();
        assert_eq!(cell.numbers.commit, Some(Fixed::from_whole(120)));
        assert_eq!(commits(cell), []);
        // And nothing is left of what is taken away.
        book.change(&numbers(None, ""), day("2026-04-30"));
        assert_eq!(book.cell(&key(), may()), None);
    }

    #[test]
    fn a_change_after_its_first_day_leaves_one() {
        let mut book = TargetBook::default();
        book.change(&numbers(Some(100), ""), day("2026-04-01"));
        book.change(&numbers(Some(80), "stock out"), day("2026-05-10"));
        book.change(&numbers(Some(70), "stock out"), day("2026-05-10"));
        book.change(&numbers(None, "given up"), day("2026-05-20"));
        let cell = book.cell(&key(), may()).unwrap();
        let whole = |number| Some(Fixed::from_whole(number));
        assert_eq!(
            commits(cell),
            [
                ("2026-05-10 stock out".to_owned(), whole(100)),
                ("2026-05-20 given up".to_owned(), whole(70))
            ]
        );
        let on = |text| cell.on(day(text)).commit;
        assert_eq!(
            ["2026-05-01", "2026-05-09", "2026-05-10", "2026-05-20"].map(on),
            [whole(100), whole(100), whole(70), None]
        );
        // What had no number before is no change of a promise.
        let mut late = TargetBook::default();
        late.change(&numbers(Some(100), ""), day("2026-05-10"));
        assert_eq!(commits(late.cell(&key(), may()).unwrap()), []);
    }

    #[test]
    fn days_have_their_own_target_or_that_of_their_parts() {
        let mut book = TargetBook::default();
        let set = |book: &mut TargetBook, from: &str, to: &str, number: i64| {
            let period = Period { from: day(from), to: day(to) };
            let number = Some(Fixed::from_whole(number));
            let block = TargetBlock::of_one(TargetLevel::Commit, key(), period, number);
            let blocks = vec![block];
            book.change(
                &TargetChange::Numbers { blocks, reason: String::new() },
                day("2026-01-01"),
            );
        };
        set(&mut book, "2026-05-01", "2026-05-31", 100);
        set(&mut book, "2026-06-01", "2026-06-30", 50);
        set(&mut book, "2026-06-01", "2026-06-07", 9);
        let over = |book: &TargetBook, from, to, adds_up| {
            let days = Period { from: day(from), to: day(to) };
            let numbers = book.line(&key()).unwrap().over(days, adds_up)?;
            numbers.commit.map(|it| it.to_string())
        };
        let two_months = ("2026-05-01", "2026-06-30");
        assert_eq!(over(&book, two_months.0, two_months.1, true).as_deref(), Some("150"));
        // Rates of two months are no rate of both.
        assert_eq!(over(&book, two_months.0, two_months.1, false), None);
        assert_eq!(over(&book, "2026-06-01", "2026-06-07", false).as_deref(), Some("9"));
        // Of a part of May nothing was said, nor of July.
        assert_eq!(over(&book, "2026-05-02", "2026-06-30", true), None);
        assert_eq!(over(&book, "2026-06-01", "2026-07-31", true), None);
        set(&mut book, "2026-05-01", "2026-06-30", 170);
        assert_eq!(over(&book, two_months.0, two_months.1, true).as_deref(), Some("170"));
    }

    /// A rate of May: 100, and 80 from the 10th on.
    #[test]
    fn a_rate_holds_on_every_day_of_its_period_with_a_step_where_it_was_changed() {
        let mut book = TargetBook::default();
        book.change(&numbers(Some(100), ""), day("2026-04-01"));
        book.change(&numbers(Some(80), "stock out"), day("2026-05-10"));
        let line = book.line(&key()).unwrap();
        let on = |text, adds_up| {
            let days = Period { from: day(text), to: day(text) };
            line.around(days, adds_up)?.commit.map(|it| it.to_string())
        };
        assert_eq!(on("2026-05-09", false).as_deref(), Some("100"));
        assert_eq!(on("2026-05-10", false).as_deref(), Some("80"));
        assert_eq!(on("2026-06-01", false), None);
        // What a day of a sum should bring was not said.
        assert_eq!(on("2026-05-10", true), None);
        assert_eq!(line.around(may(), true).unwrap().commit, Some(Fixed::from_whole(80)));
    }

    #[test]
    fn terms_have_versions_and_locks_stay() {
        let mut book = TargetBook::default();
        book.change(&numbers(Some(100), ""), day("2026-04-01"));
        assert_eq!(book.line(&key()).unwrap().version, 1);
        let terms = TargetTerms { owner: "Li".to_owned(), ..TargetTerms::default() };
        let keys = vec![key()];
        let terms = TargetChange::Terms { keys: keys.clone(), terms: Box::new(terms) };
        book.change(&terms, day("2026-04-02"));
        let line = book.line(&key()).unwrap();
        assert_eq!((line.version, line.terms.owner.as_str()), (2, "Li"));
        let (keys, periods) = (keys, vec![may()]);
        let lock = TargetChange::Lock { keys: keys.clone(), periods, is_locked: true };
        book.change(&lock, day("2026-04-02"));
        assert!(book.cell(&key(), may()).unwrap().is_locked);
        book.change(&TargetChange::Remove { keys }, day("2026-04-02"));
        assert!(book.is_empty());
    }
}
