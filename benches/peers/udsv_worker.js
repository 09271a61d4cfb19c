import { inferSchema, initParser } from "udsv";

import { Sums } from "./sums.js";

// Tabs without quotes: a quotation mark within a name is a letter like any other.
const FORM = { col: "\t", row: "\n", encl: "" };

async function read(file) {
  let parser;
  let sums;
  const add = (row) => sums.add(row);
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    if (parser === undefined) {
      parser = initParser(inferSchema(value, FORM));
      sums = new Sums(parser.schema.cols.map(({ name }) => name));
    }
    parser.chunk(value, parser.stringArrs, add);
  }
  parser.end();
  return sums;
}

onmessage = async ({ data }) => {
  const result = (await read(data.file)).result();
  postMessage(result, Sums.buffers(result));
};
postMessage("ready");
