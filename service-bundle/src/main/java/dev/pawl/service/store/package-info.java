/** What a store implements. {@code testkit} holds the suites that state what every implementation does. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
