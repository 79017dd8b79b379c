// What a person typed or chose, kept for this tab so that a reload loses nothing.

const PREFIX = 'switchboard.';

export function recall(name) {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage is refused: nothing is remembered
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // storage is refused or full: the fields themselves still hold the text
  }
}

/** Restores a field and keeps what is typed into it. */
export function keep(field) {
  const kept = recall(field.id);
  if (kept !== null) {
    field.value = kept;
  }
  field.addEventListener('input', () => remember(field.id, field.value));
}
