//! The Amazon Sponsored Products campaigns and what each spent and sold on every day.
//!
//! A campaign's sales are real lines of the Amazon ledger; its spend is set per month so that the
//! month's `ACoS` is the planned one to the cent, then spread over days and advertised SKUs.

use super::ad_cells::{AdCell, Pricing, price_cells};
use super::amazon::{AdClick, AmazonLine};
use super::arithmetic::{at, item, position, whole};
use super::calendar::{DAYS, FIRST};
use super::products::Sku;
use super::rng::Rng;
use super::stories::ACOS_CREEP;

/// One Sponsored Products campaign. Advertises the two best-selling colours of its families.
pub(super) struct Campaign {
    pub(super) name: &'static str,
    pub(super) portfolio: &'static str,
    pub(super) targeting: &'static str,
    /// Daily budget in cents.
    pub(super) budget: i64,
    families: &'static [usize],
    /// Planned `ACoS` in hundredths of a per cent.
    acos: i64,
    /// Cents per click.
    cost_per_click: i64,
}

/// The `ACoS` of the creeping campaign from July to October 2026; its own `acos` before.
const CREEP: [i64; 4] = [2_600, 3_100, 3_600, 4_100];
/// What a click of the creeping campaign costs meanwhile, as per cent of before.
const CREEP_CLICK: [i64; 4] = [108, 117, 127, 138];

/// Share of the lines of an advertised family that a click led to, per 10,000.
const CLICK_SHARE: i64 = 4_300;

/// One advertised SKU of one campaign, day by day.
pub(super) struct AdRow {
    pub(super) campaign: usize,
    pub(super) sku: usize,
    /// One cell per day from `FIRST`.
    pub(super) days: Vec<AdCell>,
}

/// The campaigns, in the order of their reports.
pub(super) const CAMPAIGNS: [Campaign; 12] = [
    campaign(["SP | Kettle | Exact", "Kitchen", "Manual targeting"], &[0], [12_000, 2_050, 118]),
    campaign([CREEP_NAME, "Kitchen", "Manual targeting"], &[1], [9_000, 2_200, 96]),
    campaign(
        ["SP | Coffee Bar | Auto", "Kitchen", "Automatic targeting"],
        &[2, 3],
        [5_000, 2_650, 62],
    ),
    campaign(
        ["SP | Kitchen Prep | Broad", "Kitchen", "Manual targeting"],
        &[4, 5],
        [4_000, 2_700, 58],
    ),
    campaign(
        ["SP | Breakfast | Auto", "Kitchen", "Automatic targeting"],
        &[6, 9],
        [4_500, 2_500, 71],
    ),
    campaign(
        ["SP | Blend & Rice | Exact", "Kitchen", "Manual targeting"],
        &[7, 8],
        [5_000, 2_350, 88],
    ),
    campaign(
        ["SP | Desk & Diffuser | Exact", "Home", "Manual targeting"],
        &[10, 12],
        [4_500, 2_420, 79],
    ),
    campaign(
        ["SP | Clean Air | Broad", "Home", "Manual targeting"],
        &[11, 16],
        [8_000, 2_280, 104],
    ),
    campaign(["SP | Vacuum | Auto", "Home", "Automatic targeting"], &[17], [9_000, 2_350, 131]),
    campaign(
        ["SP | Heat & Cool | Exact", "Home", "Manual targeting"],
        &[14, 15],
        [6_000, 2_180, 109],
    ),
    campaign(
        ["SP | Camp | Broad", "Outdoor", "Manual targeting"],
        &[20, 21, 27],
        [8_500, 2_320, 83],
    ),
    campaign(
        ["SP | Picnic & Trail | Auto", "Outdoor", "Automatic targeting"],
        &[22, 24, 26, 29],
        [7_000, 2_540, 67],
    ),
];

const CREEP_NAME: &str = match ACOS_CREEP.campaign {
    Some(name) => name,
    None => panic!("the ACoS story names its campaign"),
};

