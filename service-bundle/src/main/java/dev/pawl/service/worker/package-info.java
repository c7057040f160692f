/** Workers: this process and external programs that take jobs from the queue. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.worker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
