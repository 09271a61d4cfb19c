//! What figures are made of under certain contracts: the cube, and what follows from it and the log.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    catalog::channel::{channel, channels},
    domain::{
        CampaignAds, Currency, Day, Dimension, Filters, Fixed, Granularity, Names, Period,
        SkuReturns, SkuWeeks, TargetChange, TargetKey, WeekStart, set_of_few, sort_few,
    },
    facts::{
        BatchOrder, Choice, CostBook, CostLayer, CoveredBy, Cube, CubeOptions, DayBoundary,
        Product, Reconciled, SaleTiming, Slice, Target, TypedValue, best_sellers, campaigns_over,
        returns_by_sku, sku_weeks,
    },
    kpis::{self, Contracts},
    workbook::Fold,
    worker::{
        protocol::{Member, Members},
        session::imports::{BOOKED_SALES, BOOKED_UNITS, BUYERS, SHIPMENTS},
        views::Slices,
    },
};

/// Days after a click within which a sale is claimed, where the contract cuts longer windows off.
const CUT_WINDOW_DAYS: u32 = 7;

/// The figures' basis under one set of contracts.
pub(in crate::worker::session) struct Basis {
    pub(in crate::worker::session) contracts: Contracts,
    pub(in crate::worker::session) cube: Rc<Cube>,
    pub(in crate::worker::session) covered_by: Rc<CoveredBy>,
    /// As sheets and people say them, and as they follow for bundles.
    pub(in crate::worker::session) costs: Rc<CostBook>,
    /// As they count under the contracts.
    pub(in crate::worker::session) costs_in_force: Rc<CostBook>,
    /// Of what is in stock: the cost in force, not that of what was sold last.
    stock_costs: Rc<CostBook>,
    /// What was typed of KPIs.
    typed: Rc<[TypedValue]>,
    /// What channels are called in both languages, by their ids.
    channel_names: Rc<[(String, String)]>,
    targets: Rc<[Target]>,
    /// Channels whose tax is revenue.
    taxed_channels: Rc<[String]>,
    pub(in crate::worker::session) currency: Currency,
    pub(in crate::worker::session) members: Members,
    /// By filters, and whether they have what the causes of gaps are made of.
    slices: RefCell<BTreeMap<(Filters, bool), Rc<Slice>>>,
    /// What `skus_in` was asked for last, and its answer.
    sku_order: RefCell<Option<SkuOrder>>,
    /// Totals of others against ours, when figures have first been asked for.
    reconciled: Rc<OnceCell<Vec<Reconciled>>>,
    /// How many KPIs have been made ready, channel by channel.
    pub(super) n_made_ready: usize,
}

/// SKUs of a choice, by their sales in a period.
type SkuOrder = ((Filters, Option<Period>), Vec<String>);

