// The page itself: who one is, the chat, what is typed and tapped, and news as it comes.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make, byId = Sim.byId, state = Sim.state;
  var chat = byId("chat"), input = byId("message-input");
  var rows = {}, newest = 0, lastDay = "", lastBy = "", current = null, unread = {}, loadingTimer = 0, epoch = "", waiting = null;

  function person() { return state.people.filter(function (each) { return each.user_id === state.me; })[0]; }
  function path(rest) { return "/people/" + state.me + rest; }

  // ---- people ----

  function refresh() {
    return Sim.get("/state").then(function (found) {
      epoch = found.epoch;
      state.people = found.people;
      state.botName = found.bot.name;
      byId("bot-name").textContent = found.bot.name;
      byId("bot-avatar").textContent = Sim.initial(found.bot.name);
      document.title = found.bot.name + " · ห้องแชตจำลอง";
      Sim.showQuota(found.bot);
      drawBots(found.bots, found.bot.user_id);
      drawLinks(found.links);
      drawPeople();
      return found;
    });
  }

  function drawBots(bots, mine) {
    var select = byId("bot-select");
    select.hidden = bots.length < 2;
    select.textContent = "";
    bots.forEach(function (bot) { select.appendChild(make("option", { value: bot.user_id, text: bot.name, selected: bot.user_id === mine })); });
  }

  function drawLinks(links) {
    var place = byId("links");
    place.textContent = "";
    links.forEach(function (each) { place.appendChild(Sim.link(each.url, each.label)); });
  }

  function drawPeople() {
    var list = byId("people"), select = byId("person-select");
    list.textContent = "";
    select.textContent = "";
    state.people.forEach(function (each) {
      select.appendChild(make("option", { value: each.user_id, text: each.name, selected: each.user_id === state.me }));
      var words = make("span", { "class": "person-words" }, make("b", { text: each.name }), make("small", { text: snippet(each) }));
      var count = unread[each.user_id];
      list.appendChild(make("li", {}, make("button", { type: "button", "class": "person", "data-testid": "person-" + each.user_id,
        "data-name": each.name, "aria-current": each.user_id === state.me ? "true" : null,
        onclick: function () { choose(each.user_id); } },
        Sim.avatar(each.name, each.user_id), words,
        count ? make("span", { "class": "unread", text: String(count), "aria-label": count + " ข้อความใหม่" }) : null)));
    });
    var me = person();
    byId("me").textContent = me ? "คุณคือ " + me.name + (me.blocked ? " · บล็อกอยู่" : "") : "เพิ่มคนเพื่อเริ่มคุย";
    var follow = byId("follow");
    follow.hidden = !me;
    if (me) follow.textContent = me.blocked ? "เลิกบล็อก" : me.friend ? "บล็อก" : "เพิ่มเพื่อน";
    byId("send").disabled = !me || me.blocked;
  }

  function snippet(each) {
    if (each.blocked) return "บล็อกบัญชีนี้อยู่";
    if (!each.last) return each.friend ? "" : "ยังไม่ได้เพิ่มเพื่อน";
    var message = each.last.message;
    return NOTES[message.note] || message.text || message.altText || KINDS[message.type] || message.type;
  }
  var KINDS = { image: "รูปภาพ", video: "วิดีโอ", audio: "เสียง", file: "ไฟล์", sticker: "สติกเกอร์", location: "ตำแหน่งที่ตั้ง" };
  var NOTES = { followed: "เพิ่มเพื่อนแล้ว", unblocked: "เลิกบล็อกแล้ว", blocked: "บล็อกบัญชีนี้แล้ว" };

  function choose(userId) {
    state.me = userId;
    delete unread[userId];
    try { window.sessionStorage.setItem("me", userId); } catch (problem) { /* a private window may forbid it */ }
    Sim.closeSheet();
    drawPeople();
    return openChat();
  }

  // ---- the chat ----

  function openChat() {
    rows = {}; newest = 0; lastDay = ""; lastBy = ""; current = null;
    chat.textContent = "";
    byId("quick").textContent = "";
    stopLoading();
    if (!state.me) {
      chat.appendChild(make("p", { "class": "empty", text: "เพิ่มคนก่อน แล้วเริ่มคุยกับบัญชีนี้ได้เลย" }));
      return Promise.resolve();
    }
    var asked = state.me;
    waiting = []; // what arrives meanwhile is drawn after what was there before
    return Sim.get(path("/chat")).then(function (found) {
      if (asked !== state.me) return;
      found.entries.concat(waiting).forEach(show);
      waiting = null;
      if (found.loading_ms) startLoading(found.loading_ms / 1000);
      drawMenu(found.menu);
      toEnd();
    }).catch(Sim.failed);
  }

  function show(entry) {
    if (rows[entry.seq]) return redraw(entry);
    if (entry.seq <= newest || !entry.shown) return;
    newest = entry.seq;
    var day = Sim.day(entry.at_ms);
    if (day !== lastDay) { chat.appendChild(make("div", { "class": "day" }, make("span", { text: day }))); lastDay = day; lastBy = ""; }
    if (entry.by === "bot") stopLoading();
    var row = entry.by === "note"
      ? make("div", { "class": "note" }, make("span", { text: NOTES[entry.message.note] || entry.message.note }))
      : drawRow(entry, entry.by === lastBy);
    rows[entry.seq] = row;
    chat.appendChild(row);
    lastBy = entry.by;
    if (entry.by !== "note") { current = entry; drawQuick(); }
  }

  function redraw(entry) {
    var old = rows[entry.seq];
    if (entry.by === "note") return;
    var row = drawRow(entry, old.classList.contains("follows"));
    rows[entry.seq] = row;
    chat.replaceChild(row, old);
    if (current && current.seq === entry.seq) { current = entry; drawQuick(); }
  }

  function drawRow(entry, follows) {
    var mine = entry.by === "user", wide = Sim.isWide(entry.message);
    var row = make("div", { "class": "row " + entry.by + (follows ? " follows" : ""), "data-testid": "message", "data-id": entry.id, "data-by": entry.by, "data-via": entry.via });
    var drawn = Sim.drawMessage(entry, tapOf(entry));
    var body = make("div", { "class": "body" + (wide ? " wide" : "") });
    if (!mine) {
      row.appendChild(Sim.avatar(state.botName, "bot")).classList.add("bot-avatar");
      row.firstChild.style.background = "";
      var sender = (entry.message.sender || {}).name;
      body.appendChild(make("div", { "class": "sender", text: sender ? sender + " from " + state.botName : state.botName }));
    }
    var line = make("div", { "class": "line" }), time = timeOf(entry, mine);
    if (mine) { line.appendChild(time); line.appendChild(drawn); } else { line.appendChild(drawn); line.appendChild(time); }
    body.appendChild(line);
    if (entry.warnings.length) body.appendChild(warning(entry.warnings));
    row.appendChild(body);
    return row;
  }

  // The simulator's only warning so far is about http to this machine; all places are in one line.
  function warning(all) {
    var places = all.map(function (each) { return each.property; }).join(", ");
    var words = /^http to this machine/.test(all[0].message) ? "LINE จริงรับเฉพาะ https" : all[0].message;
    return make("div", { "class": "warn", "data-testid": "warning", title: all[0].message + ": " + places, text: words + " (" + (all.length > 2 ? all.length + " แห่ง" : places) + ")" });
  }

  function timeOf(entry, mine) {
    var time = make("div", { "class": "time" });
    if (mine && !entry.unsent && entry.message.type !== "postback") {
      time.appendChild(make("button", { type: "button", "class": "unsend", "data-testid": "unsend", text: "ยกเลิก", "aria-label": "ยกเลิกข้อความนี้",
        onclick: function () { Sim.post(path("/unsend"), { message_id: entry.id }).catch(Sim.failed); } }));
    }
    if (entry.read) time.appendChild(make("div", { text: "อ่านแล้ว" }));
    time.appendChild(make("div", { text: Sim.clock(entry.at_ms) }));
    return time;
  }

  function toEnd() { chat.scrollTop = chat.scrollHeight; }

  function drawQuick() {
    var place = byId("quick");
    place.textContent = "";
    if (!current || current.by !== "bot" || current.tapped || !current.message.quickReply) return;
    current.message.quickReply.items.forEach(function (item, index) {
      var action = item.action;
      var chip = Sim.tappable("chip", action.label, action, tapOf(current)("/quickReply/items/" + index + "/action"));
      chip.setAttribute("data-testid", "quick-reply");
      if (item.imageUrl) chip.appendChild(make("img", { src: item.imageUrl, alt: "" }));
      chip.appendChild(make("span", { text: action.label }));
      place.appendChild(chip);
    });
    place.scrollLeft = 0;
  }

  function drawMenu(menu) {
    var place = byId("menu"), toggle;
    place.hidden = !menu;
    place.textContent = "";
    if (!menu) return;
    var picture = make("div", { "class": "menu-picture", hidden: !menu.selected }, make("img", { src: "api/menus/" + menu.richMenuId, alt: "" }));
    toggle = make("button", { type: "button", "class": "menu-toggle", text: menu.chatBarText + " ▾", "data-testid": "rich-menu",
      "aria-expanded": String(menu.selected), onclick: function () {
        picture.hidden = !picture.hidden;
        toggle.setAttribute("aria-expanded", String(!picture.hidden));
      } });
    menu.areas.forEach(function (area, index) {
      var action = area.action, label = action.label || action.displayText || action.text || action.uri || "";
      var button = make("button", { type: "button", "aria-label": label, text: label, "data-testid": "menu-area", "data-label": label,
        onclick: function () { act(action, { area: index }); } });
      Sim.cover(button, area.bounds, menu.size);
      picture.appendChild(button);
    });
    place.appendChild(toggle);
    place.appendChild(picture);
  }

  function startLoading(seconds) {
    stopLoading();
    var row = make("div", { "class": "row bot", id: "loading" }, make("div", { "class": "bubble typing", "aria-label": "กำลังเตรียมคำตอบ" }, make("i"), make("i"), make("i")));
    chat.appendChild(row);
    toEnd();
    loadingTimer = setTimeout(stopLoading, seconds * 1000);
  }
  function stopLoading() {
    clearTimeout(loadingTimer);
    var row = byId("loading");
    if (row) row.parentNode.removeChild(row);
  }

  // ---- doing ----

  function tapOf(entry) {
    return function (place) {
      return function (action) { act(action, { message_id: entry.id, path: place }); };
    };
  }

  function act(action, where) {
    var uri = action.uri || action.linkUri;
    if (action.type === "uri") {
      if (Sim.isWeb(uri)) window.open(uri, "_blank", "noopener");
      else Sim.toast("บนโทรศัพท์จะเปิด " + uri);
    } else if (action.type === "datetimepicker") {
      Sim.pickDate(action, function (value) { tap(Object.assign({ value: value }, where)); });
    } else if (action.type === "camera" || action.type === "cameraRoll") byId("photo-input").click();
    else if (action.type === "location") Sim.pickPlace(say);
    else tap(where);
  }

  function tap(where) {
    return Sim.post(path("/tap"), where).then(function (done) {
      if (done.fill_in) { input.value = done.fill_in; grow(); input.focus(); }
      if (done.done === "clipboard") {
        Sim.toast("คัดลอกแล้ว: " + done.text);
        if (navigator.clipboard) navigator.clipboard.writeText(done.text).catch(function () {});
      }
    }).catch(Sim.failed);
  }

  function say(content) { return Sim.post(path("/messages"), content).catch(Sim.failed); }

  function sendText() {
    var words = input.value;
    if (!words.trim() || !state.me || byId("send").disabled) return;
    input.value = "";
    grow();
    Sim.post(path("/messages"), { type: "text", text: words }).catch(function (problem) {
      input.value = words;
      Sim.failed(problem);
    });
  }

  function sendFiles(picker) {
    if (!picker.files.length || !state.me) return;
    var form = new FormData();
    Array.prototype.forEach.call(picker.files, function (file) { form.append("file", file, file.name); });
    if (picker.id === "file-input") form.append("kind", "file");
    picker.value = "";
    Sim.post(path("/files"), form).catch(Sim.failed);
  }

  function grow() {
    input.style.height = "38px";
    input.style.height = Math.min(input.scrollHeight, 132) + "px";
  }

  byId("composer").addEventListener("submit", function (event) { event.preventDefault(); sendText(); });
  input.addEventListener("input", grow);
  input.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendText(); }
  });
  byId("photo").addEventListener("click", function () { byId("photo-input").click(); });
  ["photo-input", "file-input"].forEach(function (id) { byId(id).addEventListener("change", function () { sendFiles(byId(id)); }); });
  byId("sticker").addEventListener("click", function () {
    Sim.pickSticker(function (packageId, id) { say({ type: "sticker", package_id: packageId, sticker_id: id }); });
  });
  byId("more").addEventListener("click", function () {
    Sim.pickMore([
      { words: "ไฟล์", testId: "attach-file", go: function () { byId("file-input").click(); } },
      { words: "ตำแหน่งที่ตั้ง", testId: "attach-location", go: function () { Sim.pickPlace(say); } },
    ]);
  });
  byId("follow").addEventListener("click", function () {
    var me = person();
    Sim.post(path(me.friend && !me.blocked ? "/block" : "/follow")).catch(Sim.failed);
  });
  byId("person-select").addEventListener("change", function (event) { choose(event.target.value); });
  byId("bot-select").addEventListener("change", function (event) {
    state.bot = event.target.value;
    refresh().then(openChat);
  });
  byId("new-person").addEventListener("submit", function (event) {
    event.preventDefault();
    var name = byId("new-person-name");
    if (!name.value.trim()) return;
    Sim.post("/people", { name: name.value.trim() }).then(function (made) {
      name.value = "";
      return refresh().then(function () { return choose(made.user_id); });
    }).catch(Sim.failed);
  });

  // ---- news ----

  var refreshing = 0;
  function refreshSoon() { clearTimeout(refreshing); refreshing = setTimeout(function () { refresh().catch(Sim.failed); }, 60); }

  function isMine(news) { return !state.bot || news.bot === state.bot; }

  function hear(news) {
    if (news.kind === "entry" && isMine(news)) {
      if (news.user_id === state.me) {
        var atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 400;
        if (waiting) waiting.push(news.entry); else show(news.entry);
        if (atEnd || news.entry.by === "user") toEnd();
      } else if (news.entry.by === "bot") {
        unread[news.user_id] = (unread[news.user_id] || 0) + 1;
      }
      refreshSoon();
    } else if (news.kind === "log") Sim.addLog(news.row);
    else if (news.kind === "loading" && isMine(news) && news.user_id === state.me) startLoading(news.seconds);
    else if (news.kind === "people" || news.kind === "account") {
      refreshSoon();
      if (news.kind === "account" && state.me) Sim.get(path("/chat?after=" + newest)).then(function (found) { drawMenu(found.menu); }).catch(function () {});
    } else if (news.kind === "hello" && epoch && news.epoch !== epoch) window.location.reload();
  }

  function listen(from) {
    var source = new EventSource("api/stream?after=" + from);
    source.onmessage = function (event) { hear(JSON.parse(event.data)); };
    window.addEventListener("pagehide", function () { source.close(); });
  }

  // A picture that arrives late must not push the newest line out of sight.
  chat.addEventListener("load", function () {
    if (chat.scrollHeight - chat.scrollTop - chat.clientHeight < 500) toEnd();
  }, true);

  refresh().then(function (found) {
    var last = null;
    try { last = window.sessionStorage.getItem("me"); } catch (problem) { /* as above */ }
    var asked = new URLSearchParams(window.location.search);
    var wanted = asked.get("person") || last;
    input.value = asked.get("text") || ""; // as LINE's links that open a chat with words ready to send
    state.bot = found.bots.length > 1 ? found.bot.user_id : "";
    var known = state.people.filter(function (each) { return each.user_id === wanted || each.name === wanted; })[0] || state.people[0];
    listen(found.seq);
    return known ? choose(known.user_id) : openChat();
  }).catch(Sim.failed);
})();
