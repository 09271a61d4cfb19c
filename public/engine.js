// Starts the engine before the page's program is there, and keeps what it says until the program takes
// it over. "worker_loader.js" is written by Trunk.
{
  const worker = new Worker("./worker_loader.js", { type: "module" });
  const told = [];
  worker.onmessage = worker.onerror = (event) => told.push(event);
  window.startedEngine = { worker, told };
}
