/** The parts that deliveries of callbacks and of notifications share: places, pauses, and requests to receivers. */
@NullMarked
package dev.pawl.notification.delivery;

import org.jspecify.annotations.NullMarked;
