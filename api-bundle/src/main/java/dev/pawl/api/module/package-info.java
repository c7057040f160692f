/**
 * The API for module authors: a {@link dev.pawl.api.module.Module} and its {@link dev.pawl.api.module.TaskContext}.
 *
 * <p>A unit of automation is called a module in the documentation, on the wire and in the shell, and so is its interface, although {@link
 * java.lang.Module} has the same simple name. {@code import dev.pawl.api.module.Module;} shadows {@code java.lang} in the whole file (JLS
 * 6.4.1). {@code import dev.pawl.api.module.*;} does not: {@code java.lang} is imported on demand too, and the compiler refuses the simple
 * name as ambiguous unless there is a single-type import as well.
 */
@Export
@Version("1.1.0")
@NullMarked
package dev.pawl.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
