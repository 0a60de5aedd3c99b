// Keys, and answers without a reload. Everything works without this file, only slower.
"use strict";

const page = () => document.getElementById("page");
const typing = (node) => node.matches("input:not([type=checkbox]), textarea, select");

// Keys: an element says which key it answers to; the item in focus goes first.
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("dialog[open]");
  if (event.target.matches("textarea") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.querySelector("button[name=verdict]").click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (!open && event.target.matches(".reason input") && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      (document.querySelector(".current > .pin") || document.getElementById("main")).focus({ preventScroll: true });
    }
    return;
  }
  if (open) return;
  const key = event.key;
  if (key.length !== 1 || key === " ") return;
  const item = document.activeElement.closest("[data-item]");
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const found = (item && item.querySelector(wanted)) || [...document.querySelectorAll(wanted)].find((n) => !n.closest("[data-item]"));
  if (found) {
    event.preventDefault();
    if (found.matches("input")) found.focus();
    else if (!found.disabled) found.click();
  } else if (key === "j" || key === "k") {
    event.preventDefault();
    step(item, key === "j" ? 1 : -1);
  }
});

function step(item, by) {
  const items = [...document.querySelectorAll("[data-item]")];
  if (!items.length) return;
  if (item && by > 0) read(item);
  const at = item ? items.indexOf(item) + by : by > 0 ? 0 : items.length - 1;
  const next = items[Math.min(items.length - 1, Math.max(0, at))];
  (next.matches("[tabindex], a") ? next : next.querySelector("a")).focus();
  next.scrollIntoView({ block: "center" });
}

// A sample: what was read is kept over a reload, until the group is decided.
function group() {
  const node = document.querySelector("[data-group]");
  return node && "read-" + node.dataset.group;
}
const kept = () => new Set(JSON.parse(sessionStorage.getItem(group()) || "[]"));

function read(item) {
  const box = item.querySelector("input[name=read]");
  if (!box) return;
  box.checked = true;
  noteRead();
}

function noteRead() {
  const boxes = [...document.querySelectorAll("input[name=read]")];
  sessionStorage.setItem(group(), JSON.stringify(boxes.filter((b) => b.checked).map((b) => b.value)));
  const left = boxes.filter((b) => !b.checked).length;
  document.querySelectorAll("[data-needs-read]").forEach((b) => { b.disabled = left > 0; });
  const count = document.getElementById("count");
  if (count) count.textContent = left ? `${left} still to read` : boxes.length ? "All read" : "";
}
document.addEventListener("change", (event) => {
  if (event.target.matches("input[name=read]")) noteRead();
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// Dialogs.
document.addEventListener("click", (event) => {
  const node = event.target.closest("[data-opens], [data-closes]");
  if (!node || event.defaultPrevented) return;
  if (node.dataset.opens) {
    const dialog = document.getElementById(node.dataset.opens);
    dialog.showModal();
    const area = dialog.querySelector("textarea");
    if (area) { area.focus(); area.select(); }
    // A reason that was begun beside the buttons goes along with a person's own words.
    const begun = document.querySelector(".decide .reason input");
    const reason = dialog.querySelector(".reason input");
    if (reason && begun && begun.value) reason.value = begun.value;
  } else document.getElementById(node.dataset.closes).close();
});

// Answers are fetched and put in place, so that a screen reader hears the status line and nothing flickers.
let busy = false;
async function go(url, options, push = true) {
  if (busy) return;
  busy = true;
  page().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    const type = answer.headers.get("content-type") || "";
    if (!type.startsWith("text/html")) throw new Error(`${answer.status} ${await answer.text()}`);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = next.getElementById("said").textContent.trim();
    document.title = next.title;
    page().replaceWith(document.adoptNode(next.getElementById("page")));
    if (push) history.pushState(null, "", clean(answer.url));
    settle(said);
  } catch (error) {
    // The server is gone or refuses; say so and lose nothing.
    page().removeAttribute("aria-busy");
    document.getElementById("said").textContent = `Not saved: ${error.message}. Is cleantext review still running?`;
  } finally {
    busy = false;
  }
}

function clean(address) {
  const url = new URL(address);
  url.searchParams.delete("said");
  url.searchParams.delete("of");
  return url;
}

function settle(said) {
  window.scrollTo(0, 0);
  const main = document.getElementById("main");
  const line = document.getElementById("said");
  // A live region speaks only when it changes after it is there.
  if (said) {
    const nodes = [...line.childNodes];
    line.replaceChildren();
    setTimeout(() => line.replaceChildren(...nodes), 30);
  }
  if (group()) {
    const before = kept();
    document.querySelectorAll("input[name=read]").forEach((b) => { b.checked = before.has(b.value); });
    noteRead();
    const item = [...document.querySelectorAll("[data-item]")].find((i) => !i.querySelector("input:checked"));
    if (item) { item.focus({ preventScroll: true }); return; }
  }
  main.focus({ preventScroll: true });
  document.dispatchEvent(new Event("settled"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.hash) return;
  event.preventDefault();
  go(url);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") go(form.getAttribute("action") + "?" + body);
  else go(form.action, { method: "POST", body });
});
window.addEventListener("popstate", () => go(location.href, {}, false));
settle("");
history.replaceState(null, "", clean(location.href));
