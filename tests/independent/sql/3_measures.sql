-- Measures of every cell that is compared: cells(cell, scope, from_day, to_day), one row a cell.

create table cell_days as
select cell, scope, unnest(generate_series(from_day, to_day, interval 1 day))::date as day
from cells;

-- Which feeds some file tells of in the cell, on any of its days. Of a SKU only reports that tell SKUs
-- apart can say something.
create table told as
with sku_feeds as (
    select * from (values
        ('order_lines', ['sales', 'orders', 'units', 'tax', 'shipping']),
        ('postings', ['refunds', 'platform_fees', 'fulfilment', 'affiliates', 'settlements', 'payouts']),
        ('ads', ['ads', 'ad_impressions', 'ad_clicks', 'ad_sales', 'ad_orders', 'new_brand_orders']),
        ('traffic', ['sessions', 'traffic_units', 'page_views', 'order_items', 'funnel', 'carts', 'checkouts', 'featured_views']),
        ('returns', ['returns', 'dispositions']),
        ('stock', ['stock'])
    ) as t("table", feeds)
),
sku_channels as (
    select distinct channel, 'order_lines' as "table" from order_lines where counts_sku
    union select distinct channel, 'postings' from postings where counts_sku
    union select distinct channel, 'ads' from ads where counts_sku
    union select distinct channel, 'traffic' from traffic where counts_sku
    union select distinct channel, 'returns' from returns where counts_sku
    union select distinct channel, 'stock' from stock where counts_sku
),
scoped as (
    select feed, day, unnest(['', 'channel=' || channel]) as scope from covered
    union
    select c.feed, c.day, '*' as scope
    from covered c
    join sku_feeds f on list_contains(f.feeds, c.feed)
    join sku_channels s on s."table" = f."table" and s.channel = c.channel
)
select d.cell, list(distinct s.feed) as feeds
from cell_days d
join scoped s on s.day = d.day and s.scope = case when starts_with(d.scope, 'sku=') then '*' else d.scope end
group by d.cell;

create macro by_scope(channel, sku, counts_whole, counts_sku) as
    unnest(scopes_of(channel, sku, counts_whole, counts_sku));

create table cell_sales as
with by_day as (
    select
        by_scope(channel, sku, counts_whole, counts_sku) as scope, day,
        gross, is_kept, units, seller_discount, platform_discount, order_key
    from sale_lines
)
select
    cell,
    sum(gross) as gmv,
    sum(gross) filter (where is_kept) as gross_sales,
    sum(seller_discount) filter (where is_kept) as seller_discounts,
    sum(platform_discount) filter (where is_kept) as platform_discounts,
    sum(units) filter (where is_kept) as units,
    count(distinct order_key) filter (where is_kept) as orders
from cell_days join by_day using (scope, day)
group by cell;

create table cell_refunds as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, refunds from refund_lines
)
select cell, sum(refunds) as refunds from cell_days join by_day using (scope, day) group by cell;

create table cell_costs as
with by_day as (
    select
        by_scope(channel, sku, counts_whole, counts_sku) as scope, day,
        net, cogs, case when cogs is not null then units end as costed_units,
        unit_cost is not null as has_cost, is_sale, has_fees, has_fulfilment
    from net_lines
)
select
    cell,
    -- Where things were sold and none of them has a cost, refunds of what has one make no costed sales.
    case when bool_or(is_sale and has_cost) or not bool_or(is_sale) then sum(net) filter (where has_cost) end as costed_net_sales,
    sum(cogs) as cogs,
    sum(costed_units) as costed_units,
    sum(net) filter (where has_fees) as fee_shop_net_sales,
    sum(net) filter (where has_fulfilment) as fulfilment_shop_net_sales,
    sum(net) filter (where has_fees and has_cost) as fee_net_sales,
    sum(cogs) filter (where has_fees) as fee_cogs
from cell_days join by_day using (scope, day)
group by cell;

create table cell_fees as
with by_day as (
    select
        by_scope(channel, sku, counts_whole, counts_sku) as scope, day,
        platform_fees, fulfilment_costs, storage_costs
    from fee_lines
)
select
    cell, sum(platform_fees) as platform_fees, sum(fulfilment_costs) as fulfilment_costs,
    sum(storage_costs) as storage_costs
from cell_days join by_day using (scope, day)
group by cell;

create table cell_creators as
with by_day as (
    select
        by_scope(channel, sku, counts_whole, counts_sku) as scope, day, affiliate_fees, affiliate_sales
    from creator_lines
)
select cell, sum(affiliate_fees) as affiliate_fees, sum(affiliate_sales) as affiliate_sales
from cell_days join by_day using (scope, day)
group by cell;

