/** The handlers of the routes, a class for each kind of resource. */
@NullMarked
package dev.pawl.http.resource;

import org.jspecify.annotations.NullMarked;
