// What runs in the page that is measured. The bench's server offers it beside the bundle, so that it needs no exception
// from the policy; `bench` is what the scripts of page.rs call; a property
// of the window, since an engine may run those where the page's own constants are not seen.
//
// Belongs here: acting as a person does, clocks, and what the engine itself does with the same bytes. Does not belong
// here: what is measured how often, medians, goals.
"use strict";

globalThis.bench = (() => {
  const now = () => performance.now();

  /** A task of its own, after what waits already. */
  const task = () => new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); go(); };
    port2.postMessage(null);
  });

  const frame = () => new Promise(requestAnimationFrame);

  /** Until what the page is now has been drawn. */
  const painted = async () => { await frame(); await task(); };

  const sleep = (ms) => new Promise((go) => setTimeout(go, ms));

  const all = (selector) => [...document.querySelectorAll(selector)];

  const nodes = () => document.getElementsByTagName("*").length;

  /** What `look` gives once that is truthy; looks once a frame. */
  const until = async (what, look, ms = 120_000) => {
    for (const end = now() + ms; ;) {
      const found = look();
      if (found) return found;
      if (now() > end) throw new Error(`there was no ${what}`);
      await frame();
    }
  };

  /** The time of a mark of User Timing, once it is there. */
  const marked = (name) => new Promise((go, stop) => {
    const limit = setTimeout(() => stop(new Error(`there was no mark ${name}`)), 240_000);
    const observer = new PerformanceObserver((list) => {
      const entry = list.getEntriesByName(name)[0];
      if (!entry) return;
      clearTimeout(limit);
      observer.disconnect();
      go(entry.startTime);
    });
    observer.observe({ type: "mark", buffered: true });
  });

  const markOf = (name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;

  /** Sets itself a timer all the time: while one is late, the main thread was blocked. Engines hold such timers some 4 ms
   * apart, which leaves them the pauses in which they draw and tidy up. A message to itself would leave none: Firefox then
   * drew ten frames a second, and collected the messages' own remains in one go of up to half a second. */
  const probe = () => {
    const seen = { longest: 0, over50: 0, nodes: nodes() };
    let last = now();
    let counted = last;
    let timer;
    const look = () => {
      const time = now();
      seen.longest = Math.max(seen.longest, time - last);
      if (time - last > 50) seen.over50 += 1;
      if (time - counted > 40) {
        counted = time;
        seen.nodes = Math.max(seen.nodes, nodes());
        last = now();
      } else {
        last = time;
      }
      timer = setTimeout(look);
    };
    timer = setTimeout(look);
    return () => { clearTimeout(timer); return seen; };
  };

  /** Notes when the chunk of a stream arrives that holds the byte at `place`, and how many bytes the chunks hold: the page
   * keeps them all. */
  const tap = (place) => {
    const noted = { at: NaN, bytes: 0 };
    const proto = ReadableStreamDefaultReader.prototype;
    const read = proto.read;
    proto.read = function () {
      const next = read.call(this);
      next.then(({ value }) => {
        noted.bytes += value?.byteLength ?? 0;
        if (Number.isNaN(noted.at) && noted.bytes >= place) noted.at = now();
      }, () => {});
      return next;
    };
    return noted;
  };

  /** Bytes of the largest Blob that the page made, should it keep an export in one. */
  let held = 0;
  globalThis.Blob = class extends Blob {
    constructor(...given) {
      super(...given);
      held = Math.max(held, this.size);
    }
  };

  /** Bytes of WebAssembly memory, which never shrinks. */
  const wasmBytes = async () => {
    const { default: init } = await import(document.querySelector("link[rel=modulepreload]").href);
    return (await init()).memory.buffer.byteLength;
  };

  /** Opens the project by its address and waits until all of it is read, anchored, aligned and counted. */
  const open = async ({ project, firstMessageEnd, probing }) => {
    const arrival = tap(firstMessageEnd);
    const stop = probing ? probe() : () => ({});
    location.hash = `#/conversations?source=api&project=${project}&v=1`;
    const ready = await marked("labelscope:ready");
    // What the last slice changed is still to be drawn.
    await painted();
    await painted();
    const seen = stop();
    const slices = performance.getEntriesByName("labelscope:slice").map((slice) => slice.duration);
    return {
      ...seen,
      firstMessage: markOf("labelscope:first-message") - arrival.at,
      slices: slices.reduce((sum, ms) => sum + ms, 0),
      longestSlice: Math.max(...slices),
      clock: ready - markOf("labelscope:open"),
      wasmBytes: await wasmBytes(),
      heldBytes: held + arrival.bytes,
      nodesNow: nodes(),
    };
  };

  /** The bytes as the engine reads them: what the opening is compared with. */
  const parse = async ({ path }) => {
    const bytes = await (await fetch(path)).arrayBuffer();
    const began = now();
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return { ms: now() - began, value };
  };

  const floor = async (given) => ({ ms: (await parse(given)).ms });

  const key = (name) => {
    const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  };

  const button = (begins) => all("button").find((e) =>
    e.getClientRects().length > 0 && (e.getAttribute("aria-label") ?? e.textContent).trim().startsWith(begins));

  const press = async (begins) => (await until(`button “${begins}”`, () => button(begins), 5_000)).click();

  /** Scrolls so many frames by so many pixels each; gives how long each frame took. */
  const scroll = async (scroller, frames, pixels) => {
    const times = [];
    await frame();
    for (let last = now(), at = 0; at < frames; at += 1) {
      scroller.scrollTop += pixels;
      await frame();
      times.push(now() - last);
      last = now();
    }
    return times;
  };

  /** The word that stands in one conversation of a thousand. */
  const RARE = "quillwort";

  /** Searches for a word and waits until all is searched; how long that took. */
  const seek = async (word) => {
    performance.clearMarks("labelscope:search");
    performance.clearMarks("labelscope:searched");
    key("/");
    // The field takes the keyboard once it is there. The list has a field of its own that it must not be taken for.
    const isThere = () => document.activeElement?.matches("input[type=search]");
    await until("search field with the keyboard in it", isThere, 5_000);
    const field = document.activeElement;
    await painted();
    field.value = word;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const end = await marked("labelscope:searched");
    return end - performance.getEntriesByName("labelscope:search").at(-1).startTime;
  };

  /** Every string of a value that was parsed, keys left out. */
  const stringsOf = (value) => {
    const strings = [];
    for (const waiting = [value]; waiting.length > 0;) {
      const next = waiting.pop();
      if (typeof next === "string") strings.push(next);
      else if (next && typeof next === "object") for (const inner of Object.values(next)) waiting.push(inner);
    }
    return strings;
  };

  /** All hits of the rare word, in the app and by the engine in the strings of the parsed text. */
  const searching = async ({ path }) => {
    await sleep(500);
    const stop = probe();
    const app = await seek(RARE);
    const seen = stop();
    const strings = stringsOf((await parse({ path })).value);
    await sleep(500);
    const began = now();
    const found = strings.filter((text) => text.includes(RARE));
    const floor = now() - began;
    if (found.length === 0) throw new Error("the word is nowhere");
    return { ...seen, app, floor };
  };

  const reader = () => until("reader", () => document.querySelector(".reader .body"));

  /** What a person does after an opening. Each must be done when its promise is. */
  const steps = {
    "scrolling the reader": async () => { await scroll(await reader(), 90, 240); },
    "scrolling the list": async () => { await scroll(document.querySelector(".list .body"), 90, 240); },
    "next conversation": async () => { key("j"); },
    "the conversation of the long part": async () => {
      const row = all(".list a")[1];
      row.click();
    },
    "the message with 300 annotations": async () => { all(".list a")[2].click(); },
    "hiding a tier": async () => { key("1"); },
    "showing it again": async () => { key("1"); },
    "columns": async () => { key("l"); },
    "differences": async () => { key("l"); },
    "tracks": async () => { key("l"); },
    "searching": async () => { await seek(RARE); },
    "leaving the search": async () => { key("Escape"); await until("list", () => document.querySelector(".list .body")); },
    "theme": async () => { await press("Theme"); },
    "theme again": async () => { await press("Theme"); },
    "the table of findings": async () => { key("f"); await until("table", () => document.querySelector(".gbody")); },
    "filtering it": async () => { all(".facets button")[2].click(); },
    "sorting it": async () => { document.querySelector(".grid [role=columnheader] button").click(); },
    "scrolling it": async () => { await scroll(document.querySelector(".gbody"), 90, 240); },
    "back to the text": async () => { key("f"); await reader(); },
  };

  /** Does one step and watches until a second after it. */
  const step = async ({ name }) => {
    const stop = probe();
    await steps[name]();
    await sleep(1_000);
    return stop();
  };

  const stepNames = () => Object.keys(steps);

  /** The longest gap where nothing is done. */
  const idle = async () => {
    const stop = probe();
    await sleep(1_000);
    return stop();
  };

  /** An element over the page with the same width, font and breaking as the app's text. */
  const sheet = () => {
    const like = document.querySelector("[data-part]");
    const { fontFamily, fontSize, lineHeight, letterSpacing } = getComputedStyle(like);
    const over = document.createElement("div");
    Object.assign(over.style, { position: "fixed", inset: "0", overflow: "auto", background: "Canvas", zIndex: 99 });
    const column = document.createElement("div");
    const width = `${like.getBoundingClientRect().width}px`;
    Object.assign(column.style, { fontFamily, fontSize, lineHeight, letterSpacing, width, whiteSpace: "pre-wrap" });
    over.append(column);
    return { over, column };
  };

  const textsOf = (conversation) => conversation.messages.map((message) => message.parts[0].content ?? "");

  /** Frames over 20 ms while a conversation is scrolled, in the app and as a static page with the same text. */
  const scrolling = async ({ path, frames, pixels, withFloor }) => {
    const late = (times) => times.filter((ms) => ms > 20).length;
    const scroller = await reader();
    scroller.scrollTop = 0;
    await sleep(500);
    let most = nodes();
    const app = [];
    for (let done = 0; done < frames; done += 30) {
      app.push(...await scroll(scroller, 30, pixels));
      most = Math.max(most, nodes());
    }
    // The floor of one conversation of a hundred thousand messages would take minutes, and none was asked for.
    if (!withFloor) return { app: late(app), frames: app.length, nodes: most };
    const { value } = await parse({ path });
    const { over, column } = sheet();
    for (const text of textsOf(value.conversations[0])) {
      const message = document.createElement("p");
      message.textContent = text;
      column.append(message);
    }
    document.body.append(over);
    await painted();
    await sleep(500);
    const still = await scroll(over, frames, pixels);
    over.remove();
    return { app: late(app), still: late(still), frames: app.length, nodes: most };
  };

  /** The ranges of a text that bear the same annotations, as [start, end, whether any], in code points. */
  const segments = (length, annotations) => {
    const edges = new Map([[0, 0], [length, 0]]);
    const add = (at, by) => edges.set(at, (edges.get(at) ?? 0) + by);
    for (const { start_offset, end_offset } of annotations) { add(start_offset, 1); add(end_offset, -1); }
    const sorted = [...edges].sort((a, b) => a[0] - b[0]);
    let depth = 0;
    return sorted.slice(0, -1).map(([at, by], index) => {
      depth += by;
      return [at, sorted[index + 1][0], depth > 0];
    });
  };

  /** From the click on the conversation of the long part until it is drawn, and the same text with a mark a segment. */
  const longPart = async ({ path }) => {
    const { value } = await parse({ path });
    const message = value.conversations[1].messages[1];
    const text = message.parts[0].content;
    const annotations = Object.values(value.annotations).flatMap((tier) => tier[message.id] ?? []);
    const row = await until("second conversation", () => all(".list a")[1]);
    await sleep(500);
    const stop = probe();
    const began = now();
    row.click();
    const part = await until("long part", () =>
      all(".reader [data-part]").find((part) => part.textContent.length >= text.length));
    await until("mark in it", () => part.querySelector("mark"));
    await painted();
    const app = now() - began;
    await sleep(500);
    const seen = stop();
    // In the generated text every code point is one unit, so that slices need no counting.
    const pieces = segments(text.length, annotations);
    const { over, column } = sheet();
    document.body.append(over);
    await painted();
    const begun = now();
    for (const [start, end, isMarked] of pieces) {
      const piece = document.createElement(isMarked ? "mark" : "span");
      piece.textContent = text.slice(start, end);
      column.append(piece);
    }
    await painted();
    const naive = now() - begun;
    over.remove();
    return { ...seen, app, naive, pieces: pieces.length };
  };

  return { open, floor, step, stepNames, idle, scrolling, searching, longPart, nodes };
})();
