// Fills one form as a person does: from the first page to the last, only what is asked.

/** Fill an opened instance; give its XML, what was asked and what was refused. */
export async function fill(root, answers, language) {
  const walk = new Walk(root, answers);
  speak(root, language);
  walk.children(root, answers, []);
  walk.notAsked(answers, []);
  walk.finish();
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  const xml = await payload.data[0].get("xml_submission_file").text();
  return { xml, asked: walk.asked, refused: walk.refused, status: payload.status };
}

function speak(root, language) {
  const found = root.languages.find((each) => each.language?.endsWith(`(${language})`));
  if (found) root.setLanguage(found);
}

class Walk {
  constructor(root, answers) {
    this.root = root;
    this.answers = answers;
    this.asked = [];
    this.refused = [];
    this.used = new Set();
  }

  children(parent, scope, rows) {
    for (const node of parent.currentState.children) {
      if (!node.currentState.relevant) continue;
      if (node.nodeType.startsWith("repeat-range")) this.repeat(node, scope, rows);
      else if (node.nodeType === "group") this.children(node, scope, rows);
      else if (!UNASKED.has(node.nodeType) && !node.currentState.readonly) {
        this.question(node, scope, rows);
      }
    }
  }

  repeat(node, scope, rows) {
    const given = rowsOf(scope, nameOf(node));
    if (node.nodeType === "repeat-range:uncontrolled") {
      const lacking = given.length - node.currentState.children.length;
      if (lacking > 0) node.addInstances(undefined, lacking);
      else if (lacking < 0) node.removeInstances(given.length, -lacking);
    }
    node.currentState.children.forEach((row, number) => {
      this.children(row, given[number] ?? {}, [...rows, number]);
    });
  }

  question(node, scope, rows) {
    const name = nameOf(node);
    this.asked.push(placeOf(node));
    if (name in scope) this.used.add(key(rows, name));
    else if (node.instanceState.instanceXML !== emptyXml(node)) return; // a default stays
    const before = valueOf(node);
    if (!answer(node, scope[name] ?? null)) return this.refuse(node, "wrong");
    const { violation } = node.validationState;
    if (violation === null) return;
    this.refuse(node, violation.condition, violation.message?.asString);
    restore(node, before); // as in ODK Collect a refused answer is not kept
  }

  /** Check everything again before sending; the first violation refuses. */
  finish() {
    const [first] = this.root.validationState.violations;
    if (this.refused.length > 0 || first === undefined) return;
    const { condition, message } = first.violation;
    const question = first.reference.split("/").slice(2).join("/");
    this.refused.push({ kind: condition, question, message: message?.asString ?? "" });
  }

  refuse(node, kind, message = "") {
    this.refused.push({ kind, question: placeOf(node), message });
  }

  notAsked(scope, rows) {
    for (const [name, value] of Object.entries(scope)) {
      const inside = rowsOf(scope, name);
      if (inside.length > 0) inside.forEach((row, number) => this.notAsked(row, [...rows, number]));
      else if (!isEmpty(value) && !this.used.has(key(rows, name))) {
        this.refused.push({ kind: "not-asked", question: numbered(name, rows), message: "" });
      }
    }
  }
}

const UNASKED = new Set(["note", "model-value"]);

function answer(node, value) {
  if (node.nodeType === "select") {
    const names = isEmpty(value) ? [] : [value].flat().map(String);
    const shown = new Set(node.currentState.valueOptions.map((each) => each.value));
    if (!names.every((each) => shown.has(each))) return false;
    node.selectValues(names);
  } else if (node.nodeType === "trigger") node.setValue(value === true);
  else if (node.nodeType === "upload") {
    if (!isEmpty(value)) throw new Error(`files cannot be attached: ${placeOf(node)}`);
  } else {
    node.setValue(isEmpty(value) ? "" : String(value));
    return isEmpty(value) || valueOf(node) !== null;
  }
  return true;
}

function restore(node, before) {
  if (node.nodeType === "select") node.selectValues(before);
  else if (node.nodeType !== "upload") node.setValue(before ?? "");
}

const valueOf = (node) => node.currentState.value;
const emptyXml = (node) => `<${nameOf(node)}/>`;
const isEmpty = (value) => value === null || value === "" || value?.length === 0;
const key = (rows, name) => [...rows, name].join("/");
const numbered = (name, rows) =>
  rows.length > 0 ? `${name} (${rows.map((row) => row + 1).join(".")})` : name;
const placeOf = (node) => node.currentState.reference.split("/").slice(2).join("/");
const nameOf = (node) => placeOf(node).split("/").at(-1).replace(/\[\d+\]$/, "");

function rowsOf(scope, name) {
  const rows = scope[name];
  const right = Array.isArray(rows) && rows.every((row) => row && typeof row === "object");
  return right ? rows : [];
}
