package dev.pawl.notification.mail;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.message.Mails;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails by the operator's server, each in a conversation on a thread of its own: closing its socket ends it wherever the server lets it wait. Safe for
 * many threads.
 */
public final class SmtpMails implements Mails {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpMails.class);
    private static final long LOOK_MS = 100;

    private final SmtpAccount account;
    private final Duration timeout;
    private final Duration whole;

    /**
     * Connects to nothing yet.
     *
     * @param timeout the longest time for the connection and for each answer
     * @param whole the longest time for all of them
     */
    public SmtpMails(SmtpAccount account, Duration timeout, Duration whole) {
        this.account = account;
        this.timeout = timeout;
        this.whole = whole;
    }

    @Override
    public Outcome send(Mail mail, Instant at, Supplier<Duration> took, BooleanSupplier unwanted) {
        if (!account.isThere()) {
            return Outcome.failed(
                    at,
                    took.get(),
                    "The server has no mail server to send by; an operator gives it by PAWL_SMTP_HOST.");
        }
        SmtpConversation conversation = new SmtpConversation(account, timeout, mail);
        FutureTask<SmtpReply> reply = new FutureTask<>(conversation::hold);
        Thread thread = new Thread(null, reply, "pawl-mail", 0, false);
        thread.setContextClassLoader(SmtpMails.class.getClassLoader()); // the mail library finds its parts by it
        thread.setDaemon(true);
        thread.start();
        try {
            return await(reply, unwanted, took).outcome(at, took.get());
        } finally {
            conversation.close();
        }
    }

    private SmtpReply await(FutureTask<SmtpReply> reply, BooleanSupplier unwanted, Supplier<Duration> took) {
        while (took.get().compareTo(whole) < 0) {
            try {
                return reply.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (unwanted.getAsBoolean()) {
                    throw new CancellationException("The mail is not wanted any more.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The mail was interrupted.");
            } catch (ExecutionException e) {
                LOG.error("A mail could not be sent; this is a bug.", e.getCause());
                return SmtpReply.failed("Internal error: " + e.getCause() + ".");
            }
        }
        return SmtpReply.failed("The mail server " + account.place() + " took more than " + whole.toSeconds()
                + " s for one mail, although it answered now and then.");
    }
}
