/** Schedules: jobs that start by themselves at due times. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.schedule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
