/** Modules from places outside the server: what may be fetched, and how (ADR 111). */
@NullMarked
package dev.pawl.deploy.source;

import org.jspecify.annotations.NullMarked;
