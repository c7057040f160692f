package dev.pawl.notification.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The answers of receivers, and the addresses to which their names lead. */
final class JudgesReceiversTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningOutbox running = new RunningOutbox(() -> folder);

    private CallbackReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = CallbackReceiver.at(0);
    }

    @AfterEach
    void stopListening() {
        receiver.close();
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.answering(told -> new Reply(302, Map.of("Location", receiver.url("/secret")), ""));
        UUID job = running.completed(receiver.url("/"));
        running.look();
        assertEquals(1, receiver.told().size());
        assertTrue(running.error(job).contains("answers 302, a redirect, which is not followed"), running.error(job));
    }

    @Test
    void aReceiverMayAskForMoreTimeWithinBounds() {
        UUID soon = retryAfter("1");
        assertEquals(Duration.ofSeconds(5), pause(soon));
        UUID later = retryAfter("120");
        assertEquals(Duration.ofMinutes(2), pause(later));
        UUID never = retryAfter("999999999");
        assertEquals(Duration.ofDays(1), pause(never));
        UUID date = retryAfter("Mon, 01 Jun 2026 12:10:00 GMT");
        assertEquals(Duration.ofMinutes(10), pause(date));
        for (String none : List.of("soon", "-5", "Fri, 01 May 2020 12:00:00 GMT", "99999999999999999999")) {
            assertEquals(Duration.ofSeconds(5), pause(retryAfter(none)), none);
        }
    }

    private UUID retryAfter(String value) {
        receiver.answering(told -> new Reply(503, Map.of("Retry-After", value), "busy"));
        UUID job = running.completed(receiver.url("/"));
        running.look();
        return job;
    }

    private Duration pause(UUID job) {
        return Duration.between(running.clock.instant(), running.delivery(job).nextAt());
    }

    @Test
    void aReceiverThatHangsOrTricklesEndsWithItsTime() throws IOException {
        for (HostileReceiver.Behaviour behaviour : List.of(HostileReceiver.HANG, HostileReceiver.TRICKLE)) {
            try (HostileReceiver hostile = HostileReceiver.that(behaviour)) {
                UUID job = running.completed(hostile.url());
                long began = System.nanoTime();
                running.look();
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
                assertTrue(running.error(job).contains("did not answer in full within 1000 ms"), running.error(job));
            }
        }
    }

    @Test
    void aReceiverThatAnswersWithAGigabyteIsHeardToItsStatus() throws IOException {
        try (HostileReceiver content = HostileReceiver.that(HostileReceiver.flood(200));
                HostileReceiver angry = HostileReceiver.that(HostileReceiver.flood(500))) {
            UUID delivered = running.completed(content.url());
            UUID failed = running.completed(angry.url());
            running.look();
            assertEquals(DeliveryState.DELIVERED, running.delivery(delivered).state());
            DeliveryTry made = running.delivery(failed).tries().get(0);
            assertEquals(500, made.status());
            assertEquals(
                    DeliveryTry.MOST_OF_ANSWER, String.valueOf(made.answer()).length(), made.answer());
            assertTrue(String.valueOf(made.answer()).startsWith("flood flood"), made.answer());
        }
    }

    @Test
    void whatTheReceiverSaysIsKeptWithoutControlCharacters() {
        receiver.answering(told -> new Reply(400, Map.of(), "no\u001b[31m such\nbuild\u202e"));
        UUID job = running.completed(receiver.url("/"));
        running.look();
        assertEquals("no [31m such build", running.delivery(job).tries().get(0).answer());
    }

    @Test
    void aNameThatLeadsToLoopbackIsRefusedThoughItLedElsewhereBefore() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}); // of no host
        running.close();
        running.hosts = "*";
        running.lookup = host -> new InetAddress[] {lookups.getAndIncrement() == 0 ? elsewhere : here};
        running.open();
        UUID job = running.completed("http://rebind.example:" + receiver.port() + "/");
        running.look();
        assertEquals(1, lookups.get(), "lookups of one try");
        running.lookAfter(Duration.ofSeconds(5));
        assertEquals(2, lookups.get(), "lookups of two tries");
        assertTrue(
                running.error(job).contains("leads to 127.0.0.1, which is no address of the public Internet"),
                running.error(job));
        assertTrue(running.error(job).contains("PAWL_CALLBACK_HOSTS"), running.error(job));
        assertEquals(List.of(), receiver.told());
    }

    @Test
    void aHostThatTheListNamesIsReachedByWhateverItsNameLeadsTo() throws Exception {
        running.close();
        running.hosts = "inside.example";
        running.lookup = host -> InetAddress.getAllByName("127.0.0.1");
        running.open();
        UUID job = running.completed("http://inside.example:" + receiver.port() + "/");
        UUID other = running.completed("http://other.example:" + receiver.port() + "/");
        running.look();
        assertEquals(DeliveryState.DELIVERED, running.delivery(job).state());
        assertEquals(
                "inside.example:" + receiver.port(),
                receiver.told().get(0).headers().get("host"));
        assertTrue(running.error(other).contains("is not an allowed host"), running.error(other));
    }
}
