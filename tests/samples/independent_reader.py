#!/usr/bin/env python3
"""A second reader of the sample exports, in plain Python, kept apart from the engine.

    python3 independent_reader.py SAMPLES_DIR [OUT.json] [--cross-check]

It shares no code and no tables with src/: what each sample is stands below as
a hand-made list, the columns are named per report as the exports spell them,
and every sum is made with decimal.Decimal from the text of the cells.  The
result (expected.json) is what the engine's import is compared with.

--cross-check reads every workbook a second time with openpyxl, if installed,
and stops when a single cell differs.
"""
import csv
import datetime as dt
import importlib
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
from decimal import Context, Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
EXCEL_DIGITS = Context(prec=15)

# --------------------------------------------------------------- the samples
# file -> report id.  Decided by reading the files, not by a signature.
REPORTS = {
    "amazon/ares_all_orders.txt": "amazon.all_orders",
    "amazon/es_pedidos_es.txt": "amazon.all_orders",
    "amazon/lit_date_range_transactions_30col_2026.csv": "amazon.date_range",
    "amazon/us_business_report_bydate_daily_2019.csv": "amazon.business_report_by_date",
    "amazon/us_business_report_bydate_monthly_shipped_2019.csv": "amazon.business_report_by_date",
    "amazon/us_business_report_child_asin_2019.csv": "amazon.business_report_by_asin",
    "amazon/lit_us_business_report_child_sku_2026.csv": "amazon.business_report_by_asin",
    "amazon/us_sp_campaign_daily_2019.csv": "amazon.sp_campaign",
    "amazon/in_sp_campaign_daily_2020.csv": "amazon.sp_campaign",
    "amazon/in_sp_advertised_product_daily_2020.xlsx": "amazon.sp_advertised_product",
    "amazon/lit_us_ads_unified_advertised_product_2026.csv": "amazon.sp_advertised_product",
    "amazon/lit_cn_sp_advertised_product_bad_dimension_2026.xlsx": "amazon.sp_advertised_product",
    "amazon/us_manage_fba_inventory_cp1252_2020.csv": "amazon.fba_manage_inventory",
    "amazon/ares_fba_inventory.txt": "amazon.fba_manage_inventory",
    "amazon/es_inventario_es.txt": "amazon.fba_manage_inventory",
    "amazon/us_fba_customer_returns_2020.csv": "amazon.fba_returns",
    "amazon/ares_returns.txt": "amazon.fba_returns",
    "shopify/orders_export_devstore_2025.csv": "shopify.orders",
    "shopify/lit_orders_export_voided_partial.csv": "shopify.orders",
    "tiktok/orders_us_57col_synthetic_2026.csv": "tiktok.orders",
    "walmart/orders_po_report_synthetic_2026.csv": "walmart.orders",
    "google_ads/campaign_report_2025.csv": "google_ads.campaign",
    "google_ads/lit_campaign_report_daily_total_2026.csv": "google_ads.campaign",
    "meta_ads/lit_ad_level_daily_2026.csv": "meta_ads.performance",
    "meta_ads/lit_campaign_daily_en_2026.csv": "meta_ads.performance",
    "cost_sheets/us_fba_template_cn.csv": "user.costs",
}

# Cut-down copies of a covered report: a column without which some figures cannot
# be made is gone. What is left can be summed, and nothing else may be.
CUTS = {
    "amazon/jc_amazon_orders.csv": (
        "amazon.all_orders",
        "6 of the columns, CSV: no purchase-date (no day), no currency"),
    "shopify/orders_fixture_refunds.csv": (
        "shopify.orders",
        "7 of the columns: no Financial Status, Lineitem quantity, Lineitem price or sku"),
    "tiktok/jc_tiktok_shop_orders.csv": (
        "tiktok.orders",
        "8 of the columns: no Created Time (no day), no SKU Subtotal Before Discount"),
}

# The files of more kinds stand in modules beside this one, each with a table KINDS:
# file -> (report id, function(path, cross_check)).
FAMILIES = ("amazon_ads", "amazon_money", "amazon_stock", "shops", "others")


# ------------------------------------------------------------------- reading
def decode(raw):
    for bom, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(bom):
            return raw.decode(name), {"utf-8-sig": "utf-8+bom"}.get(name, name)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252"), "cp1252"


def read_text(path):
    """[(line of the record's start, cells)], coding, delimiter."""
    with open(path, "rb") as f:
        text, coding = decode(f.read())
    tab = any(line.count("\t") > 2 for line in text.splitlines()[:20])
    if tab:  # Amazon flat files do not quote
        rows = [(i, line.split("\t")) for i, line in enumerate(re.split(r"\r\n|\n|\r", text), 1)]
        return rows, coding, "tab"
    reader, rows, last = csv.reader(io.StringIO(text, newline=""), strict=False), [], 0
    for cells in reader:
        rows.append((last + 1, cells))
        last = reader.line_num
    return rows, coding, "comma"


NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column_number(ref):
    n = 0
    for ch in ref:
        if not ch.isalpha():
            break
        n = n * 26 + ord(ch.upper()) - 64
    return n - 1


def read_xlsx(path):
    """First sheet, read cell by cell; the sheet's own `dimension` is ignored.
    Numbers stay text; Excel keeps 15 significant digits, so binary noise such
    as 10.540000000000001 is rounded there."""
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            for si in ElementTree.fromstring(z.read("xl/sharedStrings.xml")).iter(NS + "si"):
                shared.append("".join(t.text or "" for t in si.iter(NS + "t")))
        sheet = sorted(n for n in names if re.match(r"xl/worksheets/sheet\d+\.xml$", n))[0]
        rows, noisy = [], 0
        for i, row in enumerate(ElementTree.fromstring(z.read(sheet)).iter(NS + "row"), 1):
            cells = []
            for c in row.iter(NS + "c"):
                at = column_number(c.get("r")) if c.get("r") else len(cells)
                cells += [""] * (at - len(cells))
                kind, v = c.get("t", "n"), c.find(NS + "v")
                if kind == "inlineStr":
                    value = "".join(t.text or "" for t in c.iter(NS + "t"))
                elif v is None or v.text is None:
                    value = ""
                elif kind == "s":
                    value = shared[int(v.text)]
                elif kind == "n":
                    exact = Decimal(v.text)
                    short = EXCEL_DIGITS.plus(exact)
                    noisy += short != exact
                    value = text_of(short)
                else:
                    value = v.text
                cells.append(value)
            rows.append((int(row.get("r", i)), cells))
    return rows, noisy


def cross_check(path, rows):
    try:
        import openpyxl
    except ImportError:
        sys.exit("--cross-check needs openpyxl")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    theirs = [list(r) for r in sheet.iter_rows(values_only=True)]
    assert len(theirs) == len(rows), (path, len(theirs), len(rows))
    for (line, cells), other in zip(rows, theirs):
        for i, b in enumerate(other):
            a = cells[i] if i < len(cells) else ""
            if isinstance(b, dt.datetime):
                b = str((b.date() - dt.date(1899, 12, 30)).days)
            elif isinstance(b, (int, float)):
                b = text_of(EXCEL_DIGITS.plus(Decimal(repr(b))))
            assert a == ("" if b is None else b), (path, line, i, a, b)


# -------------------------------------------------------------------- values
def text_of(d):
    s = format(d, "f")
    if "." in s:
        s = s.rstrip("0").rstrip(".")
    return "0" if s in ("-0", "") else s


class Bad(Exception):
    pass


BLANK = {"", "-", "--", "n/a"}
NUMBER = re.compile(r"(-?)(?:\$|US\$|Rs\.|₹)?(-?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")


def number(text):
    """Decimal, or None for a blank; Bad for anything that is not a number."""
    s = unicodedata.normalize("NFKC", text).strip()
    if s.lower() in BLANK:
        return None
    m = NUMBER.fullmatch(s)
    if not m or (m[1] and m[2]):
        raise Bad(text)
    value = Decimal(m[3].replace(",", ""))
    return -value if m[1] or m[2] else value


def normal(name):
    s = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"\s+", " ", re.sub("[‐-―]", "-", s)).strip()


MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def day(text):
    """Calendar day as written, in whatever zone the text is in."""
    s = text.strip()
    if m := re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", s):
        y, mo, d = m.groups()
    elif m := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", s):  # US files only
        mo, d, y = m.groups()
    elif m := re.match(r"([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})", s):
        mo, d, y = MONTHS[m[1].lower()], m[2], m[3]
    elif re.fullmatch(r"\d{5}", s):  # Excel serial
        return dt.date(1899, 12, 30) + dt.timedelta(int(s))
    else:
        raise Bad(text)
    return dt.date(int(y), int(mo), int(d))


def instant(text):
    return dt.datetime.fromisoformat(text.strip())


def span(days):
    days = [d for d in days if d]
    return {"from": min(days).isoformat(), "to": max(days).isoformat()} if days else None


