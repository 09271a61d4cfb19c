//! What platforms state of a shop by themselves, and what a person read there.

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Filters, Fixed, NotStated, Period, ShopStated, Stated};

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
    /// Empty: the whole channel.
    pub shop: String,
    pub day: Day,
    pub value: Fixed,
}

/// A total that somebody else states, against ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    pub channel: String,
    /// Empty: the whole channel.
    pub shop: String,
    /// The last day of its period.
    pub day: Day,
    pub currency: Currency,
    pub stated: Fixed,
    /// What no named cause makes up, by which ours is more or less.
    pub unexplained: Fixed,
}

/// What counts of a slice: statements of its channels and shops.
#[derive(Debug, Clone, Default)]
pub(super) struct Statements {
    is_of_products: bool,
    read: Vec<Statement>,
    typed: Vec<TypedValue>,
}

/// The newest of a KPI, one of each shop and kind.
#[derive(Debug, Default)]
struct Newest<'a> {
    read: Vec<&'a Statement>,
    typed: Vec<&'a TypedValue>,
}

impl Statements {
    pub(super) fn of(read: &[Statement], typed: &[TypedValue], filters: &Filters) -> Self {
        let is_read = |it: &&Statement| filters.allows_shop(&it.channel, &it.shop);
        // Of which shops the value of a whole channel is, nobody said.
        let is_typed = |it: &&TypedValue| filters.allows_shop(&it.channel, &it.shop);
        if filters.is_sku_scoped() {
            return Self { is_of_products: true, ..Self::default() };
        }
        Self {
            is_of_products: false,
            read: read.iter().filter(is_read).cloned().collect(),
            typed: typed.iter().filter(is_typed).cloned().collect(),
        }
    }

    /// The newest statements, one of each shop and kind, added up; what was typed of the same shop (or of
    /// the whole channel) and the same day or a later one takes their place.
    pub(super) fn newest(
        &self,
        kpi: &str,
        kinds: &[String],
        period: Period,
    ) -> Result<Stated, NotStated> {
        if self.is_of_products {
            return Err(NotStated::OfShops);
        }
        match self.newest_of(kpi, kinds, period).added_up() {
            Err(NotStated::Nothing) => Err(self
                .first_after(kpi, kinds, period.to)
                .map_or(NotStated::Nothing, NotStated::Later)),
            stated => stated,
        }
    }

    /// The same, not added up; what stands on no case is none of them.
    pub(super) fn newest_by_shop(
        &self,
        kpi: &str,
        kinds: &[String],
        period: Period,
    ) -> Vec<ShopStated> {
        let Newest { read, typed } = self.newest_of(kpi, kinds, period);
        let typed = typed.into_iter().map(|value| ShopStated {
            channel: value.channel.clone(),
            shop: value.shop.clone(),
            stated: value.stated(),
        });
        let read = read.into_iter().filter(|statement| statement.base > 0);
        let read = read.map(|statement| ShopStated {
            channel: statement.channel.clone(),
            shop: statement.shop.clone(),
            stated: statement.stated(),
        });
        typed.chain(read).collect()
    }

    fn newest_of(&self, kpi: &str, kinds: &[String], period: Period) -> Newest<'_> {
        let days = period.to.days_since_epoch() - MAX_AGE_DAYS + 1..=period.to.days_since_epoch();
        let of_kpi = |it: &&TypedValue| it.kpi == kpi && days.contains(&it.day.days_since_epoch());
        let mut typed = newest_by(
            self.typed.iter().filter(of_kpi),
            |it| (it.channel.as_str(), it.shop.as_str()),
            |it| it.day,
        );
        let of_kinds = |it: &&Statement| kinds.contains(&it.kind) && days.contains(&it.day);
        let mut read = newest_by(
            self.read.iter().filter(of_kinds),
            |it| (it.kind.as_str(), it.channel.as_str(), it.shop.as_str()),
            |it| it.day,
        );
        // What was typed of the whole channel on the same day or later is about its shops, too.
        let whole: Vec<&TypedValue> =
            typed.iter().copied().filter(|value| value.shop.is_empty()).collect();
        typed.retain(|value| {
            let is_later = |it: &&TypedValue| it.channel == value.channel && it.day >= value.day;
            value.shop.is_empty() || !whole.iter().any(is_later)
        });
        // And what was typed of a shop later makes the one of the whole channel old.
        let shops: Vec<&TypedValue> =
            typed.iter().copied().filter(|value| !value.shop.is_empty()).collect();
        typed.retain(|value| {
            let is_newer = |it: &&TypedValue| it.channel == value.channel && it.day > value.day;
            !value.shop.is_empty() || !shops.iter().any(is_newer)
        });
        let is_about = |value: &TypedValue, it: &Statement| {
            it.channel == value.channel && (value.shop.is_empty() || it.shop == value.shop)
        };
        typed.retain(|value| {
            let is_newer =
                |it: &&Statement| is_about(value, it) && it.day > value.day.days_since_epoch();
            !read.iter().any(is_newer)
        });
        read.retain(|statement| !typed.iter().any(|value| is_about(value, statement)));
        Newest { read, typed }
    }

    /// The first day after `last` of which something is stated.
    fn first_after(&self, kpi: &str, kinds: &[String], last: Day) -> Option<Day> {
        let typed = self.typed.iter().filter(|it| it.kpi == kpi).map(|it| it.day);
        let read = self.read.iter().filter(|it| kinds.contains(&it.kind) && it.base > 0);
        let days = typed.chain(read.map(|it| Day::from_days_since_epoch(it.day)));
        days.filter(|day| *day > last).min()
    }
}

