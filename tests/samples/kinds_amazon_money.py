"""What the money, fee, removal and tax exports of Amazon among the samples say.

Columns are named as the exports spell them; nothing here is shared with src/.
`KINDS`: sample file -> (report id, function(path, cross) -> the same dict as the other readers give).
"""
import datetime as dt
from decimal import Decimal

from independent_reader import PACIFIC, Table, day, instant, number, pack, span, text_of

ZERO = Decimal(0)


def value(t, row, *names):
    return number(t.cell(row, *names)) or ZERO


def utc(text):
    """`2026-06-17 08:14:22 UTC` or an ISO moment with its offset."""
    text = text.strip()
    if text.endswith(" UTC"):
        text = text[:-4] + "+00:00"
    return instant(text)


def pacific(texts):
    return span(utc(x).astimezone(PACIFIC).date() for x in texts)


def currencies(t, rows, *names):
    return {t.cell(r, *names) for r in rows} - {""}


def added(parts):
    out = {}
    for name, amount in parts:
        out[name] = out.get(name, ZERO) + amount
    return {name: text_of(amount) for name, amount in sorted(out.items())}


# What the lines of the V2 sample are, each pair decided by reading it.
V2 = {
    ("Order", "ItemPrice", "Principal"): "product_sales",
    ("Order", "ItemPrice", "Tax"): "tax",
    ("Order", "ItemPrice", "Shipping"): "shipping_income",
    ("Order", "ItemFees", "Commission"): "platform_fee",
    ("Order", "ItemFees", "FBAPerUnitFulfillmentFee"): "fulfilment_fee",
    ("Order", "ItemFees", "MarketplaceFacilitatorVAT-Principal"): "tax",
    ("Order", "ItemFees", "ShippingChargeback"): "fulfilment_fee",
    ("Refund", "ItemPrice", "Principal"): "refund_principal",
    ("Refund", "ItemFees", "RefundCommission"): "platform_fee",
    ("Refund", "ItemFees", "Commission"): "platform_fee",
    ("ServiceFee", "other-transaction", "Storage Fee"): "storage_fee",
    ("ServiceFee", "other-transaction", "Subscription Fee"): "platform_fee",
    ("ServiceFee", "other-transaction", "LowInventoryLevelFee"): "fulfilment_fee",
    ("Shipment", "Shipment-Fees", "FBAPerOrderFulfillmentFee"): "fulfilment_fee",
    ("Adjustment", "other-transaction", "Refund Reimbursal"): "reimbursement",
    ("Transfer", "other-transaction", "Previous Reserve Amount Balance"): "reserve",
    ("Transfer", "other-transaction", "Current Reserve Amount"): "reserve",
}


def settlement_v2(path, cross):
    t = Table(path, ["settlement-id", "amount-type", "amount-description"], cross)
    head = [r for r in t.records if not t.cell(r, "transaction-type")]
    t.records = [r for r in t.records if t.cell(r, "transaction-type")]
    rows = t.good([("amount",), ("quantity-purchased",)], [("posted-date-time",)])
    items = [r for r in rows if (t.cell(r, "amount-type"), t.cell(r, "amount-description")) == ("ItemPrice", "Principal")]
    stated = t.total(head, "total-amount")
    amount = t.total(rows, "amount")
    assert len(head) == 1 and stated == amount, (path, stated, amount)
    names = ("transaction-type", "amount-type", "amount-description")
    return pack(
        t, "amazon.settlement_v2", rows, pacific(t.cell(r, "posted-date-time") for r in rows), currencies(t, rows, "currency"),
        {"postings.amount": amount, "postings.units": t.total(items, "quantity-purchased")},
        "The first row is the total and not among the rows; its total-amount is the sum of the amounts. Times are UTC, "
        "period in America/Los_Angeles. quantity-purchased counted on ItemPrice/Principal lines, the refund's among them; "
        "over all lines it sums to " + text_of(t.total(rows, "quantity-purchased")) + ".",
        categories=added((V2[tuple(t.cell(r, n) for n in names)], value(t, r, "amount")) for r in rows))


V1 = {"Principal": "product_sales", "Commission": "platform_fee", "FBAPerUnitFulfillmentFee": "fulfilment_fee"}
V1_AMOUNTS = ("shipment-fee-amount", "order-fee-amount", "price-amount", "item-related-fee-amount", "misc-fee-amount",
              "other-fee-amount", "promotion-amount", "direct-payment-amount", "other-amount")