create table cell_settled as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, sales, sales_days from settled_lines
)
select cell, sum(sales) as settled_sales, sum(sales_days) as settled_sales_days
from cell_days join by_day using (scope, day)
group by cell;

create table cell_duties as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, duty, dutied_cogs from duty_lines
)
select cell, sum(duty) as duties, sum(dutied_cogs) as dutied_cogs
from cell_days join by_day using (scope, day)
group by cell;

create table cell_ads as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, * exclude (channel, shop, sku)
    from ad_lines
)
select
    cell, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend) as spend,
    sum(ad_sales) as ad_sales, sum(ad_orders) as ad_orders,
    sum(attributed_spend) as attributed_spend, sum(attributed_clicks) as attributed_clicks,
    sum(new_brand_orders) as new_brand_orders, sum(brand_orders) as brand_orders
from cell_days join by_day using (scope, day)
group by cell;

create table cell_traffic as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, * exclude (channel, shop, sku)
    from traffic_lines
)
select
    cell, sum(sessions) as sessions, sum(page_views) as page_views, sum(traffic_units) as traffic_units,
    sum(unit_sessions) as unit_sessions,
    sum(order_items) as order_items, sum(item_sessions) as item_sessions,
    sum(funnel_sessions) as funnel_sessions, sum(order_sessions) as order_sessions,
    sum(cart_step_sessions) as cart_step_sessions, sum(cart_sessions) as cart_sessions,
    sum(cart_step_orders) as cart_step_orders,
    sum(checkout_step_sessions) as checkout_step_sessions, sum(checkout_sessions) as checkout_sessions,
    sum(featured_views) as featured_views, sum(offer_views) as offer_views
from cell_days join by_day using (scope, day)
group by cell;

create table cell_returns as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, returned_units from return_lines
)
select cell, sum(returned_units) as returned_units from cell_days join by_day using (scope, day) group by cell;

create table cell_refund_costs as
with by_day as (
    select
        by_scope(channel, sku, counts_whole, counts_sku) as scope, day,
        gross, refunds, kept_fees, resale_units, resale_value
    from refund_cost_lines
)
select
    cell,
    coalesce(sum(gross), 0) as return_shop_gross_sales,
    coalesce(sum(refunds), 0) as return_shop_refunds,
    coalesce(sum(kept_fees), 0) as kept_fees,
    -- Where nobody knows what any of it cost, nothing is said.
    case when count(resale_units) = 0 or count(resale_value) > 0 then coalesce(sum(resale_value), 0) end
        as resale_value
from cell_days join by_day using (scope, day)
group by cell;

create table cell_payouts as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, payout from payout_lines
)
select cell, count(payout) as n_payouts from cell_days join by_day using (scope, day) group by cell;

create table cell_cohort as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, cohort_returned_units
    from cohort_lines
)
select cell, sum(cohort_returned_units) as cohort_returned_units
from cell_days join by_day using (scope, day)
group by cell;

create table cell_returnable as
with by_day as (
    select by_scope(channel, sku, counts_whole, counts_sku) as scope, day, returnable_units
    from returnable_lines
)
select cell, sum(returnable_units) as returnable_units
from cell_days join by_day using (scope, day)
group by cell;

-- Stock is a state, not a flow: the newest snapshot of a shop on or before the period's end.
create table snapshots as
select distinct channel, shop, first_day as day from stock where counts_whole;

create table stock_lines as
select
    s.channel, s.shop, s.sku, s.first_day as day,
    s.available::decimal(18, 4) as available,
    s.available::decimal(18, 4) * c.unit_cost as value_at_cost
from stock s
asof left join unit_costs c on s.sku = c.sku and s.first_day >= c.day
where s.counts_whole;

create macro in_scope(scope, channel, sku) as
    scope = '' or scope = 'channel=' || channel or scope = 'sku=' || sku;

create table cell_stock as
with newest as (
    select c.cell, c.scope, s.channel, s.shop, max(s.day) as day
    from cells c join snapshots s on s.day <= c.to_day
    group by all
)
select n.cell, sum(l.available) as stock_available
from newest n join stock_lines l using (channel, shop, day)
where in_scope(n.scope, l.channel, l.sku)
group by n.cell;

-- What was sold of the goods that a snapshot knows, in the shops where they lie.
create table stocked_sales as
select
    day, channel, shop, sku, sum(units) as units, sum(cogs) as cogs,
    sum(net) filter (where unit_cost is not null) as net
