/** Where the server is. Found from this module's own address, so that the console works below any path of a proxy. */

/** The console, such as `https://host/console/`. */
export const CONSOLE = new URL('../../../', import.meta.url);

/** The API, such as `https://host/`. */
export const SERVER = new URL('../../../../', import.meta.url);

/** The name of the build that this page is of. */
export const BUILD = new URL('..', import.meta.url).pathname.split('/').at(-2) ?? '';
