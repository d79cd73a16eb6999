// What a person is told where WebAssembly cannot speak for itself: that it is missing, that it did not start, that it
// stopped. Plain JavaScript, since it must work without it. Belongs here: nothing else.
(() => {
  "use strict";

  // The smallest module with a vector instruction: what the app is built with.
  const VECTORS = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
  ]);
  const root = document.documentElement;
  let hasStarted = false;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const button = (text, act) => {
    const element = make("button", text, "btn");
    element.type = "button";
    element.addEventListener("click", () => act(element));
    return element;
  };

  // Shown once: what went wrong first is what matters.
  const tell = (headline, advice, words) => {
    if (document.getElementById("stopped")) return;
    const banner = make("section", "", "stopped");
    banner.id = "stopped";
    banner.setAttribute("role", "alert");
    banner.append(make("h2", headline), make("p", advice));
    const acts = make("p", "", "acts");
    if (words) {
      banner.append(make("pre", words));
      const copy = async (self) => {
        const copied = navigator.clipboard?.writeText(words).then(() => true, () => false);
        self.textContent = (await copied) ? "Copied" : "The browser refused";
      };
      acts.append(button("Copy the message", copy));
    }
    acts.append(button("Reload", () => location.reload()));
    banner.append(acts);
    document.getElementById("boot")?.remove();
    document.body.append(banner);
    acts.lastElementChild.focus();
  };

  const notStarted = (words) => {
    if (!hasStarted) {
      tell("Labelscope did not start", "A part of it may not have arrived. Reload the page to try again.", words);
    }
  };
  // A trap that no panic announced: memory that ended in the middle of a step ends the app without a word.
  const trapped = (error) => {
    if (hasStarted && typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) {
      tell(
        "Labelscope has stopped",
        "Most likely the browser had no memory left for this export. What was read stays below. Nothing was changed, neither on a server nor in your files. Close other tabs and reload to go on.",
        String(error),
      );
    }
  };
  addEventListener("error", (event) => {
    trapped(event.error);
    const source = event.target === window ? "" : (event.target?.src ?? event.target?.href ?? "");
    notStarted(event.message ?? `Could not load ${source}`);
  }, true);
  addEventListener("unhandledrejection", (event) => {
    trapped(event.reason);
    notStarted(String(event.reason));
  });
  addEventListener("TrunkApplicationStarted", () => { hasStarted = true; });
  addEventListener("labelscope:panic", (event) => {
    hasStarted = true;
    tell(
      "Labelscope has stopped",
      "This is a fault in the app. Nothing was changed, neither on a server nor in your files. Reload to go on; the message helps whoever mends it.",
      event.detail,
    );
  });

  root.classList.add("scripted");
  addEventListener("DOMContentLoaded", () => {
    const has = typeof WebAssembly === "object" && WebAssembly.validate(VECTORS);
    if (!has) {
      const advice = "Labelscope reads exports in the browser itself. It needs WebAssembly with vector instructions, which current versions of Chrome, Edge, Firefox and Safari have, unless it was switched off.";
      tell("This browser cannot run Labelscope", advice, "");
    }
  });
})();
