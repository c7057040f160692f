package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.start.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenAddress address = new ListenAddress("127.0.0.1", other.getLocalPort());

            StartException refused = assertThrows(StartException.class, address::check);

            assertTrue(
                    refused.sentence().startsWith("Port " + other.getLocalPort() + " on 127.0.0.1 is not available"),
                    refused.sentence());
        }
    }

    @Test
    void anyFreePortCanAlwaysBeHad() throws Exception {
        new ListenAddress("127.0.0.1", 0).check();
    }

    @Test
    void anAddressOfAnotherMachineIsNamedAndNotItsPort() {
        StartException refused = assertThrows(StartException.class, new ListenAddress("192.0.2.1", 0)::check);

        assertTrue(
                refused.sentence()
                        .startsWith("PAWL_API_HOST is \"192.0.2.1\", which is not an address of this machine. Choose"),
                refused.sentence());
    }

    @Test
    void everyAddressOfThisMachineCanBeHad() throws Exception {
        for (String host : new String[] {"0.0.0.0", "::", "127.0.0.2"}) {
            new ListenAddress(host, 0).check();
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        StartException refused =
                assertThrows(StartException.class, new ListenAddress("no-such-host.invalid", 0)::check);

        assertTrue(refused.sentence().startsWith("PAWL_API_HOST is \"no-such-host.invalid\""));
    }
}
