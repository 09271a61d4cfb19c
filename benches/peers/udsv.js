// uDSV: rows as arrays of text from a decoded stream, added up by this folder's own code.

import { ask, startWorker } from "./workers.js";

let worker;

export async function prepare() {
  worker = await startWorker(new URL("./udsv_worker.js", import.meta.url));
}

export function run(file) {
  return ask(worker, { file });
}
