// One page for a whole run: the list of what was explored, and of one finding at a time the picture with its
// cursor. What is shown stands in the address, #finding=2&step=17, so that a place can be linked to.

const data = JSON.parse(document.getElementById("data").textContent);
const findings = data.explorations.flatMap((exploration) =>
  exploration.findings.map((finding) => ({exploration, finding})));
const view = {finding: -1, cursor: 0, first: 0, picture: null};

const HELP = [["j / k", "the next or previous operation"], ["n / p", "the next or previous numbered switch or party"],
  ["r", "copy the line that replays this"], ["e", "the end, where the finding is"], ["/", "search the operations"],
  ["?", "these keys"], ["[ / ]", "the previous or next finding"]];

function show(number) {
  if (number < 0 || number >= findings.length) return;
  view.finding = number;
  view.first = 0;
  view.cursor = 0;
  const {exploration, finding} = findings[number];
  const main = document.querySelector("main");
  main.replaceChildren(headOf(exploration, finding), replayOf(finding), partiesPanel(finding),
    element("section", "stage"), tapePanel(finding), coveragePanel(exploration));
  document.querySelectorAll("nav li.finding").forEach((item, index) =>
    item.classList.toggle("current", index === number));
  draw();
  if (finding.story) moveTo(stops()[0] ?? 0, false);
}

function draw() {
  const {finding} = findings[view.finding];
  const stage = document.querySelector(".stage");
  if (!finding.story) return stage.replaceChildren(element("p", "", "The interleaving was not recorded."));
  view.picture = new Picture(finding, view.first);
  const scroller = element("div", "scroller");
  scroller.append(view.picture.draw());
  scroller.addEventListener("click", (event) => {
    const box = event.target.closest("[data-index]");
    if (box) moveTo(Number(box.dataset.index));
  });
  stage.replaceChildren(...notices(finding.story), scroller, element("aside", "state"));
}

function notices(story) {
  const made = [];
  if (story.left_out > 0)
    made.push(element("p", "notice", `${story.left_out} operations in the middle were left out.`));
  if (story.operations.length > BOX_MAX)
    made.push(element("p", "notice", `Operations ${view.picture.first + 1} to ${view.picture.last} of ` +
      `${story.operations.length}; the window follows the cursor.`));
  return made;
}

function moveTo(index, isTold = true) {
  const {story} = findings[view.finding].finding;
  if (!story || index < 0 || index >= story.operations.length) return;
  view.cursor = index;
  if (!view.picture.isShown(index)) {
    view.first = Math.max(0, Math.min(index - BOX_MAX / 2, story.operations.length - BOX_MAX));
    draw();
  }
  paintCursor();
  if (isTold) history.replaceState(null, "", `#finding=${view.finding + 1}&step=${story.operations[index].begin}`);
}

function paintCursor() {
  const {story} = findings[view.finding].finding;
  document.querySelectorAll(".cursor").forEach((node) => node.classList.remove("cursor"));
  const box = view.picture.boxes.get(view.cursor);
  if (!box) return;
  box.classList.add("cursor");
  box.scrollIntoView({block: "nearest", inline: "nearest"});
  const operation = story.operations[view.cursor];
  const panel = document.querySelector(".state");
  panel.replaceChildren(
    element("h3", "", `${laneName(story.lanes[operation.lane])}: ${operation.words}`),
    element("p", "where", place(operation)), statesPanel(story, operation));
}

/** The numbered switches and the parties, in order. */
function stops() {
  const {story} = findings[view.finding].finding;
  return [...story.operations.keys()].filter((index) =>
    story.operations[index].switched > 0 || story.operations[index].party > 0);
}

function search() {
  const field = document.querySelector("#search");
  field.hidden = false;
  field.focus();
}

function find(text) {
  const {story} = findings[view.finding].finding;
  const count = story.operations.length;
  for (let step = 1; step <= count; ++step) {
    const index = (view.cursor + step) % count;
    const operation = story.operations[index];
    const line = `${laneName(story.lanes[operation.lane])} ${operation.words} ${operation.result}`;
    if (line.toLowerCase().includes(text.toLowerCase())) return moveTo(index);
  }
}

const keys = {
  j: () => moveTo(view.cursor + 1),
  k: () => moveTo(view.cursor - 1),
  n: () => moveTo(stops().find((index) => index > view.cursor) ?? view.cursor),
  p: () => moveTo(stops().reverse().find((index) => index < view.cursor) ?? view.cursor),
  r: () => copyReplay(findings[view.finding].finding),
  e: () => moveTo(findings[view.finding].finding.story.operations.length - 1),
  "/": search,
  "?": () => document.querySelector("#help").showModal(),
  "[": () => show(view.finding - 1),
  "]": () => show(view.finding + 1),
};

function listRun() {
  const list = document.querySelector("nav ul");
  let number = 0;
  for (const exploration of data.explorations) {
    const item = element("li", exploration.ok ? "ok" : "bad", `${exploration.scenario}: ${exploration.verdict}`);
    item.append(...exploration.complaints.map((words) => element("p", "complaint", words)));
    list.append(item);
    for (const finding of exploration.findings) {
      const mine = number++;
      const link = element("a", "", finding.declared ? `${finding.rule} (declared)` : finding.rule);
      link.href = `#finding=${mine + 1}`;
      const entry = element("li", "finding");
      entry.append(link);
      list.append(entry);
    }
  }
}

function followAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const number = Number(asked.get("finding") ?? 1) - 1;
  if (findings.length === 0) return;
  if (number !== view.finding) show(Math.max(0, Math.min(number, findings.length - 1)));
  if (!asked.has("step")) return;
  const {story} = findings[view.finding].finding;
  const index = story.operations.findIndex((operation) => operation.begin >= Number(asked.get("step")));
  moveTo(index < 0 ? story.operations.length - 1 : index);
}

function begin() {
  document.querySelector("#command").textContent = `${data.command} — heddle ${data.heddle}, ${data.began}`;
  listRun();
  if (findings.length === 0) document.querySelector("main").append(element("p", "", "Nothing was found."));
  const list = document.querySelector("#help dl");
  for (const [key, meaning] of HELP) list.append(element("dt", "", key), element("dd", "", meaning));
  const field = document.querySelector("#search");
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") find(field.value);
    if (event.key === "Enter" || event.key === "Escape") field.blur();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => { field.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || view.finding < 0) return;
    const does = keys[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  addEventListener("hashchange", followAddress);
  followAddress();
  document.documentElement.dataset.drawn = String(Math.round(performance.now()));
}

begin();
