/** The script of the page. Nothing that is to be read needs it: it searches, sorts, turns pages and copies. */

/** JavaScript; a constant, because its hash stands in the page's security policy. */
export const SCRIPT = `'use strict';
(() => {
  const PAGE = 50;
  const at = (id) => document.getElementById(id);
  const box = at('all-packages');
  if (box) packages(box);
  for (const element of document.querySelectorAll('.copy')) addCopy(element);
  openTarget();
  addEventListener('hashchange', openTarget);

  /** Whatever an address leads to is opened, with all that it lies in. */
  function openTarget() {
    const target = location.hash.length > 1 ? at(location.hash.slice(1)) : null;
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element instanceof HTMLDetailsElement) element.open = true;
    }
    target.scrollIntoView();
  }

  function addCopy(element) {
    const button = document.createElement('button');
    const text = element.textContent;
    button.type = 'button';
    button.className = 'do-copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy: ' + text.slice(0, 60));
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(element);
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    if (element.tagName === 'PRE') element.append(button);
    else element.after(button);
  }

  function packages(box) {
    const body = box.querySelector('tbody');
    const rows = Array.from(body.rows);
    const inputs = ['search', 'by-verdict', 'by-family', 'by-use'].map(at);
    const heads = Array.from(box.querySelectorAll('thead th'));
    let texts;
    let found = rows;
    let page = 0;
    let sorted = { column: 0, down: false };
    show();
    box.open = true;
    at('controls').hidden = false;
    at('controls').addEventListener('submit', (event) => event.preventDefault());
    for (const input of inputs) input.addEventListener('input', filter);
    at('back').addEventListener('click', () => turn(-1));
    at('on').addEventListener('click', () => turn(1));
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.addEventListener('click', () => sort(column));
      head.replaceChildren(button);
      head.setAttribute('aria-sort', column === 0 ? 'ascending' : 'none');
    });
    addEventListener('beforeprint', () => body.replaceChildren(...found));
    addEventListener('afterprint', show);

    /** The words of all cells, read when they are first asked for. */
    function cells(row) {
      texts ??= new Map(rows.map((entry) => [entry, Array.from(entry.cells, (cell) => cell.textContent)]));
      return texts.get(row);
    }

    function filter() {
      const [search, verdict, family, use] = inputs.map((input) => input.value);
      const words = search.toLowerCase().split(' ').filter((word) => word !== '');
      found = rows.filter((row) => {
        const own = cells(row);
        if (verdict !== '' && own[4] !== verdict) return false;
        if (family !== '' && own[2] !== family) return false;
        if (use !== '' && !own[3].includes(use)) return false;
        if (words.length === 0) return true;
        const whole = own.join(' ').toLowerCase();
        return words.every((word) => whole.includes(word));
      });
      page = 0;
      order();
      show();
    }

    function sort(column) {
      sorted = { column, down: sorted.column === column && !sorted.down };
      heads.forEach((head, own) => {
        head.setAttribute('aria-sort', own !== column ? 'none' : sorted.down ? 'descending' : 'ascending');
      });
      page = 0;
      order();
      show();
    }

    function order() {
      const { column, down } = sorted;
      const place = new Map(rows.map((row, index) => [row, index]));
      const compare = new Intl.Collator('en', { numeric: true }).compare;
      found = found.slice().sort((a, b) =>
        (down ? -1 : 1) * compare(cells(a)[column], cells(b)[column]) || place.get(a) - place.get(b));
    }

    function turn(by) {
      page += by;
      show();
      box.scrollIntoView();
    }

    function show() {
      const pages = Math.max(1, Math.ceil(found.length / PAGE));
      body.replaceChildren(...found.slice(page * PAGE, page * PAGE + PAGE));
      at('back').disabled = page === 0;
      at('on').disabled = page >= pages - 1;
      at('page-words').textContent = 'Page ' + (page + 1) + ' of ' + pages;
      document.querySelector('.pager').hidden = pages === 1;
      at('found').textContent = found.length === rows.length ? '' : found.length + ' of ' + rows.length + ' packages';
    }
  }
})();
`
