/* broadsheet: marks posts without leaving the page. Everything here can be done by the forms of the pages, too. */
(() => {
  const $ = (s, e = document) => e.querySelector(s), token = $('meta[name=csrf-token]').content;
  const mark = (post, fields) => fetch('/my/mark', {
    method: 'POST', headers: { 'X-CSRF-Token': token }, body: new URLSearchParams({ post, ...fields }), keepalive: true,
  });
  const turn = (e, name, field) => {
    const on = !e.hasAttribute(name);
    mark(e.dataset.post, { [field]: on ? '1' : '0' }).then(answer => answer.ok && e.toggleAttribute(name, on), () => { /* no connection: it stays as it was */ });
  };
  const current = () => $('[data-post].cur') || $('article.post[data-post]');
  const keys = { m: e => turn(e, 'data-read', 'read'), s: e => turn(e, 'data-star', 'star'), o: e => $('a[href]', e)?.click() };
  $('#keys dl').append($('#own-keys').content);
  document.addEventListener('keydown', event => {
    if (!$('#kb').checked || event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.target.closest('input,textarea,select,dialog')) return;
    const post = keys[event.key] && current();
    if (post) { event.preventDefault(); keys[event.key](post); }
  });

  /* what is new is told, not put in: nothing moves under a reader's eyes */
  const fresh = $('#fresh'), job = $('#job'), lines = $('#lines');
  let count = 0;
  const news = {
    edition: text => {
      count += +text;
      fresh.replaceChildren(Object.assign(document.createElement('a'), { href: '', textContent: (count === 1 ? fresh.dataset.one : fresh.dataset.many).replace('{count}', count) }));
    },
    line: text => { if (lines) { job.textContent = job.dataset.running; lines.append(lines.textContent && '\n', text); lines.scrollTop = lines.scrollHeight; } },
    done: code => { if (job) { job.textContent = code === '0' ? job.dataset.done : job.dataset.failed; $('main button').disabled = false; } },
  };
  const wire = new EventSource('/my/events');
  Object.entries(news).forEach(([kind, tell]) => wire.addEventListener(kind, e => tell(e.data)));
  addEventListener('pagehide', () => wire.close());
  navigator.serviceWorker?.register('/my/worker.js', { scope: '/' });
  $('.out')?.addEventListener('submit', () => navigator.serviceWorker?.controller?.postMessage('forget'));
  const opened = $('article.post[data-post]:not([data-read])');
  if (opened) turn(opened, 'data-read', 'read');
})();
