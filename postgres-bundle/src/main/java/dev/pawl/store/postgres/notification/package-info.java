/** Rules for notifications, and their messages. */
@NullMarked
package dev.pawl.store.postgres.notification;

import org.jspecify.annotations.NullMarked;