impl Basis {
    /// Of a cube that was made under the same contracts.
    pub(super) fn of(
        contracts: Contracts,
        cube: Rc<Cube>,
        fold: &Fold,
        mut covered_by: CoveredBy,
    ) -> Self {
        if !fold.keeps_buyers {
            covered_by.forget(BUYERS);
        }
        match contracts.sale_timing() {
            kpis::SaleTiming::Ordered => {}
            kpis::SaleTiming::Shipped => {
                for feed in ["sales", "orders", "units"] {
                    covered_by.narrow(feed, SHIPMENTS);
                }
            }
            kpis::SaleTiming::Settled => {
                covered_by.retell("sales", BOOKED_SALES);
                covered_by.retell("orders", BOOKED_SALES);
                covered_by.retell("units", BOOKED_UNITS);
            }
        }
        covered_by.sign(|period| {
            let month_of = |part: &Period| Granularity::Month.bucket(part.from, WeekStart::Monday);
            let parts = period.buckets(Granularity::Month, WeekStart::Monday);
            parts.iter().all(|part| fold.signed.contains_key(&month_of(part)))
        });
        let currency = currency(&contracts, &cube);
        let [costs, stock_costs, costs_in_force] = cost_books(&contracts, fold, &cube, currency);
        let pays_tax = |id: &str| channel(id).is_some_and(|channel| !channel.withholds_tax);
        let taxed = channels().iter().map(|channel| channel.id.clone()).filter(|id| pays_tax(id));
        let is_taxed = contracts.tax() == kpis::Tax::Included;
        Self {
            costs,
            costs_in_force,
            stock_costs,
            typed: typed_values(fold, &cube),
            targets: typed_targets(fold),
            channel_names: channels()
                .iter()
                .flat_map(|it| {
                    [&it.names.en, &it.names.zh].map(|name| (it.id.clone(), name.clone()))
                })
                .collect(),
            taxed_channels: if is_taxed { taxed.collect() } else { Rc::default() },
            currency,
            members: members(&cube),
            slices: RefCell::default(),
            sku_order: RefCell::default(),
            reconciled: Rc::default(),
            n_made_ready: 0,
            contracts,
            cube,
            covered_by: Rc::new(covered_by),
        }
    }

    /// What a slice is made of.
    pub(super) fn choice(&self, filters: &Filters) -> Choice {
        let contracts = &self.contracts;
        let is_cut = contracts.ad_window() == kpis::AdWindow::SevenDays;
        Choice {
            filters: filters.clone(),
            currency: self.currency,
            is_converted: contracts.currency().is_some(),
            sale_timing: sale_timing(contracts),
            taxed_channels: Rc::clone(&self.taxed_channels),
            most_window_days: is_cut.then_some(CUT_WINDOW_DAYS),
            platform_discounts_are_revenue: contracts.platform_discounts()
                == kpis::PlatformDiscounts::PartOfRevenue,
            has_causes: false,
            covered: Rc::clone(&self.covered_by),
            costs: Rc::clone(&self.costs_in_force),
            stock_costs: Rc::clone(&self.stock_costs),
            typed: Rc::clone(&self.typed),
            channel_names: Rc::clone(&self.channel_names),
            targets: Rc::clone(&self.targets),
            reconciled: Rc::clone(&self.reconciled),
        }
    }

    /// Holds totals of others against ours, unless that was done.
    pub(super) fn reconcile(&self, reconciled: impl FnOnce() -> Vec<Reconciled>) {
        self.reconciled.get_or_init(reconciled);
    }

    /// Currencies whose amounts are left out of the figures: converted ones are missing or there.
    pub(super) fn other_currencies(&self) -> Vec<Currency> {
        if self.contracts.currency().is_some() {
            return Vec::new();
        }
        let mut others = self.cube.currencies();
        others.retain(|currency| *currency != self.currency);
        others
    }

    pub(super) fn cut(&self, filters: &Filters, has_causes: bool) -> Rc<Slice> {
        let key = (self.by_own_names(filters), has_causes);
        if let Some(slice) = self.slices.borrow().get(&key) {
            return Rc::clone(slice);
        }
        let slice = self.cut_anew(&key.0, has_causes);
        self.slices.borrow_mut().insert(key, Rc::clone(&slice));
        slice
    }

    /// Whether figures have been asked for.
    pub(super) fn is_in_use(&self) -> bool {
        !self.slices.borrow().is_empty()
    }

    fn cut_anew(&self, filters: &Filters, has_causes: bool) -> Rc<Slice> {
        let choice = Choice { has_causes, ..self.choice(filters) };
        Rc::new(Slice::of(&self.cube, choice))
    }

    fn shops_in(&self, dimension: Dimension, filters: &Filters) -> Vec<String> {
        let shops = self.cube.shops();
        let is_in = |shop: &&(&str, &str)| filters.allows_shop(shop.0, shop.1);
        let named = |(channel, shop): &(&str, &str)| {
            if dimension == Dimension::Channel { *channel } else { *shop }.to_owned()
        };
        let passing: BTreeSet<String> = set_of_few(shops.iter().filter(is_in).map(named));
        self.members
            .of(dimension)
            .iter()
            .map(|member| member.id.clone())
            .filter(|id| passing.contains(id))
            .collect()
    }

