// What the engine expects of a browser: a document, and a clock that the scenario sets.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { JSDOM } from "jsdom";

const NAMES = [
  "Attr", "CDATASection", "CharacterData", "Comment", "DOMParser", "Document", "Element",
  "Event", "EventTarget", "Node", "NodeFilter", "NodeList", "Text", "XMLDocument",
  "XMLSerializer", "XPathEvaluator", "XPathException", "XPathExpression", "XPathResult",
  "document", "localStorage",
];
const RealDate = Date;
let now = null; // milliseconds; null is the machine's own time

class SetDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 && now !== null ? [now] : parts));
  }

  static now() {
    return now ?? RealDate.now();
  }
}

/** Make this process look like a browser; before the engine is imported. */
export function becomeBrowser() {
  const { window } = new JSDOM("<!doctype html>", { url: "https://forms.invalid/" });
  for (const name of NAMES) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
  }
  globalThis.window = globalThis;
  globalThis.Date = SetDate;
  globalThis.require = createRequire(import.meta.url);
  globalThis.__dirname = dirname(fileURLToPath(import.meta.url));
}

/** Set the clock of the phone: an ISO time with its offset. */
export function setClock(moment) {
  now = moment === undefined ? null : RealDate.parse(moment);
}
