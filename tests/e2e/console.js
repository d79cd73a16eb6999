// Keeps what is written to the console where a journey finds it after any number of reloads. The test server puts it
// before every script of the page; no deployment has it.
{
  const keep = (level, message) => {
    const lines = JSON.parse(localStorage.getItem("console") ?? "[]");
    lines.push({ level, message });
    localStorage.setItem("console", JSON.stringify(lines));
  };
  const levels = { error: "SEVERE", warn: "WARNING", info: "INFO", log: "INFO", debug: "DEBUG" };
  for (const [name, level] of Object.entries(levels)) {
    const write = console[name];
    console[name] = (...words) => {
      keep(level, words.map((word) => `${word}`).join(" "));
      write.apply(console, words);
    };
  }
  addEventListener("error", (event) => {
    // Says only that sizes are told a frame later, and stands on no console.
    if (event.message?.startsWith("ResizeObserver loop")) return;
    const source = event.target?.src ?? event.target?.href;
    keep("SEVERE", source ? `could not load ${source}` : `${event.message} at ${event.filename}:${event.lineno}`);
  }, true);
  addEventListener("unhandledrejection", (event) => keep("SEVERE", `rejected: ${event.reason}`));
  addEventListener("securitypolicyviolation", (event) => {
    keep("SEVERE", `the policy blocked ${event.blockedURI} by ${event.violatedDirective}`);
  });
}