    /// Brands, categories or owners of the products that pass.
    fn groups_in(
        &self,
        dimension: Dimension,
        filters: &Filters,
        group: fn(&Product) -> &String,
    ) -> Vec<String> {
        let products = self.cube.products();
        let chosen =
            products.iter().filter(|(sku, product)| filters.allows_product(sku, product.groups()));
        let passing: BTreeSet<&str> = set_of_few(chosen.map(|(_, it)| group(it).as_str()));
        let all = self.members.of(dimension).iter().map(|member| member.id.clone());
        all.filter(|id| passing.contains(&**id)).collect()
    }

    /// The same as long as the same is asked for: to put thousands of SKUs in order takes longer than most
    /// answers.
    fn skus_in(&self, filters: &Filters, period: Option<Period>) -> Vec<String> {
        if let Some((asked, skus)) = &*self.sku_order.borrow()
            && *asked == (filters.clone(), period)
        {
            return skus.clone();
        }
        let skus = self.skus_in_order(filters, period);
        *self.sku_order.borrow_mut() = Some(((filters.clone(), period), skus.clone()));
        skus
    }

    fn skus_in_order(&self, filters: &Filters, period: Option<Period>) -> Vec<String> {
        let products = self.cube.products();
        let is_in =
            |(sku, product): &(&&str, &&Product)| filters.allows_product(sku, product.groups());
        let skus: BTreeSet<&str> = set_of_few(products.iter().filter(is_in).map(|(sku, _)| *sku));
        let choice = self.choice(filters);
        let sellers = period.map(|period| best_sellers(&self.cube, &choice, period));
        let mut sellers = sellers.unwrap_or_default();
        sellers.retain(|sku| skus.contains(&**sku));
        let sold: BTreeSet<String> = set_of_few(sellers.iter().cloned());
        let others = skus.iter().map(|sku| (*sku).to_owned()).filter(|sku| !sold.contains(sku));
        sellers.extend(others);
        sellers
    }

    /// Links may name a product by a name of before.
    fn by_own_names(&self, filters: &Filters) -> Filters {
        let identities = self.cube.identities();
        let own = |sku: &String| identities.sku_of(sku).to_owned();
        let skus = filters.skus.iter().map(own).collect();
        Filters { skus, ..filters.clone() }
    }
}

impl Slices for Basis {
    type Slice = Slice;

    fn slice(&self, filters: &Filters) -> Rc<Slice> {
        self.cut(filters, false)
    }

    fn slice_once(&self, filters: &Filters) -> Rc<Slice> {
        self.cut_anew(&self.by_own_names(filters), false)
    }

    fn members_in(
        &self,
        dimension: Dimension,
        filters: &Filters,
        period: Option<Period>,
    ) -> Vec<String> {
        let filters = &self.by_own_names(filters);
        match dimension {
            Dimension::Channel | Dimension::Shop => self.shops_in(dimension, filters),
            Dimension::Brand => self.groups_in(dimension, filters, |it| &it.brand),
            Dimension::Category => self.groups_in(dimension, filters, |it| &it.category),
            Dimension::Owner => self.groups_in(dimension, filters, |it| &it.owner),
            Dimension::Sku => self.skus_in(filters, period),
        }
    }

    fn returns_by_sku(&self, filters: &Filters, period: Period) -> Vec<SkuReturns> {
        returns_by_sku(&self.cube, &self.choice(filters), period)
    }

    fn sku_weeks(&self, filters: &Filters, to: Day) -> Vec<SkuWeeks> {
        sku_weeks(&self.cube, &self.choice(filters), to)
    }

