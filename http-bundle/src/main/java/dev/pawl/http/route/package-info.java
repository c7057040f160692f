/** Routes: what they are called with, what they answer, and the table that finds them. */
@NullMarked
package dev.pawl.http.route;

import org.jspecify.annotations.NullMarked;