/// The newest of each key, in the order in which keys first come; of two of a day the later one.
fn newest_by<'a, T, K: PartialEq, D: PartialOrd>(
    all: impl Iterator<Item = &'a T>,
    key: impl Fn(&'a T) -> K,
    day: impl Fn(&'a T) -> D,
) -> Vec<&'a T> {
    let mut newest: Vec<&T> = Vec::new();
    for one in all {
        match newest.iter_mut().find(|it| key(it) == key(one)) {
            Some(known) if day(known) <= day(one) => *known = one,
            Some(_) => (),
            None => newest.push(one),
        }
    }
    newest
}

impl Newest<'_> {
    fn added_up(&self) -> Result<Stated, NotStated> {
        match (self.typed.as_slice(), self.read.as_slice()) {
            ([], []) => Err(NotStated::Nothing),
            ([value], []) => Ok(value.stated()),
            ([], statements) => {
                let sum = |of: fn(&Statement) -> i64| {
                    let sum = statements.iter().fold(0_i64, |sum, it| sum.saturating_add(of(it)));
                    Fixed::from_ten_thousandths(sum)
                };
                let (count, base) = (sum(|it| it.count), sum(|it| it.base));
                // Days of what stands on no case say nothing.
                let days = statements.iter().filter(|it| it.base > 0).map(|it| it.day);
                let day = days.min().ok_or(NotStated::Nothing)?;
                Ok(Stated { count, base, is_rate: true, day: Day::from_days_since_epoch(day) })
            }
            _ => Err(NotStated::Several),
        }
    }
}

impl TypedValue {
    fn stated(&self) -> Stated {
        let base = Fixed::from_whole(1);
        Stated { count: self.value, base, is_rate: false, day: self.day }
    }
}

impl Statement {
    fn stated(&self) -> Stated {
        Stated {
            count: Fixed::from_ten_thousandths(self.count),
            base: Fixed::from_ten_thousandths(self.base),
            is_rate: true,
            day: Day::from_days_since_epoch(self.day),
        }
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
        let shop = String::new();
        TypedValue { kpi, channel, shop, day: day(on), value: Fixed::from_whole(value) }
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
    fn a_newer_statement_without_cases_ends_the_older_one() {
        let read =
            [statement("amazon", "2026-08-20", 9, 100), statement("amazon", "2026-09-20", 0, 0)];
        assert_eq!(newest(&read, &[]), Err(NotStated::Nothing));
    }

    #[test]
    fn what_was_typed_of_a_shop_is_of_no_other() {
        let of = |shop: &str, until| Statement {
            shop: shop.to_owned(),
            ..statement("amazon", until, 3, 200)
        };
        let typed = TypedValue { shop: "one".to_owned(), ..typed("amazon", "2026-09-20", 2) };
        // The other shop's newer report leaves it alone, and so does its own of before.
        let read = [of("one", "2026-09-19"), of("two", "2026-09-25")];
        let statements = Statements::of(&read, &[typed], &Filters::default());
        let period = Period { from: day("2026-09-01"), to: day("2026-09-30") };
        let kinds = ["late".to_owned()];
        let by_shop = statements.newest_by_shop("svc.lsr", &kinds, period);
        let told: Vec<(&str, bool)> =
            by_shop.iter().map(|it| (it.shop.as_str(), it.stated.is_rate)).collect();
        assert_eq!(told, [("one", false), ("two", true)]);
        assert_eq!(statements.newest("svc.lsr", &kinds, period), Err(NotStated::Several));
    }

    #[test]
    fn what_was_typed_of_the_whole_channel_later_is_about_its_shops() {
        let of_shop = TypedValue { shop: "one".to_owned(), ..typed("amazon", "2026-09-01", 4) };
        let values = [of_shop, typed("amazon", "2026-09-20", 2)];
        assert_eq!(newest(&[], &values), Ok((2, 1, "2026-09-20".to_owned())));
    }

    #[test]
    fn a_single_product_has_no_statements() {
        let filters = Filters { skus: vec!["A".into()], ..Filters::default() };
        let of_sku = Statements::of(&[], &[typed("amazon", "2026-09-20", 2)], &filters);
        let period = Period { from: day("2026-09-01"), to: day("2026-09-30") };
        assert_eq!(of_sku.newest("svc.lsr", &[], period), Err(NotStated::OfShops));
    }
}