    fn campaigns(&self, periods: &[Period]) -> Vec<CampaignAds> {
        let all = Filters::default();
        campaigns_over(&self.cube, &self.choice(&all), periods)
    }
}

/// The choices of the contracts that the sums of a cube hang on.
pub(super) fn cube_options(contracts: &Contracts, keeps_buyers: bool) -> CubeOptions {
    let day_boundary = match contracts.day_boundary() {
        kpis::DayBoundary::Marketplace => DayBoundary::Store,
        kpis::DayBoundary::Zone(zone) => zone.parse().map_or(DayBoundary::Store, DayBoundary::Zone),
    };
    CubeOptions {
        day_boundary,
        includes_cancelled: contracts.cancelled_orders() == kpis::CancelledOrders::Counted,
        keeps_buyers,
        sale_timing: sale_timing(contracts),
        refunds_on_order_day: contracts.refund_timing() == kpis::RefundTiming::OrderDate,
    }
}

fn sale_timing(contracts: &Contracts) -> SaleTiming {
    match contracts.sale_timing() {
        kpis::SaleTiming::Ordered => SaleTiming::Ordered,
        kpis::SaleTiming::Shipped => SaleTiming::Shipped,
        kpis::SaleTiming::Settled => SaleTiming::Settled,
    }
}

/// Costs as sheets and people say them, the same converted, and those as layers count; each is the one
/// before where the contracts change nothing.
fn cost_books(
    contracts: &Contracts,
    fold: &Fold,
    cube: &Cube,
    currency: Currency,
) -> [Rc<CostBook>; 3] {
    let said = said_costs(fold, cube);
    // Last, since a bundle costs what its parts do.
    let with_bundles = |mut costs: CostBook| {
        cube.identities().add_bundle_costs(&mut costs);
        Rc::new(costs)
    };
    let told = contracts.currency().map(|_| said.converted(cube.rates(), currency));
    let order = match contracts.cost_layer() {
        kpis::CostLayering::InForce => None,
        kpis::CostLayering::Fifo => Some(BatchOrder::FirstIn),
        kpis::CostLayering::MovingAverage => Some(BatchOrder::Mixed),
    };
    let layered =
        order.map(|order| told.as_ref().unwrap_or(&said).by_batches(order, cube, currency));
    let costs = with_bundles(said);
    let stock_costs = told.map_or_else(|| Rc::clone(&costs), with_bundles);
    let in_force = layered.map_or_else(|| Rc::clone(&stock_costs), with_bundles);
    [costs, stock_costs, in_force]
}

/// Costs of sheets and of people.
fn said_costs(fold: &Fold, cube: &Cube) -> CostBook {
    let mut costs = cube.costs().clone();
    let identities = cube.identities();
    for cost in &fold.costs {
        costs.add(
            identities.sku_of(&cost.sku),
            CostLayer {
                exact: None,
                is_untold: false,
                valid_from: cost.valid_from,
                unit_cost: cost.unit_cost,
                duty: None,
                currency: cost.currency,
                is_typed: true,
            },
        );
    }
    costs
}

/// The currency that everything is converted to; else that of the sales, or of all amounts while nothing
/// is sold, US dollars where there are several.
pub(super) fn currency(contracts: &Contracts, cube: &Cube) -> Currency {
    let sales = cube.sales_currencies();
    let currencies = if sales.is_empty() { cube.currencies() } else { sales };
    let other = currencies.first().filter(|_| !currencies.contains(&Currency::USD));
    contracts.currency().or(other.copied()).unwrap_or(Currency::USD)
}

