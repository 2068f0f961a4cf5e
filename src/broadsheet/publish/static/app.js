/* broadsheet: progressive enhancement only. Every page works without this file. */
(() => {
  const root = document.documentElement, $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
  const get = k => { try { return localStorage.getItem(k); } catch { return null; } };
  const put = (k, v) => { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch { /* private mode */ } };
  const themes = ['', 'light', 'dark'];
  const theme = v => {
    v ? root.dataset.theme = v : delete root.dataset.theme;
    put('bs-theme', v);
    $$('[data-set=theme]').forEach(b => { b.textContent = b.dataset.names.split('|')[themes.indexOf(v)]; });
  };
  const at = () => Math.max(0, themes.indexOf(root.dataset.theme || ''));
  theme(themes.includes(get('bs-theme')) ? get('bs-theme') : '');

  /* the colours of the market: red is up in China, green elsewhere */
  const colours = ['cn', 'intl'], market = v => {
    root.dataset.marketColours = v; put('bs-market', v);
    $$('[data-set=market]').forEach(b => { b.textContent = b.dataset.names.split('|')[colours.indexOf(v)]; });
  };
  if (root.dataset.marketColours && colours.includes(get('bs-market'))) market(get('bs-market'));

  const help = $('#keys'), kb = $('#kb'); /* WCAG 2.1.4: single-key shortcuts can be switched off */
  kb.checked = get('bs-keys') !== 'off'; kb.onchange = () => put('bs-keys', kb.checked ? '' : 'off');
  document.addEventListener('click', e => {
    const b = e.target.closest('button'); if (!b) return;
    if (b.dataset.set === 'theme') theme(themes[(at() + 1) % 3]);
    if (b.dataset.set === 'market') market(colours[1 - colours.indexOf(root.dataset.marketColours)]);
    if (b.hasAttribute('data-help')) help.showModal();
  });

  /* a folder of files has no server to find index.html in */
  if (location.protocol === 'file:') $$('a[href]').forEach(a => {
    const u = new URL(a.getAttribute('href'), location.href);
    if (u.protocol === 'file:' && u.pathname.endsWith('/')) a.href = u.pathname + 'index.html' + u.hash;
  }), $$('form[role=search]').forEach(f => { f.action += 'index.html'; });

  /* j/k walk [data-nav]; focus lands on the item's first link, so Enter opens it and screen readers follow */
  const items = () => $$('[data-nav]').filter(n => n.offsetParent !== null);
  const go = d => {
    const all = items(); if (!all.length) return;
    const i = all.findIndex(n => n.classList.contains('cur'));
    const n = all[Math.max(0, Math.min(all.length - 1, i < 0 ? 0 : i + d))];
    all.forEach(x => x.classList.toggle('cur', x === n));
    const t = $('h1 a,h2 a,h3 a,a', n) || n;
    if (!t.matches('a,button')) t.tabIndex = -1;
    t.focus({ preventScroll: true }); n.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', e => {
    if (!kb.checked || e.metaKey || e.ctrlKey || e.altKey || e.isComposing || e.target.closest('input,textarea,select,dialog')) return;
    const f = { j: () => go(1), k: () => go(-1), '?': () => help.showModal(), t: () => $('[data-set=theme]').click(),
      h: () => $('.nav a').click(), '/': () => $('[role=search] input').focus() }[e.key];
    if (f) { e.preventDefault(); f(); }
  });
})();
