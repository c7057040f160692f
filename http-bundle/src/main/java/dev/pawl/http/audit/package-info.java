/** The requests that the audit keeps: those that change something, and how each of them ended. */
@NullMarked
package dev.pawl.http.audit;

import org.jspecify.annotations.NullMarked;
