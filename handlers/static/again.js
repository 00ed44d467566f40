// Loads the page that is named here again after a while, for what a worker is still making.
"use strict";
(() => {
  const next = document.getElementById("again");
  setTimeout(() => location.replace(next.dataset.next), 2000);
})();
