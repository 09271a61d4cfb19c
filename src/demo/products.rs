//! The 120 SKUs: three invented brands, thirty product families, four colours of each.
//!
//! Prices, costs, fees and popularity are integer tables. Knows nothing of orders.

use super::arithmetic::{at, part, whole};
use super::calendar::{FIRST, day};
use super::stories::{LOSS_MAKER, STOCK_OUT, Story};

/// The day the tariffs rose: dearer goods, and a little dearer on the shelf.
pub(super) const TARIFF_DAY: i64 = day(2026, 3, 1);
/// Each Amazon fulfilment fee rises by 8 cents on this day.
const FEE_RISE_DAY: i64 = day(2026, 1, 15);
/// The loss-maker's price in the price war, which starts a few days before its story so that what
/// ships in the story was sold at it, and its cost since the tariffs.
const LOSS_MAKER_PRICE: i64 = 9_499;
const LOSS_MAKER_COST: i64 = 6_610;
const PRICE_WAR_DAY: i64 = LOSS_MAKER.first_day() - 4;

/// How demand for a family moves through the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Even,
    Gift,
    Summer,
    Winter,
    Outdoor,
}

/// A product that comes in four colours.
pub(super) struct Family {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) category: &'static str,
    pub(super) season: Season,
    /// First day on sale.
    pub(super) launch: i64,
    price: i64,
    /// Landed cost as per mille of the price.
    cost_per_mille: i64,
    fba_fee: i64,
    /// Hundredths of a cubic foot.
    volume: i64,
    weight: i64,
    /// Returned units per 10,000 sold.
    return_rate: i64,
    has_tariff: bool,
}

/// One thing that is sold.
pub(super) struct Sku {
    pub(super) code: String,
    pub(super) asin: String,
    pub(super) fnsku: String,
    pub(super) title: String,
    pub(super) colour: &'static str,
    pub(super) brand: &'static str,
    pub(super) family: usize,
    /// 0 to 3: the colour's place, the best-selling first.
    pub(super) variant: i64,
    /// 1 to 120.
    pub(super) number: i64,
    pub(super) category: &'static str,
    pub(super) season: Season,
    pub(super) launch: i64,
    pub(super) weight: i64,
    pub(super) volume: i64,
    pub(super) return_rate: i64,
    price: i64,
    fba_fee: i64,
    has_tariff: bool,
    cost: i64,
}

impl Sku {
    /// Shelf price in cents on a day.
    pub(super) fn price(&self, day: i64) -> i64 {
        if self.is_in_price_war(day) {
            return LOSS_MAKER_PRICE;
        }
        if self.has_tariff && day >= TARIFF_DAY {
            return part(self.price, 105, 100) / 100 * 100 + 99;
        }
        self.price
    }

    /// Amazon's fulfilment fee for one unit, in cents.
    pub(super) fn fba_fee(&self, day: i64) -> i64 {
        self.fba_fee + if day >= FEE_RISE_DAY { 8 } else { 0 }
    }

    /// Landed cost of one unit in cents on a day.
    pub(super) fn cost(&self, day: i64) -> i64 {
        match self.cost_after_tariffs() {
            Some(cost) if day >= TARIFF_DAY => cost,
            _ => self.cost,
        }
    }

    /// The second cost layer, if the tariffs touched this SKU.
    pub(super) fn cost_after_tariffs(&self) -> Option<i64> {
        if self.is(&LOSS_MAKER) {
            return Some(LOSS_MAKER_COST);
        }
        self.has_tariff.then(|| part(self.cost, 114, 100))
    }

    /// Whether a story is about this SKU.
    pub(super) fn is(&self, story: &Story) -> bool {
        story.sku == Some(self.code.as_str())
    }

    /// Whether anyone could buy it on that day.
    pub(super) fn is_for_sale(&self, day: i64) -> bool {
        day >= self.launch && !(STOCK_OUT.covers(day) && self.is(&STOCK_OUT))
    }

    /// Whether its price was cut to keep up with a competitor's.
    pub(super) fn is_in_price_war(&self, day: i64) -> bool {
        day >= PRICE_WAR_DAY && self.is(&LOSS_MAKER)
    }
}

/// All SKUs, in the order of their numbers.
pub(super) fn skus() -> Vec<Sku> {
    let families = FAMILIES.iter().enumerate();
    families
        .flat_map(|(index, family)| (0..4).map(move |variant| sku(index, family, variant)))
        .collect()
}

