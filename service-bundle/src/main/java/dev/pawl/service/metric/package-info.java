/** Measurements of the server: where they are counted, and how a scrape reads them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.metric;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
