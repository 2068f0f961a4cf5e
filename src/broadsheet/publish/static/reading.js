/* broadsheet: how a question is read, which is how posts are: fold as in store/search/fold.py, terms as in publish/search/terms.py. */
(() => {
  const STOPS = /[，、；！？\n]/g, MARKS = /[^\p{L}\p{N}_\0-\x7f。\u0900-\u109f\u1780-\u17ff]/gu;
  const ACCENTED = /[\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]/, ACCENTS = /[\u0300-\u036f]/g;
  const THOUSANDS = /(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])/g, JOINTS = /(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])/g;
  const bare = text => ACCENTED.test(text) ? text.normalize('NFD').replace(ACCENTS, '').normalize('NFC') : text;

  /* the pages of forms (see publish/search/forms.py) that a text needs, by the name of each */
  const pages = text => [...new Set([...text].map(c => c.codePointAt(0)).filter(n => n >= 0x3400 && n < 0xa000 || n >= 0x20000)
    .map(n => (n >> (n < 0x10000 ? 8 : 12)).toString(16)))];

  /* `page` gives a page of forms by its name */
  const fold = async (text, page) => {
    const plain = bare(cased(text.replace(STOPS, '。').normalize('NFKC'))).replace(THOUSANDS, number => number.replaceAll(',', ''));
    const forms = [...(await Promise.all(pages(plain).map(page))).join('')];
    const read = new Map(forms.flatMap((form, i) => i % 2 ? [] : [[form, forms[i + 1]]]));
    return [...plain].map(c => read.get(c) || c).join('').replace(MARKS, ' ');
  };
  /* case folding, which JavaScript lacks: the characters of which it is not the lower case */
  const cased = text => text.toLowerCase().replace(/[ß\u01f0\u0345ς\u1c80-\u1c88\u1e96-\u1e99\u1f50-\u1ffc]/g, c => c.toUpperCase().toLowerCase())
    .replace(/[\u13f8-\u13fd\uab70-\uabbf]/g, c => c.toUpperCase());

  const WORDS = /[0-9A-Za-z\x80-\u07ff]+|[^\0-\u07ff]/gu, QUOTES = /[“”„‟«»「」『』＂]/g, PHRASES = /"([^"]*)"?|([^\s"]+)/g;
  const numberOf = term => {
    let n = 0x811c9dc5;
    for (const c of term) n = Math.imul(n ^ c.codePointAt(0), 0x01000193);
    n = Math.imul(n ^ n >>> 15, 0x2c1b3c6d);
    return (n ^ n >>> 12) >>> 0;
  };

  /* the numbers of the terms asked for: of each phrase first those that cover it, then those between them; `exact`: no post
     can hold them and not what was asked for */
  const terms = async (asked, page) => {
    const first = [], later = [];
    let row = [], exact = true;
    const close = () => {
      exact &&= row.length < 3;
      if (row.length === 1) first.push(row[0]);
      for (let i = 0; i < row.length - 1; i++) (i % 2 && i < row.length - 2 ? later : first).push(row[i] + row[i + 1]);
      row = [];
    };
    for (const [, phrase, word] of asked.replace(QUOTES, '"').matchAll(PHRASES)) {
      const words = (await fold(phrase ?? word, page)).replace(JOINTS, ' ').match(WORDS) || [];
      for (const one of words) {
        if (one >= '\u0800' && one !== '。') { row.push(one); continue; }
        close();
        if (one !== '。') first.push(one);
        exact &&= words.length === 1;
      }
      close();
    }
    return { exact, numbers: [...new Set([...first, ...later])].map(numberOf) };
  };
  window.reading = { fold, terms };
})();
