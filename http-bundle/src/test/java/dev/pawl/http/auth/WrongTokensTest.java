package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WrongTokensTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final WrongTokens wrong = new WrongTokens(nanoTime::get);

    @Test
    void onlyABurstIsAnsweredAtOnce() throws Exception {
        InetSocketAddress address = address("192.0.2.1");
        assertEquals(WrongTokens.BURST, atOnce(address, 100));
    }

    @Test
    void anAddressIsForgivenSoonHoweverManyItSent() throws Exception {
        InetSocketAddress address = address("192.0.2.1");
        atOnce(address, 100_000);
        nanoTime.addAndGet(Duration.ofSeconds(WrongTokens.BURST).toNanos());
        assertEquals(WrongTokens.BURST, atOnce(address, 100));
    }

    @Test
    void otherAddressesAreNotSlowed() throws Exception {
        atOnce(address("192.0.2.1"), 100);
        assertEquals(WrongTokens.BURST, atOnce(address("198.51.100.7"), 100));
    }

    @Test
    void aNetworkOf64BitsCountsAsOneAddress() throws Exception {
        int atOnce = 0;
        for (int i = 0; i < 1_000; i++) {
            atOnce += atOnce(address("2001:db8:1:2:" + Integer.toHexString(i) + "::1"), 1);
        }
        assertEquals(WrongTokens.BURST, atOnce);
        assertEquals(WrongTokens.BURST, atOnce(address("2001:db8:1:3::1"), 100));
    }

    @Test
    void anAddressThatIsNoIpAddressIsCountedToo() {
        assertEquals(WrongTokens.BURST, atOnce(InetSocketAddress.createUnresolved("somewhere", 1), 100));
    }

    @Test
    void manyAddressesTakeNoMoreMemoryThanFew() throws Exception {
        int late = 0;
        for (int i = 0; i < 200_000; i++) {
            late += 1 - atOnce(address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)), 1);
        }
        assertTrue(late > 0, "they share places");
    }

    private int atOnce(InetSocketAddress address, int times) {
        int atOnce = 0;
        for (int i = 0; i < times; i++) {
            atOnce += wrong.count(address).isZero() ? 1 : 0;
        }
        return atOnce;
    }

    private static InetSocketAddress address(String text) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(text), 40_000);
    }
}
