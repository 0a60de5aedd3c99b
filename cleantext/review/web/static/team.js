// What others did in the meantime: asked for while the page is looked at. Without this file the next page shows it.
"use strict";

setInterval(async () => {
  const now = document.getElementById("now");
  if (!now || document.hidden || now.contains(document.activeElement)) return;
  const url = new URL(now.dataset.poll, location.href);
  url.searchParams.set("mark", now.dataset.mark);
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (answer.status !== 200) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
    // An answer to a page that is gone by now says nothing about this one.
    if (next && document.getElementById("now") === now) {
      now.replaceWith(document.adoptNode(next));
      document.dispatchEvent(new Event("meanwhile"));
    }
  } catch {
    // The server is gone; the next decision says so.
  }
}, 3000);
