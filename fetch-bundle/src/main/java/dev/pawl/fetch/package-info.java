/** Requests through the proxy that the server is configured with. */
@NullMarked
package dev.pawl.fetch;

import org.jspecify.annotations.NullMarked;
