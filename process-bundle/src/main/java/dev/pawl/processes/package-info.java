/** Modules in any language: each bundle that holds a module's folder gets a service whose tasks are processes (ADR 95). */
@NullMarked
package dev.pawl.processes;

import org.jspecify.annotations.NullMarked;
