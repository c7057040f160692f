/** Programs that the build of the packages runs; no part of the distribution. */
@NullMarked
package dev.pawl.packages;

import org.jspecify.annotations.NullMarked;
