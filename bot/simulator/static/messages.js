// Draws one message of any type; what it does not know, it shows as labelled JSON.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make;

  Sim.unknown = function (data) {
    return make("div", { "class": "unknown" },
      make("b", { text: "ยังวาดไม่ได้: " + (data.type || "?") }),
      make("pre", { text: JSON.stringify(data, null, 2) }));
  };

  var DRAW = {
    text: function (message) { return Sim.addText(make("div", { "class": "bubble" }), message.text); },
    textV2: function (message) { return Sim.addText(make("div", { "class": "bubble" }), substituted(message)); },
    postback: function (message) { return make("div", { "class": "bubble", text: message.text }); },
    image: image,
    video: video,
    audio: audio,
    file: file,
    sticker: sticker,
    location: place,
    template: function (message, entry, tap) { return template(message.template, tap); },
    flex: function (message, entry, tap) { return Sim.flex(message.contents, tap); },
    imagemap: imagemap,
  };

  Sim.drawMessage = function (entry, tap) {
    if (entry.unsent) return make("div", { "class": "bubble gone", text: "ยกเลิกข้อความแล้ว" });
    var draw = DRAW[entry.message.type];
    if (!draw) return Sim.unknown(entry.message);
    try { return draw(entry.message, entry, tap); } catch (problem) { return Sim.unknown(entry.message); }
  };

  Sim.isWide = function (message) {
    var inner = message.contents || message.template || {};
    return /carousel/.test(inner.type || "");
  };

  function substituted(message) {
    return message.text.replace(/\{\{|\}\}|\{(\w+)\}/g, function (all, key) {
      if (!key) return all[0];
      var entry = (message.substitution || {})[key] || {};
      return entry.type === "mention" ? "@" + (entry.mentionee.type === "all" ? "ทุกคน" : key) : "🙂";
    });
  }

  function image(message, entry) {
    var source = entry.by === "user" ? "api/content/" + entry.id : message.previewImageUrl;
    var full = entry.by === "user" ? source : message.originalContentUrl;
    var link = Sim.link(full, "");
    link.className = "picture-link";
    link.appendChild(make("img", { "class": "picture", src: source, alt: message.fileName ? "รูป " + message.fileName : "รูป" }));
    return link;
  }

  function video(message, entry) {
    var mine = entry.by === "user";
    return make("video", { "class": "picture", controls: true, preload: "none",
      src: mine ? "api/content/" + entry.id : message.originalContentUrl, poster: message.previewImageUrl });
  }

  function audio(message, entry) {
    return make("audio", { controls: true, preload: "none",
      src: entry.by === "user" ? "api/content/" + entry.id : message.originalContentUrl });
  }

  function file(message, entry) {
    var kind = (message.fileName.split(".").pop() || "").slice(0, 4).toUpperCase();
    var size = message.fileSize < 1024 ? message.fileSize + " ไบต์" : (message.fileSize / 1024).toFixed(message.fileSize < 10240 ? 1 : 0) + " KB";
    return make("a", { "class": "fileBox", href: "api/content/" + entry.id, download: message.fileName },
      make("span", { "class": "file-mark", text: kind, "aria-hidden": "true" }),
      make("span", {}, make("b", { text: message.fileName }), make("small", { text: size })));
  }

  function sticker(message) {
    return make("div", { "class": "stickerBox", role: "img", "aria-label": "สติกเกอร์" },
      Sim.drawSticker(message.stickerId),
      make("small", { text: message.packageId + "/" + message.stickerId }));
  }

  function place(message) {
    var element = Sim.link("https://www.openstreetmap.org/?mlat=" + message.latitude + "&mlon=" + message.longitude, "");
    element.className = "place";
    element.appendChild(make("div", { "class": "place-map", "aria-hidden": "true" }));
    var words = make("div", { "class": "place-words" }, make("b", { text: message.title || "ตำแหน่งที่ตั้ง" }));
    words.appendChild(make("div", { text: message.address || message.latitude + ", " + message.longitude }));
    element.appendChild(words);
    return element;
  }

  function template(data, tap) {
    if (data.type === "buttons") return card(data, data, "/template", tap, "");
    if (data.type === "confirm") return card(data, data, "/template", tap, " confirm");
    var strip = make("div", { "class": "strip", tabindex: "0", role: "group", "aria-label": "การ์ดเลื่อนได้" });
    data.columns.forEach(function (column, index) {
      var path = "/template/columns/" + index;
      strip.appendChild(data.type === "carousel" ? card(column, data, path, tap, "") : pictureCard(column, path, tap));
    });
    return strip;
  }

  function card(data, whole, path, tap, more) {
    var element = make("div", { "class": "card" + more });
    if (data.thumbnailImageUrl) {
      var shape = (whole.imageAspectRatio === "square" ? " square" : "") + (whole.imageSize === "contain" ? " contain" : "");
      var picture = make("img", { "class": "card-picture" + shape, src: data.thumbnailImageUrl, alt: "" });
      picture.style.backgroundColor = data.imageBackgroundColor || "";
      element.appendChild(picture);
    }
    var words = make("div", { "class": "card-words" });
    if (data.title) words.appendChild(make("b", { text: data.title }));
    words.appendChild(document.createTextNode(data.text));
    element.appendChild(words);
    var actions = make("div", { "class": "card-actions" });
    data.actions.forEach(function (action, index) {
      var button = Sim.tappable("card-action", action.label, action, tap(path + "/actions/" + index));
      button.textContent = action.label;
      actions.appendChild(button);
    });
    element.appendChild(actions);
    return element;
  }

  function pictureCard(column, path, tap) {
    var label = column.action.label || "";
    var element = Sim.tappable("imagecard", label, column.action, tap(path + "/action"));
    element.appendChild(make("img", { src: column.imageUrl, alt: label }));
    if (label) element.appendChild(make("span", { text: label }));
    return element;
  }

  function imagemap(message, entry, tap) {
    var element = make("div", { "class": "imagemap" }, make("img", { src: message.baseUrl + "/700", alt: message.altText }));
    message.actions.forEach(function (action, index) {
      var button = Sim.tappable("", action.label || action.text || action.linkUri, action, tap("/actions/" + index));
      button.setAttribute("aria-label", action.label || action.text || action.linkUri || "");
      Sim.cover(button, action.area, { width: 1040, height: message.baseSize.height });
      element.appendChild(button);
    });
    return element;
  }

  // Lays a button over an area of a picture.
  Sim.cover = function (button, area, size) {
    button.style.left = (100 * area.x) / size.width + "%";
    button.style.top = (100 * area.y) / size.height + "%";
    button.style.width = (100 * area.width) / size.width + "%";
    button.style.height = (100 * area.height) / size.height + "%";
  };
})();
