import Papa from "papaparse";

import { Sums } from "./sums.js";

function read(file) {
  return new Promise((resolve, reject) => {
    let sums;
    const add = ({ data }) => {
      sums ??= new Sums(data.shift());
      for (const row of data) if (row.length > 1) sums.add(row);
    };
    Papa.parse(file, {
      delimiter: "\t",
      newline: "\n",
      fastMode: true,
      chunk: add,
      complete: () => resolve(sums),
      error: reject,
    });
  });
}

onmessage = async ({ data }) => {
  const result = (await read(data.file)).result();
  postMessage(result, Sums.buffers(result));
};
postMessage("ready");
