package dev.pawl.http.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostCheckTest {

    private final HostCheck loopback = new HostCheck("127.0.0.1", Set.of("https://pawl.example.org"), Set::of);
    private final HostCheck everywhere = new HostCheck("0.0.0.0", Set.of(), Set::of);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8420",
                "LocalHost:8420",
                "127.0.0.1:8420",
                "127.9.9.9:8420",
                "[::1]:8420",
                "pawl.example.org"
            })
    void onLoopbackItsNamesWithItsPortPass(String header) {
        assertDoesNotThrow(() -> loopback.check(header, 8420));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":8420",
                "localhost",
                "localhost:1",
                "evil.org:8420",
                "localhost.evil.org:8420",
                "10.0.0.1:8420",
                "[::2]:8420",
                "pawl.example.org:1"
            })
    void onLoopbackEverythingElseIsRefused(String header) {
        ProblemException refused = assertThrows(ProblemException.class, () -> loopback.check(header, 8420));
        assertEquals(ProblemCode.FOREIGN_ORIGIN, refused.code());
    }

    @Test
    void aRequestWithoutAHostIsRefused() {
        assertThrows(ProblemException.class, () -> loopback.check(null, 8420));
    }

    @Test
    void thePortOfHttpNeedNotBeSaid() {
        assertDoesNotThrow(() -> loopback.check("localhost", 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.5:8420", "10.0.0.1:9000", "[fe80::1]:8420", "localhost:9000"})
    void boundToMoreAddressesPassButNoNames(String header) {
        assertDoesNotThrow(() -> everywhere.check(header, 8420));
        assertThrows(ProblemException.class, () -> everywhere.check("evil.org:8420", 8420));
    }

    @Test
    void theHostItIsBoundToPasses() {
        assertDoesNotThrow(() -> new HostCheck("Node.lan", Set.of(), Set::of).check("node.LAN:8420", 8420));
        assertDoesNotThrow(() -> new HostCheck("fe80::1", Set.of(), Set::of).check("[fe80::1]:8420", 8420));
    }

    @Test
    void theNamesOfTheCertificatePassWithAnyPort() {
        var certified = new HostCheck("127.0.0.1", Set.of(), () -> Set.of("pawl.example.org", "*.lab.example.org"));
        assertDoesNotThrow(() -> certified.check("Pawl.example.org", 8420));
        assertDoesNotThrow(() -> certified.check("pawl.example.org:443", 8420));
        assertDoesNotThrow(() -> certified.check("node7.lab.example.org:8420", 8420));
        for (String foreign : Set.of("example.org", "a.b.lab.example.org:8420", "lab.example.org", "evil.org")) {
            assertThrows(ProblemException.class, () -> certified.check(foreign, 8420), foreign);
        }
    }

    @Test
    void aHostWithoutAPortMeansThePortOfItsProtocol() {
        assertDoesNotThrow(() -> loopback.check("localhost", 443));
        assertDoesNotThrow(() -> loopback.check("localhost", 80));
    }
}