from net_lines
where counts_whole and (channel, shop, sku) in (select (channel, shop, sku) from stock_lines)
group by all;

create table cell_stocked_sales as
select
    c.cell,
    sum(s.units) filter (where s.day > c.to_day - 30) as units_last_30_days,
    sum(s.units) filter (where s.day > c.to_day - 90) as units_last_90_days,
    sum(s.cogs) as cogs_last_365_days,
    sum(s.net) as net_sales_last_365_days
from cells c
join stocked_sales s
    on s.day between c.to_day - 364 and c.to_day and in_scope(c.scope, s.channel, s.sku)
group by c.cell;

-- The first day of which sales are known: what looks back further has no value.
create table cell_first_sales as
select c.cell, min(s.day) as first_sales
from cells c
join covered s
    on s.feed = 'sales' and (not starts_with(c.scope, 'channel=') or c.scope = 'channel=' || s.channel)
group by c.cell;

-- The mean of a shop's snapshots in a year, four of them at least: what a snapshot does not list was not
-- there. Shops are added up, so the value is only known when it is known of each that has snapshots then.
create table cell_stock_value as
with windows as (
    select
        c.cell, c.scope, s.channel, s.shop, s.day,
        count(*) over (partition by c.cell, s.channel, s.shop) as n_snapshots
    from cells c join snapshots s on s.day between c.to_day - 364 and c.to_day
),
means as (
    select
        w.cell, w.channel, w.shop,
        case when any_value(n_snapshots) >= 4
            then money(round(sum(l.value_at_cost) / any_value(n_snapshots), 4)) end as value_at_cost
    from windows w join stock_lines l using (channel, shop, day)
    where in_scope(w.scope, l.channel, l.sku)
    group by all
)
select cell, case when count(*) = count(value_at_cost) then sum(value_at_cost) end as average_stock_value
from means
group by cell;

-- The whole business only: with a channel or a SKU chosen there is no value. A person's own sheets have
-- to speak of every day of the period: a month without rent would look like a good one.
create table cell_overheads as
select c.cell, sum(o.overheads) as overheads
from cells c join overhead_lines o on o.day between c.from_day and c.to_day
where c.scope = ''
group by c.cell, c.from_day, c.to_day
having count(distinct o.day) = c.to_day - c.from_day + 1;

create table cell_team as
select c.cell, sum(h.headcount) as headcount_days, count(distinct h.day) as days
from cells c join headcount_lines h on h.day between c.from_day and c.to_day
where c.scope = ''
group by c.cell, c.from_day, c.to_day
having count(distinct h.day) = c.to_day - c.from_day + 1;

-- What a platform states by itself: of each shop and kind the newest statement about days that are over
-- at the period's end.
create table cell_statements as
with newest as (
    select
        c.cell, s.kind, s.count::decimal(18, 4) as n_cases, s.base::decimal(18, 4) as base,
        row_number() over (
            partition by c.cell, s.channel, s.shop, s.kind order by s.first_day + s.n_days desc
        ) as nth
    from cells c
    join service s
        on s.first_day + s.n_days - 1 <= c.to_day and in_scope(c.scope, s.channel, null)
    where s.counts_whole
)
select
    cell,
    sum(n_cases) filter (where kind in ('order_defect_fba', 'order_defect_mfn')) as defects,
    sum(base) filter (where kind in ('order_defect_fba', 'order_defect_mfn')) as defect_base,
    sum(n_cases) filter (where kind = 'late_shipment') as late,
    sum(base) filter (where kind = 'late_shipment') as late_base,
    sum(n_cases) filter (where kind = 'cancellation') as cancelled,
    sum(base) filter (where kind = 'cancellation') as cancelled_base,
    sum(n_cases) filter (where kind = 'valid_tracking') as tracked,
    sum(base) filter (where kind = 'valid_tracking') as tracked_base,
    sum(n_cases) filter (where kind = 'on_time_delivery') as delivered,
    sum(base) filter (where kind = 'on_time_delivery') as delivered_base
from newest
where nth = 1
group by cell;

-- Where goods of a scope ever lay.
create table cell_shops as
select distinct c.cell, c.scope, c.to_day, l.channel, l.shop
from cells c join stock_lines l on in_scope(c.scope, l.channel, l.sku);

