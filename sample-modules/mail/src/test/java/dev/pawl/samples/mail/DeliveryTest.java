package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that refuse, ask to try later, or never answer; stops and kills. */
final class DeliveryTest {

    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final SmtpFake server = new SmtpFake();
    private MailFixture mail;

    @BeforeEach
    void begin() {
        mail = new MailFixture(server, folder);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 421 4.3.2 too busy, 421 4.3.2 too busy",
        "MAIL, 451 4.7.1 greylisted, 451 4.7.1 greylisted",
        "RCPT, 450 4.2.1 try later, 450 4.2.1 try later",
        "DATA, 452 4.3.1 disk full, 452 4.3.1 disk full",
        "., 451 4.3.0 queue, 451 4.3.0 queue"
    })
    void aTemporaryRefusalIsTriedAgain(String at, String answer, String said) {
        server.answers(at, answer);

        HarnessRun run = mail.sent();

        assertTrue(run.lines().get(0).contains(said), run.lines().toString());
        assertTrue(
                run.lines().get(0).endsWith("The next attempt follows in 0.01 s."),
                run.lines().toString());
        assertEquals(1, run.results().size());
    }

    @Test
    void theLastAttemptFailsWithTheServersSentence() {
        server.answers("RCPT", "450 4.2.1 try later", "450 4.2.1 try later", "450 4.2.1 try later");

        String message = mail.failure();

        assertEquals(
                "Nothing was sent. The server refuses the recipient b@example.org: 450 4.2.1 try later It was tried 3 times.",
                message);
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 554 5.3.2 no service",
        "MAIL, 550 5.7.1 not from you",
        "RCPT, 550 5.1.1 unknown",
        "DATA, 554 5.5.1 no",
        "., 554 5.7.1 spam"
    })
    void aFinalRefusalFailsAtOnce(String at, String answer) {
        server.answers(at, answer, answer);

        String message = mail.failure();

        assertTrue(message.contains(answer), message);
        assertEquals(
                1,
                server.commands().stream()
                                .filter(line -> line.startsWith("EHLO"))
                                .count()
                        + (at.equals("greeting") ? 1 : 0));
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainAndNamed() throws Exception {
        int unused;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = taken.getLocalPort();
        }

        String message = mail.setting("port", unused).setting("attempts", 2).failure();

        assertEquals(
                "The server localhost:" + unused + " could not be reached: Connection refused. It was tried 2 times.",
                message);
    }

    @Test
    void aServerThatNeverAnswersIsLeftAfterTheTimeout() {
        server.answers("EHLO", SmtpFake.SILENCE, SmtpFake.SILENCE);

        String message = mail.setting("timeout", "200ms").setting("attempts", 1).failure();

        assertEquals(
                "The server localhost:" + server.port() + " did not answer within 200 ms. It was tried once.", message);
    }

    @ParameterizedTest
    @CsvSource({"greeting, 0", "EHLO, 1", "DATA, 4", "., 4"})
    void aStopWaitsForNoServer(String silentAt, int commands) throws Exception {
        server.answers(silentAt, SmtpFake.SILENCE);
        JobHarness job = mail.setting("timeout", "60s").job();
        CompletableFuture<Long> stopped = CompletableFuture.supplyAsync(() -> {
            await(() -> server.commands().size() >= commands
                    && (!silentAt.equals(".") || server.mails().size() == 1)
                    && mailThreads() > 0);
            long asked = System.nanoTime();
            job.stop();
            return asked;
        });

        HarnessRun run = job.run();
        Duration took = Duration.ofNanos(System.nanoTime() - stopped.get(10, TimeUnit.SECONDS));

        assertEquals(Outcome.STOPPED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertTrue(took.compareTo(MOST_FOR_A_STOP) < 0, "took " + took);
        await(() -> mailThreads() == 0);
        assertEquals(0, mailThreads());
    }

    /** Without the interrupt that a real stop sends after its grace. */
    @Test
    void aMailThatIsAskedToEndWaitsForNoServer() {
        server.answers("EHLO", SmtpFake.SILENCE);
        mail.setting("timeout", "60s");
        Module asked = task -> assertThrows(TaskCancelledException.class, () -> new MailModule().run(stopped(task)));

        long begin = System.nanoTime();
        HarnessRun run = JobHarness.of(() -> asked)
                .inputs(mail.inputs)
                .settings(mail.settings)
                .workDir(folder)
                .run();

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, "took " + took);
    }

    private TaskContext stopped(TaskContext task) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    boolean hangs = !server.commands().isEmpty();
                    if (method.getName().equals("throwIfCancelled") && hangs) {
                        throw new TaskCancelledException("The job was stopped.");
                    }
                    return method.getName().equals("isCancelled") ? hangs : method.invoke(task, arguments);
                });
    }

    private static long mailThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mail-"))
                .count();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStopEndsTheWaitForTheNextAttempt() throws Exception {
        server.answers("RCPT", "450 4.2.1 try later");
        JobHarness job = mail.setting("retry_wait", "1h").job();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            await(() -> server.commands().contains("RCPT TO:<b@example.org>") && mailThreads() == 0);
            job.stop();
        });

        HarnessRun run = job.run();

        stopped.get(10, TimeUnit.SECONDS);
        assertEquals(Outcome.STOPPED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertEquals(List.of(), server.mails());
    }

    @Test
    void anAcceptedMailIsNotSentAgainByTheNextRun() {
        JobHarness job = mail.job();
        assertEquals(Outcome.PAUSED, job.pauseAtCheckpoint(2).run().outcome()); // the server has accepted it

        HarnessRun run = job.run();

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertEquals(1, server.mails().size());
        assertEquals(1, run.results().size());
    }

    @Test
    void aMailWhoseAcceptanceWasNotSavedIsSentAgainAsTheSame() {
        JobHarness job = mail.job();
        HarnessRun killed = job.killAtEmit(1).run(); // accepted, but the checkpoint does not say so
        assertEquals(Outcome.KILLED, killed.outcome());
        assertEquals(Set.of("date_ms"), killed.checkpoint().keySet());

        assertEquals(Outcome.COMPLETED, job.run().outcome());

        assertEquals(2, server.mails().size());
        assertEquals(server.mails().get(0), server.mails().get(1));
    }

    @Test
    void theDateIsThatOfTheFirstRun() {
        HarnessRun run = mail.job().from(Map.of("date_ms", 1_000_000_000_000L)).run();

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertTrue(
                server.mails().get(0).contains("Date: Sun, 9 Sep 2001 01:46:40"),
                server.mails().get(0));
    }

    @Test
    void aPauseDuringTheWaitKeepsTheNumberOfAttempts() {
        server.answers("RCPT", "450 4.2.1 a", "450 4.2.1 b");
        JobHarness job = mail.setting("attempts", 2).job();
        assertEquals(Outcome.PAUSED, job.pauseAtCheckpoint(2).run().outcome()); // the first attempt has failed

        HarnessRun run = job.run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertTrue(
                run.thrown().getMessage().endsWith("450 4.2.1 b It was tried 2 times."),
                run.thrown().getMessage());
    }
}