# --------------------------------------------------------------------- table
class Table:
    def __init__(self, path, need, cross):
        self.noisy = None
        if path.endswith(".xlsx"):
            records, self.noisy = read_xlsx(path)
            self.coding, self.delimiter = "xlsx", None
            if cross:
                cross_check(path, records)
        else:
            records, self.coding, self.delimiter = read_text(path)
        want = {normal(n) for n in need}
        for at, (line, cells) in enumerate(records):
            names = [normal(c) for c in cells]
            if want <= set(names):
                break
        else:
            raise SystemExit(f"{path}: no header with {sorted(want)}")
        self.preamble = [c for _, c in records[:at]]
        self.header_line, self.header, self.names = line, cells, names
        self.records = [r for r in records[at + 1:] if any(c.strip() for c in r[1])]
        self.problems = []

    def index(self, *options):
        for o in options:
            if normal(o) in self.names:
                return self.names.index(normal(o))
        return None

    def has(self, *options):
        return self.index(*options) is not None

    def cell(self, record, *options):
        i = self.index(*options)
        return "" if i is None or i >= len(record[1]) else record[1][i].strip()

    def widths(self):
        return sorted({len(c) for _, c in self.records})

    def good(self, numbers, dates=()):
        """Records all of whose used numbers and dates can be read; the others
        go to `problems` with every column that failed."""
        out = []
        for r in self.records:
            bad = []
            for options, read in [(n, number) for n in numbers] + [(d, day) for d in dates]:
                i = self.index(*options)
                if i is None:
                    continue
                text = self.cell(r, *options)
                try:
                    if text or read is day:
                        read(text)
                except (Bad, ValueError, KeyError):
                    bad.append({"line": r[0], "column": self.header[i].strip(), "value": text})
            self.problems += bad
            if not bad:
                out.append(r)
        return out

    def total(self, rows, *options):
        """Sum of a column, None when the file does not have it."""
        if not self.has(*options):
            return None
        return sum((number(self.cell(r, *options)) or Decimal(0) for r in rows), Decimal(0))


def pack(table, report, rows, period, currencies, sums, notes, **more):
    out = {
        "report": report,
        "rows": len(table.records),
        "problem_rows": table.problems,
        "period": period,
        "currencies": sorted(currencies),
        "sums": {k: text_of(v) for k, v in sums.items() if v is not None},
        "coding": table.coding,
    }
    if table.delimiter:
        out["delimiter"] = table.delimiter
    out["header_line"] = table.header_line
    out["columns"] = len(table.header)
    ragged = [w for w in table.widths() if w != len(table.header)]
    if ragged:
        out["ragged_widths"] = ragged
    if table.noisy:
        notes = (f"{table.noisy} numeric cells carry binary noise beyond 15 significant digits; each is "
                 "rounded to 15 digits (what Excel shows) before it is added. " + notes)
    out.update({k: v for k, v in more.items() if v is not None})
    if notes.strip():
        out["notes"] = notes.strip()
    return out


# ------------------------------------------------------------------- reports
ALL_ORDERS = {  # what it is: English, Spanish
    "date": ("purchase-date", "fecha-de-la-compra"),
    "units": ("quantity", "cantidad"),
    "currency": ("currency", "divisa"),
    "price": ("item-price", "precio-del-articulo"),
    "tax": ("item-tax", "impuesto-del-articulo"),
    "shipping": ("shipping-price", "precio-del-envio"),
    "shipping_tax": ("shipping-tax", "impuesto-del-envio"),
    "wrap": ("gift-wrap-price", "precio-del-envoltorio"),
    "wrap_tax": ("gift-wrap-tax", "impuesto-del-envoltorio"),
    "discount": ("item-promotion-discount", "descuento-promocional-del-articulo"),
    "ship_discount": ("ship-promotion-discount", "descuento-promocional-del-envio"),
}


def amazon_all_orders(path, cross):
    c = ALL_ORDERS
    t = Table(path, ["sku"], cross)
    numbers = [c[k] for k in c if k not in ("date", "currency")]
    rows = t.good(numbers, [c["date"]] if t.has(*c["date"]) else [])
    sums = {
        "order_lines.units": t.total(rows, *c["units"]),
        "order_lines.gross": t.total(rows, *c["price"]),
        "order_lines.seller_discount": t.total(rows, *c["discount"]),
        "order_lines.shipping": t.total(rows, *c["shipping"]),
        "order_lines.tax": t.total(rows, *c["tax"]),
    }
    times = [instant(t.cell(r, *c["date"])) for r in rows] if t.has(*c["date"]) else []
    others = {k: t.total(rows, *c[k]) for k in ("shipping_tax", "wrap", "wrap_tax", "ship_discount")}
    notes = "gross = sum of item-price, which is the line total (item-price / quantity is one price per SKU). "
    if others["wrap"] is not None:
        notes += ("tax = item-tax; shipping-tax, gift-wrap-tax, gift-wrap-price and ship-promotion-discount sum to "
                  + ", ".join(text_of(others[k]) for k in ("shipping_tax", "wrap_tax", "wrap", "ship_discount"))
                  + ", so whether they belong to tax, shipping or discount does not show here. ")
        ratio = {(number(t.cell(r, *c["tax"])) / number(t.cell(r, *c["price"]))).quantize(Decimal("0.001"))
                 for r in rows if number(t.cell(r, *c["price"]))}
        notes += ("item-tax is " + "/".join(sorted(map(str, ratio))) + " of item-price on every line = 21/121: "
                  "the price of these EU sales contains VAT, so gross without tax would be "
                  + text_of(sums["order_lines.gross"] - sums["order_lines.tax"]) + " (alternative). "
                  "All purchases are at 09:12:44 UTC, so the day is the same in Los Angeles, Madrid and UTC.")
    return pack(
        t, "amazon.all_orders", rows,
        span(x.astimezone(PACIFIC).date() for x in times),
        {t.cell(r, *c["currency"]) for r in rows} - {""}, sums, notes,
        period_utc=span(x.astimezone(dt.timezone.utc).date() for x in times))


