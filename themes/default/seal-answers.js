// Seals answers for the coach: HPKE (RFC 9180) in mode_psk with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, by WebCrypto
// alone. Touches no document, loads nothing and stores nothing; src/access/asking.rs and the files beside it describe the bytes.
//
// The one way in:  sealAnswers(asked, answers) -> Promise of the text to send
//   asked    { key, psk, id, q }    as text in base64url without filling: 65, 32, 8 and 8 bytes
//   answers  { time, goals, comment }
//              time      milliseconds since 1970
//              goals     in the order of the page, each { rating, followUp }
//                          rating    a whole number on the scale, "unseen" for "I did not see enough", null where it was left out
//                          followUp  true or false, null where it was left out, undefined where it is not asked
//              comment   text; "" where there is none
// It rejects with a RangeError where the comment is too long or the answers are none; sealAnswers.room(comment) is how many bytes are left,
// less than 0 where it is too long.
const sealAnswers = (function () {
  "use strict";

  const VERSION = 1;
  const PLAIN = 960;
  const COMMENT = 900;
  const GOALS = 24;
  const LINE = 72;

  const { subtle } = crypto;
  const utf8 = new TextEncoder();

  function joined(...parts) {
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let end = 0;
    for (const part of parts) {
      bytes.set(part, end);
      end += part.length;
    }
    return bytes;
  }

  function fromLetters(text) {
    const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  }

  function toLetters(bytes) {
    const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  // ---- The answers as bytes, as many whatever they say ----

  // Text alone: no control characters but line feeds, and none that turn the direction of what follows.
  function tidied(comment) {
    const lines = comment.replace(/\r\n?/g, "\n").replace(/\t/g, " ");
    const text = lines.replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
    return utf8.encode(text.trim().normalize("NFC"));
  }

  function ratingByte(rating) {
    if (rating === "unseen") return -128;
    if (rating === null) return -127;
    if (Number.isInteger(rating) && Math.abs(rating) <= 100) return rating;
    throw new RangeError("a rating that is none");
  }

  function followUpByte(followUp) {
    if (followUp === undefined) return 255;
    if (followUp === null) return 0;
    return followUp ? 2 : 1;
  }

  function plainOf({ time, goals, comment }) {
    if (goals.length < 1 || goals.length > GOALS) throw new RangeError("no goals, or too many");
    const words = tidied(comment);
    if (words.length > COMMENT) throw new RangeError("the comment is too long");
    const bytes = new Uint8Array(PLAIN);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.floor(time / 2 ** 32));
    view.setUint32(2, time % 2 ** 32);
    view.setUint8(6, goals.length);
    let end = 7;
    for (const { rating, followUp } of goals) {
      view.setInt8(end, ratingByte(rating));
      view.setUint8(end + 1, followUpByte(followUp));
      end += 2;
    }
    view.setUint16(end, words.length);
    bytes.set(words, end + 2);
    return bytes;
  }

  // ---- HPKE ----

  const number = (value) => Uint8Array.of(value >> 8, value & 255);
  const KEM = joined(utf8.encode("KEM"), number(0x0010));
  const SUITE = joined(utf8.encode("HPKE"), number(0x0010), number(0x0001), number(0x0002));
  const HPKE = utf8.encode("HPKE-v1");
  // HMAC fills a short key with zeros, but an empty one cannot be imported.
  const NO_SALT = new Uint8Array(32);

  async function hmac(secret, ...parts) {
    const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", key, joined(...parts)));
  }

  const extract = (suite, salt, label, secret) => hmac(salt, HPKE, suite, utf8.encode(label), secret);

  // One block of HKDF, which is all that anything here is long.
  async function expand(suite, secret, label, info, length) {
    const block = await hmac(secret, number(length), HPKE, suite, utf8.encode(label), info, Uint8Array.of(1));
    return block.subarray(0, length);
  }

  async function sharedSecret(pair, enc, receiver) {
    const algorithm = { name: "ECDH", namedCurve: "P-256" };
    const theirs = await subtle.importKey("raw", receiver, algorithm, false, []);
    const point = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256));
    const secret = await extract(KEM, NO_SALT, "eae_prk", point);
    return expand(KEM, secret, "shared_secret", joined(enc, receiver), 32);
  }

  async function encrypted(shared, { psk, id, info }, plain) {
    const idHash = await extract(SUITE, NO_SALT, "psk_id_hash", id);
    const infoHash = await extract(SUITE, NO_SALT, "info_hash", info);
    const context = joined(Uint8Array.of(1), idHash, infoHash);
    const secret = await extract(SUITE, shared, "secret", psk);
    const raw = await expand(SUITE, secret, "key", context, 32);
    const iv = await expand(SUITE, secret, "base_nonce", context, 12);
    const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, tagLength: 128 }, key, plain));
  }

  // ---- The message ----

  function armoured(message) {
    const lines = toLetters(message).match(new RegExp(".{1," + LINE + "}", "g"));
    return ["[loggia answers 1]", ...lines, "[end]", ""].join("\r\n");
  }

  // `ephemeral` is for tests, which need the same bytes again: each message has a pair of its own.
  async function seal(asked, answers, ephemeral) {
    const [receiver, psk, id, q] = [asked.key, asked.psk, asked.id, asked.q].map(fromLetters);
    const plain = plainOf(answers);
    const fresh = () => subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
    const pair = ephemeral || await fresh();
    const head = joined(Uint8Array.of(VERSION), id, q);
    const enc = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    const info = joined(utf8.encode("loggia/answers/v1\0"), head);
    const shared = await sharedSecret(pair, enc, receiver);
    const sealed = joined(head, enc, await encrypted(shared, { psk, id, info }, plain));
    plain.fill(0);
    const checked = joined(utf8.encode("loggia/answers/v1 check\0"), sealed);
    const check = new Uint8Array(await subtle.digest("SHA-256", checked)).subarray(0, 4);
    return armoured(joined(sealed, check));
  }

  seal.room = (comment) => COMMENT - tidied(comment).length;
  return seal;
}());
