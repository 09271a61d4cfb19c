// Perspective: the comma file as one text (it reads no tabs), all columns as it takes them, and two
// views. Months are cut by the browser's zone, which `./bench` sets to UTC.

import perspective from "@perspective-dev/client";

import { monthOf } from "./los_angeles.js";

const DAY_MILLIS = 86_400_000;

// Milliseconds of the moment in Los Angeles; its summer times of the file's two years.
const MOMENT = `float("purchase-date") - 3600000 *
  if (float("purchase-date") < ${Date.UTC(2024, 2, 10, 10)}, 8,
  if (float("purchase-date") < ${Date.UTC(2024, 10, 3, 9)}, 7,
  if (float("purchase-date") < ${Date.UTC(2025, 2, 9, 10)}, 8,
  if (float("purchase-date") < ${Date.UTC(2025, 10, 2, 9)}, 7, 8))))`;

const ORDERS = "amazon-order-id";
const SUMS = ["quantity", "item-price", "item-promotion-discount", "ship-promotion-discount"];

let engine;

export async function prepare() {
  const binary = (name) => fetch(new URL(`./${name}`, import.meta.url));
  perspective.init_client(binary("perspective-js.wasm"));
  perspective.init_server(binary("perspective-server.wasm"));
  engine = await perspective.worker();
}

export async function run(file) {
  const table = await engine.table(await file.text());
  const view = (config) =>
    table.view({ filter: [["order-status", "!=", "Cancelled"]], group_rollup_mode: "flat", ...config });
  const cells = await view({
    group_by: ["day", "sku"],
    columns: [ORDERS, ...SUMS],
    aggregates: {
      [ORDERS]: "distinct count",
      ...Object.fromEntries(SUMS.map((name) => [name, "sum"])),
    },
    expressions: { day: `floor((${MOMENT}) / ${DAY_MILLIS})` },
  });
  const months = await view({
    group_by: ["month"],
    columns: [ORDERS],
    aggregates: { [ORDERS]: "distinct count" },
    expressions: { month: `bucket(datetime(${MOMENT}), 'M')` },
  });
  return result(await cells.to_columns(), await months.to_columns());
}

function result(cells, months) {
  const path = cells.__ROW_PATH__;
  const skus = [...new Set(path.map(([, sku]) => sku))];
  const places = new Map(skus.map((sku, place) => [sku, place]));
  const cents = (name) => Float64Array.from(cells[name], (sum) => Math.round(sum * 100));
  const shippingDiscount = cents("ship-promotion-discount");
  return {
    skus,
    day: Int32Array.from(path, ([day]) => day),
    sku: Uint32Array.from(path, ([, sku]) => places.get(sku)),
    orders: Uint32Array.from(cells[ORDERS]),
    units: Float64Array.from(cells.quantity),
    gross: cents("item-price"),
    discount: cents("item-promotion-discount").map((sum, at) => sum + shippingDiscount[at]),
    month: Int32Array.from(months.__ROW_PATH__, ([start]) => monthOf(start / DAY_MILLIS)),
    monthOrders: Uint32Array.from(months[ORDERS]),
  };
}
