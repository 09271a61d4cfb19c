//! A small business whose figures are worked out by hand.

use std::fmt::Write as _;

/// Fourteen months from January 2025 on: each has one order of a mug for 100 + 10 × month and one of a cup for
/// 50, counted from 0. So a month sells 150, 160, … 280.
pub(crate) fn orders() -> String {
    let mut text = String::from(
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n",
    );
    for month in 0..14 {
        let (year, of_year) = (2025 + month / 12, month % 12 + 1);
        for (nth, sku, price) in [(1, "MUG", 100 + 10 * month), (2, "CUP", 50)] {
            writeln!(
                text,
                "111-00000{nth:02}-00000{month:02}\t{year}-{of_year:02}-10T20:00:00+00:00\tShipped\tAmazon.com\t{sku}\t1\tUSD\t{price}.00"
            )
            .unwrap();
        }
    }
    text
}