MONEY_PARTS_AFTER = "product sales"


def amazon_date_range(path, cross):
    t = Table(path, ["date/time", "settlement id", "type", "total"], cross)
    first, last = t.index(MONEY_PARTS_AFTER), t.index("total")
    parts = [n.strip() for n in t.header[first:last]]
    rows = t.good([(p,) for p in parts] + [("total",), ("quantity",)], [("date/time",)])
    differ = []
    for r in rows:
        made = sum((number(t.cell(r, p)) or Decimal(0) for p in parts), Decimal(0))
        if made != number(t.cell(r, "total")):
            differ.append(r[0])
    total = t.total(rows, "total")
    transfer = t.total([r for r in rows if t.cell(r, "type") == "Transfer"], "total")
    currency = {m for p in t.preamble for m in re.findall(r"All amounts in ([A-Z]{3})", " ".join(p))}
    by_type = {}
    for r in rows:
        by_type[t.cell(r, "type")] = by_type.get(t.cell(r, "type"), Decimal(0)) + number(t.cell(r, "total"))
    return pack(
        t, "amazon.date_range", rows, span(day(t.cell(r, "date/time")) for r in rows), currency,
        {"postings.amount": total},
        "amount = sum of total over all rows, the Transfer (payout) row among them; without it "
        + text_of(total - transfer) + " (alternative). Days are those of the text (PDT). Currency from the preamble. "
        "quantity stands on Order and Refund rows only.",
        preamble_lines=len(t.preamble),
        parts={p: text_of(t.total(rows, p)) for p in parts},
        by_type={k: text_of(v) for k, v in by_type.items()},
        rows_where_total_differs_from_parts=differ)


def traffic_sums(t, rows):
    return {
        "traffic.sessions": t.total(rows, "Sessions", "Sessions - Total"),
        "traffic.page_views": t.total(rows, "Page Views", "Page Views - Total"),
        "traffic.units": t.total(rows, "Units Ordered"),
        "traffic.sales": t.total(rows, "Ordered Product Sales"),
        "traffic.order_items": t.total(rows, "Total Order Items"),
    }


TRAFFIC = [("Sessions", "Sessions - Total"), ("Page Views", "Page Views - Total"), ("Units Ordered",),
           ("Ordered Product Sales",), ("Total Order Items",)]


def marks(t, rows, column):
    return {"USD" for r in rows if "$" in t.cell(r, column)}


def amazon_business_report_by_date(path, cross):
    t = Table(path, ["Date", "Ordered Product Sales", "Units Ordered"], cross)
    rows = t.good(TRAFFIC, [("Date",)])
    days = [day(t.cell(r, "Date")) for r in rows]
    more, notes = {}, "Currency from the $ mark (amazon.com). "
    if len(days) > 1 and all(d.day == 1 for d in days):
        end = max(days)
        end = (end.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)
        more["period_covered"] = {"from": min(days).isoformat(), "to": end.isoformat()}
        notes += ("Monthly rows labelled with the first of the month: period = the labels, period_covered = the whole "
                  "months (alternative; the last month may be cut at the download day). "
                  f"{sum(1 for r in rows if not number(t.cell(r, 'Units Ordered')))} months before the first sale are all zero. "
                  "No sessions or page views in this view. Shipped Product Sales "
                  + text_of(t.total(rows, "Shipped Product Sales")) + ", Units Shipped "
                  + text_of(t.total(rows, "Units Shipped")) + ", Orders Shipped "
                  + text_of(t.total(rows, "Orders Shipped")) + " are not in the sums.")
    return pack(t, "amazon.business_report_by_date", rows, span(days), marks(t, rows, "Ordered Product Sales"),
                traffic_sums(t, rows), notes, **more)


def amazon_business_report_by_asin(path, cross):
    t = Table(path, ["(Child) ASIN", "Units Ordered", "Ordered Product Sales"], cross)
    rows = t.good(TRAFFIC)
    count = {}
    for r in rows:
        k = t.cell(r, "(Child) ASIN")
        count[k] = count.get(k, 0) + 1
    notes = ("No period in the file. Currency from the $ mark. sessions and page_views are the plain sums of the rows; "
             "they are not the account's sessions. "
             f"{len(count)} child ASINs on {len(rows)} rows, {sum(1 for n in count.values() if n > 1)} of them on more "
             f"than one row (at most {max(count.values())}).")
    if t.has("Units Ordered - B2B"):
        notes += (" B2B columns are part of the totals and are not added: sessions "
                  + text_of(t.total(rows, "Sessions - Total - B2B")) + ", units "
                  + text_of(t.total(rows, "Units Ordered - B2B")) + ", sales "
                  + text_of(t.total(rows, "Ordered Product Sales - B2B")) + ".")
    return pack(t, "amazon.business_report_by_asin", rows, None, marks(t, rows, "Ordered Product Sales"),
                traffic_sums(t, rows), notes)


