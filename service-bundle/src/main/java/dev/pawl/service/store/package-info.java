/** The contract of a store. {@code testkit-base} holds the suites that state what every implementation must do. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
