/** Calls to HTTP servers from bundles and modules: only to hosts that an admin has named, directly or through a proxy, bounded in every respect. */
@NullMarked
package dev.pawl.web;

import org.jspecify.annotations.NullMarked;
