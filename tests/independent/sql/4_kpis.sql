-- The KPIs of every cell, each as {value, why, is_exact}: `why` says why there is no value.
--
-- missing   something it rests on is told by no file, or too little of it
-- zero      it would be divided by zero
-- negative  by a negative number, which makes no rate

create macro exact(x) as {
    'value': x::decimal(38, 12), 'why': case when x is null then 'missing' end, 'is_exact': true
};

create macro ratio(a, b) as {
    'value': case when b > 0 then (a::double / b::double)::decimal(38, 12) end,
    'why': case
        when a is null or b is null then 'missing'
        when b = 0 then 'zero'
        when b < 0 then 'negative'
    end,
    'is_exact': false
};

-- What is made of a ratio has no value where that has none, for its reason.
create macro carried(part, made) as
    case when part.why is null then made else {'value': null, 'why': part.why, 'is_exact': false} end;

-- Cannot be worked out from facts: typed by a person, or of buyers, who are not among the facts.
create macro untold() as exact(null::decimal(38, 12));

-- Net sales, and profit level by level. Where more than 5 % of net sales have no cost (or any, as the
-- contract on missing costs may ask), there is no profit. Net sales can be below zero: it is the size of
-- the part without a cost that counts.
create table profits as
with net as (
    select
        *,
        gross_sales - seller_discounts - coalesce(refunds, 0)
            - case when getvariable('platform_discounts') = 'out' then platform_discounts else 0 end as net
    from measures
),
known as (
    select
        *,
        abs(net - costed_net_sales) <= abs(net)
            * case when getvariable('missing_cost') = 'block' then 0 else 0.05 end as has_costs
    from net
),
gross as (
    select
        *,
        case when has_costs then costed_net_sales - cogs end as gross_profit,
        case when has_costs then fee_net_sales - fee_cogs - platform_fees end as cm1
    from known
)
select
    *,
    cm1 - fulfilment_costs as cm2,
    cm1 - fulfilment_costs - coalesce(spend, 0) as cm3,
    cm1 - fulfilment_costs - coalesce(spend, 0) - overheads as net_profit
from gross;