fn sku(index: usize, family: &Family, variant: i64) -> Sku {
    /// Share of a family's sales by colour, in per cent.
    const VARIANT_SHARE: [i64; 4] = [46, 27, 17, 10];
    let (brand, colours) = match family.code {
        "KT" => ("Kestro Kitchen", KITCHEN_COLOURS),
        "HM" => ("Homavel", HOME_COLOURS),
        _ => ("Trailoft", OUTDOOR_COLOURS),
    };
    let (suffix, colour) = at(&colours, variant);
    let number = whole(index) * 4 + variant + 1;
    Sku {
        code: format!("LS-{}-{number:04}-{suffix}", family.code),
        asin: format!("B0LS{}{number:04}", family.code),
        fnsku: format!("X00LS{number:05}"),
        title: format!("{brand} {}, {colour}", family.title),
        colour,
        brand,
        family: index,
        variant,
        number,
        category: family.category,
        season: family.season,
        launch: family.launch,
        weight: family.weight * at(&VARIANT_SHARE, variant),
        volume: family.volume,
        return_rate: family.return_rate,
        price: family.price,
        fba_fee: family.fba_fee,
        has_tariff: family.has_tariff,
        cost: part(family.price, family.cost_per_mille, 1_000),
    }
}

const KITCHEN_COLOURS: [(&str, &str); 4] =
    [("BLK", "Black"), ("WHT", "White"), ("GRN", "Sage Green"), ("RED", "Brick Red")];
const HOME_COLOURS: [(&str, &str); 4] =
    [("BLK", "Black"), ("WHT", "White"), ("GRY", "Slate Gray"), ("BLU", "Navy Blue")];
const OUTDOOR_COLOURS: [(&str, &str); 4] =
    [("BLK", "Black"), ("GRN", "Forest Green"), ("BLU", "Lake Blue"), ("TAN", "Desert Tan")];

impl Family {
    /// `numbers`: price, cost per mille, FBA fee, volume, weight, returns per 10,000.
    const fn new(
        code: &'static str,
        title: &'static str,
        category: &'static str,
        season: Season,
        numbers: [i64; 6],
    ) -> Self {
        let [price, cost_per_mille, fba_fee, volume, weight, return_rate] = numbers;
        Self {
            code,
            title,
            category,
            season,
            launch: FIRST,
            price,
            cost_per_mille,
            fba_fee,
            volume,
            weight,
            return_rate,
            has_tariff: false,
        }
    }

    const fn with_tariff(mut self) -> Self {
        self.has_tariff = true;
        self
    }

    const fn launched(mut self, launch: i64) -> Self {
        self.launch = launch;
        self
    }
}

use Season::{Even, Gift, Outdoor, Summer, Winter};

