//! What platforms state of a shop by themselves, and what a person read there.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Filters, Fixed, NotStated, Period, Stated};

/// Days after which a statement says nothing any more of how things stand.
const MAX_AGE_DAYS: i32 = 92;

/// Cases of a kind among all, over a span of days that ends with `day`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) kind: String,
    pub(crate) channel: String,
    pub(crate) shop: String,
    pub(crate) day: i32,
    pub(crate) count: i64,
    pub(crate) base: i64,
}

/// A KPI's value that a person typed, as the channel's own pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedValue {
    pub kpi: String,
    pub channel: String,
    pub day: Day,
    pub value: Fixed,
}

/// What counts of a slice: statements of its channels and shops.
#[derive(Debug, Clone, Default)]
pub(super) struct Statements {
    read: Vec<Statement>,
    typed: Vec<TypedValue>,
}

impl Statements {
    pub(super) fn of(read: &[Statement], typed: &[TypedValue], filters: &Filters) -> Self {
        let allows =
            |list: &[String], it: &str| list.is_empty() || list.iter().any(|one| one == it);
        let is_read = |it: &&Statement| {
            allows(&filters.channels, &it.channel) && allows(&filters.shops, &it.shop)
        };
        let is_typed = |it: &&TypedValue| allows(&filters.channels, &it.channel);
        // Of single products nothing is stated.
        if filters.is_sku_scoped() {
            return Self::default();
        }
        Self {
            read: read.iter().filter(is_read).cloned().collect(),
            typed: typed.iter().filter(is_typed).cloned().collect(),
        }
    }

    /// The newest statements, one of each shop and kind, added up; in a channel, what was typed of the
    /// same day or a later one takes their place.
    pub(super) fn newest(
        &self,
        kpi: &str,
        kinds: &[String],
        period: Period,
    ) -> Result<Stated, NotStated> {
        let days = period.to.days_since_epoch() - MAX_AGE_DAYS + 1..=period.to.days_since_epoch();
        let mut typed: Vec<&TypedValue> = Vec::new();
        let of_kpi = |it: &&TypedValue| it.kpi == kpi && days.contains(&it.day.days_since_epoch());
        for value in self.typed.iter().filter(of_kpi) {
            match typed.iter_mut().find(|it| it.channel == value.channel) {
                Some(known) if known.day <= value.day => *known = value,
                Some(_) => (),
                None => typed.push(value),
            }
        }
        let mut read: Vec<&Statement> = Vec::new();
        let of_kinds = |it: &&Statement| kinds.contains(&it.kind) && days.contains(&it.day);
        for statement in self.read.iter().filter(of_kinds) {
            let is_same = |it: &&mut &Statement| {
                (&it.kind, &it.channel, &it.shop)
                    == (&statement.kind, &statement.channel, &statement.shop)
            };
            match read.iter_mut().find(is_same) {
                Some(known) if known.day <= statement.day => *known = statement,
                Some(_) => (),
                None => read.push(statement),
            }
        }
        typed.retain(|value| {
            let is_newer = |it: &&Statement| {
                it.channel == value.channel && it.day > value.day.days_since_epoch()
            };
            !read.iter().any(is_newer)
        });
        read.retain(|statement| typed.iter().all(|value| value.channel != statement.channel));
        match added_up(&typed, &read) {
            Err(NotStated::Nothing) => Err(self
                .first_after(kpi, kinds, period.to)
                .map_or(NotStated::Nothing, NotStated::Later)),
            stated => stated,
        }
    }

    /// The first day after `last` of which something is stated.
    fn first_after(&self, kpi: &str, kinds: &[String], last: Day) -> Option<Day> {
        let typed = self.typed.iter().filter(|it| it.kpi == kpi).map(|it| it.day);
        let read = self.read.iter().filter(|it| kinds.contains(&it.kind));
        let days = typed.chain(read.map(|it| Day::from_days_since_epoch(it.day)));
        days.filter(|day| *day > last).min()
    }
}

