/** Tells others of jobs. */
@NullMarked
package dev.pawl.notification;

import org.jspecify.annotations.NullMarked;
