-- What the facts say by day, channel, shop and SKU: the part of every definition that needs no period.
-- The tables made here have the columns day, channel, shop, sku, counts_whole, counts_sku and sums.

-- The places of a row among the scopes that are looked at: the business, its channel, its SKU.
create macro scopes_of(channel, sku, counts_whole, counts_sku) as list_filter([
    case when counts_whole then '' end,
    case when counts_whole then 'channel=' || channel end,
    case when counts_sku then 'sku=' || sku end
], lambda scope: scope is not null);

-- Money in another currency is named by the engine, never added.
create macro is_ours(currency) as coalesce(currency, 'USD') = 'USD';

create macro money(x) as x::decimal(18, 4);

-- Which days of which shop are told by some file, one row a day.
create table covered as
select distinct feed, channel, shop, unnest(generate_series("from"::date, "to"::date, interval 1 day))::date as day
from covered_text;

-- Orders. What never was a sale (a replacement, goods sent for an order of another channel) is none.
-- GMV has cancelled orders, everything else leaves them out unless the contract counts them.
create table ordered_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    channel || '|' || order_id as order_key, order_id,
    status <> 'cancelled' or getvariable('excluded_orders') = 'in' as is_kept,
    units::decimal(18, 4) as units,
    money(gross)
        -- Marketplaces pay sales tax themselves: it is never the seller's.
        + case
            when getvariable('tax') = 'included'
                and (status <> 'cancelled' or getvariable('excluded_orders') = 'in')
                and channel not in ('amazon', 'tiktok', 'walmart', 'ebay', 'etsy', 'temu')
            then coalesce(money(tax), 0) else 0
        end as gross,
    coalesce(money(seller_discount), 0) as seller_discount,
    coalesce(money(platform_discount), 0) as platform_discount
from order_lines
where status <> 'not_a_sale' and is_ours(currency);

-- The same as the platforms book its money: the sale, and the promotion that the seller paid.
create table booked_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    case when category = 'product_sales' then channel || '|' || order_id end as order_key,
    true as is_kept,
    case when category = 'product_sales' then coalesce(units, '0')::decimal(18, 4) else 0 end as units,
    case when category = 'product_sales' then money(amount) else 0 end as gross,
    case when category = 'promotion' then -money(amount) else 0 end as seller_discount,
    0 as platform_discount,
    -- A report without units does not say what was sold, nor what it cost: of the SKU and the day.
    bool_or(category = 'product_sales' and units is null)
        over (partition by report, channel, shop, sku, first_day) as is_without_units
from postings
where category in ('product_sales', 'promotion') and is_ours(currency);

-- When an order's SKU left the warehouse: as a file of shipments says, or as it was booked by a platform
-- that books what it ships. A booking may name the order alone.
create table ship_days as
with told as (
    select channel, shop, order_id, coalesce(sku, '') as sku, first_day from shipments
    union all
    select channel, shop, order_id, coalesce(sku, ''), first_day
    from postings
    where category = 'product_sales' and (
        report in ('amazon.date_range', 'amazon.settlement_v1', 'amazon.settlement_v2')
        or starts_with(report, 'walmart.payments')
    )
)
select channel, shop, order_id, sku, min(first_day) as day from told where order_id <> '' group by all;

-- The same lines on the first day of their order’s shipments; what was not shipped is left out.
create table shipped_lines as
select l.* replace (f.day as day)
from ordered_lines l
join (select channel, shop, order_id, min(day) as day from ship_days group by all) f using (channel, shop, order_id)
where exists (
    select 1 from ship_days s
    where s.channel = l.channel and s.shop = l.shop and s.order_id = l.order_id
        and s.sku in (coalesce(l.sku, ''), '')
)
-- What no file tells of on that day is no sale of it.
and exists (
    select 1 from covered c
    where c.feed = 'sales' and c.channel = l.channel and c.shop = l.shop and c.day = f.day
);

create table sale_lines as
select * from ordered_lines where getvariable('sale_timing') = 'ordered'
union all by name
select * from shipped_lines where getvariable('sale_timing') = 'shipped'
union all by name
select * from booked_lines where getvariable('sale_timing') = 'settled';

-- The first day of each order that some file names: where sales count when they are shipped, that is the day.
create table order_days as
select channel, shop, order_id, min(day) as day
from (
    select * from ordered_lines where getvariable('sale_timing') <> 'shipped'
    union all
    select * from shipped_lines where getvariable('sale_timing') = 'shipped'
)
where is_kept and order_id <> ''
group by all;

