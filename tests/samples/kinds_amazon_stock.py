"""What the stock, ledger and listing exports of Amazon among the samples say.

Columns are named as the exports spell them; nothing here is shared with src/.
"""
from decimal import Decimal

from independent_reader import Table, day, number, pack, span

ZERO = Decimal(0)


def summed(table, rows, parts):
    """{fact column: sum}, each over one or more columns; None when the file has none of them."""
    out = {}
    for fact, columns in parts.items():
        found = [c for c in columns if table.has(*c)]
        out[fact] = sum((table.total(rows, *c) for c in found), ZERO) if found else None
    return out


def reader(report, need, parts, dated=None, currencies=(), notes=""):
    """parts: fact column -> list of columns to add, each a tuple of its spellings."""
    def read(path, cross):
        t = Table(path, need, cross)
        numbers = [c for columns in parts.values() for c in columns]
        rows = t.good(numbers, [dated] if dated and t.has(*dated) else [])
        period = span(day(t.cell(r, *dated)) for r in rows) if dated and t.has(*dated) else None
        return pack(t, report, rows, period, set(currencies), summed(t, rows, parts), notes)
    return report, read


def fulfilled_inventory(path, cross):
    t = Table(path, ["seller-sku", "Warehouse-Condition-code", "Quantity Available"], cross)
    rows = t.good([("Quantity Available",)])
    sellable = [r for r in rows if t.cell(r, "Warehouse-Condition-code") == "SELLABLE"]
    others = [r for r in rows if t.cell(r, "Warehouse-Condition-code") != "SELLABLE"]
    sums = {
        "stock.available": t.total(sellable, "Quantity Available"),
        "stock.unsellable": t.total(others, "Quantity Available"),
        "stock.total": t.total(rows, "Quantity Available"),
    }
    codes = sorted({t.cell(r, "Warehouse-Condition-code") for r in rows})
    return pack(t, "amazon.fulfilled_inventory", rows, None, set(), sums,
                "A snapshot without a date, one row per SKU and condition (" + ", ".join(codes) + ").")


MULTI_COUNTRY = ("quantity-for-local-fulfillment", "cantidad-para-gestion-local")
multi_country = reader(
    "amazon.multi_country_inventory", ["asin"], {"stock.available": [MULTI_COUNTRY]},
    notes="A snapshot without a date; the rows of a SKU add up over the countries.")

inventory_age = reader(
    "amazon.inventory_age", ["snapshot-date", "sku", "avaliable-quantity(sellable)"], {
        "stock.available": [("avaliable-quantity(sellable)",)],
        "stock.aged_0_90": [("inv-age-0-to-90-days",)],
        "stock.aged_91_180": [("inv-age-91-to-180-days",)],
        "stock.aged_181_270": [("inv-age-181-to-270-days",)],
        "stock.aged_271_365": [("inv-age-271-to-365-days",)],
        "stock.aged_over_365": [("inv-age-365-plus-days",)],
        "stock.shipped_30_days": [("units-shipped-last-30-days",)],
        "stock.shipped_90_days": [("units-shipped-last-90-days",)],
    }, dated=("snapshot-date",), notes="The five age buckets add up to the available quantity. No amount of money is read.")


def planning(over_365):
    return reader(
        "amazon.inventory_planning", ["snapshot-date", "sku", "available", "units-shipped-t30"], {
            "stock.available": [("available",)],
            "stock.reserved": [("Total Reserved Quantity",)],
            "stock.inbound": [("inbound-quantity",)],
            "stock.unsellable": [("unfulfillable-quantity",)],
            "stock.aged_0_90": [("inv-age-0-to-90-days",)],
            "stock.aged_91_180": [("inv-age-91-to-180-days",)],
            "stock.aged_181_270": [("inv-age-181-to-270-days",)],
            "stock.aged_271_365": [("inv-age-271-to-365-days",)],
            "stock.aged_over_365": over_365,
            "stock.excess": [("estimated-excess-quantity",)],
            "stock.shipped_30_days": [("units-shipped-t30",)],
            "stock.shipped_90_days": [("units-shipped-t90",)],
        }, dated=("snapshot-date",),
        notes="Of the age buckets, which overlap, one complete set is added. No amount of money is read.")


