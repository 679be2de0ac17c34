// Runs an asking page once it is open: by the reader's clock it lets the questions be answered, seals the answers and hands over the text.
// It loads nothing, stores nothing and calls no one; nothing stays in the form once it was sealed or left.
(function () {
  "use strict";

  // The longest address that every common mail program takes whole.
  const LONGEST_ADDRESS = 1800;

  const byId = (id) => document.getElementById(id);
  let file = "";         // the address of the file with the sealed answers

  // ---- When ----

  // Whether the round is to come, open or over, by the reader's clock.
  function when(form) {
    const now = Date.now();
    if (now < Number(form.dataset.opens)) return "before";
    return now < Number(form.dataset.closes) ? "open" : "closed";
  }

  function showWhen(form) {
    const now = when(form);
    for (const line of document.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== now;
    for (const field of form.elements) field.disabled = now !== "open";
    form.classList.toggle("waits", now !== "open");
    if (now === "closed") form.hidden = byId("asking-voluntary").hidden = true;
  }

  // ---- What ----

  const chosen = (form, name) => {
    const field = form.elements.namedItem(name);
    return field && field.value !== "" ? field.value : null;
  };

  function goalsOf(form) {
    return [...form.querySelectorAll("[data-question]")].map((question) => {
      const number = question.dataset.question;
      const rating = chosen(form, "rating-" + number);
      const followUp = chosen(form, "follow-" + number);
      return {
        rating: rating === null || rating === "unseen" ? rating : Number(rating),
        followUp: "followUp" in question.dataset ? followUp && followUp === "yes" : undefined,
      };
    });
  }

  function say(word) {
    byId("asking-status").textContent = word ? document.querySelector("[data-word='" + word + "']").textContent : "";
  }

  function showRoom() {
    const left = sealAnswers.room(byId("asking-comment").value);
    byId("asking-left").textContent = left;
    byId("asking-room").classList.toggle("over", left < 0);
  }

  function showClear(form) {
    for (const button of form.querySelectorAll("[data-clear]")) {
      button.hidden = !button.parentElement.querySelector(":checked");
    }
  }

  function empty(form) {
    form.reset();
    showRoom();
    showClear(form);
  }

  // ---- The sealed text ----

  function mailAddress(form, text) {
    return "mailto:" + encodeURIComponent(form.dataset.mail).replace("%40", "@") + "?subject=Pulse&body=" + encodeURIComponent(text);
  }

  function handOver(form, text) {
    byId("asking-text").value = text;
    file = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    byId("asking-file").href = file;
    const mail = byId("asking-mail");
    if (mail) {
      const address = mailAddress(form, text);
      const isShort = address.length <= LONGEST_ADDRESS;
      mail.hidden = !isShort;
      byId("asking-long").hidden = isShort;
      if (isShort) mail.href = address;
    }
    form.hidden = true;
    byId("asking-sealed").hidden = false;
    byId("asking-sealed").querySelector("h3").focus();
  }

  function takeBack(form) {
    URL.revokeObjectURL(file);
    file = "";
    byId("asking-text").value = "";
    byId("asking-file").href = "#content";
    if (byId("asking-mail")) byId("asking-mail").href = "#content";
    byId("asking-sealed").hidden = true;
    form.hidden = false;
    say("");
  }

  async function seal(form) {
    const goals = goalsOf(form);
    const comment = byId("asking-comment").value;
    const isAnswered = goals.some(({ rating, followUp }) => rating !== null || typeof followUp === "boolean");
    if (!isAnswered && comment.trim() === "") return say("empty");
    if (sealAnswers.room(comment) < 0) {
      byId("asking-comment").focus();
      return say("too_long");
    }
    const { key, psk, id, q } = form.dataset;
    const button = form.querySelector("[type='submit']");
    button.disabled = true;
    say("sealing");
    try {
      const text = await sealAnswers({ key, psk, id, q }, { time: Date.now(), goals, comment });
      empty(form);
      say("");
      handOver(form, text);
    } catch {
      say("failed");
    }
    showWhen(form);
    if (!byId("asking-sealed").hidden) form.hidden = true;
  }

  async function copy() {
    const text = byId("asking-text");
    try {
      await navigator.clipboard.writeText(text.value);
      say("copied");
    } catch {
      text.closest("details").open = true;
      text.focus();
      text.select();
      say("not_copied");
    }
  }

  // ---- Begin ----

  function begin() {
    const form = byId("asking");
    if (!form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (when(form) === "open") seal(form);
      else showWhen(form);
    });
    form.addEventListener("change", () => showClear(form));
    // What was said of the answers before does not hold of other ones.
    form.addEventListener("input", () => say(""));
    byId("asking-comment").addEventListener("input", showRoom);
    form.addEventListener("click", (event) => {
      if (!event.target.matches("[data-clear]")) return;
      const question = event.target.parentElement;
      for (const field of question.querySelectorAll(":checked")) field.checked = false;
      showClear(form);
      question.querySelector("input").focus();
    });
    byId("asking-copy").addEventListener("click", copy);
    byId("asking-file").addEventListener("click", () => say("saved"));
    byId("asking-again").addEventListener("click", () => {
      takeBack(form);
      showWhen(form);
      form.querySelector("input").focus();
    });
    window.addEventListener("pagehide", () => {
      empty(form);
      takeBack(form);
    });
    empty(form);
    showWhen(form);
    setInterval(() => { if (byId("asking-sealed").hidden) showWhen(form); }, 15000);
  }

  document.addEventListener("opened", begin);
}());
