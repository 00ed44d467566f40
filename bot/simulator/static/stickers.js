// Stand-ins for stickers: LINE's own pictures are not ours to ship, so these are drawn here.
(function () {
  "use strict";
  var Sim = window.Sim;
  var SVG = "http://www.w3.org/2000/svg";

  Sim.stickers = {
    1988: { words: "ยิ้ม", face: "#ffd65c", mouth: "M34 60 Q50 76 66 60" },
    1989: { words: "ดีใจ", face: "#ffc445", mouth: "M32 56 Q50 84 68 56 Z", fill: true },
    1990: { words: "ขอบคุณ", face: "#9ed8a0", mouth: "M38 62 Q50 70 62 62", closed: true },
    1991: { words: "รับทราบ", face: "#8fc7ee", mouth: "M36 64 L64 64" },
    1992: { words: "เสียใจ", face: "#a9b7dd", mouth: "M36 68 Q50 56 64 68" },
    1993: { words: "ตกใจ", face: "#f5a99a", mouth: "M50 66 m-8 0 a8 9 0 1 0 16 0 a8 9 0 1 0 -16 0", fill: true },
    1994: { words: "ขยิบตา", face: "#f7b7d2", mouth: "M36 60 Q52 74 66 58", wink: true },
    1995: { words: "ง่วง", face: "#c5c9d3", mouth: "M44 66 Q50 70 56 66", closed: true },
  };

  function add(parent, tag, attributes) {
    var element = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    parent.appendChild(element);
    return element;
  }

  function eye(svg, x, closed) {
    if (closed) add(svg, "path", { d: "M" + (x - 6) + " 42 q6 6 12 0", fill: "none", stroke: "#3a3430", "stroke-width": 4, "stroke-linecap": "round" });
    else add(svg, "circle", { cx: x, cy: 42, r: 5, fill: "#3a3430" });
  }

  Sim.drawSticker = function (id) {
    var look = Sim.stickers[id] || { face: "#e4e8ee", mouth: "M38 62 L62 62" };
    var svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 100 100");
    svg.setAttribute("aria-hidden", "true");
    add(svg, "circle", { cx: 50, cy: 50, r: 43, fill: look.face, stroke: "#fff", "stroke-width": 6 });
    eye(svg, 36, look.closed);
    eye(svg, 64, look.closed || look.wink);
    add(svg, "path", { d: look.mouth, fill: look.fill ? "#7a2e2e" : "none", stroke: "#3a3430", "stroke-width": 4, "stroke-linecap": "round", "stroke-linejoin": "round" });
    return svg;
  };
})();
