/** Measurements of requests and of clients. */
@NullMarked
package dev.pawl.http.metric;

import org.jspecify.annotations.NullMarked;
