/** The module http: calls HTTP services, page by page. */
@NullMarked
package dev.pawl.samples.http;

import org.jspecify.annotations.NullMarked;