def settlement_v1(path, cross):
    t = Table(path, ["settlement-id", "price-type", "item-related-fee-type"], cross)
    rows = t.good([(n,) for n in V1_AMOUNTS + ("quantity-purchased",)], [("posted-date-time",)])
    assert all(t.cell(r, "transaction-type") == "Order" for r in rows)
    items = [r for r in rows if t.cell(r, "price-type") == "Principal"]
    filled = {n for n in V1_AMOUNTS for r in rows if t.cell(r, n)}
    return pack(
        t, "amazon.settlement_v1", rows, pacific(t.cell(r, "posted-date-time") for r in rows), currencies(t, rows, "currency"),
        {"postings.amount": sum((t.total(rows, n) for n in V1_AMOUNTS), ZERO),
         "postings.units": t.total(items, "quantity-purchased")},
        "No total row. Amounts filled: " + ", ".join(sorted(filled)) + ". Times are UTC, period in America/Los_Angeles. "
        "quantity-purchased counted on Principal rows.",
        categories=added((V1[t.cell(r, "price-type") or t.cell(r, "item-related-fee-type")],
                          sum((value(t, r, n) for n in V1_AMOUNTS), ZERO)) for r in rows))


def unshipped_orders(path, cross):
    t = Table(path, ["order-id", "order-item-id", "quantity-to-ship"], cross)
    rows = t.good([("quantity-purchased",), ("quantity-to-ship",)], [("purchase-date",)])
    late = [r for r in rows if value(t, r, "days-past-promise") > 0]
    to_ship = t.total(rows, "quantity-to-ship")
    times = [instant(t.cell(r, "purchase-date")) for r in rows]
    return pack(
        t, "amazon.unshipped_orders", rows, span(x.astimezone(PACIFIC).date() for x in times), set(),
        {"service.count": to_ship + t.total(late, "quantity-to-ship"),
         "service.base": t.total(rows, "quantity-purchased") + to_ship},
        "service.count = units to ship + late units among them; service.base = units bought (of `to_ship`) + units to ship "
        f"(of `late_to_ship`). {len(late)} rows are late. Times are UTC, period in America/Los_Angeles; the file states no "
        "currency (USD by marketplace).",
        period_utc=span(x.astimezone(dt.timezone.utc).date() for x in times))


def sku_economics(path, cross):
    t = Table(path, ["Amazon store", "Start date", "End date", "MSKU"], cross)
    rows = t.good([("Units sold",), ("Units returned",), ("Sales",), ("Net sales",)], [("Start date",), ("End date",)])
    return pack(
        t, "amazon.sku_economics", rows, span(day(t.cell(r, c)) for r in rows for c in ("Start date", "End date")),
        currencies(t, rows, "Currency code"),
        {"sales_summaries.units": t.total(rows, "Units sold"), "sales_summaries.units_refunded": t.total(rows, "Units returned"),
         "sales_summaries.gross": t.total(rows, "Sales"), "sales_summaries.net": t.total(rows, "Net sales")},
        "One row covers a range of days. Net units sold is units less returned on "
        f"{sum(1 for r in rows if value(t, r, 'Units sold') - value(t, r, 'Units returned') == value(t, r, 'Net units sold'))} "
        f"of {len(rows)} rows.")


FEES = {
    "listings.price": ("your-price", "tu-precio"),
    "listings.referral_fee": ("estimated-referral-fee-per-unit", "comision-por-recomendacion-estimada-por-unidad"),
    "listings.fulfilment_fee": ("expected-fulfillment-fee-per-unit", "tarifa-de-gestion-logistica-prevista-por-unidad"),
    "listings.total_fee": ("estimated-fee-total", "total-estimado-de-tarifas"),
}


def fee_preview(path, cross):
    t = Table(path, ["sku", "fnsku", "asin"], cross)
    rows = t.good(list(FEES.values()))
    return pack(t, "amazon.fee_preview", rows, None, currencies(t, rows, "currency", "divisa"),
                {fact: t.total(rows, *names) for fact, names in FEES.items()},
                "A snapshot without a date. Prices and fees of one unit: the sums only prove that all rows were read.")


def monthly_storage_fees(path, cross):
    t = Table(path, ["fnsku", "month_of_charge", "estimated_monthly_storage_fee"], cross)
    rows = t.good([("estimated_monthly_storage_fee",), ("average_quantity_on_hand",), ("estimated_total_item_volume",)])
    months = sorted({t.cell(r, "month_of_charge") for r in rows})
    first = dt.date.fromisoformat(months[0] + "-01")
    last = dt.date.fromisoformat(months[-1] + "-28") + dt.timedelta(4)
    period = {"from": first.isoformat(), "to": (last - dt.timedelta(last.day)).isoformat()}
    return pack(t, "amazon.monthly_storage_fees", rows, period, currencies(t, rows, "currency"),
                {"fee_details.amount": t.total(rows, "estimated_monthly_storage_fee"),
                 "fee_details.units": t.total(rows, "average_quantity_on_hand"),
                 "fee_details.volume": t.total(rows, "estimated_total_item_volume")},
                "month_of_charge is " + ", ".join(months) + ": the whole month.")


