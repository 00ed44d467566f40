// Groups: made, peopled and left in sheets; who speaks is chosen in a strip below the bar.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make, byId = Sim.byId, state = Sim.state;

  Sim.group = function () { return state.groups.filter(function (each) { return each.group_id === state.group; })[0]; };
  Sim.nameOf = function (userId) {
    var found = state.people.filter(function (each) { return each.user_id === userId; })[0];
    return found ? found.name : "ไม่ทราบชื่อ";
  };

  var NOTES = {
    bot_joined: "เชิญบัญชีนี้เข้ากลุ่มแล้ว", bot_removed: "นำบัญชีนี้ออกจากกลุ่มแล้ว", bot_left: "บัญชีนี้ออกจากกลุ่มเอง",
    followed: "เพิ่มเพื่อนแล้ว", unblocked: "เลิกบล็อกแล้ว", blocked: "บล็อกบัญชีนี้แล้ว",
  };
  Sim.noteWords = function (entry) {
    var note = entry.message.note;
    if (note === "memberJoined") return Sim.nameOf(entry.speaker) + " เข้ากลุ่มแล้ว";
    if (note === "memberLeft") return Sim.nameOf(entry.speaker) + " ออกจากกลุ่มแล้ว";
    return NOTES[note] || note;
  };

  // ---- the strip with who speaks ----

  Sim.drawSpeakers = function () {
    var group = Sim.group(), select = byId("speaker-select");
    byId("speakers").hidden = !group;
    if (!group) return;
    if (group.members.indexOf(state.speaker) < 0) state.speaker = group.members[0];
    select.textContent = "";
    group.members.forEach(function (userId) {
      select.appendChild(make("option", { value: userId, text: Sim.nameOf(userId), selected: userId === state.speaker }));
    });
  };

  // ---- making one ----

  function tick(words, value, checked, testId) {
    var box = make("input", { type: "checkbox", value: value, checked: checked, "data-testid": testId });
    return make("label", { "class": "tick" }, box, make("span", { text: words }));
  }

  Sim.newGroup = function (done) {
    var name = make("input", { required: true, maxlength: "40", value: "กลุ่มงาน", "data-testid": "group-name" });
    var kind = make("select", { "data-testid": "group-kind" },
      make("option", { value: "group", text: "กลุ่ม (group)" }), make("option", { value: "room", text: "ห้องหลายคน (room)" }));
    var list = make("fieldset", {}, make("legend", { text: "ใครอยู่ในกลุ่ม" }));
    state.people.slice(0, 30).forEach(function (each, index) {
      list.appendChild(tick(each.name, each.user_id, index < 3, "group-member"));
    });
    var form = make("form", { "data-testid": "group-form" },
      make("label", { text: "ชื่อกลุ่ม" }, name), make("label", { text: "ชนิด" }, kind), list, Sim.sheetActions("สร้างแล้วเชิญบัญชีนี้", "group"));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var members = Array.prototype.map.call(form.querySelectorAll("input:checked"), function (box) { return box.value; });
      if (!members.length) return Sim.toast("เลือกอย่างน้อยหนึ่งคน");
      Sim.closeSheet();
      Sim.post("/groups", { name: name.value.trim() || "กลุ่ม", kind: kind.value, members: members }).then(done).catch(Sim.failed);
    });
    Sim.openSheet("สร้างกลุ่ม", form);
  };

  // ---- who is in it ----

  function member(words, button, testId, go) {
    return make("div", { "class": "member" }, make("span", { text: words }),
      make("button", { type: "button", text: button, "data-testid": testId, onclick: function () { Sim.closeSheet(); go(); } }));
  }

  Sim.showMembers = function () {
    var group = Sim.group(), at = "/groups/" + group.group_id, list = make("div", { "data-testid": "members" });
    function post(path, body) { return function () { Sim.post(at + path, body).catch(Sim.failed); }; }
    list.appendChild(group.bot
      ? member(state.botName + " (บัญชีทางการ)", "นำออก", "remove-bot", post("/bot/remove"))
      : member(state.botName + " (บัญชีทางการ)", "เชิญเข้ากลุ่ม", "invite-bot", post("/bot")));
    state.people.forEach(function (each) {
      var inside = group.members.indexOf(each.user_id) >= 0;
      list.appendChild(inside
        ? member(each.name, "ออกจากกลุ่ม", "member-out", post("/members/" + each.user_id + "/leave"))
        : member(each.name, "เพิ่ม", "member-in", post("/members", { who: each.user_id })));
    });
    list.appendChild(make("button", { type: "button", "class": "sheet-choice", text: "ปิด", onclick: Sim.closeSheet }));
    Sim.openSheet("สมาชิกของ " + group.name, list);
  };

  Sim.editText = function (entry) {
    var words = make("textarea", { rows: "4", required: true, maxlength: "5000", "data-testid": "edit-text" });
    words.value = entry.message.text;
    var form = make("form", {}, make("label", { text: "ข้อความใหม่" }, words), Sim.sheetActions("แก้ไข", "edit"));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      Sim.closeSheet();
      Sim.post("/groups/" + state.group + "/edit", { who: state.speaker, message_id: entry.id, text: words.value }).catch(Sim.failed);
    });
    Sim.openSheet("แก้ไขข้อความ", form);
  };
})();
