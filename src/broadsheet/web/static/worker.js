/* broadsheet: what was read stays readable without a connection; a page that answers is always the newest. */
const KEPT = 'broadsheet-1', MOST = 300, LISTS = ['/', '/my/unread/', '/my/starred/'];
const trim = async cache => { const keys = await cache.keys(); await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map(key => cache.delete(key))); };
const keep = async (request, answer) => {
  const cache = await caches.open(KEPT);
  await cache.delete(request);
  await cache.put(request, answer);
  await trim(cache);
};
addEventListener('install', e => e.waitUntil(caches.open(KEPT).then(cache => Promise.allSettled(LISTS.map(path => cache.add(path)))).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(clients.claim()));
addEventListener('message', e => { if (e.data === 'forget') e.waitUntil(caches.delete(KEPT)); });
addEventListener('fetch', e => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== location.origin || /^\/(api|reader|accounts)\/|^\/my\/(events|sign-in)/.test(url.pathname)) return;
  e.respondWith(fetch(e.request).then(answer => {
    if (answer.ok && !answer.redirected) e.waitUntil(keep(e.request, answer.clone()));
    return answer;
  }).catch(async fault => (await caches.match(e.request, { ignoreVary: true })) || Promise.reject(fault)));
});
