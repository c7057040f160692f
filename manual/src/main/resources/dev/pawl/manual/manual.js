// The manual's script: the search over all pages, the theme, copying, and the contents on a narrow window. Every page can be read without it.
(() => {
  const up = document.currentScript.dataset.up;
  const MOST = 30;
  const AROUND = 70;
  const one = selector => document.querySelector(selector);
  const words = one('#words');
  const found = one('#found');
  const button = one('.theme-button');
  const menu = one('.menu-button');
  let pages = null;

  document.documentElement.classList.add('scripted');
  [one('search'), button, menu].forEach(each => (each.hidden = false));
  const narrow = matchMedia('(max-width: 820px)');
  const fit = () => (menu.hidden = !narrow.matches);
  narrow.addEventListener('change', fit);
  fit();

  menu.addEventListener('click', () => {
    menu.setAttribute('aria-expanded', String(one('#contents').classList.toggle('open')));
  });
  one('#contents [aria-current]')?.scrollIntoView({ block: 'nearest' });
  scrollTo(0, location.hash ? scrollY : 0);

  // The theme is the one that the console keeps.
  const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const label = () => (button.textContent = isDark() ? 'Light' : 'Dark');
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('pawl.theme', theme);
    } catch {
      // it holds until the page is left
    }
    label();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label);
  label();

  // Copying. Pages that came by plain HTTP have no clipboard; there the text is selected, for Ctrl+C.
  for (const block of document.querySelectorAll('article pre')) {
    const frame = document.createElement('div');
    const copy = document.createElement('button');
    frame.className = 'block';
    copy.className = 'plain copy';
    copy.type = 'button';
    copy.textContent = 'Copy';
    block.replaceWith(frame);
    frame.append(block, copy);
    copy.addEventListener('click', async () => {
      const text = block.textContent.replace(/^\$ /gm, '');
      try {
        await navigator.clipboard.writeText(text);
        copy.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(block);
        copy.textContent = document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
      }
      setTimeout(() => (copy.textContent = 'Copy'), 2000);
    });
  }

  // The search. The index comes as a script, since a page that lies on a disk may load nothing else.
  globalThis.pawlSearch = index => {
    pages = index.map(([title, address, sections]) => ({
      title,
      sections: sections.map(([heading, anchor, text]) => ({
        heading,
        address: address + (anchor && '#' + anchor),
        text,
        low: (heading + ' ' + text).toLowerCase(),
        lowHeading: heading.toLowerCase(),
      })),
      low: title.toLowerCase(),
    }));
    show();
  };
  const load = () => {
    if (pages === null) {
      pages = [];
      const script = document.createElement('script');
      script.src = up + 'search-index.js';
      document.head.append(script);
    }
  };
  const score = (page, section, asked) => {
    let sum = 0;
    for (const word of asked) {
      const at = section.low.indexOf(word);
      const isTitle = page.low.includes(word);
      if (at < 0 && !isTitle) {
        return 0;
      }
      const whole = at >= 0 && !/[\p{L}\p{N}_]/u.test(section.low[at - 1] ?? ' ');
      sum += (section.lowHeading === word ? 60 : section.lowHeading.includes(word) ? 30 : 0) + (isTitle ? 12 : 0) + (whole ? 4 : 1);
    }
    return sum;
  };
  const marked = (element, text, asked) => {
    const parts = text.split(new RegExp('(' + asked.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') + ')', 'i'));
    parts.forEach((part, index) => {
      const node = index % 2 ? document.createElement('mark') : document.createTextNode(part);
      if (index % 2) {
        node.textContent = part;
      }
      element.append(node);
    });
  };
  const excerpt = (text, asked) => {
    const low = text.toLowerCase();
    const at = Math.max(0, Math.min(...asked.map(word => low.indexOf(word)).filter(place => place >= 0), text.length) - AROUND);
    return (at > 0 ? '…' : '') + text.slice(at < text.length - AROUND ? at : 0).slice(0, 2 * AROUND + 30);
  };
  const show = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = asked.length === 0 || pages === null;
    if (found.hidden) {
      return;
    }
    const hits = pages.flatMap(page => page.sections.map(section => ({ page, section, score: score(page, section, asked) }))).filter(hit => hit.score > 0);
    hits.sort((a, b) => b.score - a.score);
    found.querySelector('p').textContent = hits.length === 0 ? 'Nothing has all these words.' : hits.length === 1 ? '1 place' : hits.length + ' places';
    found.querySelector('ul').replaceChildren(...hits.slice(0, MOST).map(({ page, section }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const title = document.createElement('b');
      const small = document.createElement('small');
      link.href = up + section.address;
      title.textContent = section.heading === page.title ? page.title : page.title + ' › ' + section.heading;
      marked(small, excerpt(section.text, asked), asked);
      link.append(title, small);
      item.append(link);
      return item;
    }));
  };
  const close = () => (found.hidden = true);
  words.addEventListener('focus', load);
  words.addEventListener('input', () => (load(), show()));
  addEventListener('click', event => event.target.closest?.('search') ? event.target.closest('a') && close() : close());
  addEventListener('keydown', event => {
    const links = [...found.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === '/' && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
      event.preventDefault();
      words.select();
    } else if (event.key === 'Escape') {
      close();
    } else if (!found.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      (links[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? (event.key === 'ArrowUp' ? words : links.at(-1)))?.focus();
    } else if (event.key === 'Enter' && document.activeElement === words) {
      links[0]?.click();
    }
  });
  if (document.activeElement === words) { // somebody was faster than this script
    load();
    show();
  }
})();
