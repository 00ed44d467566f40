// The panel with the JSON of both directions.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make;
  var panel = Sim.byId("log"), rows = Sim.byId("log-rows"), toggle = Sim.byId("toggle-json");
  var filter = "", loaded = false;

  Sim.toggleLog = function (show) {
    panel.hidden = !show;
    toggle.setAttribute("aria-expanded", String(show));
    if (show && !loaded) {
      loaded = true;
      Sim.get("/log").then(function (found) { found.rows.forEach(Sim.addLog); }).catch(Sim.failed);
    }
  };
  toggle.addEventListener("click", function () { Sim.toggleLog(panel.hidden); });
  Sim.byId("close-json").addEventListener("click", function () { Sim.toggleLog(false); toggle.focus(); });

  Array.prototype.forEach.call(panel.querySelectorAll("[data-filter]"), function (button) {
    button.addEventListener("click", function () {
      filter = button.getAttribute("data-filter");
      Array.prototype.forEach.call(panel.querySelectorAll("[data-filter]"), function (each) {
        each.setAttribute("aria-pressed", String(each === button));
      });
      Array.prototype.forEach.call(rows.children, sift);
    });
  });

  function sift(element) {
    var bad = element.classList.contains("bad");
    element.hidden = filter === "refused" ? !bad : filter !== "" && element.getAttribute("data-way") !== filter;
  }

  Sim.addLog = function (row) {
    if (!loaded || rows.querySelector('[data-id="' + row.id + '"]')) return;
    var toBot = row.direction === "webhook";
    var bad = toBot ? row.reason !== "ok" : row.status >= 400 || !!row.trouble;
    var element = make("details", { "class": "log-row" + (bad ? " bad" : ""), "data-id": row.id, "data-way": row.direction, "data-testid": "log-row" });
    var summary = make("summary", {},
      make("span", { "class": "way", text: toBot ? "→ บอต" : "← บอต" }),
      make("span", { "class": "path", text: toBot ? kinds(row) : row.method + " " + row.path.replace(/^\/v2\/bot/, "") }),
      make("span", { "class": "status", text: row.trouble || row.status || row.reason }),
      make("span", { text: row.ms + " ms" }));
    element.appendChild(summary);
    element.addEventListener("toggle", function () { if (element.open && !element.querySelector("pre")) fill(element, row); });
    if (bad) summary.appendChild(make("span", { "class": "refusal", text: refusal(row) }));
    sift(element);
    rows.insertBefore(element, rows.firstChild);
    while (rows.children.length > 300) rows.removeChild(rows.lastChild);
  };

  function kinds(row) {
    var events = (row.request || {}).events || [];
    return events.map(function (each) { return each.type + (each.message ? " · " + each.message.type : ""); }).join(", ") || "(ทดสอบ)";
  }

  // LINE's own words, so that a developer can look them up.
  function refusal(row) {
    var answer = row.response || {};
    var words = answer.message || row.detail || row.trouble || String(row.reason || "");
    (answer.details || []).forEach(function (each) { words += "\n" + each.property + ": " + each.message; });
    return words;
  }

  function fill(element, row) {
    function part(title, value) {
      if (value === null || value === undefined) return;
      element.appendChild(make("h4", { text: title }));
      element.appendChild(make("pre", { text: typeof value === "string" ? value : JSON.stringify(value, null, 2) }));
    }
    part(row.direction === "webhook" ? "ส่งไปที่ " + row.path : "บอตส่งมา", row.request);
    part("คำตอบ " + (row.status || ""), row.response);
    if (row.retry_key) part("X-Line-Retry-Key", row.retry_key);
    if (row.request_id) part("x-line-request-id", row.request_id);
  }

  Sim.showQuota = function (bot) {
    var limit = bot.quota === null ? "ไม่จำกัด" : bot.quota.toLocaleString("th-TH");
    Sim.byId("quota").textContent = "ส่งเดือนนี้ " + bot.used.toLocaleString("th-TH") + " / " + limit;
  };
})();
