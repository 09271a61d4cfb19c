//! What ads cost and brought, as a whole and by campaign.

use super::{
    super::{CellKey, column, rows::Row},
    Builder, NOTHING,
};
use crate::facts::{
    Segment,
    cube::rows::{add_sums, each_day, each_row},
};

impl Builder {
    pub(super) fn add_ads(&mut self, segment: &Segment, rows: &[Row]) {
        let orders = if segment.states("orders") { "orders" } else { "conversions" };
        let told = if segment.states("new_buyer_orders") { orders } else { NOTHING };
        let if_stated = |stated, column| if segment.states(stated) { column } else { NOTHING };
        let columns = [
            "impressions",
            "clicks",
            "spend",
            "sales",
            orders,
            "new_buyer_orders",
            told,
            if_stated("sales", "spend"),
            if_stated(orders, "clicks"),
        ];
        add_sums(&mut self.ads, segment, rows, columns);
        self.add_campaigns(segment, rows, [if_stated("sales", "spend"), "sales", orders]);
        if segment.states(orders) && segment.states("clicks") {
            self.add_terms(segment, rows, ["spend", "clicks", orders]);
        }
    }

    /// What single search terms cost and brought, ad group by ad group.
    fn add_terms(&mut self, segment: &Segment, rows: &[Row], columns: [&str; column::N_TERM]) {
        let Some(terms) = segment.text_column("search_term") else { return };
        each_row(rows, columns.map(|name| segment.numbers(name)), |row, values| {
            let term = terms.text_at(row.at);
            if !term.is_empty() {
                let (campaign, group) =
                    (segment.text("campaign", row.at), segment.text("ad_group", row.at));
                let term = self.terms_of_ads.intern(&format!("{campaign}\t{group}\t{term}"));
                let row = Row { key: CellKey { sku: term, ..row.key }, ..*row };
                each_day(&row, values, |key, parts| {
                    self.terms.add(key, &parts);
                });
            }
        });
    }

    /// What campaigns cost and brought. Facts without a campaign's name are none of it.
    fn add_campaigns(
        &mut self,
        segment: &Segment,
        rows: &[Row],
        columns: [&str; column::N_CAMPAIGN],
    ) {
        let Some(campaigns) = segment.text_column("campaign") else { return };
        each_row(rows, columns.map(|name| segment.numbers(name)), |row, values| {
            let name = campaigns.text_at(row.at);
            if !name.is_empty() {
                let campaign = self.campaign_names.intern(name);
                let row = Row { key: CellKey { sku: campaign, ..row.key }, ..*row };
                each_day(&row, values, |key, parts| {
                    self.campaigns.add(key, &parts);
                });
            }
        });
    }
}