/// Thirty families; a family's place decides its SKU numbers (four each, from 1).
pub(super) const FAMILIES: [Family; 30] = [
    Family::new(
        "KT",
        "Gooseneck Electric Kettle 1 L",
        "Kettles",
        Gift,
        [5_999, 395, 689, 25, 260, 420],
    ),
    Family::new(
        "KT",
        "Burr Coffee Grinder 30 Settings",
        "Coffee",
        Gift,
        [6_499, 418, 712, 22, 120, 460],
    )
    .with_tariff(),
    Family::new("KT", "Handheld Milk Frother", "Coffee", Gift, [1_999, 294, 386, 4, 110, 380]),
    Family::new(
        "KT",
        "Pour-Over Coffee Dripper Set",
        "Coffee",
        Gift,
        [2_899, 341, 498, 12, 60, 330],
    ),
    Family::new(
        "KT",
        "Digital Food Scale 11 lb",
        "Kitchen Tools",
        Even,
        [1_799, 318, 372, 5, 80, 310],
    ),
    Family::new(
        "KT",
        "Rapid Egg Cooker 7 Eggs",
        "Small Appliances",
        Even,
        [2_499, 364, 542, 18, 65, 440],
    )
    .with_tariff(),
    Family::new(
        "KT",
        "Mini Waffle Maker 5\"",
        "Small Appliances",
        Gift,
        [2_299, 356, 486, 10, 70, 360],
    ),
    Family::new(
        "KT",
        "Compact Rice Cooker 3 Cup",
        "Small Appliances",
        Even,
        [3_499, 388, 612, 30, 60, 430],
    )
    .with_tariff(),
    Family::new(
        "KT",
        "Personal Blender 20 oz",
        "Small Appliances",
        Summer,
        [3_999, 380, 598, 24, 75, 520],
    )
    .with_tariff(),
    Family::new(
        "KT",
        "Two-Slice Toaster, Wide Slots",
        "Small Appliances",
        Gift,
        [4_299, 411, 724, 48, 50, 470],
    )
    .with_tariff(),
    Family::new(
        "HM",
        "LED Desk Lamp with USB Port",
        "Lighting",
        Even,
        [3_299, 372, 564, 20, 70, 400],
    ),
    Family::new("HM", "Ultrasonic Humidifier 4 L", "Air", Winter, [4_499, 388, 668, 38, 190, 500])
        .with_tariff(),
    Family::new("HM", "Ceramic Aroma Diffuser", "Air", Gift, [2_699, 333, 478, 11, 65, 350])
        .launched(day(2025, 9, 15)),
    Family::new("HM", "Handheld Garment Steamer", "Laundry", Even, [3_699, 372, 588, 19, 60, 540]),
    Family::new("HM", "Tower Fan 32\"", "Air", Summer, [6_999, 434, 1_124, 96, 45, 480])
        .with_tariff(),
    Family::new(
        "HM",
        "Ceramic Space Heater 1500 W",
        "Heating",
        Winter,
        [4_999, 406, 786, 52, 60, 500],
    )
    .with_tariff(),
    Family::new("HM", "Desktop Air Purifier", "Air", Even, [7_999, 422, 836, 44, 55, 450])
        .with_tariff(),
    Family::new(
        "HM",
        "Cordless Stick Vacuum",
        "Floor Care",
        Even,
        [12_999, 400, 1_594, 120, 60, 700],
    )
    .with_tariff(),
    Family::new(
        "HM",
        "Foldable Storage Bins 6-Pack",
        "Storage",
        Even,
        [2_999, 349, 612, 34, 55, 280],
    ),
    Family::new("HM", "Bamboo Shower Caddy", "Bath", Even, [3_199, 356, 622, 36, 40, 300])
        .launched(day(2026, 8, 17)),
    Family::new(
        "OD",
        "Rechargeable Camping Lantern",
        "Camping",
        Outdoor,
        [2_999, 353, 512, 14, 95, 360],
    )
    .with_tariff(),
    Family::new("OD", "Folding Camp Chair", "Camping", Outdoor, [3_999, 400, 894, 68, 85, 340]),
    Family::new(
        "OD",
        "Insulated Cooler Bag 30-Can",
        "Picnic",
        Summer,
        [3_499, 366, 642, 40, 65, 330],
    ),
    Family::new(
        "OD",
        "Portable Charcoal Grill 14\"",
        "Picnic",
        Summer,
        [4_799, 418, 938, 82, 40, 390],
    )
    .with_tariff(),
    Family::new(
        "OD",
        "Double Hammock with Straps",
        "Camping",
        Summer,
        [2_999, 338, 524, 15, 60, 320],
    ),
    Family::new("OD", "LED Headlamp 2-Pack", "Camping", Outdoor, [2_199, 318, 378, 4, 70, 410])
        .launched(day(2025, 11, 3)),
    Family::new(
        "OD",
        "Insulated Water Bottle 32 oz",
        "Hydration",
        Outdoor,
        [2_699, 332, 488, 12, 90, 260],
    ),
    Family::new("OD", "Compact Camping Stove", "Camping", Outdoor, [3_599, 375, 556, 16, 45, 370])
        .with_tariff(),
    Family::new(
        "OD",
        "Solar Path Lights 8-Pack",
        "Lighting",
        Outdoor,
        [3_399, 360, 634, 26, 50, 560],
    )
    .with_tariff(),
    Family::new(
        "OD",
        "Waterproof Picnic Blanket",
        "Picnic",
        Summer,
        [2_799, 335, 546, 22, 40, 280],
    )
    .launched(day(2026, 4, 6)),
];

#[cfg(test)]
mod tests {
    use super::super::calendar::LAST;
    use super::super::stories::STORIES;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_120_different_skus() {
        let skus = skus();
        assert_eq!(skus.len(), 120);
        assert_eq!(skus.iter().map(|sku| &sku.code).collect::<BTreeSet<_>>().len(), 120);
        assert_eq!(skus.iter().map(|sku| &sku.asin).collect::<BTreeSet<_>>().len(), 120);
        assert!(skus.iter().all(|sku| sku.asin.len() == 10 && sku.fnsku.len() == 10));
    }

    #[test]
    fn every_story_has_its_sku() {
        let skus = skus();
        for story in STORIES {
            assert!(story.sku.is_none() || skus.iter().any(|sku| sku.is(story)), "{}", story.id);
        }
    }

    #[test]
    fn only_the_loss_maker_costs_more_than_it_brings_before_ads() {
        for sku in skus() {
            let (price, cost) = (sku.price(LAST), sku.cost(LAST));
            let left = price - part(price, 15, 100) - sku.fba_fee(LAST) - cost;
            assert_eq!(left < 0, sku.is(&LOSS_MAKER), "{} {left}", sku.code);
        }
    }
}