fn members(cube: &Cube) -> Members {
    let plain = |id: &&str| Member { id: (*id).to_owned(), names: Names::default() };
    let shops = cube.shops();
    let mut channel_ids: Vec<&str> = shops.iter().map(|(channel, _)| *channel).collect();
    // What a person's own sheets are about is no shop by itself.
    let sells = shops.iter().filter(|(channel, _)| *channel != "user");
    let mut shop_ids: Vec<&str> = sells.map(|(_, shop)| *shop).collect();
    let products = cube.products();
    let group =
        |group: fn(&Product) -> &String| products.values().map(|it| group(it).as_str()).collect();
    let mut brands: Vec<&str> = group(|it| &it.brand);
    let mut categories: Vec<&str> = group(|it| &it.category);
    let mut owners: Vec<&str> = group(|it| &it.owner);
    for ids in [&mut channel_ids, &mut shop_ids, &mut brands, &mut categories, &mut owners] {
        sort_few(ids);
        ids.dedup();
        ids.retain(|id| !id.is_empty());
    }
    let named = |id: &&str| Member {
        id: (*id).to_owned(),
        names: channel(id).map(|channel| channel.names.clone()).unwrap_or_default(),
    };
    let titled = |(sku, product): (&&str, &&Product)| Member {
        id: (*sku).to_owned(),
        names: Names { en: product.title.clone(), zh: product.title.clone() },
    };
    Members {
        channels: channel_ids.iter().filter(|id| **id != "user").map(named).collect(),
        shops: shop_ids.iter().map(plain).collect(),
        skus: products.iter().map(titled).collect(),
        brands: brands.iter().map(plain).collect(),
        categories: categories.iter().map(plain).collect(),
        owners: owners.iter().map(plain).collect(),
    }
}

/// What was typed of KPIs; of a channel with one shop it is that shop's.
/// KPIs whose targets other KPIs are made of.
const PLANNED: [&str; 2] = ["sales.net", "ads.spend"];

/// Whether figures hang on a change of targets.
pub(super) fn is_planned(change: &TargetChange) -> bool {
    let is_of = |key: &TargetKey| PLANNED.contains(&key.kpi.as_str());
    match change {
        TargetChange::Numbers { blocks, .. } => {
            blocks.iter().any(|block| block.keys.iter().any(is_of))
        }
        TargetChange::Remove { keys } => keys.iter().any(is_of),
        TargetChange::Terms { .. } | TargetChange::Lock { .. } => false,
    }
}

/// The promises that other KPIs are made of. Of categories and owners there are none: sheets cannot name
/// them either.
fn typed_targets(fold: &Fold) -> Rc<[Target]> {
    let lines = fold.targets.lines().filter(|(key, _)| {
        let scope = &key.scope;
        let is_one_place = scope.channel.is_empty() || scope.shop.is_empty();
        let has_group = !scope.category.is_empty() || !scope.owner.is_empty();
        PLANNED.contains(&key.kpi.as_str()) && is_one_place && !has_group
    });
    let cells = lines.flat_map(|(key, line)| {
        let place = if key.scope.shop.is_empty() { &key.scope.channel } else { &key.scope.shop };
        line.cells.iter().filter_map(move |(days, cell)| {
            let commit = cell.numbers.commit?;
            Some(Target::typed(&key.kpi, (place, &key.scope.sku), *days, commit))
        })
    });
    cells.collect()
}

fn typed_values(fold: &Fold, cube: &Cube) -> Rc<[TypedValue]> {
    let shops = cube.shops();
    let only_shop = |channel: &str| {
        let mut own = shops.iter().filter(|(it, shop)| *it == channel && !shop.is_empty());
        own.next().filter(|_| own.next().is_none()).map(|(_, shop)| (*shop).to_owned())
    };
    let typed = |((kpi, channel, shop, day), value): (&(String, String, String, Day), &Fixed)| {
        let shop = Some(shop.clone()).filter(|shop| !shop.is_empty());
        TypedValue {
            kpi: kpi.clone(),
            channel: channel.clone(),
            shop: shop.or_else(|| only_shop(channel)).unwrap_or_default(),
            day: *day,
            value: *value,
        }
    };
    fold.values.iter().map(typed).collect()
}
