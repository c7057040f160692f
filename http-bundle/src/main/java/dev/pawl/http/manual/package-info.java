/** The manual, a site that the build makes of docs/ and puts into this bundle. */
@NullMarked
package dev.pawl.http.manual;

import org.jspecify.annotations.NullMarked;
