
// Tables and lists with `data-keys` are one stop of the Tab key each: inside them the arrow keys move.

const STOPS = { grid: "th[tabindex], td[tabindex]", list: "a, button" };

const isShown = (element) => element.getClientRects().length > 0;

function stopsOf(group) {
  return [...group.querySelectorAll(STOPS[group.dataset.keys])].filter(isShown);
}

/** Makes `stop` the one of its group that the Tab key reaches. */
function makeCurrent(group, stop) {
  for (const each of group.querySelectorAll(STOPS[group.dataset.keys])) each.tabIndex = each === stop ? 0 : -1;
}

function prepareKeys() {
  for (const group of document.querySelectorAll("[data-keys]")) {
    const stops = stopsOf(group);
    const first = stops.find((stop) => stop.dataset.rule !== undefined) ?? stops[0];
    makeCurrent(group, stops.includes(document.activeElement) ? document.activeElement : first);
  }
}

/** The stop of a table to which a key moves: the nearest one in that direction, by where they stand on the screen. */
function inGrid(stops, from, key) {
  const rows = new Map();
  for (const stop of stops) rows.set(stop.parentElement, [...(rows.get(stop.parentElement) ?? []), stop]);
  const lines = [...rows.values()];
  const line = lines.findIndex((row) => row.includes(from));
  const place = lines[line].indexOf(from);
  if (key === "ArrowRight") return lines[line][place + 1];
  if (key === "ArrowLeft") return lines[line][place - 1];
  if (key === "Home") return lines[line][0];
  if (key === "End") return lines[line].at(-1);
  const next = lines[key === "ArrowDown" ? line + 1 : line - 1];
  const middle = from.colSpan > 1 ? 0 : place;
  return next?.[Math.min(middle, next.length - 1)];
}

function inList(stops, from, key) {
  const place = stops.indexOf(from);
  if (key === "Home") return stops[0];
  if (key === "End") return stops.at(-1);
  return stops[key === "ArrowDown" || key === "ArrowRight" ? place + 1 : place - 1];
}

document.addEventListener("keydown", (event) => {
  const group = event.target.closest("[data-keys]");
  if (!group || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && event.target.matches("th")) return event.target.querySelector("a")?.click();
  if (!/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) return;
  const move = group.dataset.keys === "grid" ? inGrid : inList;
  const stop = move(stopsOf(group), event.target, event.key);
  event.preventDefault();
  if (!stop) return;
  makeCurrent(group, stop);
  stop.focus();
});

// The rule of a cell stands in a line under the table.

function tellRule(cell) {
  const line = document.getElementById("rule");
  if (!line || !cell) return;
  const row = cell.parentElement.querySelector("th").textContent;
  line.textContent = `${row}, ${cell.querySelector(".words").textContent}: ${cell.dataset.rule}`;
}

document.addEventListener("focusin", (event) => tellRule(event.target.closest("td[data-rule]")));
document.addEventListener("mouseover", (event) => tellRule(event.target.closest("td[data-rule]")));
document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-keys] td[tabindex], [data-keys] th[tabindex]");
  if (cell) makeCurrent(cell.closest("[data-keys]"), cell);
});

let hasAllRows = false;

/** Shows the rows that differ, or all of them. */
function showRows() {
  const button = document.getElementById("rows");
  if (!button) return;
  button.setAttribute("aria-pressed", String(hasAllRows));
  document.getElementById("sight").classList.toggle("differing", !hasAllRows);
}

document.addEventListener("click", (event) => {
  if (event.target.id !== "rows") return;
  hasAllRows = !hasAllRows;
  showRows();
  prepareKeys();
});

/** What the page was made to show before it was exchanged. */
function restore() {
  showRows();
  search();
  prepareKeys();
}
