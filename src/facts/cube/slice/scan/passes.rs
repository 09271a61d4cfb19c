//! What each table of a cube adds to a slice, one pass over its cells for each.

use hashbrown::HashSet;

use super::{CellSales, Line, OF_SESSIONS, OF_VIEWS, Scan, value};
use crate::{
    domain::{Currency, Day, Fixed, Measure},
    facts::cube::{CellKey, Cells, SaleTiming, column},
};

/// Which orders count.
enum Counting {
    /// By place.
    ByShop(Vec<bool>),
    /// Places and days.
    ByDay(HashSet<(u32, i32)>),
}

impl Scan<'_> {
    /// Notes money that has no rate on its day: a sum over such days is not told.
    pub(super) fn scan_rates(&mut self) {
        if !self.choice.is_converted {
            return;
        }
        let cube = self.cube;
        let sales =
            [column::GMV, column::SELLER_DISCOUNTS, column::PLATFORM_DISCOUNTS, column::TAX];
        let money =
            [column::REFUNDS, column::PLATFORM_FEES, column::FULFILMENT, column::POSTED_SALES];
        let ads = [column::SPEND, column::AD_SALES];
        let (terms, warehouse) = ([column::TERM_SPEND], [column::REIMBURSED]);
        let kinds: [(Line, &Cells, &[usize]); 5] = [
            (Line::NoRateOfSales, &cube.sales, &sales),
            (Line::NoRateOfPostings, &cube.money, &money),
            (Line::NoRateOfAds, &cube.ads, &ads),
            (Line::NoRateOfTerms, &cube.terms, &terms),
            (Line::NoRateOfWarehouse, &cube.warehouse, &warehouse),
        ];
        for (line, cells, columns) in kinds {
            for index in self.cells_in(cells) {
                let Some(day) = cells.keys.get(index).map(|key| key.day) else { continue };
                let has_money = columns.iter().any(|column| value(cells, *column, index) != 0);
                if has_money && !self.has_rate(cells, index) {
                    self.add(line, day, 0, 1);
                }
            }
        }
    }

    pub(super) fn scan_sales(&mut self) {
        let cells = &self.cube.sales;
        let stocked = self.stocked();
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let money = |column: usize| self.money(cells, column, index);
            let CellSales { gmv, gross, seller, platform, units, net } = self.sales_of(index, key);
            let causes = [column::TAX, column::SHIPPING, column::LATE_GMV];
            let causes = self.choice.has_causes.then(|| causes.map(money));
            self.measure(Measure::Gmv, key.day, gmv, n_facts);
            self.measure(Measure::GrossSales, key.day, gross, n_facts);
            self.measure(Measure::SellerDiscounts, key.day, seller, n_facts);
            self.measure(Measure::PlatformDiscounts, key.day, platform, n_facts);
            self.measure(Measure::Units, key.day, units, n_facts);
            if let Some([tax, shipping, late]) = causes {
                self.measure(Measure::Tax, key.day, tax, n_facts);
                self.measure(Measure::Shipping, key.day, shipping, n_facts);
                self.measure(Measure::UtcGmv, key.day, gmv - late, n_facts);
                self.measure(Measure::UtcGmv, key.day + 1, late, 0);
            }
            let has_fees = self.has_fees(key.place, key.day);
            if has_fees {
                self.measure(Measure::FeeShopNetSales, key.day, net, n_facts);
            }
            if self.has_fulfilment(key.place, key.day) {
                self.measure(Measure::FulfilmentShopNetSales, key.day, net, n_facts);
            }
            if self.has_returns(key.place, key.day) {
                self.measure(Measure::ReturnableUnits, key.day, units, n_facts);
            }
            if self.has_refund_costs(key.place, key.day) {
                self.measure(Measure::ReturnShopGrossSales, key.day, gross, n_facts);
            }
            let is_stocked = stocked.contains(&(self.shop_of(key.place), key.sku));
            if is_stocked {
                self.add(Line::StockedUnits, key.day, units, n_facts);
            }
            if let Some([duty, cost]) = self.duty_of(index, key) {
                self.measure(Measure::Duties, key.day, duty, n_facts);
                self.measure(Measure::DutiedCogs, key.day, cost, n_facts);
            }
            let Some(cogs) = self.cogs_of(index, key) else { continue };
            self.measure(Measure::Cogs, key.day, cogs, n_facts);
            self.measure(Measure::CostedUnits, key.day, units, n_facts);
            self.measure(Measure::CostedNetSales, key.day, net, n_facts);
            if has_fees {
                self.measure(Measure::FeeNetSales, key.day, net, n_facts);
                self.measure(Measure::FeeCogs, key.day, cogs, n_facts);
            }
            if is_stocked {
                self.add(Line::StockedCogs, key.day, cogs, n_facts);
                self.add(Line::StockedNetSales, key.day, net, n_facts);
            }
        }
    }

    pub(super) fn scan_orders(&mut self) {
        let counting = self.counting();
        let counts = |place: u32, day: i32| match &counting {
            Counting::ByShop(places) => places.get(place as usize) == Some(&true),
            Counting::ByDay(days) => days.contains(&(place, day)),
        };
        if !self.is_sku_scoped {
            for (key, count) in &self.cube.orders.whole {
                if counts(key.place, key.day) {
                    let orders = i64::from(*count) * Fixed::SCALE;
                    self.measure(Measure::Orders, key.day, orders, u64::from(*count));
                }
            }
            return;
        }
        let cells = &self.cube.sales;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index) else { continue };
            let orders = value(cells, column::ORDERS, index);
            self.measure(
                Measure::Orders,
                key.day,
                orders,
                u64::try_from(orders / Fixed::SCALE).unwrap_or(0),
            );
        }
        if self.chosen_skus().nth(1).is_none() {
            // No order is counted twice.
            return;
        }
        for order in &self.cube.orders.several {
            if !counts(order.place, order.day) {
                continue;
            }
            let ours = order.skus.iter().filter(|sku| self.skus.get(**sku as usize) == Some(&true));
            let twice = i64::try_from(ours.count()).unwrap_or(0) - 1;
            if twice > 0 {
                self.add(Line::Measure(Measure::Orders), order.day, -twice * Fixed::SCALE, 0);
            }
        }
    }

    /// Which places' orders count. Where the report that is believed is chosen day by day, the cells tell.
    fn counting(&self) -> Counting {
        let cells = &self.cube.sales;
        if self.choice.sale_timing != SaleTiming::Ordered {
            let in_total = cells.keys.iter().zip(&cells.in_total).filter(|(_, counts)| **counts);
            let is_place = |place: u32| self.places.get(place as usize).is_some_and(|it| it.0);
            let days = in_total
                .filter(|(key, _)| is_place(key.place) && self.has_sales(key.place, key.day));
            return Counting::ByDay(days.map(|(key, _)| (key.place, key.day)).collect());
        }
        let n_places = u32::try_from(self.places.len()).unwrap_or(0);
        Counting::ByShop((0..n_places).map(|place| self.counts_in_total(place)).collect())
    }

    /// Whether a place's sales count: its report is the one believed for the shop.
    fn counts_in_total(&self, place: u32) -> bool {
        let Some((true, _)) = self.places.get(place as usize) else { return false };
        let Some(own) = self.cube.places.get(place as usize) else { return false };
        let Some(source) = self.cube.sources.get(own.source) else { return false };
        let better = self.cube.places.iter().any(|other| {
            let rival = self.cube.sources.get(other.source);
            (other.channel.as_str(), other.shop.as_str()) == (&own.channel, &own.shop)
                && rival.is_some_and(|it| it.group == source.group && it.rank < source.rank)
        });
        source.group.is_empty() || !better
    }

    pub(super) fn scan_money(&mut self) {
        let cells = &self.cube.money;
        let stocked = self.stocked();
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            // Refunds of sales that are not among the sales are none of theirs.
            let has_sales = self.has_sales(key.place, key.day);
            let refunds = if has_sales { self.money(cells, column::REFUNDS, index) } else { 0 };
            let n_refunds = if has_sales { value(cells, column::N_REFUNDS, index) } else { 0 };
            self.measure(Measure::Refunds, key.day, refunds, u64::try_from(n_refunds).unwrap_or(0));
            let [commission, affiliated] = [column::AFFILIATE_FEES, column::AFFILIATE_SALES]
                .map(|column| self.money(cells, column, index));
            self.measure(Measure::AffiliateFees, key.day, commission, n_facts);
            self.measure(Measure::AffiliateSales, key.day, affiliated, n_facts);
            let fees = self.money(cells, column::PLATFORM_FEES, index);
            self.measure(Measure::PlatformFees, key.day, fees, n_facts);
            let fulfilment = self.money(cells, column::FULFILMENT, index);
            self.measure(Measure::FulfilmentCosts, key.day, fulfilment, n_facts);
            let storage = self.money(cells, column::STORAGE, index);
            self.measure(Measure::StorageCosts, key.day, storage, n_facts);
            if self.has_fees(key.place, key.day) {
                self.measure(Measure::FeeShopNetSales, key.day, -refunds, 0);
            }
            if self.has_refund_costs(key.place, key.day) {
                let n_refunds = u64::try_from(n_refunds).unwrap_or(0);
                self.measure(Measure::ReturnShopRefunds, key.day, refunds, n_refunds);
                let kept = self.money(cells, column::KEPT_FEES, index);
                self.measure(Measure::KeptFees, key.day, kept, n_refunds);
            }
            if self.has_fulfilment(key.place, key.day) {
                self.measure(Measure::FulfilmentShopNetSales, key.day, -refunds, 0);
            }
            if self.choice.has_causes {
                let posted = self.money(cells, column::POSTED_SALES, index);
                self.measure(Measure::PostedSales, key.day, posted, n_facts);
            }
            // Refunds lower the net sales that costs and fees are held against.
            if key.sku == 0 || self.cost(key.sku, key.day).is_some() {
                if stocked.contains(&(self.shop_of(key.place), key.sku)) {
                    self.add(Line::StockedNetSales, key.day, -refunds, 0);
                }
                self.measure(Measure::CostedNetSales, key.day, -refunds, 0);
                if self.has_fees(key.place, key.day) {
                    self.measure(Measure::FeeNetSales, key.day, -refunds, 0);
                }
            }
        }
    }

    pub(super) fn scan_returns(&mut self) {
        let cells = &self.cube.returns;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index) else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let returned = value(cells, column::RETURNED, index);
            self.measure(Measure::ReturnedUnits, key.day, returned, n_facts);
            let of_orders = value(cells, column::RETURNED_OF_ORDERS, index);
            self.measure(Measure::CohortReturnedUnits, key.day, of_orders, 0);
            let resaleable = value(cells, column::RESALEABLE, index);
            if resaleable != 0 && self.has_refund_costs(key.place, key.day) {
                let lines = (Measure::ResaleValue, Line::ReturnsWithoutCost);
                self.at_cost(lines, *key, resaleable, n_facts);
            }
        }
    }

    /// Adds units at cost, or notes that nobody knows what they cost.
    fn at_cost(
        &mut self,
        (measure, without): (Measure, Line),
        key: CellKey,
        units: i64,
        n_facts: u64,
    ) {
        match self.stock_cost(key.sku, key.day) {
            Some(cost) => {
                let worth = cost.of(Fixed::from_ten_thousandths(units)).ten_thousandths();
                self.measure(measure, key.day, worth, n_facts);
            }
            None => self.add(without, key.day, 0, n_facts),
        }
    }

    /// What was lost in warehouses, and what was paid for it.
    pub(super) fn scan_warehouse(&mut self) {
        let cells = &self.cube.warehouse;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let lost = value(cells, column::LOST, index);
            if lost != 0 {
                let lines = (Measure::LostStockValue, Line::LossesWithoutCost);
                self.at_cost(lines, key, lost, n_facts);
            }
            let paid = self.money(cells, column::REIMBURSED, index);
            let put_back = Fixed::from_ten_thousandths(value(cells, column::PUT_BACK, index));
            if paid != 0 {
                self.measure(Measure::Reimbursed, key.day, paid, n_facts);
            }
            if put_back != Fixed::ZERO {
                let lines = (Measure::Reimbursed, Line::LossesWithoutCost);
                self.at_cost(lines, key, put_back.ten_thousandths(), n_facts);
            }
        }
    }

    /// How far payouts are off what was planned, each at the rates of its day.
    pub(super) fn scan_payouts(&mut self) {
        let cells = &self.cube.payouts;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let amount = Fixed::from_ten_thousandths(value(cells, column::PAID_OUT, index));
            let place = self.cube.places.get(key.place as usize);
            let day = Day::from_days_since_epoch(key.day);
            let told = || {
                let own = Currency::parse(&place?.currency)?;
                let (effect, quote) = self.cube.rates.off_plan(amount, own, day)?;
                self.cube.rates.convert(effect, quote, self.choice.currency, day)
            };
            match told() {
                Some(effect) => {
                    self.measure(Measure::FxEffect, key.day, effect.ten_thousandths(), n_facts);
                }
                None => self.add(Line::PayoutsWithoutPlan, key.day, 0, n_facts),
            }
        }
    }

    pub(super) fn scan_ads(&mut self) {
        let cells = &self.cube.ads;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let count = |column: usize| value(cells, column, index);
            let money = |column: usize| self.money(cells, column, index);
            let shown = [
                (Measure::Impressions, count(column::IMPRESSIONS)),
                (Measure::Clicks, count(column::CLICKS)),
                (Measure::Spend, money(column::SPEND)),
            ];
            let claimed = [
                (Measure::AdSales, money(column::AD_SALES)),
                (Measure::AttributedSpend, money(column::ATTRIBUTED_SPEND)),
                (Measure::AdOrders, count(column::AD_ORDERS)),
                (Measure::AttributedClicks, count(column::ATTRIBUTED_CLICKS)),
                (Measure::NewBrandOrders, count(column::NEW_BRAND_ORDERS)),
                (Measure::BrandOrders, count(column::BRAND_ORDERS)),
            ];
            for (measure, amount) in shown {
                self.measure(measure, key.day, amount, n_facts);
            }
            if self.is_in_window(key.place) {
                for (measure, amount) in claimed {
                    self.measure(measure, key.day, amount, n_facts);
                }
            } else {
                self.add(Line::OtherWindow, key.day, 0, n_facts);
            }
        }
    }

    /// Overheads and headcount by day. A cell holds one of them.
    pub(super) fn scan_company(&self) -> Vec<(Measure, i32, i64)> {
        let cells = &self.cube.company;
        let columns = [
            (Measure::Overheads, column::OVERHEADS, column::OVERHEADS_TOLD),
            (Measure::HeadcountDays, column::HEADCOUNT, column::HEADCOUNT_TOLD),
        ];
        let amounts = self.cells_in(cells).into_iter().flat_map(|index| {
            let day = cells.keys.get(index).map_or(0, |key| key.day);
            let is_told =
                move |told: usize| value(cells, told, index) > 0 && self.has_rate(cells, index);
            let told = columns.into_iter().filter(move |(.., told)| is_told(*told));
            told.map(move |(measure, column, _)| {
                let is_money = measure == Measure::Overheads;
                let read = if is_money {
                    self.money(cells, column, index)
                } else {
                    value(cells, column, index)
                };
                (measure, day, read)
            })
        });
        amounts.collect()
    }

    pub(super) fn scan_settled(&mut self) {
        let cells = &self.cube.settled;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            let [sales, days] = [column::SETTLED, column::SETTLED_DAYS]
                .map(|column| self.money(cells, column, index));
            self.measure(Measure::SettledSales, key.day, sales, n_facts);
            self.measure(Measure::SettledSalesDays, key.day, days, n_facts);
        }
    }

    /// Sessions add up only where a report states the whole shop, or for one single SKU.
    pub(super) fn scan_traffic(&mut self) {
        let cells = &self.cube.traffic;
        for index in self.cells_in(cells) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            let n_facts = u64::from(cells.n_facts.get(index).copied().unwrap_or(0));
            if self.has_sessions(key.place) {
                for (measure, column) in OF_SESSIONS {
                    self.measure(*measure, key.day, value(cells, *column, index), n_facts);
                }
            } else {
                self.add(Line::ForeignSessions, key.day, 0, n_facts);
            }
            for (measure, column) in OF_VIEWS {
                self.measure(*measure, key.day, value(cells, *column, index), n_facts);
            }
        }
        if self.is_sku_scoped {
            for key in cells.keys.iter().filter(|key| key.sku == 0) {
                if self.places.get(key.place as usize).is_some_and(|place| place.1) {
                    self.add(Line::SkulessTraffic, key.day, 0, 1);
                }
            }
        }
    }
}
