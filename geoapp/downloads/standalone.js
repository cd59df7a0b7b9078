/** Draws the standalone map into a Leaflet map: a layer per period, a legend, names and figures as text. */
function standalone(map, said) {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var INK = "#6f695d", GROUND = "#fbfaf7", LAND = "#f2f0ea", CIRCLE = "#37689f";
  /** Radius of the largest figure's circle, on the map as in the legend. */
  var LARGEST = 28;
  var PATTERNS = {
    missing: [6, 6, "M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5"],
    suppressed: [6, 6, "M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5M-1.5 4.5 1.5 7.5M0 0 6 6M4.5-1.5 7.5 1.5"],
    not_applicable: [10, 14, "M1 3.5h4M6 10.5h4"],
    zero: [9, 9, "M2.3 4.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"],
  };

  function element(name, attributes, parent) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (each) { made.setAttribute(each, attributes[each]); });
    if (parent) parent.appendChild(made);
    return made;
  }
  function text(name, words, parent) {
    var made = document.createElement(name);
    made.textContent = words;
    parent.appendChild(made);
    return made;
  }
  function fill(look) {
    if (look === "out_of_scope" || look === "land") return LAND;
    return PATTERNS[look] ? "url(#look-" + look + ")" : look;
  }

  var defs = element("defs", {}, element("svg", { width: 0, height: 0, class: "looks", "aria-hidden": "true" }, document.body));
  Object.keys(PATTERNS).forEach(function (name) {
    var one = PATTERNS[name];
    var size = { id: "look-" + name, width: one[0], height: one[1], patternUnits: "userSpaceOnUse" };
    var pattern = element("pattern", size, defs);
    element("rect", { width: one[0], height: one[1], fill: GROUND }, pattern);
    element("path", { d: one[2], stroke: INK, "stroke-width": 1.3, fill: "none" }, pattern);
  });

  function tooltip(number, period) {
    var box = document.createElement("div");
    text("strong", said.names[number], box);
    text("div", period.label + ": " + period.figures[number], box);
    return box;
  }
  function drawn(period) {
    var group = L.featureGroup();
    said.shapes.forEach(function (shape, number) {
      var out = period.looks[number] === "out_of_scope";
      var style = { color: out ? INK : "#fff", weight: 0.8, opacity: 0.8, fillOpacity: 1, fillColor: fill(period.looks[number]) };
      if (out) style.dashArray = "4 3";
      if (period.kind === "circles") style.color = "#87919a";
      L.geoJSON(shape, { style: style }).bindTooltip(tooltip(number, period), { sticky: true }).addTo(group);
    });
    period.sizes
      .map(function (size, number) { return [size, number]; })
      .sort(function (a, b) { return b[0] - a[0]; })
      .forEach(function (each) {
        if (!each[0]) return;
        var at = said.inside[each[1]];
        var look = { radius: LARGEST * each[0] / said.steps, color: "#fff", weight: 0.8, fillColor: CIRCLE, fillOpacity: 0.72 };
        L.circleMarker([at[1], at[0]], look).bindTooltip(tooltip(each[1], period)).addTo(group);
      });
    return group;
  }

  var card = L.control({ position: "bottomleft" });
  var body = document.createElement("div");
  body.className = "standalone";
  card.onAdd = function () { return body; };
  function explain(period) {
    body.textContent = "";
    text(said.heading || "h1", said.title.replace(said.periods[opened].label, period.label), body);
    var list = text("ul", "", body);
    period.legend.forEach(function (row) {
      var item = text("li", "", list);
      var radius = row.look === "circle" ? LARGEST * row.size / said.steps : 0;
      var side = { width: radius ? 2 * LARGEST : 24, height: Math.max(16, 2 * radius + 2) };
      var swatch = element("svg", side, item);
      if (radius) element("circle", { cx: LARGEST, cy: side.height / 2, r: radius, fill: CIRCLE, "fill-opacity": 0.72 }, swatch);
      else element("rect", { width: 24, height: 16, fill: fill(row.look), stroke: "#14212b", "stroke-opacity": 0.25 }, swatch);
      text("span", row.label, item);
    });
    text("p", said.sources, body);
  }

  map.attributionControl.setPrefix(false);
  var opened = 0, choices = {};
  said.periods.forEach(function (period, n) { if (period.period === said.open) opened = n; });
  said.periods.forEach(function (period, n) {
    var layer = drawn(period);
    layer.on("add", function () { explain(period); });
    choices[period.label] = layer;
    if (n === opened) layer.addTo(map);
  });
  card.addTo(map);
  if (said.periods.length > 1) L.control.layers(choices, null, { collapsed: false }).addTo(map);
  // beside the card where there is room, else above it
  var size = map.getSize(), wide = size.x > 700;
  var clear = wide ? { paddingTopLeft: [356, 12], paddingBottomRight: [12, 12] } : { paddingBottomRight: [8, Math.min(body.offsetHeight + 16, size.y * 0.6)] };
  map.options.zoomSnap = 0.25;
  map.fitBounds([[said.box[1], said.box[0]], [said.box[3], said.box[2]]], clear);
}
