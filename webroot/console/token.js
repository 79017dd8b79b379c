// Asks for a token when the API wants one.

import { onUnauthorized, useToken } from './api.js';
import { byId, el, setText } from './dom.js';
import { showLocked } from './banner.js';

const dialog = byId('token-dialog');
const input = byId('token-input');

/** Calls `locked` when the API refuses us and `unlocked` when there is a token to try. */
export function guard({ locked, unlocked }) {
  const ask = () => {
    if (!dialog.open) {
      input.value = '';
      dialog.showModal();
    }
  };
  onUnauthorized((refused) => {
    showLocked();
    locked();
    setText(
      byId('token-why'),
      refused
        ? 'The token was not accepted. It is kept for this tab only and sent to this node only.'
        : 'It is kept for this tab only and sent to this node only.',
    );
    ask();
  });
  byId('token-form').addEventListener('submit', () => {
    useToken(input.value.trim());
    byId('banner').hidden = true;
    unlocked();
  });
  const later = () => {
    byId('banner').replaceChildren(
      el('span', {}, 'This node asks for a token.'),
      el('button', { type: 'button', onclick: ask }, 'Enter a token'),
    );
    byId('banner').hidden = false;
  };
  byId('token-later').addEventListener('click', () => {
    dialog.close();
    later();
  });
  dialog.addEventListener('cancel', later);
}