ADS = {
    "impressions": ("Impressions", "展示量"),
    "clicks": ("Clicks", "点击量"),
    "spend": ("Spend", "Total cost", "花费"),
    "sales": ("7 Day Total Sales", "14 Day Total Sales (₹)", "Sales", "7天总销售额"),
    "orders": ("7 Day Total Orders (#)", "14 Day Total Orders (#)", "Purchases", "7天总订单数(#)"),
    "units": ("7 Day Total Units (#)", "14 Day Total Units (#)", "Units sold", "7天总销售量(#)"),
}
ADS_CURRENCY = ("Currency", "Budget currency", "货币")


def amazon_ads(report, need, path, cross):
    t = Table(path, need, cross)
    dates = []
    if t.has("Date"):
        dates = [("Date",)]
    elif t.has("开始日期"):
        dates = [("开始日期",), ("结束日期",)]
    rows = t.good(list(ADS.values()), dates)
    if dates:
        days = [day(t.cell(r, *d)) for r in rows for d in dates]
    else:
        days = [day(x) for r in rows for x in t.cell(r, "Date range").split(" - ")]
    notes, more = "", {}
    if not t.has("Date"):
        both = dates or [("Date range",)]
        more["row_periods"] = sorted({" - ".join(t.cell(r, *d) for d in both) for r in rows})
        notes = "One row covers a range of days; period is from the first start to the last end. "
    if t.has("14 Day Total Orders (#)"):
        notes += "14-day attribution. "
    elif t.has("Purchases"):
        notes += ("Total cost = spend, Purchases = orders, Units sold = units; the (promoted) and (halo) columns are parts "
                  "of these and not added; attribution window not stated. ")
    else:
        notes += "7-day attribution. "
    odd = sum(1 for r in t.records if "\\" in "".join(r[1]))
    if odd:
        notes += (f"{odd} campaign names hold an inch sign written as backslash + doubled quote (\\\"\"): plain RFC 4180 "
                  "reading gives the right cells and keeps the backslash in the name (to be dropped); taking \\\" as an escape "
                  "gives 19 cells too, but a wrong name. ")
    if t.has("Last Year Spend"):
        filled = sum(1 for r in rows if t.cell(r, "Last Year Spend"))
        notes += f"Last Year columns ({filled} of {len(rows)} rows filled) are not added. "
    return pack(t, report, rows, span(days), {t.cell(r, *ADS_CURRENCY) for r in rows} - {""},
                {"ads." + k: t.total(rows, *v) for k, v in ADS.items()}, notes.strip(), **more)


def amazon_sp_campaign(path, cross):
    return amazon_ads("amazon.sp_campaign", ["Campaign Name", "Budget", "Spend"], path, cross)


def amazon_sp_advertised_product(path, cross):
    need = ["Advertised ASIN", "Spend"]
    if "unified" in path:
        need = ["Advertised product ID", "Total cost"]
    elif "_cn_" in path:
        need = ["广告ASIN", "花费"]
    return amazon_ads("amazon.sp_advertised_product", need, path, cross)


FBA = {
    "available": ("afn-fulfillable-quantity", "cantidad-disponible-gestionada-por-amazon"),
    "reserved": ("afn-reserved-quantity", "cantidad-reservada"),
    "unsellable": ("afn-unsellable-quantity", "cantidad-no-vendible"),
    "total": ("afn-total-quantity", "cantidad-total-gestionada-por-amazon"),
    "working": ("afn-inbound-working-quantity", "cantidad-entrante-en-preparacion"),
    "shipped": ("afn-inbound-shipped-quantity", "cantidad-entrante-enviada"),
    "receiving": ("afn-inbound-receiving-quantity", "cantidad-entrante-en-recepcion"),
    "researching": ("afn-researching-quantity", "cantidad-en-investigacion"),
    "warehouse": ("afn-warehouse-quantity", "cantidad-en-almacen-de-amazon"),
}


def amazon_fba_manage_inventory(path, cross):
    t = Table(path, ["sku", "fnsku", "asin"], cross)
    rows = t.good(list(FBA.values()))

    def n(r, k):
        return number(t.cell(r, *FBA[k])) or Decimal(0)

    inbound = ("working", "shipped", "receiving")
    ties = sum(1 for r in rows if n(r, "total") == sum(
        n(r, k) for k in ("available", "reserved", "unsellable", "researching") + inbound))
    wh = sum(1 for r in rows if n(r, "warehouse") == n(r, "available") + n(r, "reserved") + n(r, "unsellable"))
    sums = {"stock." + k: t.total(rows, *FBA[k]) for k in ("available", "reserved")}
    sums["stock.inbound"] = sum((t.total(rows, *FBA[k]) for k in inbound), Decimal(0))
    sums["stock.unsellable"] = t.total(rows, *FBA["unsellable"])
    sums["stock.total"] = t.total(rows, *FBA["total"])
    return pack(
        t, "amazon.fba_manage_inventory", rows, None, set(), sums,
        "A snapshot without a date: no period. your-price has no currency. inbound = working + shipped + receiving. "
        f"total = the parts + researching on {ties} of {len(rows)} rows; warehouse = available + reserved + unsellable on "
        f"{wh} of {len(rows)}; researching sums to {text_of(t.total(rows, *FBA['researching']))}.")


