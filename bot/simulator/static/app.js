// The page itself: who one is, the chat, what is typed and tapped, and news as it comes.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make, byId = Sim.byId, state = Sim.state;
  var chat = byId("chat"), input = byId("message-input");
  var rows = {}, newest = 0, lastDay = "", lastBy = "", current = null, unread = {}, loadingTimer = 0, epoch = "", waiting = null, menuId;

  function person() { return state.people.filter(function (each) { return each.user_id === state.me; })[0]; }
  function path(rest) { return state.group ? "/groups/" + state.group + rest : "/people/" + state.me + rest; }
  // In a group a call says who does it, and whether the bot is told.
  function spoken(body) {
    return state.group ? Object.assign({ who: state.speaker, named: !byId("nameless").checked }, body) : body;
  }
  function here() { return state.group || state.me; }

  // ---- people ----

  function refresh() {
    return Sim.get("/state").then(function (found) {
      epoch = found.epoch;
      state.people = found.people;
      state.groups = found.groups.filter(function (each) { return each.home === found.bot.user_id; });
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
    var list = byId("people"), select = byId("person-select"), me = person(), group = Sim.group();
    list.textContent = "";
    select.textContent = "";
    var people = make("optgroup", { label: "คน" }), groups = make("optgroup", { label: "กลุ่ม" });
    state.people.forEach(function (each) {
      people.appendChild(make("option", { value: each.user_id, text: each.name, selected: each.user_id === here() }));
      list.appendChild(listed(each.user_id, each.name, snippet(each), ""));
    });
    state.groups.forEach(function (each) {
      groups.appendChild(make("option", { value: each.group_id, text: each.name, selected: each.group_id === here() }));
      list.appendChild(listed(each.group_id, each.name + " (" + each.members.length + ")", each.last ? words(each.last) : "", " of-group"));
    });
    select.appendChild(people);
    if (state.groups.length) select.appendChild(groups);
    byId("bot-name").textContent = group ? group.name : state.botName;
    byId("me").textContent = group ? group.members.length + " คน" + (group.bot ? " และ " + state.botName : " · บัญชีไม่อยู่ในกลุ่ม")
      : me ? "คุณคือ " + me.name + (me.blocked ? " · บล็อกอยู่" : "") : "เพิ่มคนเพื่อเริ่มคุย";
    var follow = byId("follow");
    follow.hidden = !me || !!group;
    if (me) follow.textContent = me.blocked ? "เลิกบล็อก" : me.friend ? "บล็อก" : "เพิ่มเพื่อน";
    byId("send").disabled = group ? false : !me || me.blocked;
    byId("new-group").disabled = !state.people.length;
    Sim.drawSpeakers();
  }

  function listed(id, name, small, more) {
    var count = unread[id];
    return make("li", {}, make("button", { type: "button", "class": "person" + more, "data-testid": (more ? "group-" : "person-") + id,
      "data-name": name, "aria-current": id === here() ? "true" : null, onclick: function () { choose(id); } },
      Sim.avatar(name, id), make("span", { "class": "person-words" }, make("b", { text: name }), make("small", { text: small })),
      count ? make("span", { "class": "unread", text: String(count), "aria-label": count + " ข้อความใหม่" }) : null));
  }

  function snippet(each) {
    if (each.blocked) return "บล็อกบัญชีนี้อยู่";
    if (!each.last) return each.friend ? "" : "ยังไม่ได้เพิ่มเพื่อน";
    return words(each.last);
  }
  function words(entry) {
    var message = entry.message;
    if (message.type === "note") return Sim.noteWords(entry);
    return message.text || message.altText || KINDS[message.type] || message.type;
  }
  var KINDS = { image: "รูปภาพ", video: "วิดีโอ", audio: "เสียง", file: "ไฟล์", sticker: "สติกเกอร์", location: "ตำแหน่งที่ตั้ง" };

  function choose(id) {
    var isGroup = state.groups.some(function (each) { return each.group_id === id; });
    state.group = isGroup ? id : null;
    if (!isGroup) state.me = id;
    delete unread[id];
    try { window.sessionStorage.setItem("me", id); } catch (problem) { /* a private window may forbid it */ }
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
    if (!here()) {
      chat.appendChild(make("p", { "class": "empty", text: "เพิ่มคนก่อน แล้วเริ่มคุยกับบัญชีนี้ได้เลย" }));
      return Promise.resolve();
    }
    var asked = here();
    waiting = []; // what arrives meanwhile is drawn after what was there before
    return Sim.get(path("/chat")).then(function (found) {
      if (asked !== here()) return;
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
      ? make("div", { "class": "note" }, make("span", { text: Sim.noteWords(entry) }))
      : drawRow(entry, entry.by + entry.speaker === lastBy);
    rows[entry.seq] = row;
    chat.appendChild(row);
    lastBy = entry.by + entry.speaker;
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
    var mine = entry.by === "user" && (!state.group || entry.speaker === state.speaker), wide = Sim.isWide(entry.message);
    var side = entry.by === "user" && !mine ? "other" : entry.by;
    var row = make("div", { "class": "row " + side + (follows ? " follows" : ""), "data-testid": "message", "data-id": entry.id, "data-by": entry.by, "data-via": entry.via });
    var drawn = Sim.drawMessage(entry, tapOf(entry));
    var body = make("div", { "class": "body" + (wide ? " wide" : "") });
    if (side === "other") {
      row.appendChild(Sim.avatar(Sim.nameOf(entry.speaker), entry.speaker));
      body.appendChild(make("div", { "class": "sender", text: Sim.nameOf(entry.speaker) }));
    } else if (!mine) {
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
        onclick: function () { Sim.post(path("/unsend"), spoken({ message_id: entry.id })).catch(Sim.failed); } }));
      if (state.group && entry.message.type === "text") {
        time.appendChild(make("button", { type: "button", "class": "unsend", "data-testid": "edit", text: "แก้ไข", "aria-label": "แก้ไขข้อความนี้",
          onclick: function () { Sim.editText(entry); } }));
      }
    }
    if (entry.edited) time.appendChild(make("div", { text: "แก้ไขแล้ว" }));
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
    menuId = (menu || {}).richMenuId;
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
    return Sim.post(path("/tap"), spoken(where)).then(function (done) {
      if (done.fill_in) { input.value = done.fill_in; grow(); input.focus(); }
      if (done.done === "clipboard") {
        Sim.toast("คัดลอกแล้ว: " + done.text);
        if (navigator.clipboard) navigator.clipboard.writeText(done.text).catch(function () {});
      }
    }).catch(Sim.failed);
  }

  function say(content) { return Sim.post(path("/messages"), spoken(content)).catch(Sim.failed); }

  function sendText() {
    var words = input.value;
    if (!words.trim() || !here() || byId("send").disabled) return;
    input.value = "";
    grow();
    Sim.post(path("/messages"), spoken({ type: "text", text: words })).catch(function (problem) {
      input.value = words;
      Sim.failed(problem);
    });
  }

  function sendFiles(picker) {
    if (!picker.files.length || !here()) return;
    var form = new FormData();
    Array.prototype.forEach.call(picker.files, function (file) { form.append("file", file, file.name); });
    var kind = { "file-input": "file", "video-input": "video", "audio-input": "audio" }[picker.id];
    if (kind) form.append("kind", kind);
    if (state.group) Object.keys(spoken({})).forEach(function (name) { form.append(name, spoken({})[name]); });
    else form.append("album", state.album);
    picker.value = "";
    Sim.post(path("/files"), form).catch(Sim.failed);
  }

  function grow() {
    input.style.height = "38px";
    input.style.height = Math.min(input.scrollHeight, 132) + "px";
  }

  byId("composer").addEventListener("submit", function (event) { event.preventDefault(); sendText(); });
  input.addEventListener("input", grow);
  input.addEventListener("focus", function () { // on a phone the keyboard takes the menu's place
    var toggle = byId("menu").querySelector("[aria-expanded=true]");
    if (toggle && window.innerWidth < 760) toggle.click();
  });
  input.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendText(); }
  });
  byId("photo").addEventListener("click", function () { byId("photo-input").click(); });
  ["photo-input", "file-input", "video-input", "audio-input"].forEach(function (id) { byId(id).addEventListener("change", function () { sendFiles(byId(id)); }); });
  byId("sticker").addEventListener("click", function () {
    Sim.pickSticker(function (packageId, id) { say({ type: "sticker", package_id: packageId, sticker_id: id }); });
  });
  byId("more").addEventListener("click", function () {
    Sim.pickMore([
      { words: "ไฟล์", testId: "attach-file", go: function () { byId("file-input").click(); } },
      { words: "วิดีโอ", testId: "attach-video", go: function () { byId("video-input").click(); } },
      { words: "เสียง", testId: "attach-audio", go: function () { byId("audio-input").click(); } },
      { words: "ตำแหน่งที่ตั้ง", testId: "attach-location", go: function () { Sim.pickPlace(say); } },
      state.group
        ? { words: "กล่าวถึง " + state.botName, testId: "mention-bot", go: function () { input.value = "@" + state.botName + " " + input.value; input.focus(); } }
        : { words: "รูปหลายรูปส่งแบบ: " + ALBUMS[state.album], testId: "album", go: nextAlbum },
    ]);
  });
  var ALBUMS = { in_order: "ตามลำดับ", reversed: "สลับลำดับ", late: "รูปสุดท้ายมาช้า", no_index: "ไม่บอกลำดับ (โทรศัพท์เก่า)" };
  function nextAlbum() {
    var all = Object.keys(ALBUMS);
    state.album = all[(all.indexOf(state.album) + 1) % all.length];
    Sim.toast("อัลบั้มต่อไป: " + ALBUMS[state.album]);
  }
  byId("new-group").addEventListener("click", function () {
    Sim.newGroup(function (made) { refresh().then(function () { choose(made.group_id); }); });
  });
  byId("members").addEventListener("click", Sim.showMembers);
  byId("speaker-select").addEventListener("change", function (event) { state.speaker = event.target.value; openChat(); });
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
      if (news.user_id === here()) {
        var atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 400;
        if (waiting) waiting.push(news.entry); else show(news.entry);
        if (atEnd || news.entry.by === "user") toEnd();
      } else if (news.entry.by === "bot") {
        unread[news.user_id] = (unread[news.user_id] || 0) + 1;
      }
      refreshSoon();
    } else if (news.kind === "log") Sim.addLog(news.row);
    else if (news.kind === "loading" && isMine(news) && news.user_id === here()) startLoading(news.seconds);
    else if (news.kind === "people" || news.kind === "account" || news.kind === "groups") {
      refreshSoon();
      if (news.kind !== "groups" && state.me && !state.group) Sim.get(path("/chat?after=" + newest)).then(function (found) { if (menuId !== (found.menu || {}).richMenuId) drawMenu(found.menu); }).catch(function () {});
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
    var chats = state.people.concat(state.groups).map(function (each) { return { id: each.user_id || each.group_id, name: each.name }; });
    var known = chats.filter(function (each) { return each.id === wanted || each.name === wanted; })[0] || chats[0];
    if (state.people.length) state.me = state.people[0].user_id;
    listen(found.seq);
    return known ? choose(known.id) : openChat();
  }).catch(Sim.failed);
})();
