// Workers as this folder's peers use them: they post "ready" first, then one answer a question.

// Starts the module worker at `url`; resolves when it is ready.
export async function startWorker(url) {
  const worker = new Worker(url, { type: "module" });
  await answer(worker);
  return worker;
}

// Posts `question`, giving away `moved`; resolves with the next message of the worker.
export function ask(worker, question, moved = []) {
  worker.postMessage(question, moved);
  return answer(worker);
}

function answer(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.fault ? reject(data.fault) : resolve(data));
    worker.onerror = ({ message }) => reject(message);
  });
}