-- The mean of the units of a shop's snapshots in 90 days, three of them at least.
create table cell_stock_units as
with windows as (
    select
        c.cell, c.scope, c.channel, c.shop, s.day,
        count(*) over (partition by c.cell, c.channel, c.shop) as n_snapshots
    from cell_shops c
    join snapshots s on s.channel = c.channel and s.shop = c.shop and s.day between c.to_day - 89 and c.to_day
),
means as (
    select
        w.cell, w.channel, w.shop,
        case when any_value(n_snapshots) >= 3 then money(round(
            coalesce(sum(l.available) filter (where in_scope(w.scope, l.channel, l.sku)), 0)
                / any_value(n_snapshots), 4)) end as units
    from windows w left join stock_lines l using (channel, shop, day)
    group by all
)
select cell, case when count(*) = count(units) then sum(units) end as average_stock_units
from means
group by cell;

-- SKU by SKU. A SKU is judged where all its net sales have a cost and some of them fees.
create table cell_skus as
select
    d.cell, l.sku, sum(units) as units, sum(net) as net,
    sum(units) filter (where (channel, shop) in (select (channel, shop) from stock)) as stocked_units,
    case when sum(fee_units) > 0 and sum(costed_net) = sum(net) then sum(fee_net) - sum(costs) end as margin
from cell_days d
join sku_lines l on l.day = d.day and in_scope(d.scope, l.channel, l.sku)
group by d.cell, l.sku;

create table cell_sku_counts as
with ranked as (
    select
        s.*, row_number() over (partition by cell order by net desc) as nth,
        f.first_day > c.to_day - 90 as is_new
    from cell_skus s
    join cells c using (cell)
    left join first_sales_of_skus f using (sku)
)
select
    cell,
    count(*) filter (where units > 0) as skus_sold,
    count(margin) as judged_skus,
    count(*) filter (where margin < 0) as losing_skus,
    sum(net) filter (where nth <= 10) as top_10_net_sales,
    coalesce(sum(net) filter (where is_new), 0) as new_sku_net_sales,
    sum(net) as sku_net_sales,
    count(*) filter (where stocked_units > 0) as moving_skus
from ranked
group by cell;

create table cell_newest_stock as
select c.cell, c.scope, c.to_day, c.channel, c.shop, max(s.day) as day
from cell_shops c
join snapshots s on s.channel = c.channel and s.shop = c.shop and s.day <= c.to_day
group by all;

-- SKUs that lie there or were sold, in shops with snapshots.
create table cell_stocked_skus as
with there as (
    select n.cell, l.sku
    from cell_newest_stock n join stock_lines l using (channel, shop, day)
    where in_scope(n.scope, l.channel, l.sku) and l.available > 0
    union
    select cell, sku from cell_skus where stocked_units > 0
)
select n.cell, count(distinct t.sku) as stocked_skus
from (select distinct cell from cell_newest_stock) n left join there t using (cell)
group by n.cell;

-- The twelve weeks up to the period's end: a SKU that lost money in eight of them loses money.
create table week_ends as
select distinct scope, to_day, unnest(range(12)) as week from cells;

create table losing_skus as
with days as (
    select scope, to_day, week, unnest(generate_series(
        to_day - 7 * week::int - 6, to_day - 7 * week::int, interval 1 day))::date as day
    from week_ends
),
weeks as (
    select
        d.scope, d.to_day, d.week, l.sku,
        case when sum(fee_units) > 0 and sum(costed_net) = sum(net) then sum(fee_net) - sum(costs) end as margin
    from days d
    join sku_lines l on l.day = d.day and in_scope(d.scope, l.channel, l.sku)
    group by all
)
select scope, to_day, sku
from weeks
where margin < 0
group by all
having count(*) >= 8;

-- In how many of these weeks fees are told, on any day.
create table fee_weeks as
select w.scope, w.to_day, count(distinct w.week) as n_weeks
from week_ends w
join covered p
    on p.feed = 'platform_fees' and p.day between w.to_day - 7 * w.week::int - 6 and w.to_day - 7 * w.week::int
    and (not starts_with(w.scope, 'channel=') or w.scope = 'channel=' || p.channel)
group by all;

create table cell_loss_makers as
with inbound as (
    select n.cell, sum(coalesce(s.inbound, '0')::decimal(18, 4) * c.unit_cost) as worth
    from cell_newest_stock n
    join stock s on s.channel = n.channel and s.shop = n.shop and s.first_day = n.day and s.counts_whole
    join losing_skus x on x.scope = n.scope and x.to_day = n.to_day and x.sku = s.sku
    asof left join unit_costs c on s.sku = c.sku and s.first_day >= c.day
    group by n.cell
)
select n.cell, coalesce(any_value(i.worth), 0) as loss_maker_inbound
from cell_newest_stock n
join fee_weeks f on f.scope = n.scope and f.to_day = n.to_day and f.n_weeks = 12
left join inbound i using (cell)
group by n.cell;