planning_39 = planning([("inv-age-365-plus-days",)])
planning_98 = planning([("inv-age-366-to-455-days",), ("inv-age-456-plus-days",)])

restock = reader(
    "amazon.restock_inventory", ["Merchant SKU", "Units Sold Last 30 Days", "Available"], {
        "stock.available": [("Available",)],
        "stock.reserved": [("FC transfer",), ("FC Processing",), ("Customer Order",)],
        "stock.inbound": [("Inbound",)],
        "stock.unsellable": [("Unfulfillable",)],
        "stock.total": [("Total Units",)],
        "stock.shipped_30_days": [("Units Sold Last 30 Days",)],
    }, notes="A snapshot without a date; the recommended ship date is no date of the file. No amount of money is read.")

awd = reader(
    "amazon.awd_inventory", ["SKU", "Available in AWD (units)"], {
        "stock.available": [("Available in AWD (units)",)],
        "stock.reserved": [("Reserved in AWD (units)",)],
        "stock.inbound": [("Inbound to AWD (units)",)],
    }, notes="The line Generated,2026-02-11 above the header says the day; it is not taken as the period (alternative). "
    "Units, not cases.")

ledger_detail = reader(
    "amazon.ledger_detail", ["MSKU", "FNSKU"], {"stock_moves.units": [("Quantity", "Cantidad")]},
    dated=("Date", "Fecha"), notes="The day is Date, not Date and Time, which differs from it here.")

ledger_summary = reader(
    "amazon.ledger_summary", ["Date", "FNSKU", "Starting Warehouse Balance", "Ending Warehouse Balance"], {
        "stock_moves.opening": [("Starting Warehouse Balance",)],
        "stock_moves.receipts": [("Receipts",)],
        "stock_moves.shipments": [("Customer Shipments",)],
        "stock_moves.returns": [("Customer Returns",)],
        "stock_moves.transfers": [("Warehouse Transfer In/Out",)],
        "stock_moves.found": [("Found",)],
        "stock_moves.lost": [("Lost",)],
        "stock_moves.damaged": [("Damaged",)],
        "stock_moves.disposed": [("Disposed",)],
        "stock_moves.other": [("Vendor Returns",), ("Other Events",), ("Unknown Events",)],
        "stock_moves.closing": [("Ending Warehouse Balance",)],
    }, dated=("Date",), notes="What leaves is negative: opening + flows = closing. Equal rows are added as they stand.")

active_listings = reader(
    "amazon.active_listings", ["seller-sku", "asin1", "price", "quantity"],
    {"listings.price": [("price",)], "listings.quantity": [("quantity",)]}, currencies=["USD"],
    notes="A snapshot without a date and without a currency: USD as usual in the US. price is not additive.")

inventory = reader(
    "amazon.inventory", ["sku", "asin", "price", "quantity"],
    {"listings.price": [("price",)], "listings.quantity": [("quantity",)]}, currencies=["USD"],
    notes="A snapshot without a date and without a currency: USD as usual in the US. price is not additive.")

KINDS = {
    "amazon/us_amazon_fulfilled_inventory_2020.csv": ("amazon.fulfilled_inventory", fulfilled_inventory),
    "amazon/ares_multicountry.txt": multi_country,
    "amazon/es_multipais_es.txt": multi_country,
    "amazon/us_fba_inventory_age_2019.csv": inventory_age,
    "amazon/ares_inventory_planning.txt": planning_39,
    "amazon/lit_us_fba_inventory_planning_98col_2026.csv": planning_98,
    "amazon/lit_restock_inventory_2026.csv": restock,
    "amazon/jc_fba_report.csv": restock,
    "amazon/jc_awd_report.csv": awd,
    "amazon/ares_ledger_detail.txt": ledger_detail,
    "amazon/es_libro_inventario_es.txt": ledger_detail,
    "amazon/lit_inventory_ledger_summary_2026.txt": ledger_summary,
    "amazon/lit_inventory_ledger_summary_csv_2026.csv": ledger_summary,
    "amazon/us_active_listings_2020.txt": active_listings,
    "amazon/us_inventory_report_2020.txt": inventory,
}
