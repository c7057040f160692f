package dev.pawl.notification.callback;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The memory for the bodies of requests that are under way: bodies are made one after the other, each when those before it leave room, since
 * jobs may have megabytes of inputs. Safe for many threads.
 */
final class BodyRoom {

    /** The room, in KiB; a body that is larger has all of it. */
    static final int MOST_KIB = 8 * 1024;

    private static final int KIB = 1_024;
    private static final long LOOK_EVERY_MS = 100;

    private final Semaphore making = new Semaphore(1, true);
    private final Semaphore room = new Semaphore(MOST_KIB, true);

    /** A body and its room, until it is closed. */
    final class Held implements AutoCloseable {

        private final byte[] body;
        private final int kib;

        private Held(byte[] body, int kib) {
            this.body = body;
            this.kib = kib;
        }

        /** The bytes, which are not to be changed. */
        byte[] body() {
            return body;
        }

        @Override
        public void close() {
            room.release(kib);
        }
    }

    /**
     * Makes a body when there is room.
     *
     * @param maker gives the body, or nothing
     * @param unwanted asked every 100 ms while there is no room
     * @return empty when there is no body, or it is not wanted any more
     */
    Optional<Held> make(Supplier<Optional<byte[]>> maker, BooleanSupplier unwanted) {
        if (!isAcquired(making, 1, unwanted)) {
            return Optional.empty();
        }
        try {
            byte[] body = maker.get().orElse(null);
            if (body == null) {
                return Optional.empty();
            }
            int kib = Math.min(MOST_KIB, body.length / KIB + 1);
            return isAcquired(room, kib, unwanted) ? Optional.of(new Held(body, kib)) : Optional.empty();
        } finally {
            making.release();
        }
    }

    private static boolean isAcquired(Semaphore permits, int number, BooleanSupplier unwanted) {
        try {
            while (!permits.tryAcquire(number, LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (unwanted.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
