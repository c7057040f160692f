package dev.pawl.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HostRulesTest {

    private static InetAddress[] addresses(String... texts) {
        return Stream.of(texts)
                .map(text -> {
                    try {
                        return InetAddress.getByName(text);
                    } catch (UnknownHostException e) {
                        throw new IllegalArgumentException(e);
                    }
                })
                .toArray(InetAddress[]::new);
    }

    private static HostRules rules(List<String> allowed, List<String> privateOnes) {
        return new HostRules(HostPatterns.of(allowed), HostPatterns.of(privateOnes));
    }

    @Test
    void aPatternHoldsForItsNamesAlone() {
        HostPatterns patterns = HostPatterns.of(List.of(
                "Example.com", "*.example.org", "web.test:8443", "10.1.0.0/16", "[2001:4860::1]", "1.2.3.4:80"));
        for (String in : List.of(
                "example.com", "EXAMPLE.COM.", "a.example.org", "a.b.example.org", "10.1.2.3", "[2001:4860::1]")) {
            assertTrue(patterns.match(in, 443), in);
        }
        for (String out : List.of(
                "notexample.com",
                "example.com.evil.test",
                "a.example.com",
                "example.org",
                "evilexample.org",
                "10.2.0.1",
                "web.test")) {
            assertFalse(patterns.match(out, 443), out);
        }
        assertTrue(patterns.match("web.test", 8443));
        assertTrue(patterns.match("1.2.3.4", 80));
        assertFalse(patterns.match("1.2.3.4", 81));
        assertTrue(HostPatterns.of(List.of("*")).match("anything.test", 1));
        assertTrue(HostPatterns.of(List.of("*", "*.a.test")).withoutWildcards().isEmpty());
    }

    @Test
    void whatIsNoPatternIsRefusedByName() {
        for (String bad : List.of(
                "",
                "http://example.com",
                "example.com/path",
                "*example.com",
                "a.*.com",
                "10.0.0.0/33",
                "a:99999",
                "a b")) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> HostPatterns.of(List.of(bad)), bad);
            assertTrue(
                    refused.getMessage().startsWith("\"" + bad + "\" is no host; it takes names such as"),
                    refused.getMessage());
        }
    }

    @Test
    void onlyThePermittedAddressesOfANameAreCalled() throws Exception {
        HostRules strict = rules(List.of("*"), List.of());
        assertArrayEquals(
                addresses("93.184.216.34", "2606:2800:220:1::1"),
                strict.permitted(
                        "mixed.test",
                        80,
                        addresses("127.0.0.1", "93.184.216.34", "::1", "2606:2800:220:1::1", "10.0.0.1")));
        RefusedCallException refused = assertThrows(
                RefusedCallException.class,
                () -> strict.permitted("rebound.test", 80, addresses("169.254.169.254", "fd00::1")));
        assertEquals(
                "The host rebound.test leads to 169.254.169.254, fd00:0:0:0:0:0:0:1, which is no address of the public Internet.",
                refused.getMessage());
    }

    @Test
    void aPrivateAddressIsPermittedByNameOrByNetworkAndPort() throws Exception {
        InetAddress[] inside = addresses("10.0.0.7");
        assertEquals(1, rules(List.of("*"), List.of("10.0.0.0/8")).permitted("a.test", 80, inside).length);
        assertEquals(1, rules(List.of("*"), List.of("a.test")).permitted("a.test", 80, inside).length);
        assertEquals(1, rules(List.of("*"), List.of("a.test:80")).permitted("a.test", 80, inside).length);
        for (String other : List.of("a.test:81", "b.test", "192.168.0.0/16", "10.0.0.8")) {
            assertThrows(
                    RefusedCallException.class,
                    () -> rules(List.of("*"), List.of(other)).permitted("a.test", 80, inside),
                    other);
        }
    }

    @Test
    void aUrlIsJudgedByItsTextAlone() {
        HostRules rules = rules(List.of("*"), List.of());
        assertDoesNotThrow(() -> rules.check(URI.create("https://nobody-looks-this-up.invalid/")));
        assertThrows(RefusedCallException.class, () -> rules.check(URI.create("https://127.0.0.1/")));
        RefusedCallException refused = assertThrows(
                RefusedCallException.class, () -> rules.check(URI.create("https://ann:pass-word@example.com/")));
        assertFalse(refused.getMessage().contains("pass-word"), refused.getMessage());
    }

    @Test
    void referencesAreResolvedAsBrowsersResolveThem() throws Exception {
        URI base = URI.create("http://h/a/b?c=d");
        assertEquals("http://h/a/b?x=1", References.resolve(base, "?x=1").toString());
        assertEquals("http://h/a/x", References.resolve(base, " x#part ").toString());
        assertEquals("http://h/x", References.resolve(base, "/x").toString());
        assertEquals("http://other/", References.resolve(base, "//other").toString());
        assertEquals(
                "http://h/x", References.resolve(URI.create("http://h"), "x").toString());
        assertEquals(
                "http://h/?x", References.resolve(URI.create("http://h"), "?x").toString());
        assertThrows(RefusedCallException.class, () -> References.resolve(base, "http://a b/"));
    }
}
