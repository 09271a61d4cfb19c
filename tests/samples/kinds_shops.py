"""What the sample exports of Shopify, TikTok Shop and Walmart hold, kind by kind.

Like `independent_reader.py`, whose helpers it uses: the columns are named as the exports spell them, every sum is
made with `decimal` from the text of the cells, and nothing is shared with src/.

`KINDS`: sample file -> (report id, function(path, cross) -> the same dict as the other readers give).
"""
from decimal import Decimal

from independent_reader import Table, day, number, pack, span, text_of

ZERO = Decimal(0)


def value(t, row, *names):
    return number(t.cell(row, *names)) or ZERO


def shopify_products(path, cross):
    t = Table(path, ["Handle", "Variant Price", "Option1 Value"], cross)
    every = len(t.records)
    t.records = [r for r in t.records if t.cell(r, "Variant Price")]
    rows = t.good([("Variant Price",), ("Variant Inventory Qty",), ("Cost per item",)])
    costs = [r for r in rows if value(t, r, "Cost per item") and t.cell(r, "Variant SKU")]
    return pack(
        t, "shopify.products", rows, None, set(),
        {"listings.price": t.total(rows, "Variant Price"), "listings.quantity": t.total(rows, "Variant Inventory Qty")},
        f"{every - len(t.records)} rows without a price are further pictures of a product and are no rows here. No currency "
        f"and no day in the file. Rows with a Cost per item and a SKU: {len(costs)}.")


def stock(t, rows, **columns):
    return {"stock." + name: t.total(rows, column) for name, column in columns.items()}


def shopify_inventory(path, cross):
    t = Table(path, ["Handle", "Location", "Available"], cross)
    rows = t.good([(x,) for x in ("Incoming", "Unavailable", "Committed", "Available", "On hand")])
    ties = sum(1 for r in rows if value(t, r, "On hand") == sum(
        value(t, r, x) for x in ("Available", "Committed", "Unavailable")))
    return pack(
        t, "shopify.inventory", rows, None, set(),
        stock(t, rows, available="Available", reserved="Committed", inbound="Incoming", unsellable="Unavailable",
              total="On hand"),
        f"On hand = Available + Committed + Unavailable on {ties} of {len(rows)} rows. A snapshot without a day.")


def shopify_payments(path, cross):
    t = Table(path, ["Transaction Date", "Amount", "Fee", "Net"], cross)
    rows = t.good([("Amount",), ("Fee",), ("Net",)], [("Transaction Date",)])
    amount, fee, net = (t.total(rows, x) for x in ("Amount", "Fee", "Net"))
    assert amount - fee == net, "Net is not Amount - Fee"
    kinds = sorted({t.cell(r, "Type") for r in rows})
    return pack(
        t, "shopify.payment_transactions", rows, span(day(t.cell(r, "Transaction Date")) for r in rows),
        {t.cell(r, "Currency") for r in rows}, {"postings.amount": amount - fee},
        f"postings.amount = Amount - Fee = Net. Types: {', '.join(kinds)}. Day = date part of Transaction Date in its own "
        "offset.")


def shopify_sales_over_time(path, cross):
    t = Table(path, ["Day", "Gross sales", "Total sales"], cross)
    names = ("Orders", "Gross sales", "Discounts", "Returns", "Net sales", "Shipping charges", "Duties",
             "Additional fees", "Taxes", "Total sales")
    rows = t.good([(x,) for x in names], [("Day",)])
    s = {x: t.total(rows, x) for x in names}
    assert s["Gross sales"] + s["Discounts"] + s["Returns"] == s["Net sales"]
    return pack(
        t, "shopify.sales_over_time", rows, span(day(t.cell(r, "Day")) for r in rows), set(),
        {
            "sales_summaries.orders": s["Orders"],
            "sales_summaries.gross": s["Gross sales"],
            "sales_summaries.discounts": -s["Discounts"],
            "sales_summaries.refunds": -s["Returns"],
            "sales_summaries.net": s["Net sales"],
            "sales_summaries.shipping": s["Shipping charges"],
            "sales_summaries.fees": s["Duties"] + s["Additional fees"],
            "sales_summaries.tax": s["Taxes"],
            "sales_summaries.total_sales": s["Total sales"],
        },
        "Discounts and returns are negative in the file and positive here. Net = Gross + Discounts + Returns; Total - (Net + "
        "shipping + duties + fees + taxes) = " + text_of(s["Total sales"] - sum(s[x] for x in (
            "Net sales", "Shipping charges", "Duties", "Additional fees", "Taxes"))) + " over all rows. No currency in the file.")


def shopify_sales_by_variant(path, cross):
    t = Table(path, ["Product variant SKU", "Net sales"], cross)
    rows = t.good([("Net sales",), ("Quantity ordered",)])
    return pack(
        t, "shopify.sales_by_variant", rows, None, set(),
        {"sales_summaries.net": t.total(rows, "Net sales"), "sales_summaries.units": t.total(rows, "Quantity ordered")},
        "No day and no currency in the file: the period is to be asked.")


