
"use strict";

// The open page follows the builds: parts with an id are exchanged when they change, and the portal in the frame is loaded again.

const PARTS = ["bar", "problems", "main"];
const state = document.getElementById("state").dataset;
const frame = document.getElementById("portal");
const received = Object.fromEntries(PARTS.map((id) => [id, document.getElementById(id).innerHTML]));
let source = null;
let retry = null;
let isShowing = false;
let hasScrolled = false;

function listen() {
  clearTimeout(retry);
  if (source || document.hidden) return;
  source = new EventSource(`/live${location.pathname}`);
  source.onmessage = (event) => follow(JSON.parse(event.data));
  source.onerror = () => {
    // The browser comes back by itself unless it is refused: by another run of the server, or because too many pages are open.
    if (source.readyState === EventSource.CLOSED) {
      silence();
      retry = setTimeout(renew, 500);
    }
  };
}

function silence() {
  source?.close();
  source = null;
}

// A browser opens six connections to a server: a page that nobody looks at must not hold one.
document.addEventListener("visibilitychange", () => (document.hidden ? silence() : listen()));

async function follow(next) {
  if (next.page !== state.page) await renew();
  else if (next.portal !== state.portal) reload(next.portal);
}

/** Fetches this page, and takes over what is new in it. */
async function renew() {
  try {
    const response = await fetch(location.pathname);
    if (response.status === 403) throw tellOfOtherRun();
    const text = await response.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = page.getElementById("state")?.dataset;
    if (!next || Boolean(page.getElementById("portal")) !== Boolean(frame)) return location.reload();
    for (const id of PARTS) {
      const its = page.getElementById(id);
      const markup = its.innerHTML;
      if (received[id] !== markup) document.getElementById(id).replaceChildren(...its.childNodes);
      received[id] = markup;
    }
    document.title = page.title;
    restore();
    state.page = next.page;
    if (state.portal !== next.portal) reload(next.portal);
    else if (frame) compare();
    listen();
  } catch {
    clearTimeout(retry);
    retry = setTimeout(renew, 1000);
  }
}

/** Another run of the server has another token. Once its link has been opened, in any tab, this page goes on. */
function tellOfOtherRun() {
  const line = document.createElement("p");
  line.textContent = "The server was started anew: open the link that it has printed.";
  document.getElementById("problems").replaceChildren(line);
  // What the server says next takes its place.
  received.problems = null;
}

function reload(digest) {
  state.portal = digest;
  const view = frame.contentWindow;
  const [left, top] = [view.scrollX, view.scrollY];
  const open = [...view.document.querySelectorAll("details")].map((part) => part.open);
  const putBack = () => {
    view.document.querySelectorAll("details").forEach((part, index) => (part.open = open[index] ?? part.open));
    frame.contentWindow.scrollTo({ left, top, behavior: "instant" });
  };
  frame.addEventListener("load", putBack, { once: true });
  view.location.reload();
  document.getElementById("beside")?.contentWindow.location.reload();
}

document.addEventListener("change", (event) => {
  const { id, value, dataset } = event.target;
  if (id === "reader" || id === "other") location.assign(value);
  if (id === "day" && value) location.assign(value === dataset.today ? dataset.own : `${dataset.own}on/${value}/`);
});

document.addEventListener("click", (event) => {
  if (event.target.id !== "changes") return;
  isShowing = !isShowing;
  hasScrolled = false;
  compare();
});

// What has changed for this reader: the blocks of text of the page before and of this one, side by side.

const BLOCKS =
  "p,li,h1,h2,h3,h4,h5,h6,td,th,dt,dd,caption,figcaption,summary,blockquote,pre,text,title,a,button,div,section,header,footer,nav,body";

function blocks(document) {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest("style,script,[data-desk]")) continue;
    const inline = parent.closest("a")?.parentElement?.closest("p,li,td,dd");
    const block = inline ?? parent.closest(BLOCKS);
    found.set(block, (found.get(block) ?? "") + walker.currentNode.data);
  }
  return [...found].map(([element, text]) => ({ element, text: text.replace(/\s+/g, " ").trim() }));
}

