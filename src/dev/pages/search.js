
// The start page shows only what holds the words that are looked for.

let wanted = "";

function search() {
  const field = document.getElementById("search");
  if (!field) return;
  if (field.value !== wanted) field.value = wanted;
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const line of document.querySelectorAll("[data-words]")) {
    const text = `${line.textContent} ${line.dataset.words}`.toLowerCase();
    line.hidden = !words.every((word) => text.includes(word));
    if (!line.hidden) found += 1;
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = words.length > 0 && !group.querySelector("[data-words]:not([hidden])");
  }
  document.getElementById("found").textContent = words.length === 0 ? "" : found === 1 ? "1 line" : `${found} lines`;
  prepareKeys();
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "search") return;
  wanted = event.target.value;
  search();
});
