// A classic script in the head, so that a remembered theme is set before the first paint.
(() => {
  const KEY = 'switchboard.theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is refused: the system's choice is followed
    }
  };
  const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const theme = remembered();
  if (theme === 'dark' || theme === 'light') {
    root.dataset.theme = theme;
  }

  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const show = () => button.setAttribute('aria-pressed', String(dark()));
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // storage is refused: the choice lasts as long as the page
      }
      show();
    });
    system.addEventListener('change', show);
    show();
  });
})();
