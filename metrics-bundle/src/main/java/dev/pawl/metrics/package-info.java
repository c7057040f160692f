/** The page of measurements. Nothing of it is loaded before the first scrape. */
@NullMarked
package dev.pawl.metrics;

import org.jspecify.annotations.NullMarked;
