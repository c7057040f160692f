/** Rules for notifications, and their messages. */
@NullMarked
package dev.pawl.store.sqlite.notification;

import org.jspecify.annotations.NullMarked;
