// What slides up from below: date picker, stickers, place, attachments.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make;
  var sheet = Sim.byId("sheet"), opener = null;

  function open(title, content) {
    opener = document.activeElement;
    sheet.textContent = "";
    sheet.appendChild(make("h2", { text: title }));
    sheet.appendChild(content);
    sheet.hidden = false;
    var first = sheet.querySelector("input, button");
    if (first) first.focus();
  }

  Sim.openSheet = open;

  Sim.closeSheet = function () {
    if (sheet.hidden) return;
    sheet.hidden = true;
    sheet.textContent = "";
    if (opener && opener.focus) opener.focus();
  };

  document.addEventListener("keydown", function (event) { if (event.key === "Escape") Sim.closeSheet(); });

  function actions(okWords, testId) {
    return make("div", { "class": "sheet-actions" },
      make("button", { type: "button", text: "ยกเลิก", "data-testid": testId + "-cancel", onclick: Sim.closeSheet }),
      make("button", { "class": "primary", text: okWords, "data-testid": testId + "-ok" }));
  }

  Sim.sheetActions = actions;

  var INPUT = { date: "date", time: "time", datetime: "datetime-local" };

  Sim.pickDate = function (action, done) {
    var lower = function (value) { return value ? value.replace("t", "T") : null; };
    var input = make("input", { type: INPUT[action.mode], required: true, "data-testid": "date-input",
      min: lower(action.min), max: lower(action.max), value: lower(action.initial) });
    var spoken = make("output");
    var form = make("form", { "data-testid": "date-picker" },
      make("label", { text: action.mode === "time" ? "เวลา" : "วันที่ (ปี ค.ศ.)" }, input), spoken, actions("ตกลง", "date"));
    function speak() { spoken.textContent = input.value && action.mode !== "time" ? Sim.day(new Date(input.value).getTime()) : ""; }
    input.addEventListener("input", speak);
    speak();
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      Sim.closeSheet();
      done(input.value);
    });
    open(action.label || "เลือกวันที่", form);
  };

  Sim.pickSticker = function (done) {
    var grid = make("div", { "class": "stickers" });
    Object.keys(Sim.stickers).forEach(function (id) {
      grid.appendChild(make("button", { type: "button", "aria-label": "สติกเกอร์" + Sim.stickers[id].words,
        "data-testid": "sticker-" + id, onclick: function () { Sim.closeSheet(); done("446", id); } }, Sim.drawSticker(id)));
    });
    open("สติกเกอร์ (ภาพแทน)", make("div", {}, grid,
      make("button", { type: "button", "class": "sheet-choice", text: "ปิด", onclick: Sim.closeSheet })));
  };

  Sim.pickPlace = function (done) {
    function field(words, value, testId) {
      return make("label", { text: words }, make("input", { value: value, "data-testid": testId, required: true }));
    }
    var title = field("ชื่อสถานที่", "ที่ทำการหน่วยงาน", "location-title");
    var address = field("ที่อยู่", "หมู่ ๑ ตำบลตัวอย่าง", "location-address");
    var point = field("ละติจูด, ลองจิจูด", "16.4322, 102.8236", "location-point");
    var form = make("form", {}, title, address, point, actions("ส่งตำแหน่ง", "location"));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var parts = point.lastChild.value.split(",").map(Number);
      if (parts.length !== 2 || isNaN(parts[0]) || isNaN(parts[1])) return Sim.toast("ละติจูด, ลองจิจูด เช่น 16.43, 102.82");
      Sim.closeSheet();
      done({ type: "location", title: title.lastChild.value, address: address.lastChild.value, latitude: parts[0], longitude: parts[1] });
    });
    open("ส่งตำแหน่ง", form);
  };

  Sim.pickMore = function (choices) {
    var list = make("div");
    choices.forEach(function (choice) {
      list.appendChild(make("button", { type: "button", "class": "sheet-choice", text: choice.words, "data-testid": choice.testId,
        onclick: function () { Sim.closeSheet(); choice.go(); } }));
    });
    list.appendChild(make("button", { type: "button", "class": "sheet-choice", text: "ปิด", onclick: Sim.closeSheet }));
    open("ส่งอย่างอื่น", list);
  };
})();
