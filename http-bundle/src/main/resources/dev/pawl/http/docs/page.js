
(() => {
  const box = document.querySelector('search'), input = box.querySelector('input'), status = box.querySelector('[role=status]');
  const articles = [...document.querySelectorAll('article')].map(it => ({ it, text: '' }));
  const sections = [...document.querySelectorAll('main > section')];
  const links = [...document.querySelectorAll('nav ul ul a')].map(it => ({ it, target: document.querySelector(it.hash) }));

  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    let found = 0;
    for (const article of articles) {
      article.text ||= (article.it.id + ' ' + article.it.textContent).toLowerCase();
      article.it.hidden = !words.every(word => article.text.includes(word));
      if (!article.it.hidden) found++;
    }
    for (const section of sections) section.hidden = words.length > 0 && !section.querySelector('article:not([hidden])');
    for (const link of links) link.it.parentElement.hidden = link.target.hidden;
    status.textContent = words.length === 0 ? '' : found === 0 ? 'Nothing has these words.' : found + ' found';
  };

  const clear = () => { input.value = ''; search(); };
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest('[hidden]')) { clear(); target.scrollIntoView(); }
  };

  box.hidden = false;
  input.addEventListener('input', search);
  addEventListener('hashchange', reveal);
  addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== input && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape' && document.activeElement === input) {
      clear();
    }
  });

  if (navigator.clipboard) {
    for (const figure of document.querySelectorAll('figure')) {
      const button = document.createElement('button');
      const name = 'Copy';
      button.type = 'button';
      button.textContent = name;
      button.setAttribute('aria-label', 'Copy ' + figure.querySelector('figcaption').textContent);
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(figure.querySelector('code').textContent);
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = name; }, 1500);
      });
      figure.append(button);
    }
  }
})();
