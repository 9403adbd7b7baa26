// The story of a finding as a picture needs it: rows for the moments at which something begins or ends, what
// rests on what, and what objects were like at a moment.

/** Every step at which an operation begins or ends has a row of its own, in order. */
function rowsOf(story) {
  const steps = new Set([story.end]);
  for (const operation of story.operations) {
    steps.add(operation.begin);
    steps.add(operation.end);
  }
  const rows = new Map();
  [...steps].sort((one, other) => one - other).forEach((step, row) => rows.set(step, row));
  return rows;
}

/** Can one get from an operation to another by what its own task did next, and along arrows? */
function leadsTo(story, from, to) {
  const seen = new Set([from]);
  const ahead = [from];
  while (ahead.length > 0) {
    const at = ahead.pop();
    if (at === to) return true;
    for (const next of followers(story, at)) {
      if (seen.has(next)) continue;
      seen.add(next);
      ahead.push(next);
    }
  }
  return false;
}

function followers(story, at) {
  const mine = story.operations[at];
  const next = story.arrows.filter((arrow) => arrow.from === at).map((arrow) => arrow.to);
  const later = story.operations.findIndex(
    (operation, index) => index > at && operation.lane === mine.lane);
  if (later >= 0) next.push(later);
  return next;
}

/** The operations that make up the finding, each once, in order. */
function partiesOf(story) {
  return story.operations.map((_, index) => index).filter((index) => story.operations[index].party > 0);
}

/** Does nothing that the picture shows order the two? */
function isUnordered(story, one, other) {
  return !leadsTo(story, one, other) && !leadsTo(story, other, one);
}

/** Each object's state after the last of these steps, and whether it changed in one of them. */
function statesAt(story, first, last) {
  const states = new Map();
  for (const change of story.changes) {
    if (change.step > last) break;
    states.set(change.object, {state: change.state, isNew: change.step >= first});
  }
  return [...states].map(([object, told]) => ({object, ...told}));
}

function laneName(lane) {
  return lane.thread === "" ? lane.process : `${lane.process}/${lane.thread}`;
}
