// Reads a part of a file piece by piece into one reused buffer.

const PIECE_BYTES = 8 << 20;

async function count(part) {
  const reader = part.stream().getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(PIECE_BYTES);
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done) return { bytes };
    bytes += value.byteLength;
    buffer = value.buffer;
  }
}

onmessage = async ({ data }) => postMessage(await count(data.part));
postMessage("ready");