-- A snapshot speaks of its day and six more, unless a newer one does. What a SKU sold in the 90 days before
-- it is what it can be expected to sell.
create table known_sales as
select channel, shop, min(day) as first_day from covered where feed = 'sales' group by all;

create table stock_days as
with spans as (
    select
        channel, shop, day,
        least(day + 7, coalesce(lead(day) over (partition by channel, shop order by day), day + 7)) as until
    from snapshots
),
first_seen as (select channel, shop, sku, min(day) as first_day from stock_lines group by all),
sales as (
    select day, channel, shop, sku, sum(units) as units, sum(gross) as gross
    from sale_lines where counts_sku and is_kept and sku <> '' group by all
),
levels as (
    select
        s.channel, s.shop, s.day, s.until, f.sku,
        coalesce((
            select sum(l.available) from stock_lines l
            where l.channel = s.channel and l.shop = s.shop and l.day = s.day and l.sku = f.sku
        ), 0) as available
    from spans s
    join first_seen f on f.channel = s.channel and f.shop = s.shop and f.first_day <= s.day
),
expected as (
    select l.*, sum(b.units) as units, sum(b.gross) as gross
    from levels l
    join sales b
        on b.channel = l.channel and b.shop = l.shop and b.sku = l.sku
        and b.day between l.day - 90 and l.day - 1
    group by all
)
select
    e.channel, sku, available > 0 as is_there, units,
    (floor(((gross * 10000)::hugeint + 45) / 90) / 10000)::decimal(18, 4) as a_day,
    unnest(generate_series(day, until - 1, interval 1 day))::date as day
from expected e
join known_sales k on k.channel = e.channel and k.shop = e.shop
-- Of fewer than 90 days before nobody knows what was sold in them.
where units > 0 and k.first_day <= day - 90;

create table cell_stock_days as
select
    d.cell,
    coalesce(sum(units) filter (where is_there), 0) as demand_in_stock,
    sum(units) as demand_of_stock_days,
    count(*) filter (where not is_there) as stock_out_days,
    coalesce(sum(a_day) filter (where not is_there), 0) as lost_sales
from cell_days d
join stock_days s on s.day = d.day and in_scope(d.scope, s.channel, s.sku)
group by d.cell;

-- Of the reports that tell ages and what is too much there is one for each shop.
create table age_lines as
select
    channel, shop, sku, first_day as day,
    aged_181_270::decimal(18, 4) + aged_271_365::decimal(18, 4) + aged_over_365::decimal(18, 4) as old,
    aged_0_90::decimal(18, 4) + aged_91_180::decimal(18, 4) + old as units,
    excess::decimal(18, 4) as excess, available::decimal(18, 4) as available
from stock
where aged_0_90 is not null and excess is not null;

create table cell_ages as
with newest as (
    select c.cell, c.scope, l.channel, l.shop, max(a.day) as day
    from cells c
    join (select distinct channel, shop, sku from age_lines) l on in_scope(c.scope, l.channel, l.sku)
    join age_lines a on a.channel = l.channel and a.shop = l.shop and a.day <= c.to_day
    group by all
)
select
    n.cell,
    coalesce(sum(old) filter (where in_scope(n.scope, a.channel, a.sku)), 0) as aged_units,
    coalesce(sum(units) filter (where in_scope(n.scope, a.channel, a.sku)), 0) as units_of_known_age,
    coalesce(sum(excess) filter (where in_scope(n.scope, a.channel, a.sku)), 0) as excess_units,
    coalesce(sum(available) filter (where in_scope(n.scope, a.channel, a.sku)), 0) as units_of_known_excess
from newest n join age_lines a using (channel, shop, day)
group by n.cell;

-- A term is wasted that had so many clicks that an order would have come with 95 % probability.
create table cell_terms as
with sums as (
    select d.cell, channel, shop, campaign, ad_group, search_term,
        sum(spend) as spend, sum(clicks) as clicks, sum(orders) as orders
    from cell_days d
    join term_lines t on t.day = d.day and (d.scope = '' or d.scope = 'channel=' || t.channel)
    group by all
),
rates as (
    select cell, sum(orders) / nullif(sum(clicks), 0) as rate, sum(spend) as spend, sum(clicks) as clicks
    from sums group by cell
)
select
    r.cell, any_value(r.spend) as term_spend,
    case when any_value(r.clicks) = 0 then 0 when any_value(r.rate) > 0 then coalesce(sum(s.spend) filter (where
        s.orders = 0 and s.clicks >= case when rate >= 1 then 1 else ceil(ln(0.05) / ln(1 - rate)) end), 0)
    end as wasted_spend
