// Arquero: the whole file as one text, its tables and its verbs, in the page's thread.

import { escape, fromCSV, op } from "arquero";

import { losAngelesDay, monthOf } from "./los_angeles.js";

// Never called for a blank cell.
const cents = (text) => Math.round(text * 100);
const parse = {
  quantity: Number,
  "item-price": cents,
  "item-promotion-discount": cents,
  "ship-promotion-discount": cents,
};

export async function prepare() {}

export async function run(file) {
  const sales = fromCSV(await file.text(), { delimiter: "\t", autoType: false, parse })
    .filter((row) => row["order-status"] !== "Cancelled")
    .derive({ day: escape((row) => losAngelesDay(row["purchase-date"])) })
    .derive({ month: escape((row) => monthOf(row.day)) });
  const orders = op.distinct("amazon-order-id");
  const cells = sales.groupby("day", "sku").rollup({
    orders,
    units: op.sum("quantity"),
    gross: op.sum("item-price"),
    itemDiscount: op.sum("item-promotion-discount"),
    shippingDiscount: op.sum("ship-promotion-discount"),
  });
  return result(cells, sales.groupby("month").rollup({ orders }));
}

function result(cells, months) {
  const skus = [...new Set(cells.array("sku"))];
  const places = new Map(skus.map((sku, place) => [sku, place]));
  // A sum of blanks only is undefined.
  const sums = (name) => Float64Array.from(cells.array(name), (sum) => sum ?? 0);
  const shippingDiscount = sums("shippingDiscount");
  return {
    skus,
    day: Int32Array.from(cells.array("day")),
    sku: Uint32Array.from(cells.array("sku"), (sku) => places.get(sku)),
    orders: Uint32Array.from(cells.array("orders")),
    units: sums("units"),
    gross: sums("gross"),
    discount: sums("itemDiscount").map((sum, at) => sum + shippingDiscount[at]),
    month: Int32Array.from(months.array("month")),
    monthOrders: Uint32Array.from(months.array("orders")),
  };
}