/** The blocks that only one of two lists has, in the order of the page. */
function differences(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start].text === after[start].text) start += 1;
  let end = 0;
  const last = (list) => list[list.length - 1 - end].text;
  while (end < Math.min(before.length, after.length) - start && last(before) === last(after)) end += 1;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      same[i][j] = old[i].text === now[j].text ? same[i + 1][j + 1] + 1 : Math.max(same[i + 1][j], same[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i].text === now[j].text) [i, j] = [i + 1, j + 1];
    else if (j >= now.length || (i < old.length && same[i + 1][j] >= same[i][j + 1])) found.push({ gone: old[i++].text });
    else found.push({ element: now[j].element, text: now[j++].text });
  }
  return found;
}

async function compare() {
  const button = document.getElementById("changes");
  if (!button || !frame.contentDocument?.body) return;
  const response = await fetch(frame.src.replace(/portal$/, "before"));
  const before = await response.text();
  // While that was fetched the page may have been exchanged; it is compared again once it is there.
  const shown = frame.contentDocument;
  if (!shown?.body) return;
  // The style of the page before would be held against the policy of this one, which would refuse it aloud.
  const words = before.replace(/<style>[^]*?<\/style>/g, "");
  const page = words && new DOMParser().parseFromString(words, "text/html");
  const found = page ? inPairs(differences(blocks(page), blocks(shown))) : [];
  button.disabled = found.length === 0;
  button.textContent = found.length === 0 ? "No changes" : found.length === 1 ? "1 change" : `${found.length} changes`;
  button.setAttribute("aria-pressed", String(isShowing && found.length > 0));
  mark(isShowing ? found : []);
}

/** Puts what is gone and what stands in its place into one change each. */
function inPairs(found) {
  const pairs = [];
  let gone = [];
  for (const change of found) {
    if (change.gone !== undefined) gone.push(change.gone);
    else pairs.push({ ...change, gone: gone.shift() });
  }
  return [...pairs, ...gone.map((text) => ({ gone: text }))];
}

const wordsOf = (text) => (text.match(/\S+/g) ?? []).map((text) => ({ text }));

/** Marks in an element the words that the text before did not have. */
function markWords(element, gone, view) {
  const [nodes, walker] = [[], element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const words = [];
  for (const node of nodes) {
    for (const word of node.data.matchAll(/\S+/g)) words.push({ text: word[0], node, start: word.index });
  }
  const changed = differences(wordsOf(gone ?? ""), words.map((word) => ({ text: word.text, element: word })));
  for (const { element: word } of changed.filter((change) => change.element)) {
    const range = element.ownerDocument.createRange();
    range.setStart(word.node, word.start);
    range.setEnd(word.node, word.start + word.text.length);
    view.CSS.highlights?.get("changed")?.add(range);
  }
}

/** An empty set of marked words, with their colours. */
function clearWords(view) {
  if (!view.CSS.highlights) return;
  if (!view.CSS.highlights.has("changed")) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync("::highlight(changed) { background-color: #ffd9a8; color: #1f2933; }");
    view.document.adoptedStyleSheets.push(sheet);
  }
  view.CSS.highlights.set("changed", new view.Highlight());
}

/** Shows an element of the portal, also one that stands in a folded part. */
function reveal(element) {
  for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  element.scrollIntoView({ block: "center", behavior: "instant" });
}

function mark(found) {
  document.getElementById("list")?.remove();
  for (const element of frame.contentDocument.querySelectorAll("[data-changed]")) {
    element.style.removeProperty("outline");
    element.style.removeProperty("outline-offset");
    delete element.dataset.changed;
  }
  clearWords(frame.contentWindow);
  if (found.length === 0) return;
  const list = document.createElement("ul");
  list.id = "list";
  list.dataset.keys = "list";
  for (const { gone, element, text } of found) {
    const line = document.createElement("li");
    if (gone !== undefined) {
      const before = document.createElement("span");
      before.className = "gone";
      before.textContent = gone;
      line.append(before, " ");
    }
    if (element) {
      const link = document.createElement("button");
      link.type = "button";
      link.textContent = text;
      link.onclick = () => reveal(element);
      line.append(link);
      element.style.outline = "2px solid #a5421f";
      element.style.outlineOffset = "2px";
      element.dataset.changed = "";
      markWords(element, gone, frame.contentWindow);
    }
    list.append(line);
  }
  document.getElementById("frames").before(list);
  prepareKeys();
  const first = found.find((change) => change.element);
  if (first && !hasScrolled) reveal(first.element);
  hasScrolled = true;
}

if (frame) {
  const look = () => {
    compare();
    findPlaces();
  };
  frame.addEventListener("load", look);
  if (frame.contentDocument?.readyState === "complete") look();
}
listen();
