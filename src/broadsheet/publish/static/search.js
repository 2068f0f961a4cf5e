/* broadsheet: search in the files beside this page. What a shard holds is told in publish/shards.py, terms in publish/terms.py. */
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

  /* the same as store/fold.py */
  const STOPS = /[，、；！？\n]/g, MARKS = /[^\p{L}\p{N}_\0-\x7f。\u0900-\u109f\u1780-\u17ff]/gu, ODD = { ß: 'ss', ς: 'σ' };
  const bare = text => text.replace(/[\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]/g, c => c.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC'));
  const fold = text => bare(text.replace(STOPS, '。').normalize('NFKC').toLowerCase().normalize('NFC').replace(/[ßς]/g, c => ODD[c])).replace(MARKS, ' ');

  /* the numbers of the terms asked for: of each phrase first those that cover it, then those between them */
  const WORDS = /[0-9A-Za-z\x80-\u07ff]+|[^\0-\u07ff]/gu, QUOTES = /[“”„‟«»「」『』＂]/g, PHRASES = /"([^"]*)"?|([^\s"]+)/g;
  const terms = asked => {
    const first = [], later = [];
    let row = [], exact = true;
    const close = () => {
      exact &&= row.length < 3;
      if (row.length === 1) first.push(row[0]);
      for (let i = 0; i < row.length - 1; i++) (i % 2 && i < row.length - 2 ? later : first).push(row[i] + row[i + 1]);
      row = [];
    };
    for (const [, phrase, word] of asked.replace(QUOTES, '"').matchAll(PHRASES)) {
      const found = fold(phrase ?? word).match(WORDS) || [];
      for (const one of found) {
        if (one >= '\u0800' && one !== '。') { row.push(one); continue; }
        close();
        if (one !== '。') first.push(one);
        exact &&= found.length === 1;
      }
      close();
    }
    return { exact, numbers: [...new Set([...first, ...later])].map(numberOf) };
  };
  const numberOf = term => {
    let n = 0x811c9dc5;
    for (const c of term) n = Math.imul(n ^ c.codePointAt(0), 0x01000193);
    n = Math.imul(n ^ n >>> 15, 0x2c1b3c6d);
    return (n ^ n >>> 12) >>> 0;
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

  /* everything from the index becomes text, never markup */
  const add = (parent, name, text, more = {}) => Object.assign(parent.appendChild(document.createElement(name)), text === null ? {} : { textContent: text }, more);
  const marked = (parent, text, asked) => {
    const words = asked.replace(QUOTES, ' ').split(/[\s"]+/).filter(Boolean).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
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
      marked(add(add(item, 'h3', null), 'a', null, { href: `../p/${id}/` }), title || say.untitled, asked);
      if (lead) marked(add(item, 'p', null), lead, asked);
    }
    more.hidden = !hits.length;
    more.onclick = () => show(hits, asked, mine).catch(failed);
  };

  const failed = error => { status.textContent = say.failed; more.hidden = true; console.info(error); };
  const ask = async asked => {
    const mine = ++run;
    bytes = 0;
    list.replaceChildren();
    more.hidden = true;
    const wanted = terms(asked);
    status.textContent = wanted.numbers.length ? say.looking : asked.trim() ? say.nothing : '';
    if (!wanted.numbers.length) return;
    let found;
    for (let again = 0; !found; again++) {
      try {
        index ||= await load('index.json', 'json');
        found = await search(wanted);
      } catch (error) { /* a new edition came out meanwhile: its index has other addresses */
        index = null;
        if (again) throw error;
      }
    }
    if (mine !== run) return;
    const { hits, exact } = found, count = hits.length.toLocaleString(document.documentElement.lang);
    const told = hits.length ? (exact ? say.found : say.apart).replace('{count}', count) : say.none;
    await show(hits, asked, mine);
    if (mine === run) status.textContent = told;
  };

  const start = () => {
    box.value = new URLSearchParams(location.search).get('q') || '';
    document.title = (box.value && `${box.value} · `) + say.title;
    if (location.protocol === 'file:') status.textContent = say.file;
    else ask(box.value).catch(failed);
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
