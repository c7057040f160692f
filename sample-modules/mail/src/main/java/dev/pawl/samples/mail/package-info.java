/** Sends mail over SMTP. */
@NullMarked
package dev.pawl.samples.mail;

import org.jspecify.annotations.NullMarked;
