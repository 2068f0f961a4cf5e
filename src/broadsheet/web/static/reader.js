/* broadsheet: marks posts without leaving the page. Everything here can be done by the forms of the pages, too. */
(() => {
  const $ = (s, e = document) => e.querySelector(s), token = $('meta[name=csrf-token]').content;
  const mark = (post, fields) => fetch('/my/mark', {
    method: 'POST', headers: { 'X-CSRF-Token': token }, body: new URLSearchParams({ post, ...fields }), keepalive: true,
  });
  const turn = (e, name, field) => {
    const on = !e.hasAttribute(name);
    mark(e.dataset.post, { [field]: on ? '1' : '0' }).then(answer => answer.ok && e.toggleAttribute(name, on));
  };
  const current = () => $('[data-post].cur') || $('article.post[data-post]');
  const keys = { m: e => turn(e, 'data-read', 'read'), s: e => turn(e, 'data-star', 'star'), o: e => $('a[href]', e)?.click() };
  document.addEventListener('keydown', event => {
    if (!$('#kb').checked || event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.target.closest('input,textarea,select,dialog')) return;
    const post = keys[event.key] && current();
    if (post) { event.preventDefault(); keys[event.key](post); }
  });
  const opened = $('article.post[data-post]:not([data-read])');
  if (opened) turn(opened, 'data-read', 'read');
})();
