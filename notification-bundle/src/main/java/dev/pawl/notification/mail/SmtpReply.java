package dev.pawl.notification.mail;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.service.notification.DeliveryTry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a conversation.
 *
 * @param end whether the mail was taken, and whether another try may help
 * @param code the server's reply code; null when there was none
 * @param error what went wrong, also when the mail was taken for some recipients alone; null for nothing
 */
record SmtpReply(End end, @Nullable Integer code, @Nullable String error) {

    static SmtpReply failed(String error) {
        return new SmtpReply(End.FAILED, null, error);
    }

    Outcome outcome(Instant at, Duration took) {
        return new Outcome(new DeliveryTry(at, took, code, error, null), end, null);
    }
}