def tiktok_income(path, cross):
    t = Table(path, ["Order/adjustment ID", "Total settlement amount"], cross)
    parts = ("Subtotal after seller discounts", "Transaction fee", "TikTok Shop commission fee", "Affiliate commission")
    rows = t.good([(x,) for x in parts + ("Total settlement amount", "Total revenue", "Total fees")],
                  [("Order settled time",)])
    posted = sum((t.total(rows, x) for x in parts), ZERO)
    assert posted == t.total(rows, "Total settlement amount"), "the parts are not the settlement"
    return pack(
        t, "tiktok.income", rows, span(day(t.cell(r, "Order settled time")) for r in rows),
        {t.cell(r, "Currency") for r in rows}, {"postings.amount": posted},
        "postings.amount = the subtotal and the three fees = Total settlement amount. Day = Order settled time.")


def tiktok_product_analytics(path, cross):
    t = Table(path, ["SKU ID", "GMV", "Items sold"], cross)
    rows = t.good([("GMV",), ("SKU orders",), ("Items sold",)])
    head = next(c.strip() for line in t.preamble for c in line if "~" in c)
    return pack(
        t, "tiktok.product_analytics", rows, span(day(x) for x in head.split("~")), set(),
        {
            "sales_summaries.gross": t.total(rows, "GMV"),
            "sales_summaries.orders": t.total(rows, "SKU orders"),
            "sales_summaries.units": t.total(rows, "Items sold"),
        },
        "The period stands above the header. No currency in the file.")


def tiktok_fbt_inventory(path, cross):
    t = Table(path, ["Goods ID", "Reference code"], cross)
    rows = t.good([(x,) for x in ("Total inventory", "Available inventory", "Defective", "Good&Reserved",
                                  "In Transit: Total Quantity")])
    return pack(
        t, "tiktok.fbt_inventory", rows, None, set(),
        stock(t, rows, available="Available inventory", reserved="Good&Reserved", inbound="In Transit: Total Quantity",
              unsellable="Defective", total="Total inventory"),
        "A snapshot without a day. Total inventory is more than the parts (made-up figures).")


def walmart_payments_v1(path, cross):
    t = Table(path, ["Transaction Posted Timestamp", "Amount Type", "Amount"], cross)
    rows = t.good([("Amount",), ("Total Payable",), ("Ship Qty",)], [("Transaction Posted Timestamp",)])
    summary = [r for r in rows if t.cell(r, "Transaction Type") == "PaymentSummary"]
    others = [r for r in rows if r not in summary]
    sales = [r for r in others if t.cell(r, "Transaction Type") != "Refund" and t.cell(r, "Amount Type") == "Product Price"]
    return pack(
        t, "walmart.payments_v1", rows, span(day(t.cell(r, "Transaction Posted Timestamp")) for r in rows),
        {t.cell(r, "Currency") for r in rows},
        {
            "postings.amount": t.total(others, "Amount"),
            "postings.units": t.total(sales, "Ship Qty"),
            "payouts.amount": t.total(summary, "Total Payable"),
        },
        "The PaymentSummary row is a row, and the payout. The amounts do not add up to Total Payable: the rows are those of a "
        "test helper.")


def walmart_wfs_inventory(path, cross):
    t = Table(path, ["Item ID", "SKU", "Available units"], cross)
    rows = t.good([(x,) for x in ("Available units", "Reserved units", "Inbound units", "Unavailable units")])
    return pack(
        t, "walmart.wfs_inventory", rows, None, set(),
        {
            "stock.available": t.total(rows, "Available units"),
            "stock.reserved": t.total(rows, "Reserved units"),
            "stock.inbound": t.total(rows, "Inbound units"),
            "stock.unsellable": t.total(rows, "Unavailable units"),
        },
        "A snapshot without a day.")


KINDS = {
    "shopify/products_apparel.csv": ("shopify.products", shopify_products),
    "shopify/products_export_markets_2023.csv": ("shopify.products", shopify_products),
    "shopify/products_home-and-garden.csv": ("shopify.products", shopify_products),
    "shopify/inventory_export_2023.csv": ("shopify.inventory", shopify_inventory),
    "shopify/lit_payment_transactions_17col.csv": ("shopify.payment_transactions", shopify_payments),
    "shopify/lit_payment_transactions_18col_vat.csv": ("shopify.payment_transactions", shopify_payments),
    "shopify/lit_analytics_total_sales_by_day_2026.csv": ("shopify.sales_over_time", shopify_sales_over_time),
    "shopify/jc_analytics_sales_by_variant.csv": ("shopify.sales_by_variant", shopify_sales_by_variant),
    "tiktok/lit_income_subset.csv": ("tiktok.income", tiktok_income),
    "tiktok/jc_tiktok_sales.csv": ("tiktok.product_analytics", tiktok_product_analytics),
    "tiktok/jc_fbt_inventory.csv": ("tiktok.fbt_inventory", tiktok_fbt_inventory),
    "walmart/lit_payments_new_v1_2026.csv": ("walmart.payments_v1", walmart_payments_v1),
    "walmart/jc_walmart_inventory.csv": ("walmart.wfs_inventory", walmart_wfs_inventory),
}
