package dev.pawl.notification.message;

import dev.pawl.notification.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Sends mails. Safe for many threads. */
public interface Mails {

    /**
     * A mail; each try sends the same one.
     *
     * @param id the id from which its Message-ID is made
     * @param date its date
     * @param to its recipients
     * @param subject its subject, one line
     * @param text its text
     * @param isUrgent whether it is marked as important
     */
    record Mail(UUID id, Instant date, List<String> to, String subject, String text, boolean isUrgent) {}

    /**
     * Sends a mail to all recipients.
     *
     * @param at the time of the try
     * @param took gives the duration of the try so far
     * @param unwanted asked every 100 ms; the try ends soon when it is true
     * @throws CancellationException when it was not wanted any more
     */
    Outcome send(Mail mail, Instant at, Supplier<Duration> took, BooleanSupplier unwanted);
}
