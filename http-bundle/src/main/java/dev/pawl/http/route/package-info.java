/** Routes: their parameters and bodies, their answers, and the table that finds them. */
@NullMarked
package dev.pawl.http.route;

import org.jspecify.annotations.NullMarked;
