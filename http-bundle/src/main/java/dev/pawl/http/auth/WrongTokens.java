package dev.pawl.http.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pace of wrong tokens from each address; from IPv6, of each network of 64 bits, which is what one customer gets. Beyond a burst the answers
 * come late. It never applies to a token that is in force, and is forgotten after some seconds without a wrong one. The memory is constant:
 * addresses share places, so that a slow answer may be another one's fault. Safe for use by several threads.
 */
final class WrongTokens {

    /** The wrong tokens in a row that are answered at once. */
    static final int BURST = 10;

    /** How late the answers beyond are. */
    static final Duration DELAY = Duration.ofSeconds(1);

    private static final int PLACES = 4_096;

    /** The time in which one of the burst is forgiven. */
    private static final long FORGIVEN_NS = Duration.ofSeconds(1).toNanos();

    private static final long BURST_NS = BURST * FORGIVEN_NS;

    /** The shortest time between two lines in the log, whatever the number of addresses. */
    private static final long LINE_NS = Duration.ofSeconds(1).toNanos();

    private static final int NETWORK_BYTES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(WrongTokens.class);

    private final LongSupplier nanoTime;
    private final int seed = ThreadLocalRandom.current().nextInt();

    /** When each place will have been forgiven everything, by the clock. */
    private final long[] forgivenAt = new long[PLACES];

    private final boolean[] logged = new boolean[PLACES];
    private long lineAt;

    WrongTokens() {
        this(System::nanoTime);
    }

    /** Creates an instance with a clock that a test controls. */
    WrongTokens(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        Arrays.fill(forgivenAt, now);
        lineAt = now - LINE_NS;
    }

    /** Counts a wrong token from an address; returns how late it should be answered. */
    synchronized Duration count(SocketAddress from) {
        int place = place(from);
        long now = nanoTime.getAsLong();
        long owed = forgivenAt[place] - now;
        if (owed <= 0) {
            owed = 0;
            logged[place] = false;
        }
        boolean late = owed + FORGIVEN_NS > BURST_NS;
        forgivenAt[place] = now + Math.min(owed + FORGIVEN_NS, BURST_NS); // no more: it must soon be forgiven
        if (late) {
            log(place, from, now);
        }
        return late ? DELAY : Duration.ZERO;
    }

    /** Whether answers to wrong tokens from an address are late at present. */
    synchronized boolean isSlowed(SocketAddress from) {
        return forgivenAt[place(from)] - nanoTime.getAsLong() + FORGIVEN_NS > BURST_NS;
    }

    private void log(int place, SocketAddress from, long now) {
        if (!logged[place] && now - lineAt >= LINE_NS) {
            logged[place] = true;
            lineAt = now;
            LOG.warn(
                    "More than {} wrong tokens in a row came from {}; until they stop they are answered {} s late",
                    BURST,
                    address(from),
                    DELAY.toSeconds());
        }
    }

    private int place(SocketAddress from) {
        int hash = seed;
        if (from instanceof InetSocketAddress socket && socket.getAddress() != null) {
            InetAddress address = socket.getAddress();
            byte[] bytes = address.getAddress();
            int length = address instanceof Inet6Address ? NETWORK_BYTES : bytes.length;
            for (int i = 0; i < length; i++) {
                hash = 31 * hash + bytes[i];
            }
        } else {
            hash += address(from).hashCode();
        }
        hash *= 0x9E3779B9; // spreads neighbours
        return (hash >>> 16) % PLACES;
    }

    private static String address(SocketAddress from) {
        return from instanceof InetSocketAddress socket ? socket.getHostString() : from.toString();
    }
}
