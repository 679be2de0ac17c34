
// From page to file: each block of the portal names the file and line where its words are written, and opens them.
// The list of places comes beside the portal; the portal itself is the one that would be published.

let places = null;
let chip = null;
let showsAbsent = false;

/** A text as the list of places has it. */
function alike(text) {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return folded.replace(/['’\u00ad\u200b-\u200f\u2060\ufeff]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

async function findPlaces() {
  const response = await fetch(frame.src.replace(/portal$/, "places"));
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const read = (id) => [...page.querySelectorAll(`#${id} li`)].map((line) => ({ text: line.textContent, ...line.dataset }));
  places = { texts: read("texts"), absent: read("absent") };
  const shown = frame.contentDocument;
  if (!shown?.body) return;
  chip = null;
  shown.addEventListener("mouseover", (event) => point(event.target));
  shown.addEventListener("focusin", (event) => point(event.target));
  shown.addEventListener("keydown", (event) => {
    if (event.key === "o" && !event.altKey && !event.ctrlKey && !event.metaKey && chip?.place) openFile(chip.place);
  });
  const button = document.getElementById("absent");
  if (button) {
    button.disabled = places.absent.length === 0;
    button.textContent = `Not here: ${places.absent.length}`;
  }
  outlineAbsent();
}

/** With fewer letters a text may stand in many lines, and then says nothing of where it is from. */
const SHORTEST_PIECE = 15;

/** The place of a text: that of the longest line in it, or of a line that holds it. */
function placeOf(text) {
  const words = ` ${alike(text)} `;
  let best = null;
  for (const place of places.texts) {
    const line = ` ${place.text} `;
    const length = words.includes(line) ? place.text.length : words.length >= SHORTEST_PIECE && line.includes(words) ? words.length : 0;
    if (length > (best?.length ?? 0)) best = { place, length };
  }
  return best?.place ?? null;
}

/** Where a block is written; where its words are nobody's, what stands first in the part of the page around it. */
function placeAround(block) {
  for (let part = block; part && part.tagName !== "BODY"; part = part.parentElement) {
    const own = placeOf(part === block ? part.textContent : part.querySelector("h2,h3,h4")?.textContent ?? "");
    if (own) return own;
  }
  return null;
}

const namedBlock = (element) => element.closest?.("p,li,h1,h2,h3,h4,td,th,dt,dd,caption,figcaption,summary,blockquote,figure,div");

function point(element) {
  if (!places || element.closest?.("[data-desk]")) return;
  const block = namedBlock(element);
  if (!block || chip?.block === block) return;
  chip?.mark.remove();
  chip = null;
  const place = placeAround(block);
  if (!place) return;
  const shown = block.ownerDocument;
  const mark = shown.createElement("button");
  mark.type = "button";
  mark.dataset.desk = "";
  mark.textContent = nameOf(place);
  const top = block.getBoundingClientRect().top + shown.defaultView.scrollY;
  Object.assign(mark.style, {
    position: "absolute", insetBlockStart: `${Math.max(0, top - 24)}px`, insetInlineEnd: "4px", zIndex: "9", font: "13px/1.4 monospace",
    padding: "1px 8px", border: "1px solid #5b6673", borderRadius: "4px", background: "#fbfaf7", color: "#0b5394", cursor: "pointer",
  });
  mark.addEventListener("click", () => openFile(place));
  shown.body.append(mark);
  chip = { block, place, mark };
}

const nameOf = (place) => `${place.file.split("/").slice(1).join("/")}:${place.line}`;

/** Opens a file where an editor is set; else copies where it is. */
async function openFile({ file, line }) {
  const status = document.getElementById("opened");
  const tell = (text) => status && (status.textContent = text);
  const response = await fetch(`/open/${file}/${line}`, { method: "POST" });
  if (response.status === 204) return tell(`Opened ${file}:${line}`);
  const text = (await response.text()).trim();
  if (response.status !== 200) return tell(text || `${file} cannot be opened`);
  try {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${text}`);
  } catch {
    tell(text);
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-open]");
  if (target) {
    const [, file, line] = /^(.*)\/(\d+)$/.exec(target.dataset.open);
    openFile({ file, line });
  }
  if (event.target.id === "absent") {
    showsAbsent = !showsAbsent;
    outlineAbsent();
  }
});

/** What is not on this page, and why: an outline for each, beside what is there of the same item or else at the end. */
function outlineAbsent() {
  const shown = frame?.contentDocument;
  const button = document.getElementById("absent");
  if (!shown?.body || !button || !places) return;
  button.setAttribute("aria-pressed", String(showsAbsent));
  shown.querySelectorAll("[data-desk=absent]").forEach((outline) => outline.remove());
  if (!showsAbsent) return;
  const headings = [...shown.querySelectorAll("h3,summary")];
  const end = shown.querySelector("main") ?? shown.body;
  for (const absent of places.absent) {
    const outline = shown.createElement("p");
    outline.dataset.desk = "absent";
    outline.textContent = `${absent.title}, ${absent.part}: ${absent.seen}. ${absent.text} (${nameOf(absent)})`;
    Object.assign(outline.style, { border: "2px dashed #5b6673", borderRadius: "4px", padding: "4px 12px", color: "#5b6673", cursor: "pointer" });
    outline.addEventListener("click", () => openFile(absent));
    const heading = headings.find((heading) => alike(heading.textContent).includes(alike(absent.title)));
    (heading?.closest("article,details") ?? end).append(outline);
  }
}

restore();
