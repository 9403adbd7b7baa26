// What stands around the picture: what was found, who took part, how to see it again, what objects are like.

function element(name, kind, text) {
  const node = document.createElement(name);
  if (kind) node.className = kind;
  if (text !== undefined) node.textContent = text;
  return node;
}

function place(values) {
  return values.file ? `${values.file}:${values.line}` : "";
}

function table(kind, heads, rows) {
  const made = element("table", kind);
  const head = made.createTHead().insertRow();
  for (const words of heads) head.append(element("th", "", words));
  const body = made.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    if (cells.kind) row.className = cells.kind;
    for (const words of cells.words) row.append(element("td", "", words));
  }
  return made;
}

function headOf(exploration, finding) {
  const head = element("section", "head");
  const harm = finding.harm === "seen" ? "harm seen" : "predicted: this interleaving shows no harm, another one can";
  head.append(element("h2", finding.severity, `${finding.rule} in ${exploration.scenario}`),
    element("p", "sentence", finding.sentence), element("p", "harm", harm));
  if (finding.because) head.append(element("p", "because", `It happens because ${finding.because.words}.`));
  return head;
}

function replayOf(finding) {
  const box = element("section", "replay");
  if (finding.replay === "") {
    box.append(element("p", "", "No line reproduces this: nobody decided the interleaving."));
    return box;
  }
  const button = element("button", "copy", "copy (r)");
  button.type = "button";
  button.addEventListener("click", () => copyReplay(finding));
  box.append(element("code", "line", finding.replay), button);
  return box;
}

async function copyReplay(finding) {
  const told = document.querySelector("button.copy");
  try {
    await navigator.clipboard.writeText(finding.replay);
    if (told) told.textContent = "copied";
  } catch {
    getSelection().selectAllChildren(document.querySelector("code.line"));
    if (told) told.textContent = "selected: press Ctrl-C";
  }
}

function partiesPanel(finding) {
  return table("parties", ["who", "operation", "where", "step"], finding.parties.map((party) => (
    {words: [party.who, party.operation, place(party), String(party.step)]})));
}

function tapePanel(finding) {
  const panel = element("details", "tape");
  panel.open = true;
  panel.append(element("summary", "",
    `${finding.tape.length} deviation(s) from the default run, shrunk from ${finding.tape_found.length} ` +
    `in ${finding.shrink_executions} executions`));
  panel.append(table("essentials", ["", "step", "what", "where"], finding.essentials.map((essential, number) => (
    {words: [String(number + 1), String(essential.step), essential.words, place(essential)]}))));
  panel.append(table("tapes", ["found with", "in the end"], tapeRows(finding)));
  return panel;
}

function entryWords(entry) {
  return `${entry.task}: ${entry.kind} ${entry.ordinal} → ${entry.chosen ?? entry.answer}`;
}

/** The tape that was found beside the smallest one; what stayed stands in one row. */
function tapeRows(finding) {
  const left = finding.tape.map(entryWords);
  const original = finding.tape_found.map(entryWords);
  const rows = original.map((words) => {
    const stays = left.includes(words);
    if (stays) left.splice(left.indexOf(words), 1);
    return {kind: stays ? "stays" : "goes", words: [words, stays ? words : ""]};
  });
  return rows.concat(left.map((words) => ({kind: "new", words: ["", words]})));
}

/** What objects are like once the operation is over, or when its wait has begun. */
function statesPanel(story, operation) {
  const last = operation.waited ? operation.begin : operation.end;
  const states = statesAt(story, operation.begin, last);
  if (states.length === 0) return element("p", "where", "No object has been used yet.");
  return table("states", ["object", `after step ${last}`], states.map((each) => (
    {kind: each.isNew ? "changed" : "", words: [each.object, each.state]})));
}

function coveragePanel(exploration) {
  const seen = exploration.coverage;
  const whole = seen.exhausted ? "exhausted: every interleaving was run"
    : "not exhausted: interleavings that were not run may behave differently";
  return element("p", "coverage", `${seen.executions.toLocaleString("en")} executions, ` +
    `${seen.interleavings.toLocaleString("en")} distinct interleavings, ${seen.seconds.toFixed(2)} s; ${whole}`);
}