-- Refunds by the day they are paid back. Postings are signed as the seller sees them: principal given
-- back is negative; the promotion that lowered it is taken back from the buyer and positive.
create table refund_lines as
with dated as (
    select
        case when getvariable('refund_timing') = 'order_date' then coalesce(o.day, first_day) else first_day end
            as day,
        channel, shop, sku, counts_whole, counts_sku, -money(amount) as refunds
    from postings
    left join order_days o using (channel, shop, order_id)
    where category in ('refund_principal', 'promotion_refund') and is_ours(currency)
)
-- Of sales that are not booked there is nothing to give back.
select d.* from dated d
where getvariable('sale_timing') = 'ordered' or exists (
    select 1 from covered c
    where c.feed = 'sales' and c.channel = d.channel and c.shop = d.shop and c.day = d.day
);

-- The landed cost of a SKU holds from its day until the next one.
create table unit_costs as
select sku, first_day as day, money(unit_cost) as unit_cost, money(duty) as duty
from costs
where counts_sku and is_ours(currency);

-- Net sales and units with the cost in force on the day, and whether the fees and the fulfilment costs of
-- the shop are known on it.
create table net_lines as
with lines as (
    select
        day, channel, shop, sku, counts_whole, counts_sku, units, true as is_sale,
        coalesce(is_without_units, false) as is_without_units,
        gross - seller_discount
            - case when getvariable('platform_discounts') = 'out' then platform_discount else 0 end as net
    from sale_lines
    where is_kept
    union all
    select day, channel, shop, sku, counts_whole, counts_sku, 0, false, false, -refunds
    from refund_lines
)
select
    l.*, case when not l.is_without_units then c.unit_cost end as unit_cost,
    case when not l.is_without_units then l.units * c.unit_cost end as cogs,
    p.day is not null as has_fees, f.day is not null as has_fulfilment
from lines l
asof left join unit_costs c on l.sku = c.sku and l.day >= c.day
left join covered p
    on p.feed = 'platform_fees' and p.channel = l.channel and p.shop = l.shop and p.day = l.day
left join covered f
    on f.feed = 'fulfilment' and f.channel = l.channel and f.shop = l.shop and f.day = l.day;

-- Fees, positive as costs. Storage is a part of fulfilment; where an account statement has it among the
-- fees of the FBA inventory, its description tells. (The title of a sale is that of the product, which
-- may be a storage box.)
create table fee_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    case when category in ('platform_fee', 'payment_fee', 'affiliate_fee') then -money(amount) end
        as platform_fees,
    case when category in ('fulfilment_fee', 'storage_fee') then -money(amount) end as fulfilment_costs,
    case
        when category = 'storage_fee' or kind = 'fba_inventory_fee' and contains(lower(title), 'storage')
        then -money(amount)
    end as storage_costs
from postings
where is_ours(currency);

-- What creators get, and the sales of the orders for which they do.
create table creator_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    case when category = 'affiliate_fee' then -money(amount) end as affiliate_fees,
    case when category = 'product_sales' and (file, order_id) in (
        select (file, order_id) from postings where category = 'affiliate_fee' and money(amount) <> 0
    ) then money(amount) end as affiliate_sales
from postings
where is_ours(currency);

-- Sales of settlements on the last day of theirs, and the days since their orders. Which report counts was
-- decided among those that tell settlements apart.
create table settled_lines as
with ended as (
    select *, max(first_day) over (partition by file, settlement) as ended_on
    from postings where coalesce(settlement, '') <> ''
)
select
    e.ended_on as day, channel, shop, e.sku, true as counts_whole, true as counts_sku,
    money(amount) as sales, money(amount) * greatest(e.ended_on - o.day, 0) as sales_days
from ended e
join order_days o using (channel, shop, order_id)
where e.category = 'product_sales' and is_ours(currency);

-- Duty in the goods sold, where the cost in force tells it; what was cancelled adds no units.
create table duty_lines as
select
    l.day, l.channel, l.shop, l.sku, l.counts_whole, l.counts_sku,
    case when l.is_kept then l.units else 0 end * c.duty as duty,
    case when l.is_kept then l.units else 0 end * c.unit_cost as dutied_cogs
from sale_lines l
asof join unit_costs c on l.sku = c.sku and l.day >= c.day
where c.duty is not null;

