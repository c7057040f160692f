/** Mails over SMTP. Nothing of the mail library is loaded before the first of them. */
@NullMarked
package dev.pawl.notification.mail;

import org.jspecify.annotations.NullMarked;
