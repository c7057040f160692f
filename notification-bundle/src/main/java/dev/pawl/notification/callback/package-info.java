/** Delivers callbacks: which are due, how they are signed and sent, and what a try comes to. */
@NullMarked
package dev.pawl.notification.callback;

import org.jspecify.annotations.NullMarked;
