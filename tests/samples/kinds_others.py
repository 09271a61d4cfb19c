"""What the samples of eBay, Etsy, Microsoft Advertising and Google Ads (ad groups, keywords) hold.

Columns are named as the exports spell them; nothing is shared with the recipes.
"""
import datetime as dt
import html
import re
from decimal import Decimal

from independent_reader import MONTHS, Bad, Table, decode, day, number, pack, span

ZERO = Decimal(0)


def tabbed(path, need):
    """Google's UTF-16 files: tabs, and cells in quotes."""
    import csv
    import io

    table = Table.__new__(Table)
    with open(path, "rb") as f:
        text, table.coding = decode(f.read())
    reader, rows, last = csv.reader(io.StringIO(text, newline=""), delimiter="\t"), [], 0
    for cells in reader:
        rows.append((last + 1, cells))
        last = reader.line_num
    at = next(i for i, (_, cells) in enumerate(rows) if set(need) <= set(cells))
    table.delimiter, table.noisy, table.problems = "tab", None, []
    table.preamble = [c for _, c in rows[:at]]
    table.header_line, table.header = rows[at]
    from independent_reader import normal

    table.names = [normal(c) for c in table.header]
    table.records = [r for r in rows[at + 1:] if any(c.strip() for c in r[1])]
    return table


def google(report, need):
    def read(path, cross=False):
        t = tabbed(path, need)
        totals = [r for r in t.records if any(c.strip().startswith("Total:") for c in r[1])]
        t.records = [r for r in t.records if r not in totals]
        rows = t.good([("Impr.",), ("Clicks",), ("Cost",), ("Conversions",)])
        assert t.preamble[1] == ["All time"]
        labels = [next(c.strip() for c in r[1] if c.strip().startswith("Total:")) for r in totals]
        return pack(
            t, report, rows, None, {t.cell(r, "Currency code") for r in rows},
            {"ads.impressions": t.total(rows, "Impr."), "ads.clicks": t.total(rows, "Clicks"),
             "ads.spend": t.total(rows, "Cost"), "ads.conversions": t.total(rows, "Conversions")},
            "The dates are to be asked: line 2 says All time. Total rows are left out; they overlap.",
            total_rows=labels)
    return read


def microsoft(path, cross=False):
    t = Table(path, ["Gregorian date", "Campaign name", "Spend"], cross)
    rows = t.good([("Impressions",), ("Clicks",), ("Spend",), ("Conversions",)], [("Gregorian date",)])
    return pack(
        t, "microsoft_ads.campaign", rows, span(day(t.cell(r, "Gregorian date")) for r in rows), {"USD"},
        {"ads.impressions": t.total(rows, "Impressions"), "ads.clicks": t.total(rows, "Clicks"),
         "ads.spend": t.total(rows, "Spend"), "ads.conversions": t.total(rows, "Conversions")},
        "No currency in the file: USD by the market.")


EBAY_PARTS = ["Item subtotal", "Shipping and handling", "Seller collected tax", "Final Value Fee - fixed",
              "Final Value Fee - variable", 'Very high "item not as described" fee',
              "Below standard performance fee", "International fee"]


def ebay_transactions(path, cross=False):
    t = Table(path, ["Transaction creation date", "Type", "Net amount"], cross)
    rows = t.good([(c,) for c in EBAY_PARTS + ["Net amount", "Quantity", "eBay collected tax"]],
                  [("Transaction creation date",)])

    def n(r, c):
        return number(t.cell(r, c)) or ZERO

    by_type = {}
    for r in rows:
        by_type[t.cell(r, "Type")] = by_type.get(t.cell(r, "Type"), ZERO) + n(r, "Net amount")
    orders = [r for r in rows if t.cell(r, "Type") == "Order"]
    posted = ZERO
    for r in rows:
        if t.cell(r, "Type") == "Order":
            parts = sum((n(r, c) for c in EBAY_PARTS), ZERO)
            assert parts == n(r, "Net amount"), (r[0], parts)
            posted += parts
        else:
            posted += n(r, "Net amount")
    items = [r for r in orders if number(t.cell(r, "Item ID"))]
    return pack(
        t, "ebay.transactions", rows, span(day(t.cell(r, "Transaction creation date")) for r in rows),
        {t.cell(r, "Transaction currency") for r in rows} - {""},
        {"postings.amount": posted,
         "order_lines.units": sum((n(r, "Quantity") for r in items), ZERO),
         "order_lines.gross": sum((n(r, "Item subtotal") for r in items), ZERO),
         "order_lines.shipping": sum((n(r, "Shipping and handling") for r in items), ZERO),
         "order_lines.tax": sum((n(r, "Seller collected tax") + n(r, "eBay collected tax") for r in items), ZERO)},
        "Net amount by type: " + ", ".join(f"{k} {v}" for k, v in sorted(by_type.items()))
        + ". The net amount of an order is its subtotal, shipping and fees; the tax that eBay collects is not in it.")


