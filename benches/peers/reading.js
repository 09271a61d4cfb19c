// No engine at all: the file's bytes read into workers and forgotten, the floor under every peer.

import { ask, startWorker } from "./workers.js";

// A peer that reads with `nWorkers` workers, each its own part of the file.
export function reading(nWorkers) {
  let workers;
  const url = new URL("./reading_worker.js", import.meta.url);

  async function prepare() {
    workers = await Promise.all(Array.from({ length: nWorkers }, () => startWorker(url)));
  }

  async function run(file) {
    const size = Math.ceil(file.size / nWorkers);
    const part = (worker, at) => ask(worker, { part: file.slice(at * size, (at + 1) * size) });
    const counts = await Promise.all(workers.map(part));
    const bytes = counts.reduce((sum, count) => sum + count.bytes, 0);
    if (bytes !== file.size) throw new Error(`${bytes} of ${file.size} bytes were read`);
    return { bytes };
  }

  return { prepare, run };
}