-- What is wanted of a KPI over some days: of the business, or of a channel by its name.
create table target_lines as
select
    kpi, case when coalesce(shop, '') = '' then '' else 'channel=' || lower(shop) end as scope,
    first_day, (first_day + n_days - 1)::date as last_day, money(commit) as commit
from targets
where coalesce(sku, '') = '' and is_ours(currency);

-- Ads. Who states conversions instead of orders is believed. Who is new to the brand is told by some
-- reports only; the share is one of the orders of these.
create table ad_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    impressions::decimal(18, 4) as impressions,
    clicks::decimal(18, 4) as clicks,
    money(spend) as spend,
    money(sales) as ad_sales,
    case when sales is not null then money(spend) end as attributed_spend,
    case when coalesce(orders, conversions) is not null then clicks::decimal(18, 4) end as attributed_clicks,
    coalesce(orders, conversions)::decimal(18, 4) as ad_orders,
    new_buyer_orders::decimal(18, 4) as new_brand_orders,
    case when new_buyer_orders is not null then orders::decimal(18, 4) end as brand_orders
from ads
where is_ours(currency);

-- Visits. A visitor of three products is one session of the shop: only a report about the whole shop
-- has sessions that may be called its total. The sessions under a rate are those of the reports that
-- state what is above it.
create table traffic_lines as
select
    first_day as day, channel, shop, sku, counts_whole, counts_sku,
    case when is_whole_shop then sessions::decimal(18, 4) end as sessions,
    page_views::decimal(18, 4) as page_views,
    units::decimal(18, 4) as traffic_units,
    case when units is not null and is_whole_shop then sessions::decimal(18, 4) end as unit_sessions,
    order_items::decimal(18, 4) as order_items,
    case when order_items is not null then sessions::decimal(18, 4) end as item_sessions,
    case when orders is not null then sessions::decimal(18, 4) end as funnel_sessions,
    orders::decimal(18, 4) as order_sessions,
    case when carts is not null and orders is not null then sessions::decimal(18, 4) end as cart_step_sessions,
    case when orders is not null then carts::decimal(18, 4) end as cart_sessions,
    case when carts is not null then orders::decimal(18, 4) end as cart_step_orders,
    case when checkouts is not null then sessions::decimal(18, 4) end as checkout_step_sessions,
    checkouts::decimal(18, 4) as checkout_sessions,
    featured_views::decimal(18, 4) as featured_views,
    case when featured_views is not null then page_views::decimal(18, 4) end as offer_views
from traffic;

create table return_lines as
select first_day as day, channel, shop, sku, counts_whole, counts_sku, units::decimal(18, 4) as returned_units
from returns;

-- The same by the day of the order, where some file names it.
create table cohort_lines as
select o.day, channel, shop, r.sku, counts_whole, counts_sku, units::decimal(18, 4) as cohort_returned_units
from returns r join order_days o using (channel, shop, order_id);

-- What could have come back: units sold on days and in shops whose returns are loaded.
create table returnable_lines as
select s.day, s.channel, s.shop, s.sku, s.counts_whole, s.counts_sku, s.units as returnable_units
from sale_lines s
join covered c on c.feed = 'returns' and c.channel = s.channel and c.shop = s.shop and c.day = s.day
where s.is_kept;

-- Days and shops whose returns say in which state goods came back, and whose fees are loaded.
create table refund_cost_days as
select d.channel, d.shop, d.day
from covered d
join covered f on f.feed = 'platform_fees' and f.channel = d.channel and f.shop = d.shop and f.day = d.day
where d.feed = 'dispositions'
group by all;

-- What stays with the platform of the fees of orders of which something was given back, on the day of the
-- last refund: of the part that was given back what had been charged, less what came back of it.
create table kept_fee_lines as
with by_order as (
    select
        report, channel, shop, order_id, sku,
        sum(money(amount)) filter (where category = 'product_sales') as sold,
        -sum(money(amount)) filter (where category = 'refund_principal') as refunded,
        -sum(money(amount)) filter (where category = 'platform_fee' and kind not in ('refund', 'chargeback'))
            as charged,
        sum(money(amount)) filter (where category = 'platform_fee' and kind in ('refund', 'chargeback'))
            as given_back,
        max_by(
            {'day': first_day, 'counts_whole': counts_whole, 'counts_sku': counts_sku}, first_day
        ) filter (where category = 'refund_principal') as last
    from postings
    where is_ours(currency) and coalesce(order_id, '') <> ''
    group by all
)
select
    case when getvariable('refund_timing') = 'order_date' then coalesce(o.day, last.day) else last.day end as day,
    channel, shop, sku, last.counts_whole as counts_whole, last.counts_sku as counts_sku,
    round(coalesce(charged, 0)::decimal(38, 10) * least(refunded, sold) / sold, 4)::decimal(18, 4)
        - coalesce(given_back, 0) as kept_fees
