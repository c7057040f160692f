/** What the audit keeps of requests: which of them change something, and how each of these ended. */
@NullMarked
package dev.pawl.http.audit;

import org.jspecify.annotations.NullMarked;
