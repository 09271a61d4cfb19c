//! Who answers for products, channels and campaigns, and what these come to.

use std::collections::BTreeMap;

use crate::{
    domain::{AdSums, CampaignAds, Charge, Fixed, Period, TargetScope, sort_few_by_key},
    kpis::Decimal,
    worker::{
        protocol::{ChargeRow, OwnerRow, OwnersView},
        session::{
            book::{Basis, Book},
            plan::filters_of,
        },
        views::{Slices as _, Views},
    },
};

/// Days that are looked back on.
const DAYS: i32 = 30;
/// Campaigns that are shown: those that cost more than all others.
const MOST_CAMPAIGNS: usize = 100;

pub(super) fn view(book: &Book) -> OwnersView {
    let covered = book.cube().covered();
    let period = covered.map(|it| Period { from: it.to.plus(1 - DAYS), to: it.to });
    let mut n_skus: BTreeMap<&str, u32> = BTreeMap::new();
    let products = book.cube().products();
    for product in products.values() {
        *n_skus.entry(product.owner.as_str()).or_default() += 1;
    }
    let n_without = n_skus.remove("").unwrap_or(0);
    let kept = &book.fold().scorecards.charges;
    for owner in kept.values() {
        n_skus.entry(owner).or_default();
    }
    book.with_views(|views| {
        let campaigns = campaigns(views, period);
        let row = |(owner, n): (&&str, &u32)| row(book, views, (owner, *n), (&campaigns, period));
        let charges = charges(book, views, &campaigns, period);
        let n_left_out = campaigns.len().saturating_sub(MOST_CAMPAIGNS);
        OwnersView {
            period,
            currency: book.currency(),
            owners: n_skus.iter().map(row).collect(),
            n_without,
            charges,
            n_left_out: u32::try_from(n_left_out).unwrap_or(u32::MAX),
        }
    })
}

/// Campaigns with what they cost and sold, those that cost most first.
fn campaigns(views: &Views<'_, Basis>, period: Option<Period>) -> Vec<(Charge, AdSums)> {
    let Some(period) = period else { return Vec::new() };
    let mut sums: BTreeMap<Charge, AdSums> = BTreeMap::new();
    for CampaignAds { campaign, channel, periods, .. } in views.slices.campaigns(&[period]) {
        let sum = sums.entry(Charge { channel, campaign }).or_default();
        for it in periods {
            sum.spend = sum.spend.plus(it.spend);
            sum.sales = sum.sales.plus(it.sales);
        }
    }
    // A day without a name of its campaign is of the channel alone.
    let mut campaigns: Vec<(Charge, AdSums)> =
        sums.into_iter().filter(|(charge, _)| !charge.campaign.is_empty()).collect();
    sort_few_by_key(&mut campaigns, |(charge, sums)| {
        (Fixed::ZERO.minus(sums.spend), charge.clone())
    });
    campaigns
}

fn charges(
    book: &Book,
    views: &Views<'_, Basis>,
    campaigns: &[(Charge, AdSums)],
    period: Option<Period>,
) -> Vec<ChargeRow> {
    let kept = &book.fold().scorecards.charges;
    let owner = |charge: &Charge| kept.get(charge).cloned().unwrap_or_default();
    let channel = |channel: &String| {
        let charge = Charge { channel: channel.clone(), campaign: String::new() };
        let scope = TargetScope { channel: channel.clone(), ..TargetScope::default() };
        let part = views.part_of(&filters_of(&scope));
        let value = |kpi: &str| Some(part.past(kpi)?.reached(period?)?.value.to_string());
        let (spend, acos) = (value("ads.spend"), value("ads.acos"));
        ChargeRow { owner: owner(&charge), charge, spend, acos }
    };
    let campaign = |(charge, sums): &(Charge, AdSums)| ChargeRow {
        charge: charge.clone(),
        owner: owner(charge),
        spend: Some(sums.spend.to_string()),
        acos: Decimal::quotient(sums.spend, sums.sales).map(|it| it.to_string()),
    };
    let channels = book.members().channels.iter().map(|member| channel(&member.id));
    channels.chain(campaigns.iter().take(MOST_CAMPAIGNS).map(campaign)).collect()
}

fn row(
    book: &Book,
    views: &Views<'_, Basis>,
    (owner, n_skus): (&str, u32),
    (campaigns, period): (&[(Charge, AdSums)], Option<Period>),
) -> OwnerRow {
    let scope = TargetScope { owner: owner.to_owned(), ..TargetScope::default() };
    let part = views.part_of(&filters_of(&scope));
    // Whoever answers for no product has sold neither much nor nothing.
    let period = period.filter(|_| n_skus > 0);
    let value = |kpi: &str| Some(part.past(kpi)?.reached(period?)?.value.to_string());
    let cards = book.fold().scorecards.cards().map(|kept| &kept.card);
    let own = cards.filter(|card| card.person == owner || card.scope.owner == owner);
    let kept = &book.fold().scorecards.charges;
    let is_own = |charge: &Charge| kept.get(charge).is_some_and(|it| it == owner);
    let charges = || kept.keys().filter(|charge| is_own(charge));
    let channels = charges().filter(|it| it.campaign.is_empty()).map(|it| it.channel.clone());
    let n_campaigns = charges().filter(|it| !it.campaign.is_empty()).count();
    let spends = campaigns.iter().filter(|(charge, _)| is_own(charge)).map(|(_, sums)| sums.spend);
    OwnerRow {
        owner: owner.to_owned(),
        n_skus,
        net_sales: value("sales.net"),
        profit: value("pl.cm3"),
        acos: value("ads.acos"),
        return_rate: value("svc.return_rate"),
        channels: channels.collect(),
        n_campaigns: u32::try_from(n_campaigns).unwrap_or(u32::MAX),
        campaign_spend: (n_campaigns > 0).then(|| spends.sum::<Fixed>().to_string()),
        cards: own.map(|card| (card.id.clone(), card.name.clone())).collect(),
    }
}
