// The picture: a lane for each task, time downwards, a box for each operation.

const ROW = 24, LANE = 260, LEFT = 64, TOP = 46, NEST = 14, BOX_MAX = 5000;

function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function words(text, x, y, kind, letters) {
  const cut = letters && text.length > letters ? text.slice(0, letters - 1) + "…" : text;
  const node = svg("text", {x, y, class: kind});
  node.textContent = cut;
  return node;
}

class Picture {
  /** Of the operations from `first` on, at most BOX_MAX of them. */
  constructor(finding, first) {
    this.finding = finding;
    this.story = finding.story;
    this.first = first;
    this.last = Math.min(first + BOX_MAX, this.story.operations.length);
    this.shown = {...this.story, operations: this.story.operations.slice(first, this.last)};
    this.rows = rowsOf(this.shown);
    this.height = TOP + (this.rows.size + 1) * ROW;
    this.width = LEFT + this.story.lanes.length * LANE + 20;
    this.boxes = new Map();
  }

  isShown(index) { return index >= this.first && index < this.last; }
  x(lane) { return LEFT + lane * LANE + (this.story.lanes[lane].thread === "" ? 0 : NEST); }
  y(step) {
    if (this.rows.has(step)) return TOP + this.rows.get(step) * ROW;
    let row = 0;
    for (const [known, at] of this.rows) if (known <= step) row = at;
    return TOP + row * ROW;
  }

  draw() {
    const root = svg("svg", {width: this.width, height: this.height, role: "img",
      "aria-label": "the interleaving, one lane for each process"});
    root.append(this.patterns(), this.lanes(), this.holds(), this.operations(), this.arrows(),
      this.pair(), this.steps());
    return root;
  }

  patterns() {
    const hatch = svg("pattern", {id: "hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)"}, svg("line", {x1: 0, y1: 0, x2: 0, y2: 8, class: "hatch"}));
    const tip = svg("marker", {id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7,
      markerHeight: 7, orient: "auto"}, svg("path", {d: "M0,0 L8,4 L0,8 z", class: "tip"}));
    return svg("defs", {}, hatch, tip);
  }

  lanes() {
    const group = svg("g", {class: "lanes"});
    this.story.lanes.forEach((lane, index) => {
      const x = this.x(index);
      group.append(
        svg("line", {x1: x, y1: TOP - 8, x2: x, y2: this.height, class: lane.helper ? "lane helper" : "lane"}),
        words(lane.thread === "" ? lane.process : `↳ ${lane.thread}`, x, TOP - 18, "lane-name", 28));
    });
    return group;
  }

  steps() {
    const group = svg("g", {class: "steps"});
    for (const step of this.rows.keys()) group.append(words(String(step), 8, this.y(step) + 15, "step"));
    return group;
  }

  holds() {
    const group = svg("g", {class: "holds"});
    const slots = new Map();
    const steps = [...this.rows.keys()];
    for (const hold of this.story.holds) {
      if (hold.end < steps[0] || hold.begin > steps[steps.length - 1]) continue;
      if (!slots.has(hold.lock)) slots.set(hold.lock, slots.size % 4);
      const title = svg("title", {});
      title.textContent = `${laneName(this.story.lanes[hold.lane])} holds ${hold.lock}`;
      group.append(svg("rect", {x: this.x(hold.lane) - 5 - 4 * slots.get(hold.lock), y: this.y(hold.begin) + 4,
        width: 3, height: Math.max(this.y(hold.end) - this.y(hold.begin), 6),
        class: `hold hold-${slots.get(hold.lock)}`}, title));
    }
    return group;
  }

  operations() {
    const group = svg("g", {class: "operations"});
    for (let index = this.first; index < this.last; ++index) group.append(this.box(index));
    return group;
  }

  box(index) {
    const operation = this.story.operations[index], switched = operation.switched > 0;
    const x = this.x(operation.lane), y = this.y(operation.begin);
    const bottom = Math.max(this.y(operation.end) + (operation.ended ? 0 : ROW), y + ROW - 4);
    const kinds = ["operation"];
    if (operation.party > 0) kinds.push("party");
    if (!operation.succeeded && operation.ended) kinds.push("failed");
    const group = svg("g", {class: kinds.join(" "), "data-index": index, tabindex: -1});
    group.append(svg("rect", {x: x + 4, y, width: LANE - 30, height: ROW - 4, rx: 3, class: "body"}));
    if (operation.waited)
      group.append(svg("rect", {x: x + 4, y, width: LANE - 30, height: bottom - y, rx: 3, class: "blocked",
        fill: "url(#hatch)"}));
    const result = operation.result === "" ? "" : ` → ${operation.result}`;
    group.append(words(operation.words + result + (operation.ended ? "" : " …"), x + 10, y + 14, "call",
      Math.floor((LANE - (switched ? 64 : 44)) / 7.3)));
    if (switched)
      group.append(svg("circle", {cx: x + LANE - 34, cy: y + 10, r: 8, class: "switch"}),
        words(String(operation.switched), x + LANE - 37, y + 14, "switch-number"));
    const title = svg("title", {});
    title.textContent = operation.words + result;
    group.append(title);
    this.boxes.set(index, group);
    return group;
  }

  arrows() {
    const group = svg("g", {class: "arrows"});
    for (const arrow of this.story.arrows) {
      if (!this.isShown(arrow.from) || !this.isShown(arrow.to)) continue;
      const from = this.story.operations[arrow.from], to = this.story.operations[arrow.to];
      const leftward = this.x(to.lane) < this.x(from.lane);
      const x1 = this.x(from.lane) + (leftward ? 4 : LANE - 26), y1 = this.y(from.begin) + 10;
      const x2 = this.x(to.lane) + (leftward ? LANE - 26 : 4);
      const y2 = to.waited && arrow.why !== "start" ? this.y(to.end) + 6 : this.y(to.begin) + 10;
      const bend = (x1 + x2) / 2;
      const title = svg("title", {});
      title.textContent = arrow.why;
      group.append(svg("path", {d: `M${x1},${y1} C${bend},${y1} ${bend},${y2} ${x2},${y2}`,
        class: `arrow arrow-${arrow.why}`, "marker-end": "url(#tip)"}, title));
    }
    return group;
  }

  /** The parties of a race, joined in red where nothing orders them. */
  pair() {
    const group = svg("g", {class: "pair"});
    if (!this.finding.race) return group;
    const parties = partiesOf(this.story).filter((index) => this.isShown(index));
    for (let at = 1; at < parties.length; ++at) {
      const one = this.story.operations[parties[at - 1]], other = this.story.operations[parties[at]];
      if (one.lane === other.lane || !isUnordered(this.story, parties[at - 1], parties[at])) continue;
      const middle = LANE / 2 - 13;
      group.append(svg("line", {x1: this.x(one.lane) + middle, y1: this.y(one.begin) + ROW - 4,
        x2: this.x(other.lane) + middle, y2: this.y(other.begin), class: "pair-line"}));
      const why = svg("title", {});
      why.textContent = "no release, message, wake-up, start or end leads from one to the other";
      const label = words("unordered", (this.x(one.lane) + this.x(other.lane)) / 2 + middle,
        (this.y(one.begin) + this.y(other.begin)) / 2 + 16, "pair-why");
      label.append(why);
      group.append(label);
    }
    return group;
  }
}
