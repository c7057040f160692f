package dev.pawl.base.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.8.9.10", "::1", "[::1]"})
    void loopbackIsSpelledByNameAndAddress(String host) {
        assertTrue(Loopback.isSpelled(host));
        assertTrue(Loopback.isReached(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "[::]", "2001:db8::1"})
    void otherAddressesAreNot(String host) {
        assertFalse(Loopback.isSpelled(host));
        assertFalse(Loopback.isReached(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost.example.org", "127.0.0.1.example.org", "xlocalhost", "127.0.0.1:80", "127.1", ""})
    void aNameThatOnlyLooksLikeLoopbackIsNotSpelledSo(String host) {
        assertFalse(Loopback.isSpelled(host));
    }

    @Test
    void whatIsSpelledOtherwiseMayBeReachedAllTheSame() {
        assertTrue(Loopback.isReached("127.1"));
        assertTrue(Loopback.isReached("0:0:0:0:0:0:0:1"));
    }

    @Test
    void aHostThatNobodyKnowsIsNotReached() {
        assertFalse(Loopback.isReached("no such host.invalid"));
    }
}
