// Reads scenarios as JSON, one a line, and answers each with a line: what ODK Web Forms makes of it.
//   {"open": "name", "xform": "<h:html…", "media": {"clubs.csv": "name,label…"}}
//   {"fill": "name", "answers": {…}, "now": "2026-10-31T09:00:00+07:00", "language": "vi"}
import { createInterface } from "node:readline";
import { becomeBrowser, setClock } from "./browser.mjs";
import { fill } from "./fill.mjs";

becomeBrowser();
const { loadForm } = await import("@getodk/xforms-engine");
const forms = new Map();

async function open({ open: name, xform, media }) {
  const fetchFormAttachment = async (url) => {
    const file = media[decodeURIComponent(String(url)).split("/").at(-1)];
    return new Response(file ?? "", {
      status: file === undefined ? 404 : 200,
      headers: { "content-type": "text/csv" },
    });
  };
  const form = await loadForm(xform, { fetchFormAttachment });
  forms.set(name, form);
  return { opened: name };
}

async function filled({ fill: name, answers, now, language }) {
  const form = forms.get(name);
  if (form.status === "failure") throw form.error;
  setClock(now);
  const { root } = form.resetInstance({ // a new one; the last is forgotten
    preloadProperties: { deviceID: "", username: "" },
  });
  return await fill(root, answers, language);
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const done = await (asked.open ? open(asked) : filled(asked)).catch((error) => ({
    failed: String(error?.stack ?? error),
  }));
  process.stdout.write(`${JSON.stringify(done)}\n`);
}
