-- One table of facts, run once for each: {table} from {table}_text, whose cells are all text.
--
-- first_day     the day of the fact: a moment is cut in the zone of its row, or in the one that the
--               contract on the day boundary names; a date is a date already
-- n_days        how many days it is about, from first_day on; 0: no day is known
-- counts_whole  whether the row counts for the business and its channels
-- counts_sku    whether it counts when one SKU is looked at
--
-- Reports of one group state the same thing. Of those a shop has, the one with the lowest rank
-- counts: for good, or day by day where the group says so. For one SKU only reports that tell SKUs
-- apart are asked.
create table {table} as
with dated as (
    select
        t.* exclude (n_days),
        t.n_days::int as n_days,
        (to_timestamp(t."at"::bigint) at time zone case
            when t.is_moment <> 'true' then 'UTC'
            when getvariable('day_boundary') = 'marketplace' then t.zone
            else getvariable('day_boundary')
        end)::date as first_day,
        coalesce(s."group", t.report) as statement,
        s.rank::int as rank,
        s.has_skus::boolean as has_skus,
        s.is_whole_shop::boolean as is_whole_shop,
        s.is_chosen_per_day::boolean as is_chosen_per_day
    from {table}_text t join sources s on s."table" = '{table}' and s.report = t.report
)
select
    * exclude (statement, rank, has_skus, is_chosen_per_day),
    rank = min(rank) over same_thing as counts_whole,
    has_skus and rank = min(rank) filter (where has_skus) over same_thing as counts_sku
from dated
where n_days > 0
window same_thing as (
    partition by statement, channel, shop, case when is_chosen_per_day then first_day end
);
