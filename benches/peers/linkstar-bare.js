// This product's own engine without its page and without storage, in two workers as on the page: each
// reads and counts half of the rows; orders that both have are counted once.

import { ask, startWorker } from "./workers.js";

// Rows are shorter.
const SEARCHED_BYTES = 65536;

let workers;

export async function prepare() {
  const url = new URL("../bare/bare_worker.js", import.meta.url);
  workers = await Promise.all([startWorker(url), startWorker(url)]);
}

export async function run(file) {
  const [own, other] = workers;
  const [above, below] = await halves(file);
  const [, part] = await Promise.all([
    ask(own, { rows: above, isKept: true }),
    ask(other, { rows: below }),
  ]);
  const shared = await ask(own, { part }, buffersOf(part));
  const orders = await ask(other, { shared });
  return ask(own, { orders }, buffersOf(orders));
}

function buffersOf(arrays) {
  return Object.values(arrays).filter(ArrayBuffer.isView).map(({ buffer }) => buffer);
}

// Both begin with the header. Every line end of such a report is the end of a row.
async function halves(file) {
  const [header, border] = await Promise.all([behindLine(file, 0), behindLine(file, file.size >> 1)]);
  return [file.slice(0, border), new Blob([file.slice(0, header), file.slice(border)])];
}

// Where the line that stands at `at` ends.
async function behindLine(file, at) {
  const bytes = await file.slice(at, at + SEARCHED_BYTES).arrayBuffer();
  return at + new Uint8Array(bytes).indexOf(10) + 1;
}
