/** The pages: where each is, and what leads to it. A page is one file of this folder, loaded when it is first shown. */

/**
 * @typedef {object} PageEntry
 * @property {string} path the address; `:name` stands for any part, which the page gets by that name
 * @property {string} title
 * @property {() => Promise<{default: CustomElementConstructor}>} load
 * @property {string} [icon] of its entry in the navigation; without one it has none
 * @property {string} [key] the letter that leads to it after `g`
 * @property {string} [heading] of its part of the navigation
 * @property {'viewer' | 'operator' | 'admin'} [role] who may open it; a viewer unless it says so
 * @property {boolean} [low] whether it is at the end of the navigation
 */

/** @type {PageEntry[]} */
export const pages = [
  { path: '', title: 'Overview', icon: 'overview', key: 'o', load: () => import('./overview.js') },
  { path: 'jobs', title: 'Jobs', icon: 'jobs', key: 'j', load: () => import('./jobs.js') },
  { path: 'jobs/:id', title: 'Job', load: () => import('./job.js') },
  { path: 'new', title: 'New job', icon: 'new', key: 'c', role: 'operator', load: () => import('./new.js') },
  { path: 'modules', title: 'Modules', icon: 'modules', key: 'm', load: () => import('./modules.js') },
  { path: 'modules/:id', title: 'Module', load: () => import('./module.js') },
  { path: 'schedules', title: 'Schedules', icon: 'schedules', key: 's', load: () => import('./schedules.js') },
  { path: 'schedules/:name', title: 'Schedule', load: () => import('./schedule.js') },
  { path: 'queue', title: 'Queue and workers', icon: 'queue', key: 'q', load: () => import('./queue.js') },
  { path: 'data', title: 'Data', icon: 'data', key: 'd', load: () => import('./data.js') },
  { path: 'data/:module/:name', title: 'Document', load: () => import('./document.js') },
  { path: 'hooks', title: 'Hooks', icon: 'hooks', key: 'h', heading: 'Administration', role: 'admin', load: () => import('./hooks.js') },
  { path: 'notifications', title: 'Notifications', icon: 'bell', key: 'n', heading: 'Administration', role: 'operator', load: () => import('./notifications.js') },
  { path: 'tokens', title: 'Tokens', icon: 'tokens', key: 't', heading: 'Administration', role: 'admin', load: () => import('./tokens.js') },
  { path: 'audit', title: 'Audit', icon: 'audit', key: 'a', heading: 'Administration', role: 'admin', load: () => import('./audit.js') },
  { path: 'server', title: 'Server', icon: 'server', key: 'v', low: true, load: () => import('./server.js') },
  { path: 'design', title: 'Design', load: () => import('./design.js') },
];

/** The page of an address, with the parts that it names. @param {string[]} segments @returns {{entry: PageEntry, parts: Record<string, string>} | null} */
export function find(segments) {
  for (const entry of pages) {
    const wanted = entry.path === '' ? [] : entry.path.split('/');
    if (wanted.length === segments.length && wanted.every((part, index) => part.startsWith(':') || part === segments[index])) {
      return { entry, parts: Object.fromEntries(wanted.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), segments[index]]] : []))) };
    }
  }
  return null;
}
