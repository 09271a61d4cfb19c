"""Sample exports of Amazon's ads: what each is, and its figures, read in plain Python.

`KINDS` holds for each sample file its report id and the function that reads it:
`read(path, cross)` returns what `independent_reader.pack` makes.
"""
from decimal import Decimal

from independent_reader import Table, day, number, pack, span

# Days as the exports name them: one day, or the first and the last of a row.
DAY = ("Date",)
FIRST, LAST = ("Start Date", "Fecha de inicio"), ("End Date", "Fecha de fin")
CURRENCY = ("Currency", "Divisa")
WORDS = {
    "impressions": ("Impressions", "Impresiones"),
    "clicks": ("Clicks", "Clics"),
    "spend": ("Spend", "Gasto"),
    "sales": ("7 Day Total Sales", "14 Day Total Sales", "14 Day Total Sales (₹)", "Ventas totales en 14 días"),
    "orders": ("7 Day Total Orders (#)", "14 Day Total Orders (#)", "Pedidos totales en 14 días"),
    "units": ("7 Day Total Units (#)", "14 Day Total Units (#)", "Unidades totales en 14 días"),
}
GRID = {
    "impressions": ("Impressions",),
    "clicks": ("Clicks",),
    "spend": ("Spend(USD)",),
    "sales": ("Sales(USD)",),
    "orders": ("Orders",),
}


def sums_of(table, rows, words):
    return {"ads." + name: table.total(rows, *options) for name, options in words.items()}


def report(report_id, need, path, cross, notes):
    """A report with a day on each row, or the days that a row covers."""
    table = Table(path, need, cross)
    dates = [DAY] if table.has(*DAY) else [FIRST, LAST]
    rows = table.good(list(WORDS.values()), dates)
    days = [day(table.cell(row, *options)) for row in rows for options in dates]
    more = {}
    if len(dates) == 2:
        both = sorted({" - ".join(day(table.cell(row, *d)).isoformat() for d in dates) for row in rows})
        more["n_row_periods"] = len(both)
        notes = "One row covers a range of days of its own; period is from the first start to the last end. " + notes
    notes = ("14" if any("14" in name for name in table.header) else "7") + "-day attribution. " + notes
    if not table.has(*WORDS["sales"]):
        notes = "No sales in the file, no attribution. "
    currencies = {table.cell(row, *CURRENCY) for row in rows} - {""}
    if not table.has(*CURRENCY):
        currencies = {"USD"}
        notes += "The file states no currency (USD by marketplace). "
    return pack(table, report_id, rows, span(days), currencies, sums_of(table, rows, WORDS), notes.strip(), **more)


def search_term(path, cross):
    need = ["Término de búsqueda del cliente"] if "/es_" in path else ["Customer Search Term"]
    return report("amazon.sp_search_term", need, path, cross,
                  "Only search terms with clicks are listed. Advertised and other SKU columns are parts of the totals and not added.")


def targeting(path, cross):
    return report("amazon.sp_targeting", ["Targeting", "Spend"], path, cross,
                  "Targets without clicks, and some without impressions, are listed too. Advertised and other SKU "
                  "columns are parts of the totals and not added.")


def placement(path, cross):
    return report("amazon.sp_placement", ["Placement", "Spend"], path, cross, "")


def over_time(path, cross):
    return report("amazon.sp_performance_over_time", ["Date", "Clicks", "Spend"], path, cross, "")


def grid(report_id, need, notes):
    """A table of Campaign Manager: no day of its own."""
    def read(path, cross):
        table = Table(path, need, cross)
        rows = table.good(list(GRID.values()))
        currencies = {name[-4:-1] for name in table.header if name.endswith("(USD)")}
        rate = [row for row in rows if number(table.cell(row, "Impressions"))
                and abs(number(table.cell(row, "CTR(%)"))
                        - 100 * number(table.cell(row, "Clicks")) / number(table.cell(row, "Impressions"))) > Decimal("0.0001")]
        text = ("No period in the file. Currency from the column names. "
                f"CTR(%) is clicks / impressions in percent points on all rows but {len(rate)}. " + notes)
        return pack(table, report_id, rows, None, currencies, sums_of(table, rows, GRID), text.strip())
    return read


campaigns = grid("amazon.campaign_manager_campaigns", ["Campaigns", "Spend(USD)"],
                 "Start date and End date are the campaign's own and date nothing.")
ads = grid("amazon.campaign_manager_ads", ["Products", "SKU", "ASIN"], "No campaign in the file.")
search_terms = grid("amazon.campaign_manager_search_terms", ["Customer search term", "Keywords"], "No campaign in the file.")

KINDS = {
    "amazon/ares_search_terms.csv": ("amazon.sp_search_term", search_term),
    "amazon/es_terminos_es.csv": ("amazon.sp_search_term", search_term),
    "amazon/in_sp_search_term_daily_2020.xlsx": ("amazon.sp_search_term", search_term),
    "amazon/uk_sp_search_term_daily_2023.xlsx": ("amazon.sp_search_term", search_term),
    "amazon/us_sp_search_term_daily_2020.xlsx": ("amazon.sp_search_term", search_term),
    "amazon/us_sp_search_term_summary_2022.xlsx": ("amazon.sp_search_term", search_term),
    "amazon/us_sp_targeting_daily_2019.xlsx": ("amazon.sp_targeting", targeting),
    "amazon/in_sp_placement_daily_2020.xlsx": ("amazon.sp_placement", placement),
    "amazon/us_sp_performance_over_time_2019.xlsx": ("amazon.sp_performance_over_time", over_time),
    "amazon/us_campaign_manager_export_2019.csv": ("amazon.campaign_manager_campaigns", campaigns),
    "amazon/us_campaign_manager_adgroup_ads_2019.csv": ("amazon.campaign_manager_ads", ads),
    "amazon/us_campaign_manager_adgroup_search_terms_2019.csv": ("amazon.campaign_manager_search_terms", search_terms),
}
