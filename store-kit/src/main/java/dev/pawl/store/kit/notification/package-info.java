/** The part of notifications in stores that is the same for every database: texts of columns, and what is told of which job, and when. */
@NullMarked
package dev.pawl.store.kit.notification;

import org.jspecify.annotations.NullMarked;
