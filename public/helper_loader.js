// Starts the engine's program in a helper worker. The engine sends it compiled, in the first message.
importScripts("./worker.js");
onmessage = ({ data }) => {
  onmessage = null;
  wasm_bindgen.initSync({ module: data });
};