def etsy_day(text):
    m = re.fullmatch(r"(?:(\d{1,2}) )?([A-Z][a-z]+),? ?(\d{1,2})?, (\d{4})", text.strip())
    if not m:
        raise Bad(text)
    return dt.date(int(m[4]), MONTHS[m[2][:3].lower()], int(m[1] or m[3]))


def etsy_money(text):
    return number(text) or ZERO


def etsy_statement(path, cross=False):
    t = Table(path, ["Date", "Type", "Title", "Fees & Taxes"], cross)
    rows = t.good([("Amount",), ("Fees & Taxes",)])
    moved = [r for r in rows if etsy_money(t.cell(r, "Amount")) or etsy_money(t.cell(r, "Fees & Taxes"))]
    net = sum((etsy_money(t.cell(r, "Net")) for r in rows), ZERO)
    total = sum((etsy_money(t.cell(r, c)) for r in rows for c in ("Amount", "Fees & Taxes")), ZERO)
    assert net == total, (net, total)
    deposits = [html.unescape(t.cell(r, "Title")) for r in rows if t.cell(r, "Type") == "Deposit"]
    return pack(
        t, "etsy.statement", rows, span(etsy_day(t.cell(r, "Date")) for r in moved),
        {t.cell(r, "Currency") for r in rows}, {"postings.amount": total},
        f"Amount and Fees & Taxes add up to Net on all rows. {len(moved)} rows move money. Deposits, whose amount "
        "stands in the title alone: " + "; ".join(deposits) + ".", money_rows=len(moved))


def etsy_ads(path, cross=False):
    t = Table(path, ["Date (ET)", "Views", "Spend (USD)"], cross)
    columns = {"impressions": "Views", "clicks": "Clicks", "orders": "Orders", "sales": "Revenue (USD)",
               "spend": "Spend (USD)"}
    rows = t.good([(c,) for c in columns.values()], [("Date (ET)",)])
    return pack(t, "etsy.ads", rows, span(day(t.cell(r, "Date (ET)")) for r in rows), {"USD"},
                {"ads." + k: t.total(rows, c) for k, c in columns.items()},
                "Views are views of the ads. Currency from the column names.")


def short_day(text):
    m = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", text.strip())
    if not m:
        raise Bad(text)
    year = int(m[3])
    return dt.date(year if year > 99 else 2000 + year, int(m[1]), int(m[2]))


def etsy_items(path, cross=False):
    t = Table(path, ["Sale Date", "Item Name", "Order ID", "Listing ID"], cross)
    for r in t.records:
        if not t.cell(r, "Quantity"):
            t.problems.append({"line": r[0], "column": "Quantity", "value": ""})
    rows = [r for r in t.records if t.cell(r, "Quantity")]

    def n(r, c):
        return number(t.cell(r, c)) or ZERO

    first = {}
    for r in rows:
        first.setdefault(t.cell(r, "Order ID"), r)
        assert n(r, "Quantity") * n(r, "Price") == n(r, "Item Total")
    once = first.values()
    ship = "Order Shipping" if t.has("Order Shipping") else "Delivery"
    off = "Shipping Discount" if t.has("Shipping Discount") else "Delivery Discount"
    return pack(
        t, "etsy.sold_order_items", rows, span(short_day(t.cell(r, "Sale Date")) for r in rows),
        {t.cell(r, "Currency") for r in rows},
        {"order_lines.units": t.total(rows, "Quantity"),
         "order_lines.gross": sum((n(r, "Quantity") * n(r, "Price") for r in rows), ZERO),
         "order_lines.seller_discount": t.total(rows, "Discount Amount"),
         "order_lines.shipping": sum((n(r, ship) - n(r, off) for r in once), ZERO),
         "order_lines.tax": sum((n(r, "Order Sales Tax") for r in once), ZERO) + t.total(rows, "VAT Paid by Buyer")},
        "Item Total = Quantity x Price on all rows: discounts are not in it. Shipping once per order.",
        good_rows=len(rows), orders=len(first))


KINDS = {
    "google_ads/ad_group_report_2026.csv": (
        "google_ads.ad_group", google("google_ads.ad_group", ["Ad group", "Campaign", "Impr.", "Cost"])),
    "google_ads/search_keyword_report_utf16_2026.csv": (
        "google_ads.keyword", google("google_ads.keyword", ["Keyword", "Campaign", "Impr.", "Cost"])),
    "microsoft_ads/lit_campaign_daily_2026.csv": ("microsoft_ads.campaign", microsoft),
    "ebay/lit_transaction_report_36col.csv": ("ebay.transactions", ebay_transactions),
    "etsy/lit_etsy_statement_2026_9.csv": ("etsy.statement", etsy_statement),
    "etsy/ls_etsy_ads_daily_synthetic.csv": ("etsy.ads", etsy_ads),
    "etsy/sold_order_items_uk_33col_synthetic_2026.csv": ("etsy.sold_order_items", etsy_items),
}