from by_order
left join order_days o using (channel, shop, order_id)
where last is not null and sold > 0;

-- Each part of what refunds cost, on the days on which it is known.
create table refund_cost_lines as
with parts as (
    select day, channel, shop, sku, counts_whole, counts_sku, gross, null as refunds, null as kept_fees,
        null as resale_units
    from sale_lines where is_kept
    union all
    select day, channel, shop, sku, counts_whole, counts_sku, null, refunds, null, null from refund_lines
    union all
    select day, channel, shop, sku, counts_whole, counts_sku, null, null, kept_fees, null from kept_fee_lines
    union all
    select
        case when getvariable('refund_timing') = 'order_date' then coalesce(o.day, first_day) else first_day end,
        channel, shop, sku, counts_whole, counts_sku, null, null, null, units::decimal(18, 4)
    from returns
    left join order_days o using (channel, shop, order_id)
    where upper(disposition) = 'SELLABLE'
)
select p.*, p.resale_units * c.unit_cost as resale_value
from parts p
semi join refund_cost_days using (channel, shop, day)
asof left join unit_costs c on c.sku = p.sku and c.day <= p.day;

-- What went to the bank.
create table payout_lines as
select first_day as day, channel, shop, sku, counts_whole, counts_sku, -money(amount) as payout
from postings
where category = 'transfer' and report = 'amazon.date_range';

-- Overheads are spread over their days in ten-thousandths: what is due up to a day less what was due
-- up to the day before, so that the parts add up exactly. They belong to no channel and no SKU.
create table overhead_lines as
with parts as (
    select *, (money(amount) * 10000)::hugeint as ten_thousandths, unnest(range(n_days)) as nth
    from overheads
    where counts_whole and is_ours(currency)
)
select
    (first_day + nth::int)::date as day,
    money((ten_thousandths * (nth + 1) // n_days - ten_thousandths * nth // n_days) / 10000) as overheads
from parts;

-- The team, added up over its days.
create table headcount_lines as
select (first_day + unnest(range(n_days))::int)::date as day, headcount::decimal(18, 4) as headcount
from people
where counts_whole;

-- What is known of single SKUs: what each line adds to its sales and to its contribution margin 3.
create table sku_lines as
with lines as (
    select
        day, channel, shop, sku, units, net,
        case when unit_cost is not null then net else 0 end as costed_net,
        case when unit_cost is not null and has_fees then net else 0 end as fee_net,
        case when unit_cost is not null and has_fees then units else 0 end as fee_units,
        case when has_fees then coalesce(cogs, 0) else 0 end as costs
    from net_lines
    where counts_sku
    union all
    select
        day, channel, shop, sku, 0, 0, 0, 0, 0,
        coalesce(platform_fees, 0) + coalesce(fulfilment_costs, 0)
    from fee_lines
    where counts_sku
    union all
    select day, channel, shop, sku, 0, 0, 0, 0, 0, coalesce(spend, 0)
    from ad_lines
    where counts_sku
)
select
    day, channel, shop, sku, sum(units) as units, sum(net) as net, sum(costed_net) as costed_net,
    sum(fee_net) as fee_net, sum(fee_units) as fee_units, sum(costs) as costs
from lines
where sku <> ''
group by all;

-- The first day on which any shop sold a SKU, whatever report says it.
create table first_sales_of_skus as
select sku, min(day) as first_day from sale_lines where is_kept and units > 0 and sku <> '' group by sku;

-- Search terms, ad group by ad group. Other reports state the same spend without the terms.
create table term_lines as
select
    first_day as day, channel, shop, coalesce(campaign, '') as campaign, coalesce(ad_group, '') as ad_group,
    search_term, money(spend) as spend, clicks::decimal(18, 4) as clicks,
    coalesce(orders, conversions)::decimal(18, 4) as orders
from ads
where search_term <> '' and is_ours(currency) and clicks is not null
    and coalesce(orders, conversions) is not null;