from rates r join sums s using (cell)
group by r.cell;

create table cell_files as
select
    c.cell, sum(f.rows::bigint) as read_rows, sum(f.rejected::bigint) as rejected_rows,
    count(*) as read_files, count(*) filter (where f.signed = 'true') as signed_files
from cells c
join files f
    on f."from"::date <= c.to_day and f."to"::date >= c.from_day
    and (not starts_with(c.scope, 'channel=') or c.scope = 'channel=' || f.channel)
group by c.cell;

-- Reports of shops that began, and those that tell of one of the last seven days.
create table cell_sources as
with begun as (
    select c.cell, c.to_day, f.report, f.channel, f.shop, max(f."to"::date) as last_day
    from cells c
    join files f
        on f."from"::date <= c.to_day and f.sheet = 'false'
        and (not starts_with(c.scope, 'channel=') or c.scope = 'channel=' || f.channel)
    group by all
)
select cell, count(*) as sources, count(*) filter (where last_day > to_day - 7) as fresh_sources
from begun
group by cell;

-- What was sold and spent by day, with which a target of a year later is spread.
create table weights as
select 'sales.net' as kpi, unnest(scopes_of(channel, sku, counts_whole, counts_sku)) as scope, day, gross as amount
from sale_lines where is_kept
union all
select 'ads.spend', unnest(scopes_of(channel, sku, counts_whole, counts_sku)), day, spend from ad_lines;

create table spans_told as
select distinct scope, kpi, day
from (
    select unnest(['', 'channel=' || channel]) as scope, 'sales.net' as kpi, day from covered where feed = 'sales'
    union
    select unnest(['', 'channel=' || channel]), 'ads.spend', day from covered where feed = 'ads'
);

create table target_days as
select
    t.*, d.day::date as day,
    (coalesce((
        select sum(w.amount) from weights w where w.kpi = t.kpi and w.scope = t.scope and w.day = d.day - 364
    ), 0) * 10000)::hugeint as weight,
    exists (
        select 1 from spans_told s where s.kpi = t.kpi and s.scope = t.scope and s.day = d.day - 364
    ) as is_told
from (select *, row_number() over () as target from target_lines) t,
    unnest(generate_series(first_day, last_day, interval 1 day)) as e(stamp),
    lateral (select e.stamp::date as day) d;

create table target_sums as
select target, sum(weight) as weight, bool_and(is_told) as is_told, count(*) as n_days
from target_days group by target;

-- Of two targets of a day the one for fewer days counts.
create table cell_targets as
with ranked as (
    select
        c.cell, c.from_day, c.to_day, t.*,
        row_number() over (partition by c.cell, t.kpi, t.day order by t.last_day - t.first_day) as nth
    from cell_days d join cells c using (cell) join target_days t on t.scope = d.scope and t.day = d.day
),
parts as (
    select
        r.cell, r.kpi, r.target, any_value(r.to_day - r.from_day + 1) as asked, count(*) as n,
        any_value(r.commit) as commit,
        (any_value(r.commit) * 10000)::hugeint as whole, sum(r.weight)::hugeint as own
    from ranked r where nth = 1
    group by r.cell, r.kpi, r.target
),
shares as (
    select
        p.*, case
            when s.is_told and s.weight > 0 then (2 * whole * own + s.weight::hugeint) // (2 * s.weight::hugeint)
            else (2 * whole * n + s.n_days) // (2 * s.n_days)
        end / 10000 as planned
    from parts p join target_sums s using (target)
)
select
    cell, kpi,
    case when sum(n) = any_value(asked) then sum(planned)::decimal(18, 4) end as planned
from shares
group by cell, kpi;

-- The target that a period belongs to: the one for the fewest days of those that contain it.
create table cell_whole_targets as
select c.cell, arg_min(t.commit, t.last_day - t.first_day) as target
from cells c
join target_lines t
    on t.scope = c.scope and t.kpi = 'sales.net' and t.first_day <= c.from_day and t.last_day >= c.to_day
group by c.cell;