def amazon_fba_returns(path, cross):
    t = Table(path, ["return-date", "license-plate-number", "detailed-disposition"], cross)
    rows = t.good([("quantity",)], [("return-date",)])
    stamps = [t.cell(r, "return-date") for r in rows]
    if all("T" in s for s in stamps):
        times = [instant(s) for s in stamps]
        period = span(x.astimezone(PACIFIC).date() for x in times)
        utc = span(x.astimezone(dt.timezone.utc).date() for x in times)
        notes = "Timestamps are UTC; period in America/Los_Angeles."
    else:
        period, utc = span(day(s) for s in stamps), None
        notes = "Dates without a time: taken as they stand."
    return pack(t, "amazon.fba_returns", rows, period, set(), {"returns.units": t.total(rows, "quantity")}, notes,
                period_utc=utc)


def shopify_orders(path, cross):
    t = Table(path, ["Name", "Currency", "Refunded Amount"], cross)
    rows = t.good([(x,) for x in ("Lineitem quantity", "Lineitem price", "Discount Amount", "Shipping", "Taxes",
                                  "Refunded Amount", "Subtotal", "Total", "Lineitem discount")])
    first, lines = {}, {}
    for r in rows:
        first.setdefault(t.cell(r, "Name"), r)
        lines.setdefault(t.cell(r, "Name"), []).append(r)

    def n(r, c):
        return number(t.cell(r, c)) or Decimal(0)

    once = list(first.values())
    further = [r for r in rows if first[t.cell(r, "Name")] is not r]
    leak = [x for x in ("Discount Amount", "Shipping", "Taxes", "Total", "Refunded Amount")
            if any(t.cell(r, x) for r in further)]
    sums, notes = {}, ""
    if t.has("Lineitem price"):
        value = {k: sum((n(r, "Lineitem quantity") * n(r, "Lineitem price") for r in v), Decimal(0))
                 for k, v in lines.items()}
        ties = sum(1 for k, v in value.items() if v - n(first[k], "Discount Amount") == n(first[k], "Subtotal"))
        sums = {
            "order_lines.units": t.total(rows, "Lineitem quantity"),
            "order_lines.gross": sum(value.values(), Decimal(0)),
            "order_lines.seller_discount": t.total(once, "Discount Amount"),
            "order_lines.shipping": t.total(once, "Shipping"),
            "order_lines.tax": t.total(once, "Taxes"),
        }
        voided = [k for k, r in first.items() if t.cell(r, "Financial Status") == "voided" or t.cell(r, "Cancelled at")]
        notes = (f"{len(first)} orders. gross = Lineitem price x Lineitem quantity over all lines, gift cards and voided "
                 f"orders among them; gross - Discount Amount = Subtotal on {ties} of {len(first)} orders. ")
        if voided:
            notes += ("Voided or cancelled orders hold gross " + text_of(sum((value[k] for k in voided), Decimal(0)))
                      + " and " + text_of(t.total([r for k in voided for r in lines[k]], "Lineitem quantity"))
                      + " units of this. ")
        if t.has("Lineitem discount"):
            notes += "Lineitem discount sums to " + text_of(t.total(rows, "Lineitem discount")) + " and is not added. "
        gift = [r for r in rows if t.cell(r, "Lineitem requires shipping") == "false"
                and t.cell(r, "Lineitem taxable") == "false"]
        if gift:
            notes += (f"{len(gift)} lines neither ship nor are taxed (gift cards), worth "
                      + text_of(sum((n(r, 'Lineitem quantity') * n(r, 'Lineitem price') for r in gift), Decimal(0))) + ". ")
        notes += "Day = date part of Created at in its own offset (shop zone)."
    if leak:
        notes += " Order totals repeat on further lines: " + ", ".join(leak)
    return pack(t, "shopify.orders", rows, span(day(t.cell(r, "Created at")) for r in once),
                {t.cell(r, "Currency") for r in once} - {""}, sums, notes,
                refunded=text_of(t.total(once, "Refunded Amount")), orders=len(first))


