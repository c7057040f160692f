package dev.pawl.notification.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Told;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DeliversCallbacksTest {

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
    void theReceiverGetsTheJobWithItsIdAndASignatureOverTimeAndBody() throws Exception {
        UUID job = running.completed(receiver.url("/done?build=7"));
        running.look();

        Told told = receiver.told().get(0);
        assertEquals("/done?build=7", told.path());
        assertEquals("{\"id\":\"" + job + "\",\"status\":\"completed\"}", told.body());
        assertEquals(job + ".completed", told.delivery());
        assertEquals("completed", told.headers().get("x-pawl-event"));
        assertEquals("application/json; charset=utf-8", told.headers().get("content-type"));
        assertEquals(RunningOutbox.TRACE.toString(), told.headers().get("traceparent"));
        String time = told.headers().get("x-pawl-timestamp");
        assertEquals(running.clock.instant().getEpochSecond(), Long.parseLong(time));
        assertEquals("sha256=" + hmac(time + "." + told.body()), told.headers().get("x-pawl-signature"));
        Delivery delivery = running.delivery(job);
        assertEquals(DeliveryState.DELIVERED, delivery.state());
        assertEquals(204, delivery.tries().get(0).status());
        running.lookAfter(Duration.ofDays(30));
        assertEquals(1, receiver.told().size());
    }

    /** HMAC-SHA256 as RFC 2104 defines it, by the hash alone. */
    private static String hmac(String text) throws Exception {
        byte[] inner = new byte[64];
        byte[] outer = new byte[64];
        for (int i = 0; i < 64; i++) {
            byte key = i < RunningOutbox.KEY.length ? RunningOutbox.KEY[i] : 0;
            inner[i] = (byte) (key ^ 0x36);
            outer[i] = (byte) (key ^ 0x5c);
        }
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(inner);
        byte[] hash = sha.digest(text.getBytes(StandardCharsets.UTF_8));
        sha.update(outer);
        return HexFormat.of().formatHex(sha.digest(hash));
    }

    @Test
    void aReceiverThatWasDownIsToldWhenItIsUpWithTheSameId() throws IOException {
        int port = receiver.port();
        receiver.close();
        UUID job = running.completed("http://127.0.0.1:" + port + "/");
        running.look();
        assertEquals(DeliveryState.WAITING, running.delivery(job).state());
        assertTrue(running.error(job).contains("cannot be reached"), running.error(job));
        running.restart();
        receiver = CallbackReceiver.at(port);
        running.look();
        assertEquals(List.of(), receiver.told(), "before its time");
        running.lookAfter(Duration.ofSeconds(5));
        assertEquals(Set.of(job + ".completed"), receiver.deliveries());
        assertEquals(DeliveryState.DELIVERED, running.delivery(job).state());
        assertEquals(2, running.delivery(job).tries().size());
    }

    @Test
    void aDeliveryIsTriedForADayAndThenGivenUp() {
        receiver.answering(500);
        UUID job = running.completed(receiver.url("/"));
        Instant first = running.clock.instant();
        running.look();
        while (running.delivery(job).state() == DeliveryState.WAITING) {
            running.clock.set(running.delivery(job).nextAt());
            running.look();
        }
        assertEquals(DeliveryState.FAILED, running.delivery(job).state());
        assertEquals(Pauses.MOST_TRIES, receiver.told().size());
        assertEquals(Set.of(job + ".completed"), receiver.deliveries());
        Duration all = Duration.between(first, running.clock.instant());
        assertTrue(all.compareTo(Duration.ofHours(23)) > 0 && all.compareTo(Duration.ofHours(25)) < 0, all.toString());
        assertEquals(
                Pauses.MOST_TRIES,
                receiver.told().stream()
                        .map(told -> told.headers().get("x-pawl-signature"))
                        .distinct()
                        .count(),
                "each try is signed with its time");
    }

    @Test
    void aDeliveryThatWasGivenUpIsToldAgainWhenSomebodyAsks() {
        receiver.answering(410);
        UUID job = running.completed(receiver.url("/"));
        running.look();
        assertEquals(DeliveryState.FAILED, running.delivery(job).state());
        assertTrue(running.error(job).contains("it wants no more"), running.error(job));
        running.lookAfter(Duration.ofDays(2));
        assertEquals(1, receiver.told().size());
        receiver.answering(200);
        RunningOutbox.await(running.store.retry(job, CallbackEvent.COMPLETED, running.clock.instant(), null));
        running.look();
        assertEquals(DeliveryState.DELIVERED, running.delivery(job).state());
        assertEquals(1, receiver.deliveries().size());
    }

    @Test
    void aServerThatStopsInTheMiddleTellsAgainWithTheSameId() throws IOException {
        running.timeout = Duration.ofSeconds(30);
        running.restart();
        try (HostileReceiver hostile = HostileReceiver.that(HostileReceiver.HANG)) {
            UUID job = running.completed(hostile.url());
            running.outbox.look(running.clock.instant());
            Eventually.eventually("the request is there", () -> hostile.connections.get() == 1);
            long began = System.nanoTime();
            running.timeout = Duration.ofSeconds(1);
            running.restart();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took.toString());
            assertEquals(List.of(), running.delivery(job).tries());
            running.look();
            assertEquals(2, hostile.connections.get());
        }
    }

    @Test
    void aThousandDeliveriesToADeadHostDoNotDelayAGoodOne() throws IOException {
        try (HostileReceiver dead = HostileReceiver.that(HostileReceiver.HANG)) {
            for (int n = 0; n < 1_000; n++) {
                running.completed(dead.url());
            }
            running.outbox.look(running.clock.instant());
            Eventually.eventually("the dead host is called", () -> dead.connections.get() > 0);
            UUID good = running.completed(receiver.url("/"));
            long began = System.nanoTime();
            running.outbox.look(running.clock.instant());
            Eventually.eventually(
                    "the good one is told", () -> running.delivery(good).state() == DeliveryState.DELIVERED);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Eventually.PATIENCE) < 0, took.toString());
            assertTrue(dead.connections.get() <= UnderWay.MOST_OF_HOST, dead.connections.get() + " connections");
        }
    }

    @Test
    void manyHangingHostsLeaveRoomForGoodOnes() throws IOException {
        List<HostileReceiver> dead = new ArrayList<>();
        try {
            for (int n = 0; n < 20; n++) {
                dead.add(HostileReceiver.that(HostileReceiver.HANG));
                for (int twice = 0; twice < 4; twice++) {
                    running.completed(dead.get(n).url());
                }
            }
            for (int round = 0; round < 4; round++) { // until all are known to hang
                running.outbox.look(running.clock.instant());
                Eventually.eventually("the first ones are over", () -> running.outbox.underWay() == 0);
            }
            running.clock.advance(Duration.ofMinutes(1));
            running.outbox.look(running.clock.instant());
            assertEquals(UnderWay.MOST_TO_FAILING_HOSTS, running.outbox.underWay());
            UUID good = running.completed(receiver.url("/"));
            running.outbox.look(running.clock.instant());
            Eventually.eventually(
                    "the good one is told",
                    Duration.ofMillis(900),
                    () -> running.delivery(good).state() == DeliveryState.DELIVERED);
        } finally {
            for (HostileReceiver host : dead) {
                host.close();
            }
        }
    }

    @Test
    void aStoreThatTakesNothingForAWhileDoesNotHaveTheReceiverToldTwice() {
        running.close();
        FullStore full = new FullStore(2);
        running.disturbed = full::over;
        running.open();
        UUID job = running.completed(receiver.url("/"));
        running.look();
        assertEquals(1, receiver.told().size());
        assertEquals(3, full.offers());
        assertEquals(DeliveryState.DELIVERED, running.delivery(job).state());
    }

    @Test
    void aClockThatWasSetBackHoldsNothingUp() {
        receiver.answering(500);
        UUID job = running.completed(receiver.url("/"));
        running.look();
        running.lookAfter(Duration.ofSeconds(5));
        receiver.answering(200);
        running.lookAfter(Duration.ofDays(-7));
        assertEquals(DeliveryState.DELIVERED, running.delivery(job).state());
    }

    @Test
    void aClockThatWasSetForwardBringsOneTryAndNoStorm() {
        receiver.answering(500);
        UUID job = running.completed(receiver.url("/"));
        running.look();
        running.lookAfter(Duration.ofDays(365));
        assertEquals(2, receiver.told().size());
        assertEquals(DeliveryState.WAITING, running.delivery(job).state());
        assertNotEquals(null, running.delivery(job).nextAt());
    }

    @Test
    void aJobThatIsRemovedMeanwhileIsToldNobody() {
        UUID job = running.completed(receiver.url("/"));
        RunningOutbox.await(running.jobs.remove(job));
        running.look();
        assertEquals(List.of(), receiver.told());
    }

    @Test
    void theNextTimeIsThatOfTheNextTry() throws IOException {
        receiver.answering(500);
        UUID job = running.completed(receiver.url("/"));
        running.look();
        assertEquals(
                running.delivery(job).nextAt(),
                running.outbox.look(running.clock.instant()).orElseThrow());
        assertNull(running.delivery(job).tries().get(0).answer());
        int free = freePort();
        running.completed("http://127.0.0.1:" + free + "/");
        running.look();
        assertEquals(2, running.store.waiting(10));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
