/** Requests that their clients may repeat. */
@NullMarked
package dev.pawl.http.repeat;

import org.jspecify.annotations.NullMarked;