create table kpis as
select
    p.cell,
    exact(p.gmv) as "sales.gmv",
    exact(p.gross_sales) as "sales.gross",
    exact(p.net) as "sales.net",
    exact(p.orders) as "sales.orders",
    exact(p.units) as "sales.units",
    ratio(p.net, p.orders) as "sales.aov",
    ratio(p.gross_sales, p.units) as "sales.asp",
    ratio(p.net, w.net) as "sales.channel_share",
    ratio(p.seller_discounts, p.gmv) as "sales.discount_rate",
    ratio(p.refunds, p.gross_sales) as "sales.refund_rate",
    ratio(p.units, p.orders) as "sales.upo",
    ratio(p.net - y.net, y.net) as "sales.yoy",
    ratio(p.orders - p.ad_orders, p.orders) as "sales.organic_share",
    ratio(p.top_10_net_sales, p.sku_net_sales) as "sales.top10",
    ratio(p.new_sku_net_sales, p.sku_net_sales) as "sales.new_share",
    ratio(p.moving_skus, p.stocked_skus) as "sales.moving_rate",
    ratio(p.net, p.target_net_sales) as "sales.attain",
    ratio(p.net - p.planned_net_sales, p.planned_net_sales) as "sales.pace",

    exact(p.gross_profit) as "pl.gross_profit",
    ratio(p.gross_profit, p.costed_net_sales) as "pl.gross_margin",
    exact(p.cm1) as "pl.cm1",
    exact(p.cm2) as "pl.cm2",
    exact(p.cm3) as "pl.cm3",
    ratio(p.platform_fees, p.fee_shop_net_sales) as "pl.platform_fee_rate",
    ratio(p.fulfilment_costs, p.fulfilment_shop_net_sales) as "pl.fulfil_rate",
    ratio(p.cm2, p.fee_net_sales) as "pl.be_acos",
    exact(p.net_profit) as "pl.net_profit",
    ratio(p.net_profit, p.fee_net_sales) as "pl.net_margin",
    ratio(p.net_profit, p.fee_cogs) as "pl.roi",
    ratio(case when p.costed_units <> 0 or p.gmv = 0 then p.cogs end, p.costed_units) as "pl.landed_unit",
    ratio(p.overheads, p.net) as "fin.opex_rate",
    ratio(p.losing_skus, p.judged_skus) as "pl.loss_sku",
    ratio(
        p.return_shop_refunds - p.resale_value + p.kept_fees, p.return_shop_gross_sales
    ) as "pl.refund_cost",
    exact(p.loss_maker_inbound) as "pl.restock_loss",
    ratio(p.duties, p.dutied_cogs) as "pl.tariff_rate",
    -- No cell reaches beyond the last day with data: what is to come is nothing, but of shops that lag.
    exact(case when not p.is_short then p.net end) as "sales.eop_forecast",
    ratio(p.overheads - p.planned_overheads, p.planned_overheads) as "fin.budget_var",
    untold() as "fin.reserve",
    ratio(p.settled_sales_days, p.settled_sales) as "fin.settle_lag",
    untold() as "fin.dpo",
    -- Suppliers' terms are typed: where all else is known, they are what is missing.
    carried(
        ratio(365, p.cogs_last_365_days / nullif(p.average_stock_value, 0)),
        carried(ratio(p.settled_sales_days, p.settled_sales), untold())
    ) as "fin.ccc",
    untold() as "trf.gpm",
    untold() as "cus.ltv",
    untold() as "cus.ltv_cac",
    untold() as "cus.payback",
    exact(p.fx_effect) as "fin.fx",
    -- Nothing lost in warehouses is told.
    untold() as "fin.reimb",
    ratio(p.rejected_rows, p.read_rows) as "dq.rejected",
    ratio(p.fresh_sources, p.sources) as "dq.fresh",
    ratio(p.signed_files, p.read_files) as "dq.signed",
    ratio(p.costed_net_sales, p.net) as "dq.cogs_cover",

    exact(p.impressions) as "ads.impr",
    exact(p.clicks) as "ads.clicks",
    exact(p.spend) as "ads.spend",
    exact(p.ad_sales) as "ads.sales",
    ratio(p.clicks, p.impressions) as "ads.ctr",
    ratio(p.spend, p.clicks) as "ads.cpc",
    ratio(p.ad_orders, p.attributed_clicks) as "ads.cvr",
    ratio(p.attributed_spend, p.ad_sales) as "ads.acos",
    ratio(p.ad_sales, p.attributed_spend) as "ads.roas",
    ratio(p.spend, p.net) as "ads.tacos",
    ratio(p.net, p.spend) as "ads.mer",
    ratio(p.spend * 1000, p.impressions) as "ads.cpm",
    ratio(p.attributed_spend, p.ad_orders) as "ads.cpa",
    ratio(p.ad_sales, p.net) as "ads.dep",
    carried(
        ratio(p.cm2, p.fee_net_sales),
        ratio(p.cm2 / nullif(p.fee_net_sales, 0) * p.ad_sales, p.attributed_spend)
    ) as "ads.poas",
    ratio(p.new_brand_orders, p.brand_orders) as "ads.ntb",
    ratio(p.wasted_spend, p.term_spend) as "ads.waste",
    ratio(p.spend, p.planned_spend) as "ads.budget_use",
    ratio(p.affiliate_fees, p.affiliate_sales) as "ads.creator_rate",
    untold() as "ads.tos_is",
    untold() as "ads.freq",

    exact(p.sessions) as "trf.sessions",
    exact(p.page_views) as "trf.pv",
    ratio(p.traffic_units, p.unit_sessions) as "trf.unit_session",
    ratio(p.order_items, p.item_sessions) as "trf.oi_session",
    ratio(p.order_sessions, p.funnel_sessions) as "trf.store_cvr",
    ratio(p.cart_sessions, p.cart_step_sessions) as "trf.atc",
    ratio(p.checkout_sessions, p.checkout_step_sessions) as "trf.checkout",
    ratio(p.cart_sessions - p.cart_step_orders, p.cart_sessions) as "trf.cart_abandon",
    ratio(p.featured_views, p.offer_views) as "trf.buybox",
    untold() as "trf.listing_quality",
    untold() as "trf.lcp",
    untold() as "trf.inp",
    untold() as "trf.cls",

    ratio(p.stock_available * 30, p.units_last_30_days) as "inv.dos",
    ratio(p.cogs_last_365_days, p.average_stock_value) as "inv.turnover",
    ratio(365, p.cogs_last_365_days / nullif(p.average_stock_value, 0)) as "inv.dio",
    ratio(p.storage_costs, p.fulfilment_shop_net_sales) as "inv.storage_rate",
    ratio(p.average_stock_units * 90, p.units_last_90_days) as "inv.hist_days_supply",
    ratio(p.units_last_90_days, p.average_stock_units) as "inv.sell_through",
    ratio(p.net_sales_last_365_days - p.cogs_last_365_days, p.average_stock_value) as "inv.gmroi",
    ratio(p.demand_in_stock, p.demand_of_stock_days) as "inv.instock",
    exact(p.stock_out_days) as "inv.oos_days",
    exact(p.lost_sales) as "inv.lost_sales",
    ratio(p.aged_units, p.units_of_known_age) as "inv.age_max",
    ratio(p.excess_units, p.units_of_known_excess) as "inv.excess",
    untold() as "inv.ipi",
    untold() as "inv.storage_utilization",
    untold() as "inv.stranded",
    untold() as "inv.lead_time",

    ratio(p.returned_units, p.returnable_units) as "svc.return_rate",
    ratio(p.cohort_returned_units, p.returnable_units) as "svc.return_rate_cohort",
    ratio(p.defects, p.defect_base) as "svc.odr",
    ratio(p.late, p.late_base) as "svc.lsr",
    ratio(p.cancelled, p.cancelled_base) as "svc.pcr",
    ratio(p.tracked, p.tracked_base) as "svc.vtr",
    ratio(p.delivered, p.delivered_base) as "svc.otdr",
    untold() as "svc.invoice_defect",
    untold() as "svc.ahr",
    untold() as "svc.policy_violations",
    untold() as "svc.sfp_otship",
    untold() as "svc.sfp_buyship",
    untold() as "svc.sfp_cancel",
    untold() as "svc.sfp_otdr",
    untold() as "svc.first_response",
    untold() as "svc.otd",
    untold() as "svc.cancel_rate",
    untold() as "svc.response_rate",
    untold() as "svc.refund_rate_sf",
    untold() as "svc.inr_rate",
    untold() as "svc.neg_feedback",
    untold() as "svc.late_ship",
    untold() as "svc.promise_gap",
    untold() as "svc.ldr",
    untold() as "svc.sfcr",
    untold() as "svc.sf_return_refund",
    untold() as "svc.nrr",
    untold() as "svc.sps",
    untold() as "svc.sps_orders",
    untold() as "svc.dispatch_sla",
    untold() as "svc.deliver_sla",
    untold() as "svc.chargeback_rate",
    untold() as "svc.rating",

    untold() as "cus.new",
    untold() as "cus.repeat",
    untold() as "cus.cac",
    untold() as "cus.review_rate",
    ratio(p.net * p.days, p.headcount_days) as "team.sales_head",
    ratio(p.net_profit * p.days, p.headcount_days) as "team.profit_head",
    ratio(p.skus_sold * p.days, p.headcount_days) as "team.sku_head",
    untold() as "team.tickets_head",
    untold() as "team.action_close",
    untold() as "team.review_done",
    untold() as "team.agree",
    untold() as "kpi.validity"
from profits p
-- The whole business in the same days, whatever channel is chosen; a SKU stays chosen.
join profits w
    on w.from_day = p.from_day and w.to_day = p.to_day
    and w.scope = case when starts_with(p.scope, 'channel=') then '' else p.scope end
-- 52 weeks earlier, for the same scope.
join profits y
    on y.from_day = p.from_day - 364 and y.to_day = p.to_day - 364 and y.scope = p.scope;

-- One row a KPI and cell.
create table ours as
unpivot kpis on columns(* exclude (cell)) into name kpi value outcome;
