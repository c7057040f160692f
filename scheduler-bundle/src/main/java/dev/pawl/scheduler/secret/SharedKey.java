package dev.pawl.scheduler.secret;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.SecretStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The key of servers that share a store: any of them may have to open what another one has sealed, such as the inputs of a job. The first makes
 * the key and keeps a text that it has sealed; a server that cannot open that text has another key, or none, and does not begin.
 */
public final class SharedKey {

    private static final String PLACE = "secret_key";
    private static final String NAME = "mark";

    private SharedKey() {}

    /**
     * Makes sure that this server has the key of the store.
     *
     * @param file the file of its key, for the error
     * @throws ProblemException {@code SECRET_KEY_MISSING} when it has not
     */
    public static void require(SecretStore store, Vault vault, Path file) {
        String mark = store.keyMark().orElseGet(() -> keep(store, vault));
        try {
            vault.opened(PLACE, Map.of(NAME, mark));
        } catch (UnreadableSecretException e) {
            throw new ProblemException(
                    ProblemCode.SECRET_KEY_MISSING,
                    "This server cannot read what the others on its store encrypt: the key " + file
                            + " is another one, damaged or missing. Copy secret.key from the data folder of another server, readable by its"
                            + " owner alone, or name the file of that key in PAWL_SECRET_KEY_FILE, and start this one again.",
                    e);
        }
    }

    private static String keep(SecretStore store, Vault vault) {
        Map<String, Object> sealed = vault.sealed(PLACE, Map.of(NAME, "pawl"), List.of(NAME));
        return Confirmation.await(store.keepKeyMark(String.valueOf(sealed.get(NAME))), "The mark of the secret key");
    }
}
