package dev.pawl.oidc;

import dev.pawl.base.net.SecureUrl;
import dev.pawl.service.access.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which tokens of an issuer are accepted.
 *
 * @param issuer the issuer's URL, exactly as its tokens name it
 * @param audiences the audiences, one of which a token must be for; empty when no tokens are accepted, and people sign in only
 * @param roleClaim the path of the claim that holds a caller's roles or groups, such as {@code realm_access.roles}
 * @param roles the role for each value of that claim
 */
record OidcSettings(URI issuer, List<String> audiences, List<String> roleClaim, Map<String, Role> roles) {

    private static final String ISSUER = "pawl.oidc.issuer";
    private static final String AUDIENCE = "pawl.oidc.audience";
    private static final String ROLE_CLAIM = "pawl.oidc.role.claim";
    private static final String ROLES = "pawl.oidc.roles";

    OidcSettings {
        audiences = List.copyOf(audiences);
        roleClaim = List.copyOf(roleClaim);
        roles = Map.copyOf(roles);
    }

    /**
     * Reads and checks the settings.
     *
     * @param properties looks up a property of the framework by name; null when it is not set
     * @return empty when no issuer is set
     * @throws IllegalArgumentException when a setting is missing or wrong
     */
    static Optional<OidcSettings> read(UnaryOperator<@Nullable String> properties) {
        String issuer = text(properties, ISSUER, "");
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        List<String> audiences = list(text(properties, AUDIENCE, ""));
        if (audiences.isEmpty()
                && text(properties, SignInSettings.CLIENT_ID, "").isEmpty()) {
            throw new IllegalArgumentException(AUDIENCE + " is not set; without it, tokens that the issuer gave out for"
                    + " other programs would be accepted. Set PAWL_OIDC_AUDIENCE.");
        }
        return Optional.of(new OidcSettings(
                url(issuer),
                audiences,
                List.of(text(properties, ROLE_CLAIM, "roles").split("\\.")),
                roles(text(properties, ROLES, "viewer=viewer,operator=operator,admin=admin"))));
    }

    /** The address of the issuer's metadata, as OpenID Connect Discovery 1.0 has it. */
    URI metadata() {
        return URI.create(issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
    }

    /**
     * Reads an address that can be trusted to be the issuer's: over TLS, or on this machine.
     *
     * @throws IllegalArgumentException when it is another one
     */
    static URI url(String text) {
        try {
            URI url = new URI(text);
            if (SecureUrl.isOne(url)) {
                return url;
            }
        } catch (URISyntaxException noUrl) { // reported below
        }
        throw new IllegalArgumentException(
                "The issuer's address is \"" + text + "\"; it takes an https URL, or an http one of this machine.");
    }

    private static Map<String, Role> roles(String text) {
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String pair : list(text)) {
            int equals = pair.lastIndexOf('=');
            String word = pair.substring(equals + 1).strip();
            Role role = Arrays.stream(Role.values())
                    .filter(each -> each != Role.ANYONE && each.wireName().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    ROLES + " holds \"" + pair
                                            + "\"; it takes pairs such as pawl-admins=admin, with the roles worker, viewer, operator and admin."));
            if (equals < 1) {
                throw new IllegalArgumentException(
                        ROLES + " holds \"" + pair + "\", in which the value of the claim is missing.");
            }
            roles.put(pair.substring(0, equals).strip(), role);
        }
        return roles;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    static String text(UnaryOperator<@Nullable String> properties, String name, String otherwise) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
