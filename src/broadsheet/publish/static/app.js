/* broadsheet: every page works without this file. */
(() => {
  const data = document.documentElement.dataset, $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
  const get = k => { try { return localStorage.getItem(k); } catch { return null; } };
  const put = (k, v) => { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch { /* private mode */ } };
  const say = (set, at) => $$(`[data-set=${set}]`).forEach(b => { b.textContent = b.dataset.names.split('|')[at]; });
  const themes = ['', 'light', 'dark'];
  const theme = v => {
    v ? data.theme = v : delete data.theme;
    put('bs-theme', v);
    say('theme', themes.indexOf(v));
  };
  theme(themes.includes(get('bs-theme')) ? get('bs-theme') : '');

  const market = v => { put('bs-market', data.marketColours = v); say('market', +(v === 'intl')); };
  if (data.marketColours && get('bs-market')) market(get('bs-market'));

  const help = $('#keys'), kb = $('#kb'); /* WCAG 2.1.4: keys can be switched off */
  kb.checked = get('bs-keys') !== 'off'; kb.onchange = () => put('bs-keys', kb.checked ? '' : 'off');
  /* its button is focused here: an autofocus in the page would also run, and complain, as the page loads */
  const keys = () => { help.showModal(); $('button', help).focus(); };
  document.addEventListener('click', e => {
    const b = e.target.closest('button'); if (!b) return;
    if (b.dataset.set === 'theme') theme(themes[(themes.indexOf(data.theme || '') + 1) % 3]);
    if (b.dataset.set === 'market') market(data.marketColours === 'cn' ? 'intl' : 'cn');
    if (b.hasAttribute('data-help')) keys();
  });

  $$('.body :is(pre,table)').forEach(n => { n.tabIndex = 0; }); /* so keys can scroll them */

  /* a folder of files: no server finds index.html */
  if (location.protocol === 'file:') $$('a[href]').forEach(a => {
    const u = new URL(a.getAttribute('href'), location.href);
    if (u.protocol === 'file:' && u.pathname.endsWith('/')) a.href = u.pathname + 'index.html' + u.hash;
  }), $$('form[role=search]').forEach(f => { f.action += 'index.html'; });

  /* j/k walk [data-nav]; focus lands on its first link, so Enter opens it */
  const go = d => {
    const all = $$('[data-nav]').filter(n => n.offsetParent !== null); if (!all.length) return;
    const i = all.findIndex(n => n.classList.contains('cur'));
    const n = all[Math.max(0, Math.min(all.length - 1, i < 0 ? 0 : i + d))];
    all.forEach(x => x.classList.toggle('cur', x === n));
    const t = $('h1 a,h2 a,h3 a,a', n) || n;
    if (!t.matches('a,button')) t.tabIndex = -1;
    t.focus({ preventScroll: true }); n.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', e => {
    if (!kb.checked || e.metaKey || e.ctrlKey || e.altKey || e.isComposing || e.target.closest('input,textarea,select,dialog')) return;
    const f = { j: () => go(1), k: () => go(-1), '?': keys, t: () => $('[data-set=theme]').click(),
      a: () => $('#ann')?.click(), h: () => $('.nav a').click(), '/': () => $('[role=search] input').focus() }[e.key];
    if (f) { e.preventDefault(); f(); }
  });
})();
