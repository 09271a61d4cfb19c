// The page around a peer: `peer.html?peer=NAME`. `window.peer` says how far it is; the clock runs
// from the chosen file's handle to the result in this page's memory.

import { digest, totals } from "./digest.js";

async function load() {
  const name = new URLSearchParams(location.search).get("peer");
  const peer = await import(new URL(`./${name}.js`, import.meta.url).href);
  await peer.prepare();
  return peer;
}

function chosenFile() {
  const input = document.getElementById("file");
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files[0]), { once: true });
  });
}

let result;

async function measure({ run }) {
  const file = await chosenFile();
  const start = performance.now();
  result = await run(file);
  return performance.now() - start;
}

// What was found, for the comparison with the other peers; after the clock has stopped.
async function inspect() {
  if (result.skus === undefined) return null;
  return { digest: await digest(result), totals: totals(result) };
}

const loaded = load();
const ready = loaded.then(() => performance.now());
const done = loaded.then(measure);
window.peer = { ready, done, inspect };
