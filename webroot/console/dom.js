// Building and updating elements. Data only ever becomes text nodes and attributes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** An HTML element; strings among the children become text. */
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** Sets the text only where it differs, so that selections and screen readers are left in peace. */
export function setText(element, text) {
  const wanted = String(text);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

export function setAttribute(element, name, value) {
  const wanted = String(value);
  if (element.getAttribute(name) !== wanted) {
    element.setAttribute(name, wanted);
  }
}

export function setNotice(element, text, tone = 'quiet') {
  element.hidden = !text;
  setText(element, text ?? '');
  element.dataset.tone = tone;
}

const keyed = new WeakMap();

/**
 * Makes the parent hold one child per item, in order, keeping the children it already has:
 * focus, open details and running animations survive an update.
 */
export function reconcile(parent, items, keyOf, create, update) {
  const before = keyed.get(parent) ?? new Map();
  const after = new Map();
  let place = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    if (after.has(key)) {
      continue;
    }
    const child = before.get(key) ?? create(item);
    update?.(child, item);
    after.set(key, child);
    before.delete(key);
    if (child === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  for (const child of before.values()) {
    child.remove();
  }
  keyed.set(parent, after);
}
