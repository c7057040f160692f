package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OidcSettingsTest {

    private static final String ISSUER = "https://id.example.org/realms/main";

    private static OidcSettings settings(Map<String, String> more) {
        Map<String, String> properties =
                new HashMap<>(Map.of("pawl.oidc.issuer", ISSUER, "pawl.oidc.audience", " pawl , pawl-cli"));
        properties.putAll(more);
        return OidcSettings.read(properties::get).orElseThrow();
    }

    private static void assertRefused(String property, String value, String because) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> settings(Map.of(property, value)));
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused::getMessage);
    }

    @Test
    void withoutAnIssuerItIsOff() {
        assertTrue(OidcSettings.read(name -> null).isEmpty());
        assertTrue(OidcSettings.read(name -> " ").isEmpty());
    }

    @Test
    void theMetadataIsBelowTheIssuersAddress() {
        assertEquals(
                ISSUER + "/.well-known/openid-configuration",
                settings(Map.of()).metadata().toString());
        assertEquals(
                "https://id.example.org/.well-known/openid-configuration",
                settings(Map.of("pawl.oidc.issuer", "https://id.example.org/"))
                        .metadata()
                        .toString());
    }

    @Test
    void audiencesAndRolesAreLists() {
        OidcSettings settings = settings(Map.of("pawl.oidc.roles", "cn=ops=operator, boss = ADMIN"));
        assertEquals(List.of("pawl", "pawl-cli"), settings.audiences());
        assertEquals(Map.of("cn=ops", Role.OPERATOR, "boss", Role.ADMIN), settings.roles());
    }

    @Test
    void anIssuerIsReachedOverTlsOrOnThisMachine() {
        assertEquals(
                "http",
                settings(Map.of("pawl.oidc.issuer", "http://127.0.0.1:9000"))
                        .issuer()
                        .getScheme());
        for (String wrong :
                List.of("http://id.example.org", "id.example.org", "https:///x", "https://u:p@x.example", "::")) {
            assertRefused("pawl.oidc.issuer", wrong, "\"" + wrong + "\"; it takes an https URL");
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        assertRefused("pawl.oidc.audience", " ", "PAWL_OIDC_AUDIENCE");
        assertRefused("pawl.oidc.roles", "ops=root", "\"ops=root\"; it takes pairs");
        assertRefused("pawl.oidc.roles", "admin", "the value of the claim is missing");
        assertRefused("pawl.oidc.roles", "x=anyone", "\"x=anyone\"");
    }

    @Test
    void onlySignedCompactTokensAreRecognised() {
        assertTrue(CompactToken.isOne("eyJh-_.eyJz.c2ln"));
        for (String other : List.of(
                "", "a.b", "a.b.", "a.b.c.d", "a b.c.d", "a.b.c\n", "x.y." + "z".repeat(CompactToken.LONGEST))) {
            assertFalse(CompactToken.isOne(other), other);
        }
    }
}
