package dev.pawl.samples.mail;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a mail on a thread of its own, so that a stop ends it within a second wherever the server lets it wait. The thread ends with the
 * conversation; only a look-up of the server's name may keep it longer.
 */
final class Delivery {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** A server that is about to accept the mail gets this time when the job is stopped: the job then knows that it was sent. */
    private static final Duration LAST_CHANCE = Duration.ofMillis(300);

    /** A server that answers in drops may take this many times the time for an answer. */
    private static final int MOST_ANSWERS = 20;

    private Delivery() {}

    /** Sends it and returns the server's answer. */
    static Answer send(SmtpServer server, Message message, TaskContext task) throws RunException, InterruptedException {
        if (server.exposesPassword()) {
            task.warning("The password goes to " + server.place()
                    + " without encryption, since the setting tls of mail is none.");
        }
        Conversation conversation = new Conversation(server, message);
        FutureTask<Answer> answer = new FutureTask<>(conversation::hold);
        Thread thread = new Thread(answer, "mail-" + task.jobId());
        thread.setContextClassLoader(Delivery.class.getClassLoader()); // the mail library finds its parts by it
        thread.setDaemon(true);
        thread.start();
        try {
            return await(answer, server, task);
        } finally {
            conversation.close();
            thread.join(LAST_CHANCE.toMillis());
        }
    }

    private static Answer await(FutureTask<Answer> answer, SmtpServer server, TaskContext task)
            throws RunException, InterruptedException {
        long begin = System.nanoTime();
        long most = MOST_ANSWERS * server.settings().timeout().toNanos();
        boolean ending = false;
        while (System.nanoTime() - begin < most) {
            try {
                return answer.get((ending ? LAST_CHANCE : LOOK).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (ending) {
                    task.throwIfCancelled();
                }
                ending = task.isCancelled();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RunException refused) {
                    throw refused;
                }
                throw new RunException("The mail could not be sent: " + e.getCause(), e);
            }
        }
        return new Answer.Failed(
                true,
                "The server " + server.place() + " took more than " + most / 1_000_000_000
                        + " s for one mail, although it answered now and then.");
    }
}
