#!/usr/bin/env python3
"""Works out the KPIs a second time, in SQL, and compares them with the engine's.

The SQL in `sql/` follows from the definitions (`src/catalog/kpis/`) and shares nothing with the
engine but the facts in force: what is tested is everything from a fact to a value, such as days,
coverage, ranking of reports, costs, and formulas. See README.md.

Exit codes: 0 all values agree, 1 some do not or too few were compared, 2 usage.
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

import duckdb

SQL = Path(__file__).parent / "sql"

# The columns that the SQL asks of each table of facts, besides those that every table has. A kind of
# fact that no file states has no CSV, and is an empty table here.
COLUMNS_OF_ALL = "file report line at is_moment zone n_days channel shop sku currency"
COLUMNS = {
    "order_lines": "order_id status units gross seller_discount platform_discount tax",
    "postings": "order_id title kind category settlement amount units",
    "returns": "order_id units",
    "ads": "campaign ad_group search_term impressions clicks spend sales orders conversions new_buyer_orders",
    "traffic": "sessions page_views units order_items carts checkouts orders featured_views",
    "stock": "available inbound aged_0_90 aged_91_180 aged_181_270 aged_271_365 aged_over_365 excess",
    "costs": "unit_cost duty",
    "shipments": "order_id",
    "targets": "kpi commit",
    "overheads": "amount",
    "people": "headcount",
    "service": "kind count base",
}

# What can be compared: the name of a file of values says which it is.
BREAKDOWNS = ["total", "day", "month", "channel", "sku"]

# Contracts that the SQL knows, with the choice that holds by default.
CONTRACTS = {
    "day_boundary": "marketplace",
    "excluded_orders": "out",
    "platform_discounts": "in",
    "missing_cost": "partial",
    "refund_timing": "refund_date",
    "sale_timing": "ordered",
    "tax": "excluded",
}

# What the SQL's reasons are called by the engine, which tells more of them apart.
REASONS = {
    "division_by_zero": "zero",
    "negative_denominator": "negative",
    "no_data": "missing",
    "missing_cost": "missing",
    "missing_fees": "missing",
    "no_sku_detail": "missing",
    "needs_snapshots": "missing",
    "too_short": "missing",
    "whole_only": "missing",
    "stated_of_shops": "missing",
    "buyers_dropped": "missing",
    "no_ad_orders": "missing",
    "no_target": "missing",
    "no_plan_rate": "missing",
    "not_paid_back": "missing",
    "not_stated": "missing",
    "stated_later": "missing",
}

# The engine prints 8 decimals of a ratio, and rounds on the way to one.
RATIO_STEP = "0.00000001"
RATIO_SHARE = "1e-9"

MISMATCHES_SHOWN = 20


def main():
    arguments = parse_arguments()
    db = duckdb.connect()
    set_contracts(db, arguments.contract)
    load_facts(db, arguments.facts)
    load_values(db, arguments.values)
    work_out_kpis(db)
    rows = compare(db)
    problems = missing_cells(db)
    problems += too_little(rows, arguments)
    print_summary(rows)
    print_mismatches(rows)
    for problem in problems:
        print(problem)
    n_wrong = sum(not row["agrees"] for row in rows)
    print(f"{len(rows)} outcomes compared, {n_wrong} differ")
    sys.exit(1 if n_wrong or problems else 0)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", type=Path, help="folder written by `linkstar facts`")
    parser.add_argument("values", type=Path, nargs="+",
                        help="<breakdown>.csv, written by `linkstar kpis --by <breakdown> --csv`")
    parser.add_argument("--contract", action="append", default=[], metavar="KEY=VALUE",
                        help="as given to the engine")
    parser.add_argument("--least-kpis", type=int, default=91, metavar="N",
                        help="fail when fewer KPIs have a value anywhere (default: %(default)s)")
    parser.add_argument("--least-values", type=int, default=40_000, metavar="N",
                        help="fail when fewer values were compared (default: %(default)s)")
    arguments = parser.parse_args()
    unknown = [str(path) for path in arguments.values if path.stem not in BREAKDOWNS]
    if unknown:
        parser.error(f"not named after a breakdown ({', '.join(BREAKDOWNS)}): {', '.join(unknown)}")
    return arguments


def set_contracts(db, choices):
    """A contract the SQL does not know is an error: the values would mean something else."""
    chosen = dict(choice.split("=", 1) for choice in choices)
    unknown = sorted(set(chosen) - set(CONTRACTS))
    if unknown:
        sys.exit(f"contracts that are not known here: {', '.join(unknown)}")
    for key, choice in (CONTRACTS | chosen).items():
        db.execute(f"set variable {key} = $choice", {"choice": choice})


def load_facts(db, folder):
    """Facts as text at first, so that no amount passes through a float."""
    load_text(db, folder / "sources.csv", "sources")
    load_text(db, folder / "covered.csv", "covered_text")
    load_text(db, folder / "files.csv", "files")
    template = read_sql("1_rows.sql")
    for table, columns in COLUMNS.items():
        path = folder / f"{table}.csv"
        if path.exists():
            load_text(db, path, f"{table}_text")
        else:
            names = f"{COLUMNS_OF_ALL} {columns}".split()
            typed = ", ".join(f'"{name}" varchar' for name in names)
            db.execute(f"create table {table}_text ({typed})")
        db.execute(template.replace("{table}", table))
    db.execute(read_sql("2_facts.sql"))


def load_text(db, path, table):
    db.execute(f"create table {table} as from read_csv($path, all_varchar = true, header = true)",
               {"path": str(path)})


def load_values(db, paths):
    """The engine's values, and the cells (scope and period) that they are about.

    The whole business is always among the cells, because shares are parts of it.
    """
    db.execute("create table theirs (breakdown varchar, kpi varchar, scope varchar, from_day date,"
               " to_day date, value decimal(38, 12), undefined varchar)")
    for path in paths:
        db.execute("""
            insert into theirs
            select $breakdown, kpi, coalesce(scope, ''), "from"::date, "to"::date,
                value::decimal(38, 12), undefined
            from read_csv($path, all_varchar = true, header = true)
            """, {"path": str(path), "breakdown": path.stem})
    db.execute("""
        create table cells as
        select row_number() over () as cell, *
        from (
            select distinct scope, from_day, to_day from theirs
            union
            select distinct '', from_day, to_day from theirs
            union
            select distinct scope, from_day - 364, to_day - 364 from theirs
        )
        """)


def work_out_kpis(db):
    db.execute(read_sql("3_measures.sql"))
    db.execute(read_sql("4_kpis.sql"))


def read_sql(name):
    return (SQL / name).read_text(encoding="utf-8")


def compare(db):
    """Every outcome of the engine beside ours, and whether they agree.

    Sums and counts have to be equal to the last digit. Where the engine gives a reason for having no
    value, ours has to be of the same kind. A KPI that only one of the two knows does not agree.
    """
    db.execute("create table reasons (undefined varchar, why varchar)")
    db.executemany("insert into reasons values (?, ?)", list(REASONS.items()))
    result = db.execute(f"""
        with paired as (
            select
                t.breakdown, coalesce(t.kpi, o.kpi) as kpi, c.scope, c.from_day, c.to_day,
                t.value as theirs, t.undefined, o.outcome.value as ours, o.outcome.why as why,
                o.outcome.is_exact as is_exact, r.why as their_why, o.kpi is not null as is_known
            from theirs t
            join cells c on c.scope = t.scope and c.from_day = t.from_day and c.to_day = t.to_day
            left join ours o on o.cell = c.cell and o.kpi = t.kpi
            left join reasons r on r.undefined = t.undefined
            -- By hand only, in `tests/core/kpis`: what is to come (`plan_kpis.rs`), scores over other windows
            -- (`sku_kpis.rs`), what totals of others leave unexplained (`loss_kpis.rs`).
            where t.kpi not in ('inv.sku_score', 'fin.recon') and (
                t.kpi <> 'sales.eop_forecast'
                or t.to_day <= (select max(day) from covered where feed = 'sales')
            )
        )
        select
            * exclude (is_known, their_why),
            coalesce(is_known and case
                when theirs is null or ours is null
                    then theirs is null and ours is null and why = their_why
                when is_exact then theirs = ours
                else abs(theirs - ours) <= greatest({RATIO_STEP}, {RATIO_SHARE} * abs(ours))
            end, false) as agrees
        from paired
        order by kpi, breakdown, from_day, scope
        """)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def missing_cells(db):
    """What the engine should have told of and did not: a day, a channel, a SKU or a KPI left out."""
    found = db.execute("""
        with days as (
            select day from covered
            union select day from sale_lines
            union select day from fee_lines
            union select day from return_lines
        ),
        told_days as (select min(day) as first_day, max(day) as last_day from days),
        skus as (
            select sku from order_lines where counts_sku and status <> 'not_a_sale'
            union select sku from postings where counts_sku
            union select sku from ads where counts_sku
            union select sku from stock where counts_sku
        ),
        expected as (
            select 'day' as breakdown, '' as scope, day::date as from_day, day::date as to_day
            from told_days, unnest(generate_series(first_day, last_day, interval 1 day)) as t(day)
            union all
            select 'month', '', greatest(month, first_day)::date, least(last_day(month), last_day)::date
            from told_days,
                unnest(generate_series(date_trunc('month', first_day), last_day, interval 1 month)) as t(month)
            union all
            select 'total', '', first_day, last_day from told_days
            union all
            select distinct 'channel', 'channel=' || channel, first_day, last_day from covered, told_days
            union all
            select 'sku', 'sku=' || sku, first_day, last_day from skus, told_days where sku is not null
        ),
        kpi_cells as (
            select breakdown, scope, from_day, to_day, kpi
            from expected, (select distinct kpi from ours)
            where breakdown in (select breakdown from theirs)
        )
        select breakdown, scope, from_day, to_day, count(*)
        from kpi_cells anti join theirs using (breakdown, scope, from_day, to_day, kpi)
        group by all order by all
        """).fetchall()
    return [f"not told by the engine: {n} KPIs by {breakdown}, {scope or 'whole business'}, {start} to {end}"
            for breakdown, scope, start, end, n in found[:MISMATCHES_SHOWN]]


def too_little(rows, arguments):
    """A check that compares nothing must not pass."""
    values = [row for row in rows if row["theirs"] is not None]
    n_kpis = len({row["kpi"] for row in values})
    problems = []
    if n_kpis < arguments.least_kpis:
        problems.append(f"only {n_kpis} KPIs have a value anywhere, {arguments.least_kpis} are asked for")
    if len(values) < arguments.least_values:
        problems.append(f"only {len(values)} values were compared, {arguments.least_values} are asked for")
    return problems


def print_summary(rows):
    """For each KPI and breakdown: values compared, cells that have none, and how many differ."""
    breakdowns = list(dict.fromkeys(row["breakdown"] for row in rows))
    counts = defaultdict(Counter)
    for row in rows:
        kind = "values" if row["theirs"] is not None else "none"
        for kpi in (row["kpi"], "all"):
            counts[kpi, row["breakdown"]][kind] += 1
            counts[kpi, row["breakdown"]]["wrong"] += not row["agrees"]
    print("values + cells without a value, by KPI and breakdown (! = how many differ)")
    print(f"{'':26}" + "".join(f"{name:>20}" for name in breakdowns))
    for kpi in [*sorted({row["kpi"] for row in rows}), "all"]:
        texts = [cell_text(counts[kpi, breakdown]) for breakdown in breakdowns]
        print(f"{kpi:26}" + "".join(f"{text:>20}" for text in texts))
    for breakdown in breakdowns:
        kpis = {row["kpi"] for row in rows if row["breakdown"] == breakdown and row["theirs"] is not None}
        print(f"by {breakdown}: {len(kpis)} KPIs with a value")
    n_kpis = len({row["kpi"] for row in rows if row["theirs"] is not None})
    print(f"in any: {n_kpis} KPIs with a value, of {len({row['kpi'] for row in rows})}")


def cell_text(count):
    wrong = f" !{count['wrong']}" if count["wrong"] else ""
    return f"{count['values']} + {count['none']}{wrong}"


def print_mismatches(rows):
    shown = Counter()
    for row in rows:
        if row["agrees"]:
            continue
        shown[row["kpi"]] += 1
        if shown[row["kpi"]] <= MISMATCHES_SHOWN:
            print(f"{row['kpi']} · {row['scope'] or 'whole business'} · {row['from_day']} to {row['to_day']}:"
                  f" engine {outcome(row['theirs'], row['undefined'])},"
                  f" SQL {outcome(row['ours'], row['why'])}")
    for kpi, n in shown.items():
        if n > MISMATCHES_SHOWN:
            print(f"{kpi}: {n - MISMATCHES_SHOWN} more")


def outcome(value, reason):
    return reason if value is None else f"{value:f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    main()
