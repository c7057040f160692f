/** Conditions of requests on the versions of what they read or change. */
@NullMarked
package dev.pawl.http.condition;

import org.jspecify.annotations.NullMarked;
