//! The Amazon account: every posting of the date range report, from the Amazon ledger.
//!
//! A posting's total is the sum of its parts, and a payout is the sum of everything since the
//! payout before it.

use super::amazon::{AmazonLine, Status};
use super::arithmetic::{part, whole};
use super::calendar::{Civil, FIRST, LAST, civil, instant, local_day, weekday};
use super::products::Sku;
use super::returns::Refunded;
use super::rng::Rng;

/// The money columns of the date range report, in cents, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Amounts {
    pub(super) product_sales: i64,
    pub(super) product_sales_tax: i64,
    pub(super) shipping_credits: i64,
    pub(super) shipping_credits_tax: i64,
    pub(super) promotional_rebates: i64,
    pub(super) marketplace_withheld_tax: i64,
    pub(super) selling_fees: i64,
    pub(super) fba_fees: i64,
    pub(super) other: i64,
}

impl Amounts {
    fn other(other: i64) -> Self {
        Self { other, ..Self::default() }
    }

    pub(super) fn total(&self) -> i64 {
        self.product_sales
            + self.product_sales_tax
            + self.shipping_credits
            + self.shipping_credits_tax
            + self.promotional_rebates
            + self.marketplace_withheld_tax
            + self.selling_fees
            + self.fba_fees
            + self.other
    }
}

/// What a posting is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The line's place in the Amazon ledger.
    Order(usize),
    Refund(usize),
    Advertising,
    Subscription,
    Storage,
    /// The SKU of a lost or damaged unit.
    Reimbursement(usize),
    Transfer,
}

/// One row of the date range report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) instant: i64,
    pub(super) purpose: Purpose,
    pub(super) quantity: i64,
    pub(super) amounts: Amounts,
    pub(super) settlement: i64,
}

const FIRST_SETTLEMENT: i64 = 21_450_870_411;
const SUBSCRIPTION: i64 = 3_999;
/// Of the referral fee of a refunded line, Amazon keeps a fifth, at most 5 dollars.
const KEPT_FEE_CAP: i64 = 500;

/// All postings in the order of time. `ad_spend` holds each day's from `FIRST`, `storage` the
/// month ends with the storage fee that falls due after them.
pub(super) fn postings(
    skus: &[Sku],
    lines: &[AmazonLine],
    ad_spend: &[i64],
    storage: &[(i64, i64)],
) -> Vec<Posting> {
    let mut postings = Vec::with_capacity(lines.len() * 11 / 10);
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.status == Status::Shipped)
    {
        let amounts = order_amounts(skus, line);
        let new = |instant, purpose, quantity, amounts| Posting {
            instant,
            purpose,
            quantity,
            amounts,
            settlement: 0,
        };
        postings.push(new(line.shipped, Purpose::Order(index), line.quantity, amounts));
        if let Some(refunded) = line.refunded {
            let amounts = refund_amounts(line, refunded, &amounts);
            postings.push(new(
                refunded.instant,
                Purpose::Refund(index),
                refunded.quantity,
                amounts,
            ));
        }
    }
    charge_fees(&mut postings, ad_spend, storage);
    reimburse(&mut postings, skus);
    for day in FIRST + 7..=LAST {
        if matches!(civil(day).day, 2 | 16) {
            postings.push(plain(day, 4 * 3_600, Purpose::Transfer, 0));
        }
    }
    postings.sort_by_key(|posting| posting.instant);
    settle(&mut postings);
    postings
}

fn plain(day: i64, second: i64, purpose: Purpose, other: i64) -> Posting {
    let instant = instant(day, second);
    Posting { instant, purpose, quantity: 0, amounts: Amounts::other(other), settlement: 0 }
}

fn order_amounts(skus: &[Sku], line: &AmazonLine) -> Amounts {
    let paid = line.price + line.shipping - line.promotion - line.shipping_promotion;
    let fba_fee = skus.get(line.sku).map_or(0, |sku| sku.fba_fee(local_day(line.shipped)));
    Amounts {
        product_sales: line.price,
        product_sales_tax: line.tax,
        shipping_credits: line.shipping,
        shipping_credits_tax: line.shipping_tax,
        promotional_rebates: -line.promotion - line.shipping_promotion,
        marketplace_withheld_tax: -line.tax - line.shipping_tax,
        selling_fees: -part(paid, 15, 100),
        fba_fees: if line.is_fba { -fba_fee * line.quantity } else { 0 },
        other: 0,
    }
}

/// The item's price, tax and promotion go back; shipping and the fulfilment fee do not.
fn refund_amounts(line: &AmazonLine, refunded: Refunded, order: &Amounts) -> Amounts {
    let of = |amount| part(amount, refunded.quantity, line.quantity);
    let fee = part(of(line.price - line.promotion), 15, 100);
    let tax = of(order.product_sales_tax);
    Amounts {
        product_sales: -of(line.price),
        product_sales_tax: -tax,
        promotional_rebates: of(line.promotion),
        marketplace_withheld_tax: tax,
        selling_fees: fee - part(fee, 20, 100).min(KEPT_FEE_CAP),
        ..Amounts::default()
    }
}

/// Ads are billed every Monday for the days since the Monday before, the subscription on the 5th,
/// storage on the 7th for the month before.
fn charge_fees(postings: &mut Vec<Posting>, ad_spend: &[i64], storage: &[(i64, i64)]) {
    let mut unbilled = 0;
    for (index, spend) in ad_spend.iter().enumerate() {
        let day = FIRST + whole(index);
        if weekday(day) == 0 && unbilled > 0 {
            postings.push(plain(day, 6 * 3_600, Purpose::Advertising, -unbilled));
            unbilled = 0;
        }
        unbilled += spend;
        if civil(day).day == 5 {
            postings.push(plain(day, 3_600, Purpose::Subscription, -SUBSCRIPTION));
        }
    }
    for (month_end, fee) in storage {
        if month_end + 7 <= LAST {
            postings.push(plain(month_end + 7, 2 * 3_600, Purpose::Storage, -fee));
        }
    }
}

/// Twice a month Amazon pays for a unit it lost.
fn reimburse(postings: &mut Vec<Posting>, skus: &[Sku]) {
    let mut rng = Rng::stream(4);
    for day in FIRST..=LAST {
        let Civil { day: day_of_month, .. } = civil(day);
        let index = usize::try_from(rng.below(whole(skus.len()))).unwrap_or(0);
        let Some(sku) = skus.get(index).filter(|sku| sku.launch + 60 <= day || sku.launch == FIRST)
        else {
            continue;
        };
        if matches!(day_of_month, 11 | 23) {
            let amount = part(sku.price(day), 60, 100);
            let posting = plain(day, 9 * 3_600, Purpose::Reimbursement(index), amount);
            postings.push(Posting { quantity: 1, ..posting });
        }
    }
}

/// Numbers the settlements and makes each payout the sum of its settlement.
fn settle(postings: &mut [Posting]) {
    let (mut settlement, mut balance) = (FIRST_SETTLEMENT, 0);
    for posting in postings {
        posting.settlement = settlement;
        if posting.purpose == Purpose::Transfer {
            posting.amounts = Amounts::other(-balance);
            settlement += 13_604_517;
            balance = 0;
        } else {
            balance += posting.amounts.total();
        }
    }
}
