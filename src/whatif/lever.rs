//! What a person may move.

use serde::{Deserialize, Serialize};

use crate::domain::Fixed;

/// Something that a person may move, to see what becomes of sales and profit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// Relative change of all prices: 0.05 is 5 % more.
    Price,
    /// How many per cent of the units come or go with 1 % of price: −1.5 is 1.5 % fewer for 1 % more. 0: demand
    /// does not react.
    Demand,
    /// Relative change of orders for each session.
    Conversion,
    /// Relative change of the money paid back for each unit of sales.
    Returns,
    /// Relative change of the platforms' fees for each unit of sales.
    Fees,
    /// Relative change of what a click costs.
    Cpc,
    /// Points of duty on the cost of goods: 0.1 is 10 points more.
    Tariff,
    /// Relative change of what a yuan costs.
    ExchangeRate,
}

/// Within which bounds a lever moves, and in what steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeverRange {
    pub least: Fixed,
    pub most: Fixed,
    pub step: Fixed,
}

impl Lever {
    /// All, in reading order.
    pub const ALL: [Self; 8] = [
        Self::Price,
        Self::Demand,
        Self::Conversion,
        Self::Returns,
        Self::Fees,
        Self::Cpc,
        Self::Tariff,
        Self::ExchangeRate,
    ];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Demand => "demand",
            Self::Conversion => "conversion",
            Self::Returns => "returns",
            Self::Fees => "fees",
            Self::Cpc => "cpc",
            Self::Tariff => "tariff",
            Self::ExchangeRate => "exchange_rate",
        }
    }

    /// Its bounds.
    pub const fn range(self) -> LeverRange {
        let (least, most, step) = match self {
            Self::Price | Self::Conversion | Self::Fees => (-50, 50, 1),
            Self::Demand => (-300, 0, 10),
            Self::Returns | Self::Cpc => (-50, 100, 1),
            Self::Tariff => (-50, 150, 1),
            Self::ExchangeRate => (-20, 20, 1),
        };
        LeverRange { least: percent(least), most: percent(most), step: percent(step) }
    }
}

const fn percent(percent: i64) -> Fixed {
    Fixed::from_ten_thousandths(percent * (Fixed::SCALE / 100))
}

/// How far each lever is moved; 0: not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Levers {
    price: Fixed,
    demand: Fixed,
    conversion: Fixed,
    returns: Fixed,
    fees: Fixed,
    cpc: Fixed,
    tariff: Fixed,
    exchange_rate: Fixed,
}

impl Levers {
    /// How far a lever is moved.
    pub const fn at(&self, lever: Lever) -> Fixed {
        match lever {
            Lever::Price => self.price,
            Lever::Demand => self.demand,
            Lever::Conversion => self.conversion,
            Lever::Returns => self.returns,
            Lever::Fees => self.fees,
            Lever::Cpc => self.cpc,
            Lever::Tariff => self.tariff,
            Lever::ExchangeRate => self.exchange_rate,
        }
    }

    /// The same with a lever moved so far, within its bounds.
    #[must_use]
    pub fn with(mut self, lever: Lever, amount: Fixed) -> Self {
        let LeverRange { least, most, .. } = lever.range();
        let place = match lever {
            Lever::Price => &mut self.price,
            Lever::Demand => &mut self.demand,
            Lever::Conversion => &mut self.conversion,
            Lever::Returns => &mut self.returns,
            Lever::Fees => &mut self.fees,
            Lever::Cpc => &mut self.cpc,
            Lever::Tariff => &mut self.tariff,
            Lever::ExchangeRate => &mut self.exchange_rate,
        };
        *place = amount.clamp(least, most);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levers_stay_within_their_bounds() {
        for lever in Lever::ALL {
            let LeverRange { least, most, step } = lever.range();
            assert!(least < most && least <= Fixed::ZERO && most >= Fixed::ZERO, "{lever:?}");
            assert!(step > Fixed::ZERO, "{lever:?}");
            let far = Levers::default().with(lever, Fixed::from_whole(9));
            assert_eq!(far.at(lever), most, "{lever:?}");
            assert_eq!(far.with(lever, Fixed::from_whole(-9)).at(lever), least, "{lever:?}");
            assert_eq!(far.with(lever, Fixed::ZERO), Levers::default(), "{lever:?}");
        }
    }
}
