package dev.pawl.base.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkTest {

    @Test
    void aNetworkHoldsTheAddressesThatShareItsFirstBits() {
        assertTrue(holds("10.0.0.0/8", "10.255.0.1"));
        assertFalse(holds("10.0.0.0/8", "11.0.0.1"));
        assertTrue(holds("192.168.4.0/22", "192.168.7.255"));
        assertFalse(holds("192.168.4.0/22", "192.168.8.0"));
        assertTrue(holds("fd00::/7", "fdff::1"));
        assertFalse(holds("fd00::/8", "fc00::1"));
        assertTrue(holds("0.0.0.0/0", "8.8.8.8"));
        assertTrue(holds("8.8.8.8", "8.8.8.8"));
        assertFalse(holds("8.8.8.8", "8.8.8.9"));
    }

    @Test
    void addressesOfTheOtherFamilyAreInNoNetwork() {
        assertFalse(holds("0.0.0.0/0", "::1"));
        assertFalse(holds("::/0", "127.0.0.1"));
    }

    @Test
    void anAddressInBracketsIsOneToo() {
        assertEquals(address("::1"), address("[::1]"));
    }

    @Test
    void textsThatAreNoAddressAreNotLookedUp() {
        for (String text :
                List.of("localhost", "999.1.1.1", "1.2.3", "010.0.0.1", "1.2.3.4.5", "1::2::3", "", "[::1")) {
            assertTrue(Network.address(text).isEmpty(), text);
            assertTrue(Network.parse(text).isEmpty(), text);
        }
        for (String text : List.of("10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "::/129", "/8")) {
            assertTrue(Network.parse(text).isEmpty(), text);
        }
    }

    private static boolean holds(String network, String address) {
        return Network.of(network).contains(address(address));
    }

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow();
    }
}