def tiktok_orders(path, cross):
    t = Table(path, ["Order ID", "SKU ID", "Seller SKU", "Quantity"], cross)
    described = [r for r in t.records if not re.search(r"\d", t.cell(r, "Order ID"))]
    t.records = [r for r in t.records if r not in described]
    numbers = [(x,) for x in ("Quantity", "SKU Subtotal Before Discount", "SKU Platform Discount", "SKU Seller Discount",
                              "Taxes", "Shipping Fee After Discount", "Order Refund Amount")]
    rows = t.good(numbers, [("Created Time",)] if t.has("Created Time") else [])
    first = {}
    for r in rows:
        first.setdefault(t.cell(r, "Order ID"), r)
    once = list(first.values())
    sums = {
        "order_lines.units": t.total(rows, "Quantity"),
        "order_lines.gross": t.total(rows, "SKU Subtotal Before Discount"),
        "order_lines.seller_discount": t.total(rows, "SKU Seller Discount"),
        "order_lines.platform_discount": t.total(rows, "SKU Platform Discount"),
        "order_lines.shipping": t.total(once, "Shipping Fee After Discount"),
        "order_lines.tax": t.total(once, "Taxes"),
    }
    refunded = t.total(once, "Order Refund Amount")
    return pack(
        t, "tiktok.orders", rows,
        span(day(t.cell(r, "Created Time")) for r in rows) if t.has("Created Time") else None,
        {"USD" for r in rows if "$" in t.cell(r, "SKU Subtotal Before Discount")}, sums,
        "rows counts the problem row; sums and period do not. Taxes, Shipping Fee After Discount and Order Refund Amount "
        "once per Order ID. Times have no zone and are taken as the seller's local time. Currency from the $ mark."
        if t.has("Created Time") else "",
        description_rows=[r[0] for r in described] or None, good_rows=len(rows),
        ragged_widths=sorted({len(r[1]) for r in described + t.records} - {len(t.header)}) or None,
        refunded=None if refunded is None else text_of(refunded))


def walmart_orders(path, cross):
    t = Table(path, ["PO#", "Order#", "Item Cost", "Qty"], cross)
    rows = t.good([("Qty",), ("Item Cost",), ("Shipping Cost",), ("Tax",)], [("Order Date",)])
    multi = [r for r in rows if number(t.cell(r, "Qty")) > 1]
    rate = {(number(t.cell(r, "Tax")) / (number(t.cell(r, "Item Cost")) + number(t.cell(r, "Shipping Cost")))
             ).quantize(Decimal("0.0001")) for r in rows}
    per_unit = sum((number(t.cell(r, "Qty")) * number(t.cell(r, "Item Cost")) for r in rows), Decimal(0))
    return pack(
        t, "walmart.orders", rows, span(day(t.cell(r, "Order Date")) for r in rows), set(),
        {
            "order_lines.units": t.total(rows, "Qty"),
            "order_lines.gross": t.total(rows, "Item Cost"),
            "order_lines.shipping": t.total(rows, "Shipping Cost"),
            "order_lines.tax": t.total(rows, "Tax"),
        },
        "Item Cost is taken as the line total: the line(s) with Qty > 1 hold "
        + ", ".join(f"{t.cell(r, 'Item Cost')} for {t.cell(r, 'Qty')}" for r in multi)
        + " while every line of one unit holds "
        + "/".join(sorted({t.cell(r, "Item Cost") for r in rows if r not in multi})) + " (other SKUs, so weak), and Tax / (Item Cost + Shipping Cost) is "
        + "/".join(sorted(map(str, rate))) + " on all lines, the line of several units too; per unit that line would be "
        "taxed at half the rate. Alternative (per unit): gross " + text_of(per_unit) + ". The sample is synthetic: a real "
        "file has yet to confirm it. No discount column. The file states no currency (USD by marketplace). "
        "The cancelled line is in the sums.")


def google_ads_campaign(path, cross):
    t = Table(path, ["Campaign", "Impr.", "Cost"], cross)
    trailers, body = [], []
    columns = {"impressions": ("Impr.",), "clicks": ("Clicks",), "spend": ("Cost",), "conversions": ("Conversions",)}
    for line, cells in t.records:
        if not any(c.strip().startswith("Total:") for c in cells):
            body.append((line, cells))
            continue
        width = len(cells)
        if width != len(t.header):  # a blank before the quote: `, "2,794"`
            with open(path, "rb") as f:
                raw = decode(f.read())[0].splitlines()[line - 1]
            cells = next(csv.reader([raw], skipinitialspace=True))
        entry = {"line": line, "label": next(c for c in cells if c.strip().startswith("Total:")).strip()}
        if width != len(t.header):
            entry["cells"] = width
        for k, v in columns.items():
            if t.has(*v) and t.cell((line, cells), *v):
                entry[k] = text_of(number(t.cell((line, cells), *v)))
        trailers.append(entry)
    t.records = body
    rows = t.good(list(columns.values()), [("Day",)] if t.has("Day") else [])
    head = re.findall(r"[A-Z][a-z]+ \d{1,2}, \d{4}", ", ".join(c.strip() for p in t.preamble for c in p))
    stated = span(day(x) for x in head)
    period = span(day(t.cell(r, "Day")) for r in rows) if t.has("Day") else stated
    currency = {t.cell(r, "Currency code") for r in rows} - {""} or {"USD" for r in rows if "$" in t.cell(r, "Cost")}
    spent = t.total(rows, "Cost")
    off = sorted({Decimal(e["spend"]) - spent for e in trailers if Decimal(e["impressions"]) == t.total(rows, "Impr.")})
    notes = "Total rows are left out and stand under trailers; they overlap. "
    if any(off):
        notes += ("The overall totals of Cost differ from the sum of the rows by " + "/".join(map(text_of, off))
                  + " (rounding at the source). ")
    if t.has("Day"):
        notes += "No currency column: USD from the $ mark. period = days with rows, period_stated = line 2. "
    else:
        notes += ("No day column: period is line 2. No Clicks column: Interactions ("
                  + text_of(t.total(rows, "Interactions")) + ") are not clicks. "
                  "Conv. (Platform Comparable) sums to " + text_of(t.total(rows, "Conv. (Platform Comparable)")) + ".")
    return pack(t, "google_ads.campaign", rows, period, currency,
                {"ads." + k: t.total(rows, *v) for k, v in columns.items()}, notes.strip(),
                preamble_lines=len(t.preamble), period_stated=stated, trailers=trailers)


