/** What modules take: read from their records, checked against what is given, and handed back as records. */
@NullMarked
package dev.pawl.scheduler.schema;

import org.jspecify.annotations.NullMarked;
