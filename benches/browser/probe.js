// Runs in the product's page before its own scripts and notes when things are to be seen. It knows
// the page by what a person sees and by its stable attributes only.

(() => {
  const PATIENCE_MILLIS = 110_000;
  const CARD = "main a[href^='#/kpi/'] [data-kpi][data-value]";
  const CONFIRM = "main button[data-kind=primary][data-size=large]:not([disabled])";
  const SAVE_STATE = "header [role=status][data-state]";

  const all = (css) => [...document.querySelectorAll(css)];
  const has = (css) => document.querySelector(css) !== null;
  const frame = () => new Promise(requestAnimationFrame);
  const rest = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  // The moment of the first frame in which `isSo`.
  async function when(what, isSo) {
    const start = performance.now();
    while (!isSo()) {
      if (performance.now() - start > PATIENCE_MILLIS) throw new Error(`in vain for ${what}`);
      await frame();
    }
    return performance.now();
  }

  // After two more frames what is in the document has been painted for certain.
  async function twoFramesLater() {
    await frame();
    await frame();
    return performance.now();
  }

  // Called within a frame: the next task comes after its paint.
  function afterPaint() {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  }

  // --- From the start of the page -----------------------------------------------------------

  // The engine's worker is ready when it sends its first message.
  let tellWorkerReady;
  const workerReady = new Promise((resolve) => (tellWorkerReady = resolve));
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => tellWorkerReady(performance.now()), { once: true });
    }
  };

  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({
    type: "longtask",
    buffered: true,
  });

  function longestTaskSince(start) {
    const since = longTasks.filter((task) => task.startTime + task.duration > start);
    return Math.max(0, ...since.map((task) => task.duration));
  }

  // When both doors of the first page are open, and when a file can be read.
  async function opened() {
    const doors = await when("the doors", () => all(".doors section h2").length >= 2);
    return { doors, workerReady: await workerReady };
  }

  async function firstCard() {
    await when("the first card", () => has(CARD));
    return { firstCard: await twoFramesLater(), workerReady: await workerReady };
  }

  // --- An import ----------------------------------------------------------------------------

  function shows(period, values) {
    const shown = (kpi) => document.querySelector(`${CARD}[data-kpi="${kpi}"]`)?.dataset;
    return Object.entries(values).every(([kpi, value]) => {
      const card = shown(kpi);
      return card?.period === period && card.value === value;
    });
  }

  // Where the page stays with its confirmation, a person clicks on to home.
  function goOn(hash) {
    const isAtHome = location.hash.startsWith("#/home");
    const isTold = has("main [role=status] a[href^='#/home']");
    if ((isAtHome || isTold) && location.hash !== hash) location.hash = hash;
  }

  // Follows what the page says about saving.
  function watchSaving() {
    const state = () => document.querySelector(SAVE_STATE)?.dataset.state;
    let seen = state();
    let changedAt = null;
    const look = () => {
      if (state() === seen) return;
      seen = state();
      changedAt = performance.now();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ["data-state"] });
    // The moment of the last "saved": none other came within a second.
    return async () => {
      const isAtRest = () =>
        seen === "saved" && changedAt !== null && performance.now() - changedAt > 1000;
      await when("saved", isAtRest);
      observer.disconnect();
      return changedAt;
    };
  }

  // The next file that is chosen: read, confirmed at once, and looked at on the route `hash`.
  async function importFile(hash, period, values) {
    const chosen = await new Promise((resolve) => {
      const note = () => resolve(performance.now());
      document.addEventListener("change", note, { capture: true, once: true });
    });
    const isUnderstood = () => has("main [data-part=report]") && has(CONFIRM);
    const understood = await when("the file to be understood", isUnderstood);
    const saved = watchSaving();
    document.querySelector(CONFIRM).click();
    const confirmed = performance.now();
    await when("the file's figures", () => {
      goOn(hash);
      return shows(period, values);
    });
    const shown = await twoFramesLater();
    return {
      understood: understood - chosen,
      shown: shown - confirmed,
      saved: (await saved()) - confirmed,
    };
  }

  // --- With a workbook ----------------------------------------------------------------------

  // From the change of the route to painted cards.
  async function change({ hash, period, scope }) {
    // At any moment of a frame.
    await rest(100 + Math.random() * 17);
    const start = performance.now();
    location.hash = hash;
    await when(`the cards of ${hash}`, () => {
      const cards = all(CARD);
      const isNew = ({ dataset }) => dataset.period === period && dataset.scope === scope;
      return cards.length > 0 && cards.every(isNew) && !has("main [aria-busy=true]");
    });
    return (await afterPaint()) - start;
  }

  async function changeAll(sights) {
    const start = performance.now();
    const millis = [];
    for (const sight of sights) millis.push(await change(sight));
    return { millis, longestTask: longestTaskSince(start) };
  }

  // From the change of the route to what stands at `css`, at least `count` times, painted; in turns with
  // home, so that each time another page is left.
  async function openAll(home, { hash, css, count }, times) {
    const millis = [];
    for (let turn = 0; turn < times; turn += 1) {
      await change(home);
      await rest(500 + Math.random() * 17);
      const start = performance.now();
      location.hash = hash;
      await when(`what stands at ${hash}`, () => all(css).length >= count);
      millis.push((await afterPaint()) - start);
    }
    return { millis, longestTask: longestTaskSince(0) };
  }

  // The ids of all KPIs, as the catalogue lists them.
  async function kpis() {
    location.hash = "#/kpis";
    await when("the catalogue", () => has("[data-listed]"));
    await rest(500);
    return { ids: all("[data-listed]").map(({ dataset }) => dataset.listed) };
  }

  // Moves the pointer over the trend's drawing, once a frame, to and fro.
  async function drag(millis) {
    const chart = document.querySelector("main [role=slider]");
    chart.scrollIntoView({ block: "center", behavior: "instant" });
    await rest(200);
    const { left, top, width, height } = chart.getBoundingClientRect();
    const frames = [await frame()];
    while (frames.at(-1) - frames[0] < millis) {
      const way = ((frames.at(-1) - frames[0]) / 1000) % 2;
      const clientX = left + width * (way < 1 ? way : 2 - way);
      const place = { clientX, clientY: top + height / 2, bubbles: true, pointerId: 1 };
      chart.dispatchEvent(new PointerEvent("pointermove", place));
      frames.push(await frame());
    }
    const lengths = frames.slice(1).map((at, index) => at - frames[index]);
    return {
      framesPerSecond: (lengths.length * 1000) / (frames.at(-1) - frames[0]),
      longestFrame: Math.max(...lengths),
    };
  }

  window.probe = { opened, firstCard, importFile, changeAll, openAll, kpis, drag };
})();
