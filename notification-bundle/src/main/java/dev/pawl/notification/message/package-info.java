/** Notifications: what they say in each format, and their way to the receivers. */
@NullMarked
package dev.pawl.notification.message;

import org.jspecify.annotations.NullMarked;
