/* broadsheet: search in the files beside this page. What a shard holds is told in publish/search/shards.py, terms in publish/search/terms.py. */
(() => {
  const form = document.querySelector('main form[role=search]'), box = form.elements.q, say = form.dataset;
  const list = document.querySelector('#hits'), status = document.querySelector('#found'), more = document.querySelector('#more');
  const PAGE = 10, BUDGET = 12000; /* hits shown at a time; bytes of shards after which no further term is read */
  let index, bytes, run = 0; /* run: whoever asks later is right */

  const load = async (path, kind) => {
    const answer = await fetch(path, { cache: kind === 'json' ? 'no-cache' : 'default' });
    if (!answer.ok) throw new Error(answer.status);
    if (kind === 'json') return answer.json();
    const content = new Uint8Array(await answer.arrayBuffer());
    bytes += content.length;
    return content;
  };

  /* the places of a term in a shard, as a set */
  const placesIn = (shard, start, sought, posts) => {
    let at = 0, number = start;
    const next = () => { let value = 0, unit = 1, byte; do { byte = shard[at++]; value += (byte & 127) * unit; unit *= 128; } while (byte > 127); return value; };
    const found = new Set(), width = Math.ceil(posts / 8);
    for (let dense = next(); dense; dense--, at += width)
      if ((number += next()) === sought) {
        for (let i = 0; i < posts; i++) if (shard[at + (i >> 3)] >> (i & 7) & 1) found.add(i);
        return found;
      }
    for (number = start; at < shard.length;) {
      const here = (number += next()) === sought;
      for (let left = next() + 1, place = -1; left; left--) { place += next() + 1; if (here) found.add(place); }
      if (here || number > sought) break;
    }
    return found;
  };
  /* what holds all terms, newest first, as pairs of a block and a place in it; `exact` where nothing else can be among them */
  const search = async ({ numbers, exact }) => {
    let sets = null, read = 0;
    for (const number of numbers) {
      if (read && (!sets.some(set => set.size) || bytes * (read + 1) / read > BUDGET)) break;
      const found = await Promise.all(index.blocks.map(async ({ folder, posts, shards }) => {
        const shard = Math.floor(number * shards / 2 ** 32);
        return placesIn(await load(`${folder}/${shard}.bin`), Math.ceil(shard * 2 ** 32 / shards), number, posts);
      }));
      sets = found.map((set, i) => sets ? new Set([...set].filter(place => sets[i].has(place))) : set);
      read++;
    }
    return { exact: exact && read === numbers.length, hits: (sets || []).flatMap((set, i) => [...set].map(place => [index.blocks[i], place])) };
  };

  /* posts are numbered from the newest, so how many there are of each year tells the year of a hit */
  const yearOf = ([block, place]) => {
    let before = place;
    for (const one of index.blocks) { if (one === block) break; before += one.posts; }
    return index.years.find(([, posts]) => (before -= posts) < 0)[0];
  };
  const byYear = (hits, asked, chosen) => {
    const counts = new Map([['', hits.length]]), nav = document.querySelector('#years'), items = nav.querySelector('ul');
    hits.forEach(hit => { const year = yearOf(hit); counts.set(year, (counts.get(year) || 0) + 1); });
    nav.hidden = counts.size < 3;
    items.replaceChildren();
    counts.forEach((count, year) => {
      const link = add(add(items, 'li', null), 'a', year || say.every, { href: `?q=${encodeURIComponent(asked)}${year && `&year=${year}`}` });
      add(link, 'span', count.toLocaleString(document.documentElement.lang));
      if (String(year) === chosen) link.ariaCurrent = 'true';
    });
    return counts.has(+chosen) && chosen ? hits.filter(hit => yearOf(hit) === +chosen) : hits;
  };

  /* everything from the index becomes text, never markup */
  const add = (parent, name, text, more = {}) => Object.assign(parent.appendChild(document.createElement(name)), text === null ? {} : { textContent: text }, more);
  const marked = (parent, text, asked) => {
    const words = asked.split(/[\s"“”„‟«»「」『』＂]+/).filter(Boolean).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    text.split(words.length ? RegExp(`(${words.join('|')})`, 'i') : /$^/).forEach((part, i) => i % 2 ? add(parent, 'mark', part) : parent.append(part));
  };
  const cards = async path => new Response(new Blob([await load(path)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).json();
  const show = async (hits, asked, mine) => {
    const files = {}, { together } = index, shown = await Promise.all(hits.splice(0, PAGE).map(async ([{ folder }, place]) => {
      const path = `${folder}/c${Math.floor(place / together)}.bin`;
      return (await (files[path] ||= cards(path)))[place % together];
    }));
    if (mine !== run) return;
    for (const [id, moment, day, outlet, language, title, lead] of shown) {
      const item = add(list, 'article', null, { className: 'res', lang: language });
      item.dataset.nav = '';
      const kick = add(item, 'p', null, { className: 'kick' });
      add(kick, 'time', day, { dateTime: moment, lang: document.documentElement.lang });
      add(kick, 'span', outlet);
      marked(add(add(item, 'h2', null), 'a', null, { href: `../p/${id}/` }), title || say.untitled, asked);
      if (lead) marked(add(item, 'p', null), lead, asked);
    }
    more.hidden = !hits.length;
    more.onclick = () => show(hits, asked, mine).catch(failed);
  };

  const failed = error => { status.textContent = say.failed; more.hidden = true; console.info(error); };
  const ask = async (asked, chosen) => {
    const mine = ++run;
    byYear([], '', '');
    bytes = 0;
    list.replaceChildren();
    more.hidden = true;
    status.textContent = asked.trim() && say.looking;
    if (!asked.trim()) return;
    let found, wanted;
    for (let again = 0; !found; again++) {
      try {
        index ||= await load('index.json', 'json');
        wanted = await reading.terms(asked, async page => new TextDecoder().decode(await load(`${index.forms}/${page}.bin`)));
        found = await search(wanted);
      } catch (error) { /* a new edition came out meanwhile: its index has other addresses */
        index = null;
        if (again) throw error;
      }
    }
    if (mine !== run) return;
    const { exact } = found, hits = byYear(found.hits, asked, chosen), count = hits.length.toLocaleString(document.documentElement.lang);
    const told = !wanted.numbers.length ? say.nothing : hits.length ? (exact ? say.found : say.apart).replace('{count}', count) : say.none;
    await show(hits, asked, mine);
    if (mine === run) status.textContent = told;
  };

  const start = () => {
    const asked = new URLSearchParams(location.search);
    box.value = asked.get('q') || '';
    document.title = (box.value && `${box.value} · `) + say.title;
    if (location.protocol === 'file:') status.textContent = say.file;
    else ask(box.value, asked.get('year') || '').catch(failed);
  };
  let composing = false; /* an input method's Enter chooses a word, it does not ask */
  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => { composing = false; });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (composing) return;
    history.pushState(null, '', `?q=${encodeURIComponent(box.value)}`);
    start();
  });
  addEventListener('popstate', start);
  start();
})();
