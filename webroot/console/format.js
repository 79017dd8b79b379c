// How figures, times and bodies are written for people.

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const whole = new Intl.NumberFormat('en');

export const time = (at) => clock.format(at);

export const count = (n) => (Number.isFinite(n) ? whole.format(n) : '–');

export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** A number in at most five characters: 0, 0.3, 12, 3.4k, 1.2M. */
export function short(n) {
  if (n === null || n === undefined || !Number.isFinite(n)) {
    return '–';
  }
  for (const [size, suffix] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]) {
    if (n >= size * 0.9995) {
      const scaled = n / size;
      return (scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)) + suffix;
    }
  }
  return n === 0 || n >= 9.95 ? String(Math.round(n)) : n < 0.05 ? '<0.1' : n.toFixed(1);
}

export const rate = (n) => (n === null || n === undefined ? '–' : `${short(n)}/s`);

/** A duration in its two largest units: 4 s, 3 min 12 s, 2 h 5 min, 6 d 1 h. */
export function duration(ms) {
  if (!Number.isFinite(ms)) {
    return '–';
  }
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) {
    return `${seconds} s`;
  }
  if (hours === 0) {
    return `${minutes} min ${seconds % 60} s`;
  }
  return hours < 24
    ? `${hours} h ${minutes % 60} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function took(ms) {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : duration(ms);
}

/** Text cut to a bound, saying how much was left out. */
export function bounded(text, limit) {
  return text.length <= limit
    ? text
    : `${text.slice(0, limit)}… (${count(text.length - limit)} more characters)`;
}
