package dev.pawl.notification.delivery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackRulesTest {

    private static final CallbackRules DEFAULT = CallbackRules.of("*");

    private static Callback to(String url) {
        return new Callback(url, CallbackEvent.ENDS, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci.example.com/done?a=b",
                "http://ci.example.com",
                "https://ci.example.com:8443/",
                "https://ci.example.com./",
                "http://93.184.216.34/",
                "http://[2606:2800:220:1::1]:8080/"
            })
    void publicAddressesAreCalled(String url) {
        assertDoesNotThrow(() -> DEFAULT.check(to(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://localhost:8080/",
                "http://app.LocalHost./",
                "http://127.0.0.1./",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "http://172.31.0.1/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.64.0.1/",
                "http://224.0.0.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://[ff02::1]/",
                "http://ci.example.com:22/",
                "https://ci.example.com:25/",
                "https://93.184.216.34:53/"
            })
    void otherAddressesAndPortsAreRefusedHoweverTheyAreSpelt(String url) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> DEFAULT.check(to(url)));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("callback_url"), refused.getMessage());
    }

    @Test
    void aRefusalSaysWhoAllowsIt() {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> DEFAULT.check(to("http://169.254.169.254/")));
        assertEquals(ProblemCode.INVALID_JOB, refused.code());
        assertEquals(
                "callback_url: The host 169.254.169.254 leads to 169.254.169.254, which is no address of the public"
                        + " Internet. An operator of the server allows it by PAWL_CALLBACK_HOSTS.",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.com/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "//example.com/",
                "/done",
                "https://",
                "https://user:pass@example.com/",
                "https://example.com@127.0.0.1/",
                "https://exa mple.com/",
                "https://bücher.example/",
                "https://example.com:0/",
                "https://example.com:99999/",
                "https://example.com/#done",
                "https://[::1%25eth0]/",
                "https://example.com\r\nX-A: b/"
            })
    void whatIsNoAddressIsNoCallback(String url) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> DEFAULT.check(to(url)));
        assertTrue(String.valueOf(refused.getMessage()).contains("callback_url"), refused.getMessage());
    }

    @Test
    void nothingOfAPasswordIsRepeated() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> to("https://ann:s3cret@example.com/"));
        assertTrue(!String.valueOf(refused.getMessage()).contains("s3cret"), refused.getMessage());
    }

    @Test
    void theListOpensWhatItNamesAndNoMore() {
        CallbackRules rules = CallbackRules.of("*, 10.0.0.0/8, localhost:9000, ci.internal:22");
        assertDoesNotThrow(() -> rules.check(to("http://10.200.0.1:8080/")));
        assertDoesNotThrow(() -> rules.check(to("http://localhost:9000/")));
        assertDoesNotThrow(() -> rules.check(to("http://ci.internal:22/")));
        assertThrows(ProblemException.class, () -> rules.check(to("http://192.168.0.1/")));
        assertThrows(ProblemException.class, () -> rules.check(to("http://127.0.0.1:9001/")));
    }

    @Test
    void withoutTheStarOnlyWhatIsNamedIsCalled() {
        CallbackRules rules = CallbackRules.of("*.example.com");
        assertDoesNotThrow(() -> rules.check(to("https://ci.example.com/")));
        assertThrows(ProblemException.class, () -> rules.check(to("https://example.org/")));
        assertThrows(ProblemException.class, () -> CallbackRules.of("off").check(to("https://ci.example.com/")));
    }

    @Test
    void eventsAndSecretsAreCheckedByTheirForm() {
        assertThrows(IllegalArgumentException.class, () -> new Callback("https://a.example/", Set.of(), null));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Callback("https://a.example/", CallbackEvent.ENDS, "not a name"));
        assertEquals("a.example:443", to("https://A.Example./x").host());
        assertEquals("a.example:80", to("http://a.example").host());
    }
}
