// DuckDB compiled to WebAssembly, with exception handling, one thread.

import * as duckdb from "@duckdb/duckdb-wasm";

import task from "./kpi_task.sql";

const INPUT = "orders.tsv";

let database;
let connection;

export async function prepare() {
  const worker = new Worker(new URL("./duckdb-browser-eh.worker.js", import.meta.url));
  database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(new URL("./duckdb-eh.wasm", import.meta.url).href);
  connection = await database.connect();
}

export async function run(file) {
  const protocol = duckdb.DuckDBDataProtocol.BROWSER_FILEREADER;
  await database.registerFileHandle(INPUT, file, protocol, true);
  await connection.query(task.replace("'FILE'", `'${INPUT}'`));
  const skus = await connection.query("SELECT sku FROM skus ORDER BY number");
  const cells = await connection.query("SELECT * FROM cells JOIN skus USING (sku)");
  const months = await connection.query("SELECT * FROM months");
  const column = (table, name) => table.getChild(name).toArray();
  return {
    skus: skus.toArray().map((row) => row.sku),
    day: column(cells, "day"),
    sku: column(cells, "number"),
    orders: column(cells, "orders"),
    units: column(cells, "units"),
    gross: column(cells, "gross"),
    discount: column(cells, "discount"),
    month: column(months, "month"),
    monthOrders: column(months, "orders"),
  };
}
