// Starts the program `examples/bare.rs`: it posts "ready", then answers `{ file }` with the result.

import init from "./bare.js";

await init();
