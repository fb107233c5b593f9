"use strict";
// Draws the graph and tells about it. All that comes from the graph is put into the page as text,
// never as markup. Nodes go by their place in data.nodes, which is ordered by how many edges they
// have.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, report } = data;
  const PALETTES = {
    light: ["#3f68cf", "#e08a00", "#d8493e", "#1f9e89", "#8a50d8", "#d6609c", "#4c9a2a", "#3e9fd6",
      "#93623f", "#8a8a12", "#b0306a", "#0f7f8c"],
    dark: ["#7d9bf5", "#f2b134", "#ff7d6e", "#4fd0b5", "#b790ff", "#ff95c5", "#83cf62", "#79c8f7",
      "#c99a77", "#cfcb58", "#e76fa5", "#53bfcc"],
  };
  const LEGEND = 10; // communities listed beside the drawing
  const LISTED = 100; // neighbors shown of a node
  const FOUND = 8; // matches listed
  const byId = (id) => document.getElementById(id);
  const canvas = byId("drawing");
  const context = canvas.getContext("2d");
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const number = (n) => n.toLocaleString("en-US");
  const many = (n, one, more = one + "s") => number(n) + " " + (n === 1 ? one : more);

  // ---- What there is -------------------------------------------------------------------------

  // Those first of which most is to be seen.
  const members = d3.rollup(nodes, (each) => each.length, (node) => node.community);
  const communities = data.communities.filter((each) => each.size > 1)
    .sort((a, b) => (members.get(b.id) || 0) - (members.get(a.id) || 0) || b.size - a.size);
  const colored = communities.slice(0, PALETTES.light.length);
  const rankOf = new Map(colored.map((each, i) => [each.id, i]));
  const communityOf = new Map(communities.map((each) => [each.id, each]));
  const named = (each) => each.name || "community " + each.id;
  const most = nodes.length ? Math.max(1, nodes[0].degree) : 1;
  const small = nodes.length > 600;
  nodes.forEach((node, i) => {
    node.order = i;
    node.around = [];
    node.radius = small
      ? 2.2 + 11 * Math.sqrt(node.degree / most)
      : 3.5 + 11 * Math.sqrt(node.degree / Math.max(most, 12));
    node.rank = rankOf.has(node.community) ? rankOf.get(node.community) : -1;
  });
  const edges = data.edges.map(([source, target, type, directed, weight, label], index) => ({
    index, source: nodes[source], target: nodes[target], type: data.types[type],
    directed: directed === 1, weight, label: label || "",
  }));
  edges.forEach((edge) => {
    edge.source.around.push(edge);
    if (edge.target !== edge.source) {
      edge.target.around.push(edge);
    }
  });
  const other = (edge, node) => (edge.source === node ? edge.target : edge.source);

  // ---- Where it is drawn ---------------------------------------------------------------------

  let width = 1;
  let height = 1;
  let view = d3.zoomIdentity;
  let touched = false; // whether a person has moved the view, which then stays as it is
  let colors = {};
  let palette = PALETTES.light;
  let waiting = false;

  function draw() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        paint();
      });
    }
  }

  function place() {
    if (data.placed) {
      // A position's y grows upwards, as on a map.
      const [left, right] = d3.extent(nodes, (node) => node.x);
      const [low, high] = d3.extent(nodes, (node) => node.y);
      const scale = Math.max(400, 60 * Math.sqrt(nodes.length))
        / Math.max(right - left, high - low, 1e-9);
      nodes.forEach((node) => {
        node.x = (node.x - (left + right) / 2) * scale;
        node.y = ((low + high) / 2 - node.y) * scale;
      });
      return;
    }
    // Communities in a spiral, largest first, each a spiral of its own: the forces do the rest.
    const turn = Math.PI * (3 - Math.sqrt(5));
    const centers = new Map();
    let area = 0;
    communities.forEach((each, i) => {
      const size = members.get(each.id) || 0;
      area += size;
      const far = (small ? 18 : 26) * Math.sqrt(area - size / 2);
      centers.set(each.id, [far * Math.cos(i * turn), far * Math.sin(i * turn), 0]);
    });
    nodes.forEach((node, i) => {
      const center = centers.get(node.community);
      if (center) {
        const n = center[2]++;
        node.x = center[0] + 14 * Math.sqrt(n) * Math.cos(n * turn);
        node.y = center[1] + 14 * Math.sqrt(n) * Math.sin(n * turn);
      } else {
        const far = 30 * Math.sqrt(nodes.length);
        node.x = far * Math.cos(i * turn);
        node.y = far * Math.sin(i * turn);
      }
    });
  }

  /** Draws the members of a community together. */
  function cohesion(alpha) {
    const sums = new Map();
    linked.forEach((node) => {
      if (communityOf.has(node.community)) {
        const sum = sums.get(node.community) || [0, 0, 0];
        sum[0] += node.x;
        sum[1] += node.y;
        sum[2]++;
        sums.set(node.community, sum);
      }
    });
    linked.forEach((node) => {
      const sum = sums.get(node.community);
      if (sum) {
        node.vx += (sum[0] / sum[2] - node.x) * alpha * 0.16;
        node.vy += (sum[1] / sum[2] - node.y) * alpha * 0.16;
      }
    });
  }

  /** Puts nodes without an edge in rows below the others. */
  function placeLoose() {
    if (data.placed || !loose.length) {
      return;
    }
    const columns = Math.ceil(Math.sqrt(loose.length * 3));
    const top = linked.length ? d3.max(linked, (node) => node.y + node.radius) + 60 : 0;
    const middle = linked.length
      ? (d3.min(linked, (node) => node.x) + d3.max(linked, (node) => node.x)) / 2
      : 0;
    loose.forEach((node, i) => {
      const row = Math.floor(i / columns);
      const inRow = Math.min(columns, loose.length - row * columns);
      node.x = middle + ((i % columns) - (inRow - 1) / 2) * (small ? 30 : 110);
      node.y = top + row * (small ? 24 : 46);
    });
  }

  const linked = nodes.filter((node) => node.degree);
  const loose = nodes.filter((node) => !node.degree);
  place();
  placeLoose();
  const links = edges.filter((edge) => edge.source !== edge.target);
  const simulation = d3.forceSimulation(linked)
    .force("links", d3.forceLink(links).distance((link) =>
      (small ? 18 : 34) + link.source.radius + link.target.radius))
    .force("apart", d3.forceManyBody().strength((node) => (small ? -22 : -60) - 7 * node.radius)
      .distanceMax(small ? 260 : 520))
    .force("room", d3.forceCollide((node) => node.radius + (small ? 1.5 : 3)))
    .force("x", d3.forceX().strength(0.04))
    .force("y", d3.forceY().strength(0.05))
    .force("cohesion", cohesion)
    .stop();
  simulation.on("tick", () => {
    placeLoose();
    if (!touched) {
      view = whole();
      zoomTo(view);
    }
    draw();
  });

  /** The view in which everything is seen. */
  function whole() {
    if (!nodes.length) {
      return d3.zoomIdentity;
    }
    const left = d3.min(nodes, (node) => node.x - node.radius);
    const right = d3.max(nodes, (node) => node.x + node.radius);
    const top = d3.min(nodes, (node) => node.y - node.radius);
    const bottom = d3.max(nodes, (node) => node.y + node.radius);
    const legend = byId("legend");
    const aside = width > 700 && legend.open && !legend.hidden ? legend.offsetWidth : 0;
    const k = Math.min(1.8, (width - aside - 110) / Math.max(1, right - left),
      (height - 100) / Math.max(1, bottom - top));
    return d3.zoomIdentity.translate((width + aside) / 2, height / 2 - 6).scale(Math.max(k, 0.02))
      .translate(-(left + right) / 2, -(top + bottom) / 2);
  }

  // ---- What stands out -----------------------------------------------------------------------

  let selected = null;
  let hovered = null;
  let hoveredEdge = null;
  let matches = null; // a set, while somebody searches
  let community = null;

  /** The nodes to be seen while others step back, or null for all. */
  function shown() {
    const node = hovered || selected;
    if (node) {
      return new Set([node, ...node.around.map((edge) => other(edge, node))]);
    }
    if (hoveredEdge) {
      return new Set([hoveredEdge.source, hoveredEdge.target]);
    }
    if (matches) {
      return matches;
    }
    return community === null
      ? null
      : new Set(nodes.filter((each) => each.community === community));
  }

  function readColors() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ground", "panel", "text", "quiet", "edge", "accent"]) {
      colors[name] = style.getPropertyValue("--" + name).trim();
    }
    palette = darkness.matches ? PALETTES.dark : PALETTES.light;
  }

  const colorOf = (node) => (node.rank < 0 ? colors.edge : palette[node.rank]);

  function paint() {
    const density = window.devicePixelRatio || 1;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const set = shown();
    const center = hovered || selected;
    const strong = center ? center.around : hoveredEdge ? between(hoveredEdge) : [];
    context.save();
    context.translate(view.x, view.y);
    context.scale(view.k, view.k);
    paintEdges(set);
    strong.forEach((edge) => paintStrong(edge, center));
    paintNodes(set);
    context.restore();
    // What lies over the drawing covers no label.
    const taken = [byId("legend"), byId("controls")].filter((each) => !each.hidden).map((each) => [
      each.offsetLeft, each.offsetTop, each.offsetLeft + each.offsetWidth, each.offsetTop + each.offsetHeight]);
    paintTypes(strong, center, taken);
    paintLabels(set, center, taken);
  }

  function paintEdges(set) {
    const groups = new Map();
    edges.forEach((edge) => {
      const faded = set && !(set.has(edge.source) && set.has(edge.target));
      const rank = edge.source.rank === edge.target.rank ? edge.source.rank : -1;
      const key = (faded ? "f" : "") + rank;
      if (!groups.has(key)) {
        groups.set(key, { faded, rank, edges: [] });
      }
      groups.get(key).edges.push(edge);
    });
    const thin = edges.length > 3000 ? 0.55 : 1;
    context.lineWidth = Math.max(0.5, Math.min(1.1, 0.9 / view.k));
    groups.forEach((group) => {
      context.strokeStyle = group.rank < 0 ? colors.edge : palette[group.rank];
      context.globalAlpha = (group.faded ? 0.07 : darkness.matches ? 0.38 : 0.42) * thin;
      context.beginPath();
      group.edges.forEach(trace);
      context.stroke();
    });
    context.globalAlpha = 1;
  }

  function trace(edge) {
    const { source, target } = edge;
    if (source === target) {
      const r = source.radius + 3;
      context.moveTo(source.x + r * 0.75 + r * 0.7, source.y - r * 0.75);
      context.arc(source.x + r * 0.75, source.y - r * 0.75, r * 0.7, 0, 2 * Math.PI);
    } else {
      context.moveTo(source.x, source.y);
      context.lineTo(target.x, target.y);
    }
  }

  function paintStrong(edge, center) {
    const far = center ? other(edge, center) : edge.source;
    context.strokeStyle = far.rank < 0 ? colors.quiet : palette[far.rank];
    context.fillStyle = context.strokeStyle;
    context.globalAlpha = 0.95;
    context.lineWidth = Math.max(1, 1.6 / view.k);
    context.beginPath();
    trace(edge);
    context.stroke();
    const dx = edge.target.x - edge.source.x;
    const dy = edge.target.y - edge.source.y;
    const length = Math.hypot(dx, dy);
    if (edge.directed && length > edge.source.radius + edge.target.radius) {
      const size = Math.max(4, 8 / view.k);
      const x = edge.target.x - (dx / length) * (edge.target.radius + 1);
      const y = edge.target.y - (dy / length) * (edge.target.radius + 1);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x - ((dx - dy * 0.45) / length) * size, y - ((dy + dx * 0.45) / length) * size);
      context.lineTo(x - ((dx + dy * 0.45) / length) * size, y - ((dy - dx * 0.45) / length) * size);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  function paintNodes(set) {
    const rim = Math.min(1.5, 1.2 / view.k);
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      context.globalAlpha = set && !set.has(node) ? 0.13 : 1;
      context.beginPath();
      context.arc(node.x, node.y, node.radius, 0, 2 * Math.PI);
      context.fillStyle = colorOf(node);
      context.fill();
      context.lineWidth = rim;
      context.strokeStyle = colors.ground;
      context.stroke();
    }
    context.globalAlpha = 1;
    for (const node of [selected, hovered]) {
      if (node) {
        context.lineWidth = 2 / view.k;
        context.strokeStyle = colors.text;
        context.beginPath();
        context.arc(node.x, node.y, node.radius + 2.5 / view.k, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }

  const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const short = (text, longest) => {
    const letters = Array.from(text.replace(/\s+/g, " "));
    return letters.length > longest ? letters.slice(0, longest - 1).join("") + "…" : letters.join("");
  };

  const CELL = 48;

  /** Which nodes are where on the screen, so that a label can keep clear of them. */
  function crowd() {
    const cells = new Map();
    nodes.forEach((node) => {
      const x = view.applyX(node.x);
      const y = view.applyY(node.y);
      const r = node.radius * view.k;
      if (x < -60 || y < -60 || x > width + 60 || y > height + 60 || r < 1.5) {
        return;
      }
      const box = [x - r, y - r, x + r, y + r, node];
      for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) {
        for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j++) {
          const key = i + "," + j;
          cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
        }
      }
    });
    return (box, node) => {
      for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) {
        for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j++) {
          const there = cells.get(i + "," + j);
          if (there && there.some((each) => each[4] !== node && overlaps(each, box))) {
            return true;
          }
        }
      }
      return false;
    };
  }

  /** Labels, most important first, each only where it covers no other and no node. */
  function paintLabels(set, center, taken) {
    const room = Math.max(10, (width * height) / 13000);
    const order = center ? [center, ...nodes.filter((node) => node !== center)] : nodes;
    const covers = crowd();
    let count = 0;
    let tries = 0;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";
    for (const node of order) {
      const x = view.applyX(node.x);
      const y = view.applyY(node.y);
      if ((set && !set.has(node)) || x < -60 || y < -20 || x > width + 60 || y > height + 20) {
        continue;
      }
      const r = node.radius * view.k;
      if (node !== center
        && (count >= room || tries++ > 4 * room || (!set && r < 2.6 && node.order >= 12))) {
        break;
      }
      const strong = node === center || node.order < 8;
      context.font = (strong ? "600 13px " : "12px ") + getFont();
      const label = short(node.title, node === center ? 60 : 30);
      const half = context.measureText(label).width / 2 + 2;
      const spots = [[x, y + r + 10], [x + r + half + 3, y], [x - r - half - 3, y], [x, y - r - 10]];
      const boxed = ([a, b]) => [a - half, b - 8, a + half, b + 8];
      const free = (spot) => spot[0] - half > 2 && spot[0] + half < width - 2
        && !taken.some((each) => overlaps(each, boxed(spot)));
      let spot = spots.find((each) => free(each) && !covers(boxed(each), node));
      if (!spot && (strong || set)) {
        spot = spots.find(free);
      }
      if (!spot && node === center) {
        spot = spots[0];
      }
      if (!spot) {
        continue;
      }
      taken.push(boxed(spot));
      count++;
      context.lineWidth = 3.5;
      context.strokeStyle = colors.ground;
      context.fillStyle = strong || set ? colors.text : colors.quiet;
      context.globalAlpha = 0.9;
      context.strokeText(label, ...spot);
      context.globalAlpha = 1;
      context.fillText(label, ...spot);
    }
  }

  let font = "";
  const getFont = () => font || (font = getComputedStyle(document.body).fontFamily);

  /** The types of a few edges, in their middle. */
  function paintTypes(strong, center, taken) {
    if (strong.length > 40) {
      return;
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = "10.5px " + getFont();
    for (const edge of strong) {
      const x0 = view.applyX(edge.source.x);
      const y0 = view.applyY(edge.source.y);
      const x1 = view.applyX(edge.target.x);
      const y1 = view.applyY(edge.target.y);
      const label = short(edge.label ? edge.type + ": " + edge.label : edge.type, 28);
      const half = context.measureText(label).width / 2;
      const x = (x0 + x1) / 2;
      const y = (y0 + y1) / 2;
      const box = [x - half - 2, y - 8, x + half + 2, y + 8];
      if (Math.hypot(x1 - x0, y1 - y0) < 2 * half + 24 || taken.some((each) => overlaps(each, box))) {
        continue;
      }
      taken.push(box);
      context.lineWidth = 4;
      context.strokeStyle = colors.ground;
      context.strokeText(label, x, y);
      context.fillStyle = colors.quiet;
      context.fillText(label, x, y);
    }
  }

  const between = (edge) => edge.source.around.filter((each) =>
    other(each, edge.source) === edge.target || (each.source === edge.target && each.target === edge.source));

  // ---- Moving about --------------------------------------------------------------------------

  const zoom = d3.zoom().scaleExtent([0.02, 12]).on("zoom", (event) => {
    view = event.transform;
    if (event.sourceEvent) {
      touched = true;
    }
    draw();
  });
  const drawing = d3.select(canvas);

  function zoomTo(transform, time = 0) {
    if (time && !stillness.matches) {
      drawing.transition().duration(time).call(zoom.transform, transform);
    } else {
      drawing.interrupt().call(zoom.transform, transform);
    }
  }

  function near(x, y, reach = 6) {
    const [px, py] = view.invert([x, y]);
    let best = null;
    let least = reach / view.k;
    for (const node of nodes) {
      const distance = Math.hypot(node.x - px, node.y - py) - node.radius;
      if (distance < least) {
        least = distance;
        best = node;
      }
    }
    return best;
  }

  function nearEdge(x, y) {
    const [px, py] = view.invert([x, y]);
    let best = null;
    let least = 4 / view.k;
    for (const edge of links) {
      const { x: x0, y: y0 } = edge.source;
      const dx = edge.target.x - x0;
      const dy = edge.target.y - y0;
      const along = ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy || 1);
      if (along > 0 && along < 1) {
        const distance = Math.hypot(x0 + along * dx - px, y0 + along * dy - py);
        if (distance < least) {
          least = distance;
          best = edge;
        }
      }
    }
    return best;
  }

  drawing
    .call(d3.drag()
      .container(canvas)
      .clickDistance(4)
      .subject((event) => {
        const node = near(event.x, event.y);
        return node && { node, x: view.applyX(node.x), y: view.applyY(node.y) };
      })
      .on("start", (event) => {
        hideTooltip();
        event.subject.moved = false;
      })
      .on("drag", (event) => {
        const { node } = event.subject;
        const [x, y] = view.invert([event.x, event.y]);
        if (!event.subject.moved) {
          event.subject.moved = true;
          touched = true;
          if (!data.placed) {
            simulation.alphaTarget(0.15).restart();
          }
        }
        if (data.placed) {
          node.x = x;
          node.y = y;
          draw();
        } else {
          node.fx = x;
          node.fy = y;
        }
      })
      .on("end", (event) => {
        event.subject.node.fx = null;
        event.subject.node.fy = null;
        simulation.alphaTarget(0);
      }))
    .call(zoom)
    .on("dblclick.zoom", null)
    .on("mousemove", (event) => {
      if (event.buttons) {
        return;
      }
      const [x, y] = d3.pointer(event, canvas);
      hovered = near(x, y);
      hoveredEdge = hovered ? null : nearEdge(x, y);
      canvas.classList.toggle("on-node", hovered !== null);
      tell(x, y);
      draw();
    })
    .on("mouseleave", () => {
      hovered = null;
      hoveredEdge = null;
      hideTooltip();
      draw();
    })
    .on("click", (event) => {
      const [x, y] = d3.pointer(event, canvas);
      const node = near(x, y, 10);
      if (node) {
        select(node, { move: false });
      } else if (selected || community !== null) {
        deselect();
      }
    })
    .on("keydown", (event) => {
      const steps = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      if (steps[event.key]) {
        touched = true;
        drawing.call(zoom.translateBy, ...steps[event.key].map((step) => (step * 60) / view.k));
      } else if (event.key === "+" || event.key === "=") {
        step(1.4);
      } else if (event.key === "-") {
        step(1 / 1.4);
      } else if (event.key === "0") {
        showAll();
      } else {
        return;
      }
      event.preventDefault();
    });

  function step(factor) {
    touched = true;
    drawing.call(zoom.scaleBy, factor);
  }

  function showAll() {
    touched = false;
    zoomTo(whole(), 400);
  }

  function tell(x, y) {
    const tooltip = byId("tooltip");
    tooltip.replaceChildren();
    if (hovered) {
      tooltip.append(short(hovered.title, 120), element("small", {}, many(hovered.degree, "edge")));
    } else if (hoveredEdge) {
      between(hoveredEdge).slice(0, 6).forEach((edge) => tooltip.append(element("div", {},
        short(edge.source.title, 60) + (edge.directed ? " → " : " – ") + short(edge.target.title, 60),
        element("small", {}, saying(edge)))));
    } else {
      hideTooltip();
      return;
    }
    tooltip.hidden = false;
    tooltip.style.left = Math.max(4, Math.min(x + 14, width - tooltip.offsetWidth - 8)) + "px";
    tooltip.style.top = Math.max(4, Math.min(y + 16, height - tooltip.offsetHeight - 8)) + "px";
  }

  function hideTooltip() {
    byId("tooltip").hidden = true;
  }

  const saying = (edge) => edge.type + (edge.label ? ": " + edge.label : "")
    + (edge.weight === 1 ? "" : " · weight " + Number(edge.weight.toPrecision(4)));

  // ---- The panel -----------------------------------------------------------------------------

  /** An element with properties, a style among them, and children: elements, or texts. */
  function element(name, properties, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.startsWith("aria-")) {
        made.setAttribute(key, value);
      } else {
        made[key] = value;
      }
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  const button = (className, click, ...children) =>
    element("button", { type: "button", className, onclick: click }, ...children);

  function swatch(node) {
    const made = element("span", { className: "swatch" });
    made.dataset.rank = node.rank;
    return made;
  }

  /** The name of a node; it selects the node if that is drawn. */
  function nodeName({ node, title }) {
    return node >= 0
      ? button("node", () => select(nodes[node]), title)
      : element("span", { title: "not drawn" }, title);
  }

  function heading(text, hint) {
    return element("h2", {}, text, hint ? element("span", { className: "hint" }, " · " + hint) : "");
  }

  const list = (className, items) =>
    element("ul", { className }, ...items.map((item) => element("li", {}, item)));

  function bar(share, rank = -1) {
    const filled = element("i", {});
    filled.style.width = Math.max(2, 100 * share) + "%";
    filled.dataset.rank = rank;
    return element("span", { className: "bar", "aria-hidden": "true" }, filled);
  }

  function ranking(items, count) {
    const top = Math.max(1e-12, ...items.map((item) => item.score));
    const digits = number(top).length;
    return list("", items.map((item) => {
      const rank = item.node < 0 ? -1 : nodes[item.node].rank;
      const row = [
        element("span", { className: "name" }, item.title),
        bar(item.score / top, rank),
        count ? wide(element("span", { className: "count" }, number(item.score)), digits) : "",
      ];
      return item.node < 0
        ? element("span", { className: "row", title: "not drawn" }, ...row)
        : button("row", () => select(nodes[item.node]), ...row);
    }));
  }

  function wide(made, digits) {
    made.style.minWidth = digits + "ch";
    return made;
  }

  function pairs(items, mark) {
    return list("", items.map((item) => element("div", { className: "said" },
      nodeName(item.source),
      element("span", { className: "between" }, item.type ? " — " + item.type + " " + mark + " " : " " + mark + " "),
      nodeName(item.target),
      element("span", { className: "why" }, item.reason))));
  }

  const counted = (items) => list("inline", items.map(([name, count]) => element("span", {},
    name + " ", element("span", { className: "count" }, number(count)))));

  function tellReport() {
    const panel = byId("report");
    const add = (...parts) => panel.append(...parts);
    if (!report.nodes) {
      add(element("p", { className: "why" }, "There is nothing to report."));
      return;
    }
    const tiles = report.edges < 100000 ? "tiles" : "tiles wide";
    add(element("div", { className: tiles }, ...[
      [report.nodes, "nodes"], [report.edges, "edges"],
      [report.communities, "communities"], [report.components, "parts"],
    ].map(([count, what]) => element("div", {}, element("b", {}, number(count)), element("span", {}, what)))));
    if (report.hubs.length) {
      add(heading("Hubs", "most edges"), ranking(report.hubs, true));
    }
    const clusters = report.clusters.filter((each) => each.size > 1);
    if (clusters.length) {
      add(heading("Communities", "denser inside than outside"),
        list("", clusters.map((each) => element("div", { className: "said" },
          communityButton(each),
          each.central >= 0
            ? element("span", { className: "why" }, "around ", nodeName({ node: each.central, title: nodes[each.central].title }))
            : ""))));
    }
    if (report.central.length && report.hubs.length) {
      add(heading("Central", "where links lead, by PageRank"), ranking(report.central, false));
    }
    if (report.bridges.length) {
      add(heading("Bridges", "without them parts fall off"), pairs(report.bridges, "→"));
    }
    if (report.surprising.length) {
      add(heading("Surprising", "they connect what is far apart"), pairs(report.surprising, "→"));
    }
    if (report.orphanCount || report.unresolvedCount) {
      add(heading("Loose ends"));
    }
    if (report.orphanCount) {
      const rest = report.orphanCount - report.orphans.length;
      add(element("p", { className: "why" }, many(report.orphanCount, "node") + " without an edge"),
        list("inline", [...report.orphans.map(nodeName), ...(rest > 0 ? [many(rest, "more", "more")] : [])]));
    }
    if (report.unresolvedCount) {
      add(element("p", { className: "why" }, many(report.unresolvedCount, "link") + " that lead" + (report.unresolvedCount === 1 ? "s" : "") + " nowhere"),
        list("", report.unresolved.map((each) => element("div", { className: "said" },
          nodeName(each), element("span", { className: "why" }, each.links.join(" · "))))));
    }
    if (report.suggestions.length) {
      add(heading("Suggestions", "not linked, and much in common"), pairs(report.suggestions, "–"));
    }
    tellGrowth(add);
    for (const [title, counts] of [["Labels", report.labels], ["Edge types", report.types], ["Tags", report.tags]]) {
      if (counts.length) {
        add(heading(title), counted(counts));
      }
    }
  }

  function tellGrowth(add) {
    const months = report.growth.map((each) => ({ ...each, name: each.start.slice(0, 7) }));
    if (!months.length) {
      return;
    }
    const said = (each) => each.name + ": " + change(each.nodes, "node") + ", " + change(each.edges, "edge");
    add(heading("Growth", "nodes by month"));
    if (months.length < 3) {
      months.forEach((each) => add(element("div", {}, said(each))));
      return;
    }
    const top = Math.max(1, ...months.map((each) => each.nodes));
    const bars = months.map((each) => {
      const made = element("i", { title: said(each) });
      made.style.height = (100 * Math.max(0, each.nodes)) / top + "%";
      return made;
    });
    add(element("div", { className: "growth", "aria-hidden": "true" }, ...bars),
      element("div", { className: "growth-ends" }, element("span", {}, months[0].name), element("span", {}, months[months.length - 1].name)));
  }

  const change = (n, what) => (n < 0 ? "−" : "+") + many(Math.abs(n), what);

  function communityButton(each) {
    const made = button("row", () => focusCommunity(each.id),
      swatch({ rank: rankOf.has(each.id) ? rankOf.get(each.id) : -1 }),
      element("span", { className: "name", title: named(each) }, named(each)),
      element("span", { className: "count" }, number(each.size)));
    made.dataset.community = each.id;
    made.setAttribute("aria-pressed", "false");
    return made;
  }

  function focusCommunity(id) {
    if (selected) {
      deselect();
    }
    community = community === id ? null : id;
    pressed();
    const inside = nodes.filter((node) => node.community === community);
    if (inside.length && inside.every((node) => {
      const x = view.applyX(node.x);
      const y = view.applyY(node.y);
      return x < 0 || y < 0 || x > width || y > height;
    })) {
      showAll();
    }
    draw();
  }

  function pressed() {
    document.querySelectorAll("[data-community]").forEach((each) =>
      each.setAttribute("aria-pressed", String(Number(each.dataset.community) === community)));
  }

  function tellNode(node) {
    const panel = byId("details");
    panel.replaceChildren();
    const title = element("h2", { className: "title", tabIndex: -1 }, swatch(node), node.title);
    panel.append(button("back", deselect, "← Report"), title);
    if (node.key && node.key !== node.title) {
      panel.append(element("p", { className: "key" }, node.key));
    }
    const chips = [...node.labels, ...node.tags.map((tag) => "#" + tag)];
    if (chips.length) {
      panel.append(list("chips", chips));
    }
    const text = readable(node);
    if (text) {
      panel.append(element("p", { className: "text", tabIndex: 0 }, text));
    }
    const group = communityOf.get(node.community);
    if (group) {
      panel.append(heading("Community"), communityButton(group));
    }
    const groups = new Map();
    node.around.forEach((edge) => {
      const out = edge.source === node;
      const title2 = !edge.directed ? "– " + edge.type : out ? edge.type + " →" : "← " + edge.type;
      if (!groups.has(title2)) {
        groups.set(title2, []);
      }
      groups.get(title2).push(edge);
    });
    let left = LISTED;
    groups.forEach((around, title2) => {
      panel.append(heading(title2, number(around.length)));
      const listed = around
        .sort((a, b) => other(a, node).order - other(b, node).order)
        .slice(0, Math.max(0, left));
      left -= listed.length;
      panel.append(list("", listed.map((edge) => button("row", () => select(other(edge, node)),
        swatch(other(edge, node)),
        element("span", { className: "name" }, other(edge, node).title),
        edge.label ? element("span", { className: "count" }, edge.label) : "",
        edge.weight === 1 ? "" : element("span", { className: "count" }, String(Number(edge.weight.toPrecision(3))))))));
      if (listed.length < around.length) {
        panel.append(element("p", { className: "why" }, "and " + number(around.length - listed.length) + " more"));
      }
    });
    const drawn = node.around.reduce((sum, edge) => sum + (edge.source === edge.target ? 2 : 1), 0);
    if (!node.degree) {
      panel.append(element("p", { className: "why" }, "It has no edges."));
    } else if (drawn < node.degree) {
      panel.append(element("p", { className: "why" },
        many(node.degree - drawn, "more edge") + " lead" + (node.degree - drawn === 1 ? "s" : "") + " to nodes that are not drawn."));
    }
    colorSwatches();
    return title;
  }

  /** The text without its comments, and without its title, which stands above. */
  function readable(node) {
    const text = node.text.replace(/<!-{2}[^]*?-->/g, "").trim();
    const line = text.split("\n", 1)[0];
    return line.replace(/^#+\s*/, "").trim() === node.title.trim() ? text.slice(line.length).trim() : text;
  }

  function colorSwatches() {
    document.querySelectorAll("[data-rank]").forEach((each) => {
      each.style.backgroundColor = each.dataset.rank < 0 ? "" : palette[each.dataset.rank];
    });
  }

  function select(node, { move = true } = {}) {
    selected = node;
    community = null;
    pressed();
    const title = tellNode(node);
    byId("report").hidden = true;
    byId("details").hidden = false;
    if (move) {
      touched = true;
      const k = Math.max(view.k, small ? 1.6 : 1);
      zoomTo(d3.zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-node.x, -node.y), 500);
      title.focus({ preventScroll: true });
    }
    byId("details").parentElement.scrollTop = 0;
    draw();
  }

  function deselect() {
    selected = null;
    community = null;
    pressed();
    byId("details").hidden = true;
    byId("report").hidden = false;
    draw();
  }

  // ---- Search --------------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  nodes.forEach((node) => {
    node.plain = plain(node.title);
    node.words = plain([node.title, node.key || "", ...node.labels, ...node.tags].join(" "));
  });
  const input = document.querySelector("#search input");
  let best = [];
  let active = 0;

  function search() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) {
      matches = null;
      best = [];
    } else {
      const found = nodes.filter((node) => words.every((word) => node.words.includes(word)));
      const rank = (node) => (node.plain.startsWith(words[0]) ? 0 : node.plain.includes(words[0]) ? 1 : 2);
      best = found.slice().sort((a, b) => rank(a) - rank(b) || a.order - b.order).slice(0, FOUND);
      matches = new Set(found);
    }
    active = 0;
    const shownCount = best.length;
    byId("matched").textContent = !matches ? ""
      : !matches.size ? "Nothing found" + (report.nodes > nodes.length ? " among the nodes that are drawn" : "")
      : matches.size > shownCount ? many(matches.size, "match", "matches") + ", " + shownCount + " listed" : "";
    byId("matches").replaceChildren(...best.map((node, i) => element("li", {},
      button(i === active ? "row active" : "row", () => choose(node), swatch(node),
        element("span", { className: "name" }, node.title),
        element("span", { className: "count" }, number(node.degree))))));
    colorSwatches();
    draw();
  }

  function choose(node) {
    input.value = "";
    search();
    select(node);
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && best.length) {
      choose(best[active]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && best.length) {
      active = (active + (event.key === "ArrowDown" ? 1 : best.length - 1)) % best.length;
      byId("matches").querySelectorAll("button").forEach((each, i) =>
        each.classList.toggle("active", i === active));
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      if (input.value) {
        input.value = "";
        search();
      } else {
        deselect();
      }
    }
  });

  // ---- Begin ---------------------------------------------------------------------------------

  function tellHead() {
    document.querySelector("h1").textContent = data.graph;
    byId("about").textContent = data.description;
    byId("about").hidden = !data.description;
    byId("summary").textContent =
      many(report.nodes, "node") + " · " + many(report.edges, "edge") + " · commit " + number(data.position);
    if (nodes.length < report.nodes) {
      byId("left-out").hidden = false;
      byId("left-out").textContent = number(nodes.length) + " of " + number(report.nodes)
        + " nodes are drawn, those with most edges; " + number(report.nodes - nodes.length)
        + " are left out. The report is about all.";
    }
    canvas.setAttribute("aria-label",
      "Drawing of the graph " + data.graph + ". Every node in it can be found by the search.");
    byId("nothing").hidden = nodes.length > 0;
    byId("controls").hidden = nodes.length === 0;
    byId("search").hidden = nodes.length === 0;
    byId("legend").hidden = communities.length === 0;
    const lines = communities.slice(0, LEGEND).map(communityButton);
    const rest = communities.slice(LEGEND).reduce((sum, each) => sum + each.size, 0);
    byId("legend").querySelector("ul").append(...lines.map((line) => element("li", {}, line)));
    if (rest) {
      byId("legend").querySelector("ul").append(element("li", { className: "row" },
        element("span", { className: "swatch" }),
        element("span", { className: "name quiet" }, many(communities.length - LEGEND, "more", "more")),
        element("span", { className: "count" }, number(rest))));
    }
    byId("legend").open = innerWidth > 820;
  }

  function resize() {
    const box = canvas.parentElement.getBoundingClientRect();
    const density = window.devicePixelRatio || 1;
    width = Math.max(1, box.width);
    height = Math.max(1, box.height);
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    zoom.extent([[0, 0], [width, height]]);
    if (!touched) {
      zoomTo(whole());
    }
    draw();
  }

  function restyle() {
    readColors();
    colorSwatches();
    draw();
  }

  byId("closer").onclick = () => step(1.4);
  byId("farther").onclick = () => step(1 / 1.4);
  byId("fit").onclick = showAll;
  byId("arrange").onclick = () => {
    data.placed = false;
    touched = false;
    simulation.alpha(0.9).restart();
  };
  tellHead();
  tellReport();
  darkness.addEventListener("change", restyle);
  new ResizeObserver(resize).observe(canvas.parentElement);
  readColors();
  colorSwatches();
  resize();
  if (!data.placed && nodes.length > 1) {
    // Most of the way at once: what is seen first already has its shape.
    const end = performance.now() + 600;
    for (let i = 0; i < 160 && performance.now() < end; i++) {
      simulation.tick();
    }
    resize();
    paint();
    simulation.restart();
  }
})();
