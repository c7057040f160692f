package dev.pawl.oidc;

import dev.pawl.base.net.SecureUrl;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which people sign in at the issuer.
 *
 * @param clientId the name under which the issuer knows this server
 * @param secret the secret by which it proves to be that client; empty for a public client
 * @param secretFile a file that holds it instead, read at each sign-in so that it can be replaced; empty for none
 * @param scopes the scopes that are asked for
 * @param callback the address to which the issuer sends browsers back
 */
record SignInSettings(String clientId, String secret, String secretFile, Set<String> scopes, URI callback) {

    static final String CLIENT_ID = "pawl.oidc.client.id";

    private static final String SECRET = "pawl.oidc.client.secret";
    private static final String SECRET_FILE = "pawl.oidc.client.secret.file";
    private static final String SCOPES = "pawl.oidc.scopes";
    private static final String PUBLIC_URL = "pawl.public.url";

    SignInSettings {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Reads and checks the settings.
     *
     * @param properties looks up a property of the framework by name; null when it is not set
     * @return empty when nobody signs in at the issuer
     * @throws IllegalArgumentException when a setting is missing or wrong
     */
    static Optional<SignInSettings> read(UnaryOperator<@Nullable String> properties) {
        String clientId = OidcSettings.text(properties, CLIENT_ID, "");
        if (clientId.isEmpty()) {
            return Optional.empty();
        }
        Set<String> scopes = new LinkedHashSet<>(Arrays.asList(
                OidcSettings.text(properties, SCOPES, "openid profile").split("[ ,]+")));
        scopes.add("openid"); // without it the issuer would not say who it is
        return Optional.of(new SignInSettings(
                clientId,
                OidcSettings.text(properties, SECRET, ""),
                OidcSettings.text(properties, SECRET_FILE, ""),
                scopes,
                callback(OidcSettings.text(properties, PUBLIC_URL, ""))));
    }

    /**
     * The secret; empty for a public client.
     *
     * @throws IOException when the file that should hold it cannot be read, or is empty
     */
    String currentSecret() throws IOException {
        if (secretFile.isEmpty()) {
            return secret;
        }
        String read = Files.readString(Path.of(secretFile)).strip();
        if (read.isEmpty()) {
            throw new IOException(secretFile + " is empty");
        }
        return read;
    }

    private static URI callback(String publicUrl) {
        if (publicUrl.isEmpty()) {
            throw new IllegalArgumentException(
                    CLIENT_ID + " is set without PAWL_PUBLIC_URL: the issuer sends browsers back to"
                            + " that address. Set it to the address of this server as browsers see it.");
        }
        try {
            URI url = new URI(publicUrl);
            if (SecureUrl.isOne(url) && url.getRawQuery() == null && url.getRawFragment() == null) {
                return URI.create(publicUrl.replaceFirst("/+$", "") + "/session/oidc/callback");
            }
        } catch (URISyntaxException noUrl) { // reported below
        }
        throw new IllegalArgumentException("PAWL_PUBLIC_URL is \"" + publicUrl
                + "\"; it takes an https URL, or an http one of this machine, without a query.");
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return clientId + " at " + callback;
    }
}