fn added_up(typed: &[&TypedValue], read: &[&Statement]) -> Result<Stated, NotStated> {
    match (typed, read) {
        ([], []) => Err(NotStated::Nothing),
        ([value], []) => Ok(Stated {
            count: value.value,
            base: Fixed::from_whole(1),
            is_rate: false,
            day: value.day,
        }),
        ([], statements) => {
            let sum = |of: fn(&Statement) -> i64| {
                let sum = statements.iter().fold(0_i64, |sum, it| sum.saturating_add(of(it)));
                Fixed::from_ten_thousandths(sum)
            };
            let (count, base) = (sum(|it| it.count), sum(|it| it.base));
            if base <= Fixed::ZERO {
                return Err(NotStated::Nothing);
            }
            let day = statements.iter().map(|it| it.day).min().unwrap_or(0);
            Ok(Stated { count, base, is_rate: true, day: Day::from_days_since_epoch(day) })
        }
        _ => Err(NotStated::Several),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn statement(channel: &str, until: &str, count: i64, base: i64) -> Statement {
        Statement {
            kind: "late".into(),
            channel: channel.into(),
            shop: String::new(),
            day: day(until).days_since_epoch(),
            count: count * Fixed::SCALE,
            base: base * Fixed::SCALE,
        }
    }

    fn typed(channel: &str, on: &str, value: i64) -> TypedValue {
        let (kpi, channel) = ("svc.lsr".to_owned(), channel.to_owned());
        TypedValue { kpi, channel, day: day(on), value: Fixed::from_whole(value) }
    }

    /// Count, base and day of September 2026.
    fn newest(read: &[Statement], values: &[TypedValue]) -> Result<(i64, i64, String), NotStated> {
        let statements = Statements::of(read, values, &Filters::default());
        let period = Period { from: day("2026-09-01"), to: day("2026-09-30") };
        let stated = statements.newest("svc.lsr", &["late".to_owned()], period)?;
        let whole = |value: Fixed| value.ten_thousandths() / Fixed::SCALE;
        Ok((whole(stated.count), whole(stated.base), stated.day.to_string()))
    }

    #[test]
    fn the_newest_statement_up_to_the_periods_end_counts() {
        let read = [
            statement("amazon", "2026-08-31", 9, 100),
            statement("amazon", "2026-09-20", 3, 200),
            statement("amazon", "2026-10-10", 50, 100),
        ];
        assert_eq!(newest(&read, &[]), Ok((3, 200, "2026-09-20".to_owned())));
    }

    #[test]
    fn cases_of_several_shops_are_added_before_they_are_divided() {
        let read =
            [statement("amazon", "2026-09-20", 3, 200), statement("walmart", "2026-09-25", 1, 10)];
        assert_eq!(newest(&read, &[]), Ok((4, 210, "2026-09-20".to_owned())));
    }

    #[test]
    fn what_was_typed_later_takes_the_place_of_a_report() {
        let read = [statement("amazon", "2026-09-20", 3, 200)];
        let later = newest(&read, &[typed("amazon", "2026-09-20", 2)]);
        assert_eq!(later, Ok((2, 1, "2026-09-20".to_owned())));
        let earlier = newest(&read, &[typed("amazon", "2026-09-19", 2)]);
        assert_eq!(earlier, Ok((3, 200, "2026-09-20".to_owned())));
    }

    #[test]
    fn values_without_their_cases_are_not_added_up() {
        let two = [typed("amazon", "2026-09-20", 2), typed("walmart", "2026-09-20", 4)];
        assert_eq!(newest(&[], &two), Err(NotStated::Several));
        let mixed = newest(&[statement("walmart", "2026-09-25", 1, 10)], &two[..1]);
        assert_eq!(mixed, Err(NotStated::Several));
    }

    #[test]
    fn what_is_old_or_of_no_case_says_nothing() {
        assert_eq!(newest(&[], &[typed("amazon", "2026-06-30", 2)]), Err(NotStated::Nothing));
        let oldest = newest(&[], &[typed("amazon", "2026-07-01", 2)]);
        assert_eq!(oldest, Ok((2, 1, "2026-07-01".to_owned())));
        let empty = [statement("amazon", "2026-09-20", 0, 0)];
        assert_eq!(newest(&empty, &[]), Err(NotStated::Nothing));
    }

    #[test]
    fn what_is_stated_later_is_named() {
        let later =
            newest(&[], &[typed("amazon", "2026-10-09", 2), typed("amazon", "2026-10-02", 2)]);
        assert_eq!(later, Err(NotStated::Later(day("2026-10-02"))));
    }

    #[test]
    fn a_single_product_has_no_statements() {
        let filters = Filters { skus: vec!["A".into()], ..Filters::default() };
        let of_sku = Statements::of(&[], &[typed("amazon", "2026-09-20", 2)], &filters);
        let period = Period { from: day("2026-09-01"), to: day("2026-09-30") };
        assert_eq!(of_sku.newest("svc.lsr", &[], period), Err(NotStated::Nothing));
    }
}