/// `names`: campaign, portfolio, targeting; `numbers`: budget, `ACoS`, cost per click.
const fn campaign(
    names: [&'static str; 3],
    families: &'static [usize],
    numbers: [i64; 3],
) -> Campaign {
    let [name, portfolio, targeting] = names;
    let [budget, acos, cost_per_click] = numbers;
    Campaign { name, portfolio, targeting, budget, families, acos, cost_per_click }
}

impl Campaign {
    fn creep(&self, month: i64) -> Option<i64> {
        let since = month - super::calendar::month_number(ACOS_CREEP.first_day());
        (self.name == CREEP_NAME && since >= 0).then_some(since)
    }

    /// What a month costs and brings, by months since May 2025.
    fn pricing(&self, month: i64) -> Pricing {
        let creep = self.creep(month);
        let click_percent = creep.map_or(100, |since| at(&CREEP_CLICK, since));
        // A campaign breathes a little from month to month.
        let breath = (month * 37 + self.budget / 100 + 7) % 9 - 4;
        Pricing {
            acos: creep.map_or(self.acos + breath * 22, |since| at(&CREEP, since)),
            cost_per_click: self.cost_per_click * click_percent / 100,
            click_rate: 62 + self.cost_per_click % 23,
        }
    }
}

/// The ad click that led to a line, if one did. Called for every line.
pub(super) fn click(rng: &mut Rng, sku: &Sku, index: usize, day: i64) -> Option<AdClick> {
    let is_led = rng.chance(CLICK_SHARE);
    let earlier = rng.choose(&[(72, 0), (14, 1), (6, 2), (4, 3), (2, 4), (1, 5), (1, 6)]);
    let campaign = CAMPAIGNS.iter().position(|one| one.families.contains(&sku.family))?;
    let day = (day - earlier).max(FIRST);
    // The two lesser colours are not advertised: their buyers clicked on the first one.
    let advertised = if sku.variant < 2 { index } else { sku.family * 4 };
    (is_led && day >= sku.launch).then_some(AdClick { campaign, sku: advertised, day })
}

/// What every advertised SKU spent and sold on every day. `traffic` weighs the days.
pub(super) fn ad_rows(skus: &[Sku], lines: &[AmazonLine], traffic: &[i64]) -> Vec<AdRow> {
    let mut rng = Rng::stream(2);
    let mut all = Vec::new();
    for (index, campaign) in CAMPAIGNS.iter().enumerate() {
        let mut rows = empty_rows(index, campaign, skus);
        for line in lines {
            if let Some(click) = line.click.filter(|click| click.campaign == index) {
                credit(&mut rows, click, line);
            }
        }
        let weights: Vec<Vec<i64>> =
            rows.iter().map(|row| day_weights(&mut rng, item(skus, row.sku), traffic)).collect();
        let mut cells: Vec<&mut [AdCell]> =
            rows.iter_mut().map(|row| row.days.as_mut_slice()).collect();
        price_cells(&mut rng, &mut cells, &weights, |month| campaign.pricing(month));
        all.append(&mut rows);
    }
    all
}

fn empty_rows(index: usize, campaign: &Campaign, skus: &[Sku]) -> Vec<AdRow> {
    let advertised = |sku: &&Sku| sku.variant < 2 && campaign.families.contains(&sku.family);
    skus.iter()
        .filter(advertised)
        .map(|sku| AdRow {
            campaign: index,
            sku: position(sku.number - 1),
            days: vec![AdCell::default(); position(DAYS)],
        })
        .collect()
}

fn credit(rows: &mut [AdRow], click: AdClick, line: &AmazonLine) {
    let row = rows.iter_mut().find(|row| row.sku == click.sku);
    let Some(cell) = row.and_then(|row| row.days.get_mut(position(click.day - FIRST))) else {
        return;
    };
    cell.orders += 1;
    if line.sku == click.sku {
        cell.units += line.quantity;
        cell.sales += line.price - line.promotion;
    } else {
        cell.other_units += line.quantity;
        cell.other_sales += line.price - line.promotion;
    }
}

/// Spend goes where the traffic is; nothing is spent on what cannot be bought.
fn day_weights(rng: &mut Rng, sku: &Sku, traffic: &[i64]) -> Vec<i64> {
    let share = sku.weight / 10;
    let weigh = |(day, traffic): (usize, &i64)| {
        let is_open = sku.is_for_sale(FIRST + whole(day));
        if is_open { rng.scatter(traffic / 100 * share, 22) } else { 0 }
    };
    traffic.iter().enumerate().map(weigh).collect()
}

#[cfg(test)]
mod tests {
    use super::super::amazon::amazon_lines;
    use super::super::calendar::{day, month_number};
    use super::super::products::skus;
    use super::*;

    fn rows() -> (Vec<AdRow>, Vec<AmazonLine>) {
        let skus = skus();
        let lines = amazon_lines(&skus);
        (ad_rows(&skus, &lines, &[50_000; 549]), lines)
    }

    #[test]
    fn the_creeping_campaign_goes_from_22_to_41_per_cent() {
        let (rows, _) = rows();
        let acos = |month: i64| {
            let cells = rows.iter().filter(|row| row.campaign == 1).flat_map(|row| {
                row.days.iter().enumerate().filter_map(move |(index, cell)| {
                    (month_number(FIRST + whole(index)) == month).then_some(cell)
                })
            });
            let (spend, sales) =
                cells.fold((0, 0), |sum, cell| (sum.0 + cell.spend, sum.1 + cell.total_sales()));
            spend * 10_000 / sales
        };
        let months =
            [day(2026, 6, 1), day(2026, 7, 1), day(2026, 8, 1), day(2026, 9, 1), day(2026, 10, 1)];
        let found = months.map(|day| acos(month_number(day)));
        let [june, creep @ ..] = found;
        assert!((2_100..=2_300).contains(&june), "{june}");
        for (found, planned) in creep.iter().zip(CREEP) {
            assert!((planned - 2..=planned + 2).contains(found), "{found} instead of {planned}");
        }
    }

    #[test]
    fn every_ad_sale_is_a_real_line() {
        let (rows, lines) = rows();
        let clicked: i64 =
            lines.iter().filter(|line| line.click.is_some()).count().try_into().unwrap();
        let cells = || rows.iter().flat_map(|row| &row.days);
        assert_eq!(cells().map(|cell| cell.orders).sum::<i64>(), clicked);
        assert!(lines.iter().all(|line| line.click.is_none() || line.is_bought()));
        assert!(cells().all(|cell| cell.orders <= cell.clicks && cell.clicks <= cell.impressions));
    }
}
