// Starts the engine's program in a helper worker. The engine sends it compiled, in the first message.
import { initSync } from "./worker.js";

onmessage = ({ data }) => {
  onmessage = null;
  initSync({ module: data });
};
