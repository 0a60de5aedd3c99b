// An article with its marks: stepping through them, deciding where they stand. Everything works without this file, only slower.
"use strict";

(() => {
  const WANTED = ["taken", "safe"];
  const AFTER = { accept: "taken", reject: "refused", unsure: "unsure" };
  let desk = null; // the article on the page, null on other pages
  let waiting = Promise.resolve(); // answers are sent one after the other, in the order in which they were given

  function start() {
    const root = document.querySelector("[data-article]");
    desk = root && read(root);
    if (!desk) return;
    root.classList.add("live");
    look(root.dataset.look);
    if (desk.marks.length) select(desk.current, { load: false, focus: true });
  }

  function read(root) {
    const marks = root.dataset.marks.split(";").filter(Boolean).map((row, i) => {
      const [id, seq, rank, waits, rivals] = row.split(",");
      return { n: i + 1, id, seq, rank: +rank, waits: waits === "w", theirs: waits === "t", rivals: rivals.split(" ").filter(Boolean).map(Number), nodes: [] };
    });
    for (const node of root.querySelectorAll("[data-m]")) {
      const mark = marks[node.dataset.m - 1];
      mark.nodes.push(node);
      mark.standing = node.classList[1];
    }
    for (const mark of marks) {
      mark.pin = document.getElementById(`m${mark.n}`);
      mark.changes = mark.rank < marks.length;
      for (const node of mark.nodes) node.removeAttribute("tabindex");
      if (mark.pin) mark.pin.tabIndex = -1;
    }
    return { root, marks, sending: 0, current: +root.dataset.current, asks: +document.getElementById("left").dataset.asks, dirty: false };
  }

  // What others decide comes into the text where it stands. What moves above the mark in hand does not move it, what
  // was begun stays, and whoever is about to decide a mark that somebody else has just decided is told first.
  let asking = false;
  async function meanwhile() {
    const here = desk;
    if (!here) return;
    if (asking || here.sending) { setTimeout(() => { if (desk === here) meanwhile(); }, 500); return; }
    asking = true;
    try {
      const url = new URL(here.root.dataset.article, location.href);
      const query = new URLSearchParams(here.root.dataset.query);
      query.set("known", here.root.dataset.known);
      if (here.current) query.set("at", here.marks[here.current - 1].id);
      url.search = query;
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.status !== 200 || desk !== here) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-article]");
      if (next && desk === here) {
        if (here.sending) setTimeout(() => { if (desk === here) meanwhile(); }, 500);
        else take(next);
      }
    } catch {
      // The server is gone; the next decision says so.
    } finally {
      asking = false;
    }
  }

  function take(next) {
    const old = desk;
    const hand = old.marks[old.current - 1];
    const top = hand && hand.pin ? hand.pin.getBoundingClientRect().top : 0;
    const focused = document.activeElement.matches(".pin");
    const runs = [...document.querySelectorAll("#text > .run")];
    const news = [...next.querySelectorAll("#text > .run")];
    const bare = (run) => run.outerHTML.replace(/ (tabindex="-?\d"|current|news)(?=[ ">])/g, "");
    if (runs.length === news.length) {
      runs.forEach((run, i) => { if (bare(run) !== bare(news[i])) run.replaceWith(document.adoptNode(news[i])); });
    } else {
      document.getElementById("text").replaceChildren(...news.map((run) => document.adoptNode(run)));
    }
    for (const name of ["marks", "seen", "known"]) old.root.dataset[name] = next.dataset[name];
    document.getElementById("left").dataset.asks = next.querySelector("#left").dataset.asks;
    desk = read(old.root);
    desk.dirty = true;
    const before = new Map(old.marks.map((mark) => [mark.id, mark]));
    const changed = [];
    for (const mark of desk.marks) {
      const was = before.get(mark.id);
      if (!was) continue;
      mark.reason = was.reason;
      if (was.standing !== mark.standing || was.seq !== mark.seq) changed.push(mark);
    }
    const same = hand && desk.marks.find((mark) => mark.id === hand.id);
    desk.current = same ? same.n : (desk.marks.find((mark) => mark.waits) || desk.marks[0] || { n: 0 }).n;
    paint(desk.current, ...[...document.querySelectorAll(".m.current")].map((node) => +node.dataset.m));
    count();
    if (desk.current) {
      const mark = desk.marks[desk.current - 1];
      mark.pin.tabIndex = 0;
      if (same) scrollBy(0, mark.pin.getBoundingClientRect().top - top);
      if (focused) mark.pin.focus({ preventScroll: true });
      const card = document.getElementById("card");
      const writing = card.contains(document.activeElement) && document.activeElement.matches("input, textarea");
      if (!same || (changed.includes(mark) && !writing && !document.querySelector("dialog[open]"))) ask(mark);
      if (same && mark.seq !== hand.seq) {
        const newest = mark.seq;
        mark.seq = hand.seq;
        setTimeout(() => { if (mark.seq === hand.seq) mark.seq = newest; }, 1500);
      }
    }
    for (const mark of changed) for (const node of mark.nodes) node.classList.add("news");
    const differ = changed.filter((mark) => mark.standing === "disputed").length;
    if (next.dataset.told) say(`${next.dataset.told}.`);
    else if (differ) say(`Others differ from you on ${differ} mark${differ > 1 ? "s" : ""} here.`);
    else if (changed.length) say(`${changed.length} mark${changed.length > 1 ? "s" : ""} changed here.`);
  }

  // Which marks are seen and made: the same order as cleantext.review.marks has, for those that want the same words.
  function related(...numbers) {
    const found = new Set(numbers.filter(Boolean));
    for (const n of found) for (const other of desk.marks[n - 1].rivals) found.add(other);
    return [...found].map((n) => desk.marks[n - 1]);
  }

  function first(marks, order) {
    const taken = new Set();
    for (const mark of [...marks].sort((a, b) => order(a) - order(b))) {
      if (!mark.rivals.some((n) => taken.has(n))) taken.add(mark.n);
    }
    return taken;
  }

  function paint(...numbers) {
    const marks = related(...numbers);
    const size = desk.marks.length + 1;
    const made = first(marks.filter((m) => m.changes && WANTED.includes(m.standing)), (m) => m.rank);
    const seen = first(
      marks.filter((m) => m.changes && (m.n === desk.current || !["refused", "kept"].includes(m.standing))),
      (m) => (m.n === desk.current ? 0 : made.has(m.n) ? size : 2 * size) + m.rank,
    );
    for (const mark of marks) {
      const name = ["m", mark.standing];
      if (mark.theirs) name.push("theirs");
      if (made.has(mark.n)) name.push("made");
      if (mark.changes && !seen.has(mark.n)) name.push("aside");
      if (mark.n === desk.current) name.push("current");
      for (const node of mark.nodes) node.className = name.join(" ");
    }
  }

  function select(n, { load = true, focus = true } = {}) {
    const old = desk.current;
    const mark = desk.marks[n - 1];
    desk.current = n;
    wanted = 0;
    paint(old, n);
    if (old && desk.marks[old - 1].pin) desk.marks[old - 1].pin.tabIndex = -1;
    if (mark.pin) {
      mark.pin.tabIndex = 0;
      show(mark);
      if (focus) mark.pin.focus({ preventScroll: true });
    }
    const url = new URL(location.href);
    url.searchParams.set("at", mark.id);
    url.hash = "";
    history.replaceState(null, "", url);
    if (load) ask(mark);
    else fresh();
  }

  // What is known of a mark comes when one has stopped at it; the card never speaks of one while another is decided.
  let timer = 0;
  let last = 0;
  let wanted = 0; // the mark whose words are to be edited once its card is there
  function ask(mark) {
    const card = document.getElementById("card");
    card.classList.add("waiting");
    card.querySelector(".where b").textContent = mark.n;
    card.querySelectorAll("[data-opens]").forEach((b) => { b.disabled = true; });
    const why = card.querySelector(".reason input");
    if (why) why.value = mark.reason || "";
    clearTimeout(timer);
    timer = setTimeout(() => fetchCard(mark), Date.now() - last > 200 ? 0 : 150);
    last = Date.now();
  }

  async function fetchCard(mark) {
    await waiting;
    if (!desk || desk.current !== mark.n) return;
    const here = desk;
    try {
      const answer = await fetch(`${here.root.dataset.article}/${mark.id}?${here.root.dataset.query}`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(await answer.text());
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (desk !== here || here.current !== mark.n) return;
      const card = document.getElementById("card");
      const writing = document.activeElement.matches("#card .decide .reason input");
      card.replaceChildren(...[...html.body.childNodes].map((node) => document.adoptNode(node)));
      fresh();
      if (wanted === mark.n) card.querySelector("[data-opens=edit]")?.click();
      else if (writing) {
        const why = card.querySelector(".reason input");
        why?.focus({ preventScroll: true });
        why?.setSelectionRange(why.value.length, why.value.length);
      }
    } catch (error) {
      problem(`Nothing could be read about this mark: ${error.message}. Is cleantext review still running?`);
    }
  }

  function fresh() {
    const card = document.getElementById("card");
    card.classList.remove("waiting");
    const why = card.querySelector(".reason input");
    const mark = desk.marks[desk.current - 1];
    if (why && mark.reason) why.value = mark.reason;
    const from = card.querySelector("details.from");
    if (from) {
      from.open = !narrow() && sessionStorage.getItem("from") !== "shut";
      from.addEventListener("toggle", () => { if (narrow()) uncover();
        else sessionStorage.setItem("from", from.open ? "open" : "shut");
      });
    }
    if (narrow()) uncover();
  }

  const narrow = () => matchMedia("(max-width: 900px)").matches;

  function show(mark) {
    const box = mark.pin.getBoundingClientRect();
    if (!narrow() && (box.top < 90 || box.top > innerHeight - 140)) mark.pin.scrollIntoView({ block: "center" });
    if (narrow()) uncover();
  }

  // On a phone the card lies over the text, and never over the mark that it speaks of.
  function uncover() {
    const mark = desk && desk.marks[desk.current - 1];
    if (!mark || !mark.pin) return;
    const box = mark.pin.getBoundingClientRect();
    const card = document.getElementById("card").getBoundingClientRect();
    if (box.top < 60 || box.bottom > card.top - 70) scrollBy(0, box.top - Math.min(card.top * 0.3, 140));
  }

  function step(by, every) {
    const marks = desk.marks.filter((m) => m.nodes.length && (every || m.waits));
    if (!marks.length) return say("Nothing left to decide in this article.");
    const ordered = by > 0 ? marks : [...marks].reverse();
    const next = ordered.find((m) => (by > 0 ? m.n > desk.current : m.n < desk.current)) || ordered[0];
    select(next.n);
  }

  function say(text) {
    const line = document.getElementById("said");
    line.textContent = "";
    setTimeout(() => { line.textContent = text; }, 30);
  }

  function problem(text) {
    const box = document.getElementById("problem");
    box.hidden = !text;
    box.textContent = text;
    if (text) box.scrollIntoView({ block: "nearest" });
  }

  const left = () => desk.marks.filter((m) => m.waits).length;

  function count() {
    document.getElementById("left").textContent = `${desk.asks - left()} of ${desk.asks} decided in this article`;
    desk.root.toggleAttribute("data-done", !left());
  }

  function stand(mark, standing, waits, words) {
    mark.standing = standing;
    mark.waits = waits;
    if (words && mark.pin) mark.pin.setAttribute("aria-label", mark.pin.dataset.name + words);
  }

  // A decision is seen at once and sent behind those before it; where it is not kept, the mark says so.
  function decide(verdict, reason = "") {
    const here = desk;
    const mark = here.marks[here.current - 1];
    if (mark.theirs) return say("Others were asked about this mark, and it is decided.");
    if (here.root.dataset.look !== "marks") {
      // Nobody decides what they do not see.
      look("marks");
      show(mark);
      return say("This is the mark in hand: decide now.");
    }
    const before = [mark.standing, mark.waits];
    const madeBefore = made(mark);
    stand(mark, AFTER[verdict], false, "");
    mark.pending = (mark.pending || 0) + 1;
    here.dirty = true;
    sending(here, 1);
    const words = { accept: "Accepted", reject: "Rejected", unsure: "Marked unsure" }[verdict];
    paint(mark.n);
    count();
    problem("");
    const rest = left();
    const other = displaced(mark, madeBefore);
    if (other) problem(other);
    say(`${words}. ${rest ? `${rest} left in this article.` : "Nothing left to decide in this article."}`);
    waiting = waiting.then(() => send(here, mark, verdict, reason, before));
    const next = here.marks.find((m) => m.waits && m.n > mark.n) || here.marks.find((m) => m.waits) || mark;
    select(next.n);
  }

  const made = (mark) => new Set(related(mark.n).filter((m) => m.nodes.some((n) => n.classList.contains("made"))).map((m) => m.n));

  // Of marks that want the same words one is made; whoever accepts is told which one it is, and what is lost.
  function displaced(mark, before) {
    if (mark.standing !== "taken" || !mark.changes) return "";
    const now = made(mark);
    if (!now.has(mark.n)) {
      const holder = mark.rivals.find((n) => now.has(n));
      return holder ? `This was accepted and is not made: mark ${holder}, which wants the same words, stays. Reject mark ${holder} to have this one made.` : "";
    }
    const lost = [...before].filter((n) => !now.has(n));
    return lost.length ? `Mark ${lost.join(", ")}, accepted before, wants the same words and is no longer made.` : "";
  }

  function sending(here, by) {
    here.sending += by;
    here.root.toggleAttribute("data-sending", here.sending > 0);
  }

  async function send(here, mark, verdict, reason, before) {
    const body = new URLSearchParams({ finding: mark.id, seen: mark.seq, verdict, reason });
    try {
      const answer = await fetch(`${here.root.dataset.article}?${here.root.dataset.query}`, {
        method: "POST", body, credentials: "same-origin", headers: { accept: "application/json" },
      });
      if (!(answer.headers.get("content-type") || "").startsWith("application/json")) throw new Error(`${answer.status} ${await answer.text()}`);
      const told = await answer.json();
      mark.pending -= 1;
      for (const [n, seq, standing, rank, waits, words] of told.marks || []) {
        const one = here.marks[n - 1];
        one.seq = String(seq);
        one.rank = rank;
        if (!one.pending) stand(one, standing, waits, words);
      }
      if (told.decided !== undefined) counts(told);
      if (!told.problem) mark.reason = "";
      if (desk !== here) return;
      paint(mark.n);
      count();
      if (told.problem) { problem(told.problem); select(mark.n); }
    } catch (error) {
      mark.pending = 0;
      stand(mark, before[0], before[1], "");
      if (desk !== here) return;
      paint(mark.n);
      count();
      problem(`Not saved: ${error.message}. Is cleantext review still running?`);
      select(mark.n);
    } finally {
      sending(here, -1);
    }
  }

  function counts(told) {
    const bar = document.querySelector(".progress progress");
    bar.max = told.total || 1;
    bar.value = told.decided;
    document.querySelector(".progress span").textContent = `${told.decided.toLocaleString("en")} of ${told.total.toLocaleString("en")} decided`;
  }

  function look(name) {
    desk.root.dataset.look = name;
    for (const link of desk.root.querySelectorAll("[data-look-at]")) {
      if (link.dataset.lookAt === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  document.addEventListener("settled", start);
  document.addEventListener("meanwhile", meanwhile);
  document.addEventListener("input", (event) => {
    if (desk && desk.current && event.target.matches("#card .decide .reason input")) desk.marks[desk.current - 1].reason = event.target.value;
  });

  document.addEventListener("keydown", (event) => {
    if (!desk || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input, textarea, select")) return;
    if (event.key === "e" && document.querySelector("#card.waiting")) wanted = desk.current;
    if (event.key === "J" || event.key === "K") {
      event.preventDefault();
      step(event.key === "J" ? 1 : -1, true);
    }
  });

  document.addEventListener("click", (event) => {
    if (!desk || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const node = event.target;
    const looks = node.closest("[data-look-at]");
    const to = node.closest("[data-to]");
    const steps = node.closest("[data-step]");
    if (looks) {
      event.preventDefault();
      look(looks.dataset.lookAt);
      say(`${looks.firstChild.textContent.trim()}.`);
    } else if (to) {
      event.preventDefault();
      select(+to.dataset.to);
    } else if (steps) {
      step(+steps.dataset.step, false);
    } else if (node.closest("[data-opens=many]") && desk.dirty) {
      event.preventDefault();
      waiting.then(() => go(location.href, {}, false)).then(() => document.getElementById("many")?.showModal());
    } else if (node.closest("#text") && node.closest("[data-m]") && getSelection().isCollapsed) {
      event.preventDefault();
      const mark = node.closest(".m:not(.aside)") || node.closest(".m");
      select(+mark.dataset.m);
    }
  });

  document.addEventListener("submit", (event) => {
    if (!desk) return;
    const form = event.target;
    if (form.matches("[data-in-place]")) {
      event.preventDefault();
      decide(event.submitter.value, desk.marks[desk.current - 1].reason || "");
    } else if (form.matches(".undo, .off, .never form, #many form[method=post]")) {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, event.submitter));
      waiting.then(() => go(form.action, { method: "POST", body }));
    }
  });
})();
