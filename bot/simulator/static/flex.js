// Draws Flex messages: bubbles, carousels and all their components.
(function () {
  "use strict";
  var Sim = window.Sim, make = Sim.make;
  var SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
  var TEXT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
  var IMAGE = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220, full: "100%" };
  var BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
  var PLACE = { start: "flex-start", end: "flex-end", center: "center", top: "flex-start", bottom: "flex-end" };

  function length(value, table) {
    if (value === undefined || value === null) return "";
    var known = table && table[value] !== undefined ? table[value] : value;
    return typeof known === "number" ? known + "px" : known;
  }

  // `tap(path)` gives what happens when the action at that path is tapped.
  Sim.flex = function (contents, tap) {
    if (contents.type === "carousel") {
      var strip = make("div", { "class": "strip", tabindex: "0", role: "group", "aria-label": "การ์ดเลื่อนได้" });
      contents.contents.forEach(function (each, index) {
        strip.appendChild(bubble(each, "/contents/contents/" + index, tap));
      });
      return strip;
    }
    return bubble(contents, "/contents", tap);
  };

  function bubble(data, path, tap) {
    var element = make("div", { "class": "fx-bubble fx-" + (data.size || "mega"), dir: data.direction });
    var styles = data.styles || {}, drawn = 0;
    ["header", "hero", "body", "footer"].forEach(function (name) {
      var part = data[name], style = styles[name] || {};
      if (!part) return;
      if (style.separator && drawn) {
        var line = make("div");
        line.style.height = "1px";
        line.style.background = style.separatorColor || "#d4d6da";
        element.appendChild(line);
      }
      var drawing = component(part, path + "/" + name, tap, "vertical", false);
      drawing.classList.add("fx-" + name);
      if (style.backgroundColor) drawing.style.backgroundColor = style.backgroundColor;
      element.appendChild(drawing);
      drawn += 1;
    });
    if (data.action) makeTappable(element, data.action, path + "/action", tap);
    return element;
  }

  function makeTappable(element, action, path, tap) {
    var label = action.label || element.textContent.trim();
    element.setAttribute("data-tap", "1");
    element.setAttribute("data-testid", "action");
    element.setAttribute("data-label", label);
    element.setAttribute("role", action.type === "uri" ? "link" : "button");
    element.setAttribute("tabindex", "0");
    if (action.label && !element.textContent.trim()) element.setAttribute("aria-label", action.label);
    function go(event) { event.stopPropagation(); event.preventDefault(); tap(path)(action); }
    element.addEventListener("click", go);
    element.addEventListener("keydown", function (event) {
      if (event.target === element && (event.key === "Enter" || event.key === " ")) go(event);
    });
  }

  var DRAW = { box: box, text: text, button: button, image: image, icon: icon, separator: separator, filler: filler, video: video };

  function component(data, path, tap, parent, first, spacing) {
    var draw = DRAW[data.type];
    var element = draw ? draw(data, path, tap, parent) : Sim.unknown(data);
    place(element, data, parent, first, spacing);
    if (data.action && data.type !== "button") makeTappable(element, data.action, path + "/action", tap);
    return element;
  }

  function place(element, data, parent, first, spacing) {
    var style = element.style;
    var across = parent !== "vertical";
    var gap = data.margin !== undefined ? data.margin : spacing;
    if (!first && gap !== undefined) style[across ? "marginInlineStart" : "marginTop"] = length(gap, SPACE);
    if (data.type === "icon" || data.type === "separator") style.flex = "none";
    else if (data.width && across) style.flex = "none";
    else if (data.flex !== undefined) style.flex = data.flex ? data.flex + " 0 " + (across ? "0px" : "auto") : "0 0 auto";
    else if (data.type === "filler") style.flex = "1 0 0px";
    else style.flex = across ? "1 0 0px" : "0 0 auto";
    if (data.position) style.position = data.position;
    style.top = length(data.offsetTop, SPACE);
    style.bottom = length(data.offsetBottom, SPACE);
    style.insetInlineStart = length(data.offsetStart, SPACE);
    style.insetInlineEnd = length(data.offsetEnd, SPACE);
    if (data.gravity && across && parent !== "baseline") style.alignSelf = PLACE[data.gravity];
  }

  function box(data, path, tap) {
    var element = make("div", { "class": "fx-box fx-cell fx-" + data.layout }), style = element.style;
    ["Top", "Bottom"].forEach(function (side) { style["padding" + side] = length(data["padding" + side] || data.paddingAll, SPACE); });
    style.paddingInlineStart = length(data.paddingStart || data.paddingAll, SPACE);
    style.paddingInlineEnd = length(data.paddingEnd || data.paddingAll, SPACE);
    ["width", "maxWidth", "height", "maxHeight", "justifyContent"].forEach(function (name) { if (data[name]) style[name] = data[name]; });
    if (data.alignItems && data.layout !== "baseline") style.alignItems = data.alignItems;
    if (data.backgroundColor) style.backgroundColor = data.backgroundColor;
    if (data.cornerRadius) { style.borderRadius = length(data.cornerRadius, SPACE); style.overflow = "hidden"; }
    if (data.borderWidth || data.borderColor) {
      style.border = length(data.borderWidth || "normal", BORDER) + " solid " + (data.borderColor || "#d4d6da");
    }
    if (data.background) style.backgroundImage = gradient(data.background);
    var contents = data.contents || [], flowing = 0;
    contents.forEach(function (each, index) {
      element.appendChild(component(each, path + "/contents/" + index, tap, data.layout, flowing === 0, data.spacing));
      if (each.position !== "absolute") flowing += 1;
    });
    return element;
  }

  function gradient(data) {
    var middle = data.centerColor ? ", " + data.centerColor + " " + (data.centerPosition || "50%") : "";
    return "linear-gradient(" + data.angle + ", " + data.startColor + middle + ", " + data.endColor + ")";
  }

  function dress(element, data) {
    var style = element.style;
    if (data.size) style.fontSize = length(data.size, TEXT);
    if (data.color) style.color = data.color;
    if (data.weight) style.fontWeight = data.weight === "bold" ? "700" : "400";
    if (data.style) style.fontStyle = data.style;
    if (data.decoration) style.textDecoration = data.decoration;
  }

  function text(data) {
    var element = make("div", { "class": "fx-text" + (data.wrap ? " wrap" : "") });
    element.style.fontSize = "16px";
    dress(element, data);
    if (data.align) element.style.textAlign = data.align;
    if (data.lineSpacing) element.style.lineHeight = "calc(1.3em + " + data.lineSpacing + ")";
    if (data.maxLines && data.wrap) { element.classList.add("lines"); element.style.webkitLineClamp = String(data.maxLines); }
    (data.contents || []).forEach(function (each) {
      var span = make("span", { text: each.text });
      dress(span, each);
      element.appendChild(span);
    });
    if (!(data.contents || []).length) Sim.addText(element, data.text);
    return element;
  }

  function button(data, path, tap) {
    var action = data.action, kind = data.style || "link";
    var element = Sim.tappable("fx-button " + kind + " " + (data.height || "md"), action.label, action, tap(path + "/action"));
    element.textContent = action.label;
    if (data.color) element.style[kind === "link" ? "color" : "backgroundColor"] = data.color;
    return make("div", { "class": "fx-cell" }, element);
  }

  function ratio(data, otherwise) {
    var parts = (data.aspectRatio || otherwise).split(":");
    return (100 * parts[1]) / parts[0] + "%";
  }

  function image(data) {
    var picture = make("img", { src: data.url, alt: "", loading: "lazy", "class": data.aspectMode === "cover" ? "cover" : null });
    var inner = make("div", {}, picture), element = make("div", { "class": "fx-image fx-cell" }, inner);
    inner.style.width = length(data.size || "md", IMAGE);
    inner.style.maxWidth = "100%";
    inner.style.margin = data.align === "start" ? "0 auto 0 0" : data.align === "end" ? "0 0 0 auto" : "0 auto";
    var space = make("div");
    space.style.paddingTop = ratio(data, "1:1");
    inner.appendChild(space);
    if (data.backgroundColor) inner.style.backgroundColor = data.backgroundColor;
    return element;
  }

  function video(data) {
    var element = image({ url: data.previewUrl, size: "full", aspectRatio: data.aspectRatio || "1:1", aspectMode: "cover" });
    element.firstChild.classList.add("fx-play");
    return element;
  }

  function icon(data) {
    var parts = (data.aspectRatio || "1:1").split(":"), height = parseFloat(length(data.size || "md", TEXT)) || 16;
    var element = make("img", { "class": "fx-icon", src: data.url, alt: "" });
    element.style.height = height + "px";
    element.style.width = (height * parts[0]) / parts[1] + "px";
    return element;
  }

  function separator(data) {
    var element = make("div", { "class": "fx-separator", role: "presentation" });
    if (data.color) element.style.backgroundColor = data.color;
    return element;
  }

  function filler() { return make("div", { "class": "fx-cell" }); }
})();
