/** What a module author implements and uses: a {@link dev.pawl.api.module.Module} and its {@link dev.pawl.api.module.TaskContext}. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
