"""A native engine on the same task: `native.py duckdb|polars FILE`, two threads, one line of JSON.

The clock runs from the file's name to the result in the engine's memory; the digest is taken after.
"""

import hashlib
import json
import os
import pathlib
import resource
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "2"

TASK = pathlib.Path(__file__).with_name("kpi_task.sql")


def run_duckdb(file):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    task = TASK.read_text().replace("'FILE'", f"'{file}'")
    start = time.perf_counter()
    connection.execute(task)
    took = time.perf_counter() - start
    columns = "day, sku, orders, units, gross, discount"
    cells = connection.execute(f"SELECT {columns} FROM cells").fetchall()
    return took, cells, connection.execute("SELECT * FROM months").fetchall()


def run_polars(file):
    import polars

    start = time.perf_counter()
    cells, months = polars.collect_all(polars_task(polars, file))
    took = time.perf_counter() - start
    return took, cells.rows(), months.rows()


def polars_task(polars, file):
    col = polars.col
    moment = col("purchase-date").str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_unit="ms")
    day = moment.dt.convert_time_zone("America/Los_Angeles").dt.date()
    cents = lambda name: (col(name).fill_null(0) * 100).round().cast(polars.Int64)
    amounts = ["item-price", "item-promotion-discount", "ship-promotion-discount"]
    types = {name: polars.Float64 for name in amounts} | {"quantity": polars.Int64}
    texts = ["amazon-order-id", "purchase-date", "order-status", "sku"]
    types |= {name: polars.String for name in texts}
    lines = polars.scan_csv(
        file, separator="\t", quote_char=None, schema_overrides=types, infer_schema_length=0
    )
    sales = lines.filter(col("order-status") != "Cancelled").select(
        day.alias("date"),
        day.cast(polars.Int32).alias("day"),
        "sku",
        col("amazon-order-id").alias("order"),
        col("quantity").fill_null(0).alias("units"),
        cents("item-price").alias("gross"),
        (cents("item-promotion-discount") + cents("ship-promotion-discount")).alias("discount"),
    )
    orders = col("order").n_unique().alias("orders")
    cells = sales.group_by("day", "sku").agg(
        orders, col("units").sum(), col("gross").sum(), col("discount").sum()
    )
    month = col("date").dt.year() * 12 + col("date").dt.month().cast(polars.Int32) - 1
    return [cells, sales.group_by(month.alias("month")).agg(orders)]


def digest(cells, months):
    lines = sorted("|".join([str(day), sku, *(str(int(one)) for one in sums)]) for day, sku, *sums in cells)
    lines += sorted(f"{month}|{orders}" for month, orders in months)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def main():
    engine, file = sys.argv[1:]
    took, cells, months = {"duckdb": run_duckdb, "polars": run_polars}[engine](file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    units, gross, discount = (int(sum(row[at] for row in cells)) for at in (3, 4, 5))
    totals = {
        "orders": sum(orders for _, orders in months),
        "units": units,
        "gross_cents": gross,
        "discount_cents": discount,
    }
    found = {"digest": digest(cells, months), "totals": totals}
    print(json.dumps({"took_millis": took * 1000, "peak_bytes": peak, "found": found}))


main()
