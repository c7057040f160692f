package dev.pawl.scheduler.secret;

import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.store.KeptSecret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of the secrets that the server keeps by name. A value opens only under the name that it was set for, so that rows of the store
 * cannot be swapped. Safe for many threads.
 */
public final class KeptSecrets {

    private static final String PLACE = "secrets";

    private final Function<String, Optional<KeptSecret>> store;
    private final Vault vault;

    /** @param store finds a secret by its name */
    public KeptSecrets(Function<String, Optional<KeptSecret>> store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /**
     * The value that a setting of an admin refers to.
     *
     * @param sentence the beginning of the sentence for errors, which names the setting and the secret
     * @throws UnreadableSecretException when there is none, or it cannot be read
     */
    String value(String sentence, String name) {
        return opened(
                sentence,
                find(sentence, name)
                        .orElseThrow(() -> new UnreadableSecretException(
                                sentence + "which the server does not keep. Set it with `pawl secret set`.")));
    }

    /**
     * The value that a job refers to for a task of a module. A secret that is not for the module's jobs is refused with the sentence for one
     * that does not exist, which tells nobody what secrets there are.
     *
     * @throws UnreadableSecretException when there is none for the module's jobs, or it cannot be read
     */
    String valueForJob(String sentence, String name, String module) {
        return opened(
                sentence,
                find(sentence, name)
                        .filter(secret -> secret.modules().contains(module)
                                || secret.modules().contains(NamedSecrets.ALL_MODULES))
                        .orElseThrow(
                                () -> new UnreadableSecretException(
                                        sentence + "which does not exist, or is not for jobs of module " + module
                                                + ". An admin sets it with `pawl secret set`, and names the module with --module.")));
    }

    private Optional<KeptSecret> find(String sentence, String name) {
        try {
            return store.apply(name);
        } catch (ProblemException e) {
            throw new UnreadableSecretException(sentence + "which cannot be read from the store: " + e.getMessage());
        }
    }

    private String opened(String sentence, KeptSecret secret) {
        try {
            return open(secret);
        } catch (UnreadableSecretException e) {
            throw new UnreadableSecretException(sentence + "which cannot be read. " + e.getMessage());
        }
    }

    /**
     * The value of a secret.
     *
     * @throws UnreadableSecretException when it does not open with the key of the data folder, or its row was changed
     */
    String open(KeptSecret secret) {
        if (!Vault.isSealed(secret.sealed())) { // nobody but us may put a value there
            throw new UnreadableSecretException("The store holds no encrypted value for the secret " + secret.name()
                    + ". Set it again with `pawl secret set`.");
        }
        Map<String, Object> opened = vault.opened(PLACE, Map.of(secret.name(), secret.sealed()));
        return String.valueOf(opened.get(secret.name()));
    }

    /** The value encrypted, as the store keeps it under its name. */
    String sealed(String name, String value) {
        Map<String, Object> sealed = vault.sealed(PLACE, Map.of(name, value), List.of(name));
        return String.valueOf(sealed.get(name));
    }
}
