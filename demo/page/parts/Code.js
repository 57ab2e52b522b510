import { createElement as h, memo } from 'react';

const code = `import { useWebSocket } from 'openline/react';

const { sendMessage, status, retryAt, queued } = useWebSocket('/line', {
  heartbeat: true, // after 24 s of silence; on this page after 5 s
  onMessage: (event) => show(event.data),
});`;

/** What it takes to have all this. */
export const Code = memo(function Code() {
  return h(
    'footer',
    { className: 'footer' },
    h(
      'div',
      null,
      h('h2', null, 'All it takes'),
      h(
        'p',
        { className: 'muted' },
        'This page is plain ES modules: React, openline and no bundler, under a strict ',
        'Content-Security-Policy. What you break here breaks for you alone.',
      ),
    ),
    h('pre', { tabIndex: 0, role: 'group', 'aria-label': 'Example' }, h('code', null, code)),
  );
});
