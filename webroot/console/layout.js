// Where things stand on the map. Pure geometry.

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Angles above and below the horizontal for k nodes on one side. */
function angles(k, low) {
  if (k === 1) {
    return [low ? 24 : 0];
  }
  const reach = k === 2 ? 34 : 62;
  const [from, to] = [-reach, reach];
  return Array.from({ length: k }, (_, i) => from + ((to - from) * i) / (k - 1));
}

/** Nodes on two arcs right and left of the exchanges; of one or three, the first stands on top. */
export function placeNodes(names, width, height) {
  const n = names.length;
  const top = n === 1 || n === 3 ? 1 : 0;
  const side = Math.ceil((n - top) / 2);
  const radius = Math.max(4, Math.min(26, width / 15, (height * 0.23) / Math.max(1, side)));
  const labels = side <= 4;
  const rx = width / 2 - Math.max(radius + 8, labels ? 38 : 0);
  const ry = height / 2 - radius - 26;
  const spots = names.map((name, i) => {
    if (top && i === 0) {
      return { name, x: width / 2, y: radius + 10, side: 0 };
    }
    const at = i - top;
    const right = at < side;
    const onSide = right ? side : n - top - side;
    const angle = radians(angles(onSide, top === 1)[right ? at : n - top - 1 - at]);
    return {
      name,
      x: width / 2 + (right ? 1 : -1) * rx * Math.cos(angle),
      y: height / 2 + ry * Math.sin(angle) * (top ? 1.1 : 1),
      side: right ? 1 : -1,
    };
  });
  return { spots, radius, labels, top: top === 1 };
}

/** Exchanges in a column between the arcs. */
export function placeExchanges(names, width, height, top) {
  const from = top ? 104 : 26;
  const step = Math.min(38, (height - from - 14) / Math.max(1, names.length));
  const start = from + (height - from - step * names.length) / 2 + step / 2;
  const longest = Math.max(4, ...names.map((name) => Math.min(14, name.length)));
  const half = Math.min(longest * 3.9 + 14, width * 0.16);
  return names.map((name, i) => ({
    name,
    x: width / 2,
    y: start + i * step,
    half,
    tall: Math.min(24, step - 5),
  }));
}

/** A cord from an exchange to a node, as the four points of a cubic curve. */
export function cord(exchange, node, radius, index) {
  const side = node.side || (index % 2 ? -1 : 1);
  const from = { x: exchange.x + side * exchange.half, y: exchange.y };
  if (node.side === 0) {
    const out = 26 + index * 9;
    return [
      from,
      { x: from.x + side * out, y: from.y - 4 },
      { x: node.x + side * (out + radius), y: node.y + radius * 2 },
      { x: node.x + side * radius * 0.72, y: node.y + radius * 0.72 },
    ];
  }
  const reach = Math.abs(node.x - from.x);
  const to = { x: node.x - side * radius, y: node.y };
  return [
    from,
    { x: from.x + side * reach * 0.5, y: from.y },
    { x: to.x - side * reach * 0.42, y: to.y },
    to,
  ];
}

const at = (point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;

export const path = ([a, b, c, d]) =>
  `M${at(a)}C${at(b)} ${at(c)} ${at(d)}`;

/** The point at t of a cubic curve. */
export function along([a, b, c, d], t) {
  const u = 1 - t;
  const [wa, wb, wc, wd] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: wa * a.x + wb * b.x + wc * c.x + wd * d.x,
    y: wa * a.y + wb * b.y + wc * c.y + wd * d.y,
  };
}
