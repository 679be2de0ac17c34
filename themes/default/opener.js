
// Opens this page in the reader's browser. The key is the code in the link's fragment, which browsers send to no server.
// This script loads nothing, stores nothing and calls no one; src/access/seal.rs describes the bytes that it opens.
(function () {
  "use strict";

  const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  const ROUNDS = 600000;

  const byId = (id) => document.getElementById(id);
  const form = byId("form");
  const sealed = byId("sealed");
  const asks = sealed.dataset.asks.split(" ");

  let asked = "";         // what the form asks for: "code", "passphrase" or a "click"
  let link = null;        // the code and place that were given, once the code fits this page
  let isOpen = false;

  // ---- What people and mail programs do to a link ----

  // The code and the place of "#<code>/<place>", of a whole link, or of a code as it was typed.
  function read(text) {
    for (let turn = 0; turn < 3; turn += 1) {
      try { text = decodeURIComponent(text); } catch { break; }
    }
    const fragment = text.slice(text.lastIndexOf("#") + 1).split(/[&?]/)[0];
    const slash = fragment.indexOf("/");
    const code = slash < 0 ? fragment : fragment.slice(0, slash);
    return {
      code: code.toLowerCase().replace(/o/g, "0").replace(/[il]/g, "1").replace(/[^0-9a-z]/g, ""),
      place: slash < 0 ? "" : fragment.slice(slash + 1),
    };
  }

  // The 16 bytes of a code, or null when its letters or its check character are not right.
  function secretOf(code) {
    const values = [...code].map((letter) => LETTERS.indexOf(letter));
    if (values.length !== 27 || values.includes(-1)) return null;
    const sum = values.reduce((sum, value) => {
      const shifted = sum << 1;
      return (shifted & 32 ? shifted ^ 37 : shifted) ^ value;
    }, 1);
    return sum === 0 ? bytesOf(code.slice(0, 26)) : null;
  }

  // The 16 bytes of 26 letters, of which the last two bits are filling.
  function bytesOf(letters) {
    const bytes = [];
    let bits = 0;
    let count = 0;
    for (const letter of letters) {
      bits = (bits << 5) | LETTERS.indexOf(letter);
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes.push(bits >> count);
        bits &= (1 << count) - 1;
      }
    }
    return bits === 0 ? Uint8Array.from(bytes) : null;
  }

  // ---- The seal ----

  const textBytes = (text) => new TextEncoder().encode(text);

  function joined(first, second) {
    const bytes = new Uint8Array(first.length + second.length);
    bytes.set(first);
    bytes.set(second, first.length);
    return bytes;
  }

  async function hkdf(secret, salt, info, length) {
    const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    const parameters = { name: "HKDF", hash: "SHA-256", salt: salt, info: textBytes(info) };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
  }

  async function withPassphrase(secret, id, passphrase) {
    const text = passphrase.normalize("NFC").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    const key = await crypto.subtle.importKey("raw", textBytes(text), "PBKDF2", false, ["deriveBits"]);
    const parameters = { name: "PBKDF2", hash: "SHA-256", salt: id, iterations: ROUNDS };
    const stretched = new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
    return hkdf(joined(secret, stretched), new Uint8Array(), "passphrase", 32);
  }

  // The document inside the seal. Fails, and yields nothing, when a single bit of it is not as it was sealed.
  async function unseal(secret, id) {
    const letters = atob(sealed.textContent);
    const bytes = new Uint8Array(letters.length);
    // Sixteen times as fast as Uint8Array.from, which takes longer than all the rest.
    for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
    if (bytes[0] !== 1) throw new Error("unknown version");
    const keys = await hkdf(secret, bytes.subarray(1, 33), "enc", 44);
    const key = await crypto.subtle.importKey("raw", keys.subarray(0, 32), "AES-GCM", false, ["decrypt"]);
    const parameters = { name: "AES-GCM", iv: keys.subarray(32), additionalData: joined(textBytes("loggia/v1\0"), id) };
    const plain = new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes.subarray(33)));
    const length = new DataView(plain.buffer).getUint32(0);
    return new TextDecoder().decode(plain.subarray(4, 4 + length));
  }

  // ---- Before it is open ----

  function say(when) {
    byId("message").textContent = document.querySelector("[data-when='" + when + "']").textContent;
  }

  function ask(what, when) {
    const isAgain = asked === what;
    asked = what;
    form.hidden = false;
    byId("code-part").hidden = what !== "code";
    byId("passphrase-part").hidden = what !== "passphrase";
    say(when);
    if (what === "click" || !(isAgain || what === "passphrase")) return;
    byId(what).focus();
    byId(what).select();
  }

  async function begin(text, isClicked) {
    const given = read(text);
    if (given.code === "") return ask("code", "no-code");
    given.secret = secretOf(given.code);
    if (!given.secret) return ask("code", "not-a-code");
    given.id = await hkdf(given.secret, new Uint8Array(), "path", 16);
    if (String(given.id) !== String(bytesOf(sealed.dataset.id))) return ask("code", "wrong-code");
    link = given;
    if (asks.includes("passphrase")) return ask("passphrase", "passphrase");
    if (asks.includes("click") && !isClicked) return ask("click", "click");
    return open("");
  }

  async function open(passphrase) {
    const hasPassphrase = asks.includes("passphrase");
    say("opening");
    let text;
    try {
      const secret = hasPassphrase ? await withPassphrase(link.secret, link.id, passphrase) : link.secret;
      text = await unseal(secret, link.id);
    } catch {
      return hasPassphrase ? ask("passphrase", "wrong-passphrase") : ask("code", "damaged");
    }
    if (!isOpen) show(text);
  }

  // ---- Once it is open ----

  // Puts the document in this one's place. The policy, which allows nothing but the document's own style, stays in force.
  function show(text) {
    const opened = new DOMParser().parseFromString(text, "text/html");
    const root = document.documentElement;
    for (const name of root.getAttributeNames()) root.removeAttribute(name);
    for (const { name, value } of opened.documentElement.attributes) root.setAttribute(name, value);
    document.querySelectorAll("title, style").forEach((element) => element.remove());
    for (const element of [...opened.head.children]) {
      const isNew = element.matches("meta[name]") && !document.head.querySelector("meta[name='" + CSS.escape(element.name) + "']");
      if (isNew || element.matches("title, style")) document.head.append(element);
    }
    // Nothing of the kind is in a portal. Should it ever be: the policy stops what loads, but not a refresh to another page.
    opened.body.querySelectorAll("script, base, meta, link, iframe, object, embed").forEach((element) => element.remove());
    document.body.replaceWith(opened.body);
    isOpen = true;
    history.replaceState(null, "", "#" + address(link.place));
    const heading = document.querySelector("h1");
    if (!jump(link.place) && heading) focus(heading);
    document.dispatchEvent(new Event("opened"));
  }

  const address = (place) => link.code + (place ? "/" + place : "");

  // Moves to the element with the id `place`, or with the nearest id above it, and tells whether there is one.
  function jump(place) {
    while (place && !byId(place)) place = place.slice(0, Math.max(0, place.lastIndexOf("/")));
    const target = place && byId(place);
    if (!target) return false;
    for (let outer = target; outer; outer = outer.parentElement) {
      if (outer.matches("details")) outer.open = true;
    }
    target.scrollIntoView();
    focus(target);
    return true;
  }

  function focus(element) {
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  // A link inside the document would take the code's place in the address: it goes behind the code instead.
  function follow(event) {
    const inside = isOpen && event.target.closest("a[href^='#']");
    if (!inside) return;
    event.preventDefault();
    const place = read("#/" + inside.getAttribute("href").slice(1)).place;
    if (location.hash !== "#" + address(place)) location.hash = address(place);
    if (!jump(place)) scrollTo(0, 0);
  }

  function moved() {
    if (!isOpen) return begin(location.hash, false);
    const now = read(location.hash);
    if (now.code === link.code) return jump(now.place);
    if (secretOf(now.code)) return location.reload();
    const place = read("#/" + location.hash.slice(1)).place;
    history.replaceState(null, "", "#" + address(place));
    return jump(place);
  }

  // Browsers print the address in the margin, and paper is passed on: the code is not in it while they print.
  let addressOnScreen = null;

  function beforePrint() {
    if (!isOpen) return;
    addressOnScreen = location.hash;
    history.replaceState(null, "", location.pathname + location.search);
  }

  function afterPrint() {
    if (addressOnScreen !== null) history.replaceState(null, "", addressOnScreen);
    addressOnScreen = null;
  }

  // ---- Begin ----

  if (window.top !== window.self) return say("framed");
  if (!window.isSecureContext || !crypto.subtle) return say("not-secure");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asked === "code") begin(byId("code").value, true);
    else open(byId("passphrase").value);
  });
  document.addEventListener("click", follow);
  window.addEventListener("hashchange", moved);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  begin(location.hash, false);
}());
