//! Why a platform's total and ours can differ though neither is wrong.

use crate::domain::Measure;

macro_rules! causes {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal,)+) => {
        /// Something that one of the two totals counts and the other does not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Cause {
            $($(#[doc = $doc])* $name,)+
        }

        impl Cause {
            /// The stable name, as the log keeps it.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            pub fn by_id(id: &str) -> Option<Self> {
                match id {
                    $($id => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

causes! {
    /// Orders that were cancelled later.
    Cancelled = "cancelled",
    Tax = "tax",
    /// Shipping that buyers paid.
    Shipping = "shipping",
    SellerDiscounts = "seller_discounts",
    /// Discounts that the platform pays.
    PlatformDiscounts = "platform_discounts",
    Refunds = "refunds",
    /// Platform fees and fulfilment costs.
    Fees = "fees",
    /// Days begin at midnight UTC.
    UtcDays = "utc_days",
    /// Sales count on the day on which their money is booked, not on that of the order.
    Booking = "booking",
}

impl Cause {
    /// What has to be added to our total so that it counts as the other one does: measures, each with
    /// whether it is added or taken off.
    pub fn terms(self, kpi: &str) -> &'static [(Measure, bool)] {
        use Measure as M;
        match (self, kpi) {
            // Our GMV has cancelled orders in it.
            (Self::Cancelled, "sales.gmv") => &[(M::GrossSales, true), (M::Gmv, false)],
            (Self::Cancelled, _) => &[(M::Gmv, true), (M::GrossSales, false)],
            (Self::Tax, _) => &[(M::Tax, true)],
            (Self::Shipping, _) => &[(M::Shipping, true)],
            // Our net sales are those after discounts and refunds.
            (Self::SellerDiscounts, "sales.net") => &[(M::SellerDiscounts, true)],
            (Self::SellerDiscounts, _) => &[(M::SellerDiscounts, false)],
            (Self::PlatformDiscounts, _) => &[(M::PlatformDiscounts, false)],
            (Self::Refunds, "sales.net") => &[(M::Refunds, true)],
            (Self::Refunds, _) => &[(M::Refunds, false)],
            (Self::Fees, _) => &[(M::PlatformFees, false), (M::FulfilmentCosts, false)],
            (Self::UtcDays, _) => &[(M::UtcGmv, true), (M::Gmv, false)],
            (Self::Booking, _) => &[(M::PostedSales, true), (M::GrossSales, false)],
        }
    }
}

/// The causes that can move a KPI, likeliest first; none for one that only missing files can move.
pub fn causes_of(kpi: &str) -> &'static [Cause] {
    match kpi {
        "sales.gmv" | "sales.gross" | "sales.net" => &[
            Cause::Cancelled,
            Cause::Tax,
            Cause::Shipping,
            Cause::SellerDiscounts,
            Cause::PlatformDiscounts,
            Cause::Refunds,
            Cause::UtcDays,
            Cause::Booking,
            Cause::Fees,
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_found_by_its_id() {
        for cause in causes_of("sales.net") {
            assert_eq!(Cause::by_id(cause.id()), Some(*cause));
        }
        assert_eq!(Cause::by_id("weather"), None);
        assert!(causes_of("ads.spend").is_empty());
    }
}
