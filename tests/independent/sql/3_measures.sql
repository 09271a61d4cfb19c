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
        ('postings', ['refunds', 'platform_fees', 'fulfilment']),
        ('ads', ['ads', 'ad_impressions', 'ad_clicks', 'ad_sales', 'ad_orders', 'new_brand_orders']),
        ('traffic', ['sessions', 'traffic_units', 'page_views', 'order_items', 'funnel', 'carts', 'checkouts', 'featured_views']),
        ('returns', ['returns']),
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
        unit_cost is not null as has_cost, has_fees, has_fulfilment
    from net_lines
)
select
    cell,
    sum(net) filter (where has_cost) as costed_net_sales,
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
select day, channel, shop, sku, sum(units) as units, sum(cogs) as cogs
from net_lines
where counts_whole and (channel, shop, sku) in (select (channel, shop, sku) from stock_lines)
group by all;

create table cell_stocked_sales as
select
    c.cell,
    sum(s.units) filter (where s.day > c.to_day - 30) as units_last_30_days,
    sum(s.cogs) as cogs_last_365_days
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
    stock_available,
    case when stock_available is not null and first_sales <= c.to_day - 29
        then coalesce(units_last_30_days, 0) end as units_last_30_days,
    case when average_stock_value is not null and first_sales <= c.to_day - 364
        then coalesce(cogs_last_365_days, 0) end as cogs_last_365_days,
    average_stock_value,
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
left join cell_returnable using (cell)
left join cell_stock using (cell)
left join cell_stocked_sales using (cell)
left join cell_first_sales using (cell)
left join cell_stock_value using (cell)
left join cell_overheads using (cell)
left join cell_team using (cell)
left join cell_statements using (cell);
