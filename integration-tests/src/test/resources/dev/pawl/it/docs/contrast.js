// The visible texts whose contrast is less than WCAG 2.2 asks of normal text (AA: 4.5), with their ratio.
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (colour, ground) => { // what a colour looks like on an opaque ground
    canvas.globalCompositeOperation = 'source-over';
    for (const each of [`rgb(${ground.join(' ')})`, colour]) {
      canvas.fillStyle = each;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const ground = element => {
    const below = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
    return over(getComputedStyle(element).backgroundColor, below);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(value => value / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('script, style') || !element.checkVisibility()) continue;
    const below = ground(element), text = over(getComputedStyle(element).color, below);
    const key = element.tagName + '.' + element.className + ' ' + text + ' on ' + below;
    const [dark, light] = [luminance(below), luminance(text)].sort((a, b) => a - b);
    seen.set(key, (light + 0.05) / (dark + 0.05));
  }
  return {
    checked: seen.size,
    methods: [...seen.keys()].filter(key => key.startsWith('SPAN.method')).length,
    weak: [...seen].filter(([, ratio]) => ratio < 4.5).map(([key, ratio]) => key + ': ' + ratio.toFixed(2)),
  };
})()