def meta_ads_performance(path, cross):
    t = Table(path, ["Reporting starts", "Reporting ends", "Campaign name"], cross)
    money = next(h for h in t.header if h.startswith("Amount spent"))
    numbers = [("Impressions",), ("Link clicks",), (money,), ("Results",)]
    rows = t.good(numbers, [("Reporting starts",), ("Reporting ends",)])
    assert all(t.cell(r, "Campaign name") for r in rows), "a total row with empty names"
    notes = "Currency from the column name. No total row. "
    if t.has("Link clicks"):
        notes += ("clicks = Link clicks, the only click column. Results (" + text_of(t.total(rows, "Results"))
                  + ") depend on the objective and are not conversions.")
    return pack(t, "meta_ads.performance", rows,
                span(day(t.cell(r, c)) for r in rows for c in ("Reporting starts", "Reporting ends")),
                set(re.findall(r"\(([A-Z]{3})\)", money)),
                {"ads.impressions": t.total(rows, "Impressions"), "ads.clicks": t.total(rows, "Link clicks"),
                 "ads.spend": t.total(rows, money)}, notes.strip())


def user_costs(path, cross):
    t = Table(path, ["SKU", "采购成本"], cross)
    rows = t.good([("采购成本",), ("头程成本",), ("售价",)])
    costs = [{"sku": t.cell(r, "SKU"), "unit_cost": text_of(number(t.cell(r, "采购成本"))),
              "first_leg": text_of(number(t.cell(r, "头程成本")))} for r in rows]
    return pack(t, "user.costs", rows, None, set(), {},
                "unit_cost = 采购成本 (purchase); first_leg = 头程成本 (freight to the warehouse), so the landed cost is their "
                "sum (alternative). No currency in the file: to be asked. unit_cost is not additive.", costs=costs)


READERS = {
    "amazon.all_orders": amazon_all_orders,
    "amazon.date_range": amazon_date_range,
    "amazon.business_report_by_date": amazon_business_report_by_date,
    "amazon.business_report_by_asin": amazon_business_report_by_asin,
    "amazon.sp_campaign": amazon_sp_campaign,
    "amazon.sp_advertised_product": amazon_sp_advertised_product,
    "amazon.fba_manage_inventory": amazon_fba_manage_inventory,
    "amazon.fba_returns": amazon_fba_returns,
    "shopify.orders": shopify_orders,
    "tiktok.orders": tiktok_orders,
    "walmart.orders": walmart_orders,
    "google_ads.campaign": google_ads_campaign,
    "meta_ads.performance": meta_ads_performance,
    "user.costs": user_costs,
}


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    cross = "--cross-check" in sys.argv
    if not args:
        sys.exit(__doc__)
    root = args[0]
    out = args[1] if len(args) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.json")
    found = sorted(
        os.path.relpath(os.path.join(d, f), root).replace(os.sep, "/")
        for d, _, files in os.walk(root) for f in files if d != root)
    kinds = {}
    for family in FAMILIES:
        kinds.update(importlib.import_module("kinds_" + family).KINDS)
    known = set(REPORTS) | set(CUTS) | set(kinds)
    if set(found) != known:
        sys.exit(f"not listed here: {sorted(set(found) - known)}; not there: {sorted(known - set(found))}")
    files = []
    for name in found:
        path = os.path.join(root, *name.split("/"))
        if name in REPORTS:
            files.append({"file": name, **READERS[REPORTS[name]](path, cross)})
        elif name in CUTS:
            kind, why = CUTS[name]
            got = READERS[kind](path, cross)
            keep = {k: got[k] for k in ("rows", "problem_rows", "period", "currencies", "sums", "refunded") if got.get(k)}
            files.append({"file": name, "report": kind, "is_cut_down": True, "notes": why, **keep})
        else:
            report, read = kinds[name]
            got = read(path, cross)
            assert got["report"] == report, (name, got["report"])
            files.append({"file": name, **got})
    with open(out, "w", encoding="utf-8", newline="\n") as f:
        json.dump({"schema": 1, "files": files}, f, ensure_ascii=False, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
