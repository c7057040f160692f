/** The modules that are there: tracked as services, described from their bundles, configured. */
@NullMarked
package dev.pawl.scheduler.catalog;

import org.jspecify.annotations.NullMarked;
