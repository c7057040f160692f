/** Connections, threads and their limits. */
@NullMarked
package dev.pawl.http.server;

import org.jspecify.annotations.NullMarked;
