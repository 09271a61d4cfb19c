// This product's own engine without its page and without storage, in one worker.

import { ask, startWorker } from "./workers.js";

let worker;

export async function prepare() {
  worker = await startWorker(new URL("../bare/bare_worker.js", import.meta.url));
}

export function run(file) {
  return ask(worker, { file });
}
