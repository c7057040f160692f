/** Schemas of the inputs and settings of modules: derived from their records, checked against given values, and converted to records. */
@NullMarked
package dev.pawl.scheduler.schema;

import org.jspecify.annotations.NullMarked;
