// Small things every part of the page uses: making elements, talking to the server, words for times.
(function () {
  "use strict";
  var Sim = (window.Sim = { state: { me: null, group: null, speaker: null, album: "in_order", bot: "", people: [], groups: [], last: null } });

  Sim.make = function (tag, attributes) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined || value === false) return;
      if (name === "text") element.textContent = value;
      else if (name.slice(0, 2) === "on") element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    });
    for (var i = 2; i < arguments.length; i++) if (arguments[i]) element.appendChild(arguments[i]);
    return element;
  };

  Sim.byId = function (id) { return document.getElementById(id); };

  function address(path) {
    var mark = path.indexOf("?") < 0 ? "?" : "&";
    return "api" + path + (Sim.state.bot ? mark + "bot=" + Sim.state.bot : "");
  }

  Sim.get = function (path) { return fetch(address(path)).then(answer); };

  Sim.post = function (path, body) {
    var form = body instanceof FormData;
    return fetch(address(path), {
      method: "POST",
      body: form ? body : JSON.stringify(body || {}),
      headers: form ? {} : { "Content-Type": "application/json" },
    }).then(answer);
  };

  function answer(response) {
    return response.json().then(function (found) {
      if (!response.ok) throw new Error(found.error || String(response.status));
      return found;
    });
  }

  var toastTimer = 0;
  Sim.toast = function (words) {
    var place = Sim.byId("toast");
    place.textContent = "";
    place.appendChild(Sim.make("span", { text: words }));
    clearTimeout(toastTimer);
    toastTimer = setTimeout(function () { place.textContent = ""; }, 4000);
  };

  Sim.failed = function (problem) { Sim.toast("ทำไม่ได้: " + problem.message); };

  var colours = ["#4f7cac", "#8a6fb0", "#b0663f", "#3f8f83", "#a8577e", "#6b7f3a", "#7a6a58", "#4a6670"];
  Sim.avatar = function (name, key) {
    var sum = 0;
    for (var i = 0; i < key.length; i++) sum = (sum * 31 + key.charCodeAt(i)) % 9973;
    var avatar = Sim.make("span", { "class": "avatar", "aria-hidden": "true", text: initial(name) });
    avatar.style.background = colours[sum % colours.length];
    return avatar;
  };

  // A leading vowel or a title says little about who it is.
  function initial(name) {
    var short = name.replace(/^(นาย|นางสาว|นาง|น\.ส\.|คุณ)\s*/, "").replace(/^[เแโใไ]/, "");
    return (short || name).charAt(0).toUpperCase();
  }
  Sim.initial = initial;

  var zone = { timeZone: "Asia/Bangkok" };
  Sim.clock = function (ms) {
    return new Date(ms).toLocaleTimeString("th-TH", { timeZone: zone.timeZone, hour: "2-digit", minute: "2-digit" });
  };
  Sim.day = function (ms) {
    return new Date(ms).toLocaleDateString("th-TH", {
      timeZone: zone.timeZone, weekday: "short", day: "numeric", month: "short", year: "numeric",
    });
  };

  var link = /(https?:\/\/[^\s<>"'`\u0e00-\u0e7f]+)/g;
  Sim.addText = function (element, text) {
    String(text).split(link).forEach(function (piece, index) {
      if (index % 2) element.appendChild(Sim.link(piece, piece));
      else if (piece) element.appendChild(document.createTextNode(piece));
    });
    return element;
  };
  Sim.link = function (href, words) {
    return Sim.make("a", { href: href, target: "_blank", rel: "noopener noreferrer", text: words });
  };
  Sim.isWeb = function (uri) { return /^https?:\/\//i.test(uri || ""); };

  // Something to tap: a link when it opens a page, else a button.
  Sim.tappable = function (className, label, action, tap) {
    var uri = action.uri || action.linkUri;
    var common = { "class": className, "data-testid": "action", "data-label": label, "data-tap": "1" };
    if (action.type === "uri" && Sim.isWeb(uri)) {
      common.href = uri;
      common.target = "_blank";
      common.rel = "noopener noreferrer";
      return Sim.make("a", common);
    }
    common.type = "button";
    common.onclick = function (event) { event.stopPropagation(); tap(action); };
    return Sim.make("button", common);
  };
})();
