/** Draws the standalone map into a Leaflet map: a layer per period, a legend, names and figures as text. */
function standalone(map, said) {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var CIRCLE = "#37689f";
  /** Radius of the largest figure's circle, on the map as in the legend. */
  var LARGEST = 28;
  /** Width, height and path of a pattern; its ground and ink, where they are not those of the theme. */
  var PATTERNS = {
    missing: [6, 6, "M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5"],
    suppressed: [6, 6, "M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5M-1.5 4.5 1.5 7.5M0 0 6 6M4.5-1.5 7.5 1.5"],
    not_applicable: [10, 14, "M1 3.5h4M6 10.5h4"],
    zero: [9, 9, "M2.3 4.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"],
    some: [6, 6, "M0 3h6", "#c5d6e9", "#37689f"],
    suggested: [12, 16, "M3.6 5.4a2.4 2.4 0 1 1 3.5 2.1c-.8.5-1.1.9-1.1 1.9M6 11.4v1.4", "#f0b548", "#14212b"],
    no_row: [12, 12, "M4.2 4.2l3.6 3.6M7.8 4.2l-3.6 3.6", "#f8e6de", "#b06a52"],
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
    return PATTERNS[look] ? "url(#look-" + look + ")" : look;
  }
  function beyond(look) {
    return look === "out_of_scope" || look === "land";
  }

  var defs = element("defs", {}, element("svg", { width: 0, height: 0, class: "looks", "aria-hidden": "true" }, document.body));
  Object.keys(PATTERNS).forEach(function (name) {
    var one = PATTERNS[name];
    var size = { id: "look-" + name, width: one[0], height: one[1], patternUnits: "userSpaceOnUse" };
    var pattern = element("pattern", size, defs);
    element("rect", { width: one[0], height: one[1], fill: one[3] || "", class: one[3] ? "" : "ground" }, pattern);
    element("path", { d: one[2], stroke: one[4] || "", "stroke-width": 1.3, fill: "none", class: one[4] ? "" : "mark" }, pattern);
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
      var look = period.looks[number], out = beyond(look);
      var style = { className: out ? "shape land" : "shape", weight: 0.8, fillOpacity: 1, fillColor: out ? "" : fill(look) };
      if (look === "out_of_scope") style.dashArray = "4 3";
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
    if (said.periods.length > 1) choice(period);
    var list = text("ul", "", body);
    period.legend.forEach(function (row) {
      var item = text("li", "", list);
      var radius = row.look === "circle" ? LARGEST * row.size / said.steps : 0;
      var side = { width: radius ? 2 * LARGEST : 24, height: Math.max(16, 2 * radius + 2) };
      var swatch = element("svg", side, item);
      if (radius) element("circle", { cx: LARGEST, cy: side.height / 2, r: radius, fill: CIRCLE, "fill-opacity": 0.72 }, swatch);
      else element("rect", { width: 24, height: 16, fill: fill(row.look), class: beyond(row.look) ? "land" : "", stroke: "#87919a", "stroke-opacity": 0.6 }, swatch);
      text("span", row.label, item);
    });
    text("p", said.sources, body);
  }

  /** Which period is shown, as a list to choose from: it takes one line, however many there are. */
  function choice(shown) {
    var list = text("select", "", body);
    list.setAttribute("aria-label", said.choose);
    said.periods.forEach(function (period, n) {
      var option = text("option", period.label, list);
      option.value = n;
      option.selected = period === shown;
    });
    list.addEventListener("change", function () {
      show(Number(list.value));
      body.querySelector("select").focus();
    });
  }
  var layers = {}, opened = 0, shown = null;
  function show(n) {
    if (shown) shown.remove();
    shown = layers[n] = layers[n] || drawn(said.periods[n]);
    shown.addTo(map);
    explain(said.periods[n]);
  }

  map.attributionControl.setPrefix(false);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", said.title);
  L.DomEvent.disableClickPropagation(body);
  L.DomEvent.disableScrollPropagation(body);
  said.periods.forEach(function (period, n) { if (period.period === said.open) opened = n; });
  card.addTo(map);
  show(opened);
  // beside the card or above it, where the area comes out larger
  var size = map.getSize(), bounds = L.latLngBounds([[said.box[1], said.box[0]], [said.box[3], said.box[2]]]);
  var beside = { paddingTopLeft: [body.offsetWidth + 24, 12], paddingBottomRight: [12, 12] };
  var above = { paddingTopLeft: [8, 8], paddingBottomRight: [8, Math.min(body.offsetHeight + 16, size.y * 0.6)] };
  function room(clear) {
    return map.getBoundsZoom(bounds, false, L.point(clear.paddingTopLeft).add(clear.paddingBottomRight));
  }
  map.options.zoomSnap = 0.25;
  map.fitBounds(bounds, size.x > 600 && room(beside) >= room(above) ? beside : above);
  if (!said.scrolls) return;
  // a map in a page that is read downwards leaves the wheel and the finger to the page until it is enlarged
  var whole = map.getZoom();
  map.scrollWheelZoom.disable();
  function hold() { map.dragging[map.getZoom() > whole || !L.Browser.mobile ? "enable" : "disable"](); }
  map.on("zoomend", hold);
  hold();
}
