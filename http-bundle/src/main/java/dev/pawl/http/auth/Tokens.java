package dev.pawl.http.auth;

import dev.pawl.http.json.JsonTree;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up tokens by their hash: the admin token, and those in the documents of owner {@value #OWNER}, whose name is the hash in
 * hexadecimal digits and whose content is {@code {"name": …, "role": …}}.
 */
public final class Tokens {

    /** The owner of the documents that hold tokens. */
    public static final String OWNER = "pawl:tokens";

    private static final int ID_LENGTH = 12;
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final TokenHash admin;
    private final Supplier<Optional<DocumentStore>> documents;

    private Tokens(TokenHash admin, Supplier<Optional<DocumentStore>> documents) {
        this.admin = admin;
        this.documents = documents;
    }

    /** Reads the admin token of the data folder, or creates it. */
    public static Tokens in(Path folder, Supplier<Optional<DocumentStore>> documents) throws IOException {
        return new Tokens(AdminToken.load(folder), documents);
    }

    /** The identity that a token stands for. */
    public Optional<Principal> principal(String token) {
        TokenHash hash = TokenHash.of(token);
        if (hash.matches(admin)) {
            return Optional.of(new Principal("admin", "admin", Role.ADMIN));
        }
        return documents
                .get()
                .flatMap(store -> store.get(OWNER, hash.hex()))
                .flatMap(json -> read(hash.hex().substring(0, ID_LENGTH), json));
    }

    /**
     * Proves knowledge of the admin token without revealing it.
     *
     * @param host the requested address, from the request's Host header
     * @param challenge the random text of the other side
     */
    public String proof(String host, String challenge) {
        return admin.proof(host, challenge);
    }

    private static Optional<Principal> read(String id, String json) {
        try {
            if (JsonTree.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> entry) {
                Role role = Role.valueOf(String.valueOf(entry.get("role")).toUpperCase(Locale.ROOT));
                return Optional.of(new Principal(id, String.valueOf(entry.get("name")), role));
            }
        } catch (IllegalArgumentException | ProblemException e) {
            LOG.warn("The stored entry of a token is not valid; the token is refused: {}", e.getMessage());
        }
        return Optional.empty();
    }
}
