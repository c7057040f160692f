package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    @Test
    void withoutSettingsTheServerIsOnLoopbackAndTakesTokens() {
        Settings settings = Settings.read(name -> null);
        assertEquals("127.0.0.1", settings.host());
        assertFalse(settings.open());
        assertEquals(Set.of(), settings.origins());
        assertTrue(settings.data().endsWith(".pawl"));
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertEquals(0, read("pawl.api.port", "0").port());
        for (String port : Set.of("-1", "65536", "http")) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> read("pawl.api.port", port));
            assertTrue(refused.getMessage().contains("pawl.api.port is \"" + port), refused.getMessage());
        }
    }

    @Test
    void originsAreSeparatedByCommas() {
        assertEquals(
                Set.of("https://a.example.org", "http://localhost:3000"),
                read("pawl.cors.origins", " https://A.example.org ,, http://localhost:3000")
                        .origins());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a.example.org", "https://a/", "https://a/x", "ftp://a", "https://", "https://a b"})
    void whatIsNoOriginIsRefused(String origin) {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> read("pawl.cors.origins", origin));
        assertTrue(refused.getMessage().contains("pawl.cors.origins holds"), refused.getMessage());
    }

    @Test
    void theServerIsNeverOpenToOtherMachines() {
        assertTrue(read("pawl.auth", "off").open());
        Map<String, String> open = Map.of("pawl.auth", "off", "pawl.api.host", "192.168.1.5");
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Settings.read(open::get));
        assertTrue(refused.getMessage().contains("Set PAWL_AUTH=token"), refused.getMessage());
        assertThrows(IllegalStateException.class, () -> read("pawl.auth", "no"));
    }

    @Test
    void whatIsDeclaredSecretIsMaskedWhateverItsName() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "pawl.settings", "pawl.tls.key,pawl.tls.password,pawl.proxy.url,pawl.proxy.ca,pawl.gone",
                "pawl.settings.secret", "pawl.tls.password,pawl.proxy.url,pawl.gone",
                "pawl.tls.key", "/etc/pawl/tls.key",
                "pawl.tls.password", "hidden",
                "pawl.proxy.url", "",
                "pawl.other", "not listed"));
        assertEquals(
                Map.of("tls_key", "/etc/pawl/tls.key", "tls_password", "********", "proxy_url", ""),
                Settings.read(properties::get).effective());
    }

    private static Settings read(String name, String value) {
        return Settings.read(Map.of(name, value)::get);
    }
}