def long_term_storage_fees(path, cross):
    t = Table(path, ["snapshot-date", "12-mo-long-terms-storage-fee"], cross)
    units = ("qty-charged-12-mo-long-term-storage-fee", "qty-charged-6-mo-long-term-storage-fee")
    fees = ("12-mo-long-terms-storage-fee", "6-mo-long-terms-storage-fee")
    rows = t.good([(n,) for n in units + fees + ("per-unit-volume",)], [("snapshot-date",)])
    return pack(t, "amazon.long_term_storage_fees", rows, pacific(t.cell(r, "snapshot-date") for r in rows),
                currencies(t, rows, "currency"),
                {"fee_details.amount": sum((t.total(rows, n) for n in fees), ZERO),
                 "fee_details.units": sum((t.total(rows, n) for n in units), ZERO),
                 "fee_details.volume": sum((value(t, r, "per-unit-volume") * value(t, r, n) for r in rows for n in units), ZERO)},
                "12-month and 6-month charges are added; volume = per-unit-volume x units charged.")


def recommended_removal(path, cross):
    t = Table(path, ["snapshot-date", "sellable-removal-quantity"], cross)
    rows = t.good([("sellable-removal-quantity",)], [("snapshot-date",)])
    return pack(t, "amazon.recommended_removal", rows, pacific(t.cell(r, "snapshot-date") for r in rows), set(),
                {"removals.requested": t.total(rows, "sellable-removal-quantity")},
                "requested = sellable-removal-quantity alone; unsellable-quantity sums to "
                + text_of(t.total(rows, "unsellable-quantity")) + ".")


REMOVALS = {"requested": "requested-quantity", "cancelled": "cancelled-quantity", "disposed": "disposed-quantity",
            "shipped": "shipped-quantity", "in_process": "in-process-quantity", "fee": "removal-fee"}


def removal_order_detail(path, cross):
    t = Table(path, ["request-date", "order-id", "removal-fee"], cross)
    rows = t.good([(n,) for n in REMOVALS.values()], [("request-date",)])
    return pack(t, "amazon.removal_order_detail", rows, pacific(t.cell(r, "request-date") for r in rows),
                currencies(t, rows, "currency"), {"removals." + k: t.total(rows, n) for k, n in REMOVALS.items()},
                "Times are UTC, period in America/Los_Angeles.")


def removal_shipment_detail(path, cross):
    t = Table(path, ["request-date", "shipment-date", "tracking-number"], cross)
    rows = t.good([("shipped-quantity",)], [("request-date",), ("shipment-date",)])
    return pack(t, "amazon.removal_shipment_detail", rows, pacific(t.cell(r, "request-date") for r in rows), set(),
                {"removals.shipped": t.total(rows, "shipped-quantity")},
                "period = days of the requests; days of the parcels: "
                + " to ".join(pacific(t.cell(r, "shipment-date") for r in rows).values()) + " (alternative).")


TAX = {"units": "QTY", "net": "TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL", "tax": "TOTAL_ACTIVITY_VALUE_VAT_AMT",
       "gross": "TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL"}


def vat_transactions(path, cross):
    t = Table(path, ["TRANSACTION_EVENT_ID", "TRANSACTION_COMPLETE_DATE", "QTY"], cross)
    rows = t.good([(n,) for n in TAX.values()], [("TRANSACTION_COMPLETE_DATE",)])
    ties = sum(1 for r in rows if value(t, r, TAX["net"]) + value(t, r, TAX["tax"]) == value(t, r, TAX["gross"]))
    return pack(t, "amazon.vat_transactions", rows, span(day(t.cell(r, "TRANSACTION_COMPLETE_DATE")) for r in rows),
                currencies(t, rows, "TRANSACTION_CURRENCY_CODE"), {"tax_records." + k: t.total(rows, n) for k, n in TAX.items()},
                f"net + tax = gross on {ties} of {len(rows)} rows.")


KINDS = {
    "amazon/settlement_v2_synthetic_2026.txt": ("amazon.settlement_v2", settlement_v2),
    "amazon/ares_settlement.txt": ("amazon.settlement_v1", settlement_v1),
    "amazon/unshipped_orders_synthetic_2026.txt": ("amazon.unshipped_orders", unshipped_orders),
    "amazon/jc_amazon_sales.csv": ("amazon.sku_economics", sku_economics),
    "amazon/ares_fee_preview.txt": ("amazon.fee_preview", fee_preview),
    "amazon/es_tarifas_es.txt": ("amazon.fee_preview", fee_preview),
    "amazon/ares_storage_fees.txt": ("amazon.monthly_storage_fees", monthly_storage_fees),
    "amazon/us_long_term_storage_fee_charges_2019.csv": ("amazon.long_term_storage_fees", long_term_storage_fees),
    "amazon/us_recommended_removal_2019.csv": ("amazon.recommended_removal", recommended_removal),
    "amazon/us_fba_removal_order_detail_2020.csv": ("amazon.removal_order_detail", removal_order_detail),
    "amazon/us_fba_removal_shipment_detail_2020.csv": ("amazon.removal_shipment_detail", removal_shipment_detail),
    "amazon/ares_vat_transactions.txt": ("amazon.vat_transactions", vat_transactions),
}
