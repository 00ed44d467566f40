// Follows a report being made; when it is ready, or has failed, the page is loaded again to show that.
"use strict";
(() => {
  const bar = document.getElementById("progress");
  const words = document.getElementById("progress-words");
  const PAUSE = 700;

  async function look() {
    try {
      const answer = await fetch(bar.dataset.source, { credentials: "same-origin" });
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (answer.ok) {
        const now = await answer.json();
        if (!now.open) return location.reload();
        bar.value = now.progress;
        if (words.textContent !== now.words) words.textContent = now.words;
      }
    } catch {
      // The network or the server is away for a moment: ask again.
    }
    setTimeout(look, PAUSE);
  }

  setTimeout(look, PAUSE);
})();