-- Shops of which less is known than of others: what they will have sold is to be expected of eight weeks at
-- least, and of shops that are silent for long nothing is.
create table cell_lagging as
with shops as (
    select channel, shop, min(day) as first_day, max(day) as last_day
    from covered where feed = 'sales' group by all
)
select c.cell, bool_or(s.last_day - 55 < s.first_day) as is_short
from cells c
join shops s
    on s.last_day < c.to_day
    and (not starts_with(c.scope, 'channel=') or c.scope = 'channel=' || s.channel)
    and (s.last_day > (select max(last_day) from shops) - 35 or starts_with(c.scope, 'channel='))
group by c.cell;

-- A day that a file covers without a row is 0; what no file covers is missing.
create macro if_told(feeds, feed, x) as case when list_contains(feeds, feed) then coalesce(x, 0) end;

create table measures as
select
    c.cell, c.scope, c.from_day, c.to_day,
    if_told(feeds, 'sales', gmv) as gmv,
    if_told(feeds, 'sales', gross_sales) as gross_sales,
    if_told(feeds, 'sales', seller_discounts) as seller_discounts,
    if_told(feeds, 'sales', platform_discounts) as platform_discounts,
    if_told(feeds, 'orders', orders) as orders,
    if_told(feeds, 'units', units) as units,
    -- By the day of its order a refund may lie before the days that its file covers.
    coalesce(if_told(feeds, 'refunds', refunds), refunds) as refunds,
    if_told(feeds, 'sales', costed_net_sales) as costed_net_sales,
    if_told(feeds, 'sales', cogs) as cogs,
    if_told(feeds, 'sales', costed_units) as costed_units,
    if_told(feeds, 'platform_fees', fee_shop_net_sales) as fee_shop_net_sales,
    if_told(feeds, 'fulfilment', fulfilment_shop_net_sales) as fulfilment_shop_net_sales,
    if_told(feeds, 'platform_fees', fee_net_sales) as fee_net_sales,
    if_told(feeds, 'platform_fees', fee_cogs) as fee_cogs,
    if_told(feeds, 'platform_fees', platform_fees) as platform_fees,
    if_told(feeds, 'fulfilment', fulfilment_costs) as fulfilment_costs,
    if_told(feeds, 'fulfilment', storage_costs) as storage_costs,
    if_told(feeds, 'ad_impressions', impressions) as impressions,
    if_told(feeds, 'ad_clicks', clicks) as clicks,
    if_told(feeds, 'ads', spend) as spend,
    if_told(feeds, 'ad_sales', ad_sales) as ad_sales,
    if_told(feeds, 'ad_sales', attributed_spend) as attributed_spend,
    if_told(feeds, 'ad_orders', ad_orders) as ad_orders,
    if_told(feeds, 'ad_orders', attributed_clicks) as attributed_clicks,
    if_told(feeds, 'new_brand_orders', new_brand_orders) as new_brand_orders,
    if_told(feeds, 'new_brand_orders', brand_orders) as brand_orders,
    if_told(feeds, 'sessions', sessions) as sessions,
    if_told(feeds, 'page_views', page_views) as page_views,
    if_told(feeds, 'traffic_units', traffic_units) as traffic_units,
    if_told(feeds, 'traffic_units', unit_sessions) as unit_sessions,
    if_told(feeds, 'order_items', order_items) as order_items,
    if_told(feeds, 'order_items', item_sessions) as item_sessions,
    if_told(feeds, 'funnel', funnel_sessions) as funnel_sessions,
    if_told(feeds, 'funnel', order_sessions) as order_sessions,
    if_told(feeds, 'carts', cart_step_sessions) as cart_step_sessions,
    if_told(feeds, 'carts', cart_sessions) as cart_sessions,
    if_told(feeds, 'carts', cart_step_orders) as cart_step_orders,
    if_told(feeds, 'checkouts', checkout_step_sessions) as checkout_step_sessions,
    if_told(feeds, 'checkouts', checkout_sessions) as checkout_sessions,
    if_told(feeds, 'featured_views', featured_views) as featured_views,
    if_told(feeds, 'featured_views', offer_views) as offer_views,
    if_told(feeds, 'returns', returned_units) as returned_units,
    if_told(feeds, 'returns', cohort_returned_units) as cohort_returned_units,
    if_told(feeds, 'returns', returnable_units) as returnable_units,
    if_told(feeds, 'dispositions', return_shop_refunds) as return_shop_refunds,
    if_told(feeds, 'dispositions', return_shop_gross_sales) as return_shop_gross_sales,
    if_told(feeds, 'dispositions', kept_fees) as kept_fees,
    -- No rate is planned: where there was a payout, its effect is not known.
    case when list_contains(feeds, 'payouts') and coalesce(n_payouts, 0) = 0 then 0 end as fx_effect,
    case when return_shop_refunds is null then if_told(feeds, 'dispositions', 0) else resale_value end
        as resale_value,
    stock_available,
    case when stock_available is not null and first_sales <= c.to_day - 29
        then coalesce(units_last_30_days, 0) end as units_last_30_days,
    case when average_stock_value is not null and first_sales <= c.to_day - 364
        then coalesce(cogs_last_365_days, 0) end as cogs_last_365_days,
    average_stock_value,
    case when average_stock_units is not null and first_sales <= c.to_day - 89
        then coalesce(units_last_90_days, 0) end as units_last_90_days,
    average_stock_units,
    case when average_stock_value is not null and first_sales <= c.to_day - 364
        then coalesce(net_sales_last_365_days, 0) end as net_sales_last_365_days,
    if_told(feeds, 'units', skus_sold) as skus_sold,
    if_told(feeds, 'platform_fees', judged_skus) as judged_skus,
    if_told(feeds, 'platform_fees', losing_skus) as losing_skus,
    if_told(feeds, 'units', top_10_net_sales) as top_10_net_sales,
    case when first_sales <= c.to_day - 179 then if_told(feeds, 'units', new_sku_net_sales) end
        as new_sku_net_sales,
    if_told(feeds, 'units', sku_net_sales) as sku_net_sales,
    if_told(feeds, 'units', stocked_skus) as stocked_skus,
    case when stocked_skus is not null then if_told(feeds, 'units', moving_skus) end as moving_skus,
    loss_maker_inbound, demand_in_stock, demand_of_stock_days, stock_out_days, lost_sales,
    aged_units, units_of_known_age, excess_units, units_of_known_excess,
    case when list_contains(feeds, 'search_terms') then case when term_spend is null then 0 else wasted_spend end
        end as wasted_spend,
    if_told(feeds, 'search_terms', term_spend) as term_spend,
    read_rows, rejected_rows, read_files, signed_files, sources, fresh_sources,
    if_told(feeds, 'affiliates', affiliate_fees) as affiliate_fees,
    if_told(feeds, 'affiliates', affiliate_sales) as affiliate_sales,
    if_told(feeds, 'settlements', settled_sales) as settled_sales,
    if_told(feeds, 'settlements', settled_sales_days) as settled_sales_days,
    case when list_contains(feeds, 'sales') then duties end as duties,
    case when list_contains(feeds, 'sales') then dutied_cogs end as dutied_cogs,
    whole_targets.target as target_net_sales, coalesce(is_short, false) as is_short, sales_targets.planned as planned_net_sales,
    spend_targets.planned as planned_spend, overhead_targets.planned as planned_overheads,
    overheads, headcount_days, days,
    defects, defect_base, late, late_base, cancelled, cancelled_base,
    tracked, tracked_base, delivered, delivered_base
from cells c
left join told using (cell)
left join cell_sales using (cell)
left join cell_refunds using (cell)
left join cell_costs using (cell)
left join cell_fees using (cell)
left join cell_ads using (cell)
left join cell_traffic using (cell)
left join cell_returns using (cell)
left join cell_cohort using (cell)
left join cell_refund_costs using (cell)
left join cell_payouts using (cell)
left join cell_returnable using (cell)
left join cell_stock using (cell)
left join cell_stocked_sales using (cell)
left join cell_first_sales using (cell)
left join cell_stock_value using (cell)
left join cell_stock_units using (cell)
left join cell_sku_counts using (cell)
left join cell_stocked_skus using (cell)
left join cell_loss_makers using (cell)
left join cell_stock_days using (cell)
left join cell_ages using (cell)
left join cell_terms using (cell)
left join cell_files using (cell)
left join cell_sources using (cell)
left join cell_whole_targets whole_targets using (cell)
left join cell_lagging using (cell)
left join cell_creators using (cell)
left join cell_duties using (cell)
left join cell_settled using (cell)
left join (select * from cell_targets where kpi = 'sales.net') sales_targets using (cell)
left join (select * from cell_targets where kpi = 'ads.spend') spend_targets using (cell)
left join (select * from cell_targets where kpi = 'overheads') overhead_targets using (cell)
left join cell_overheads using (cell)
left join cell_team using (cell)
left join cell_statements using (cell);
