package dev.pawl.scheduler.secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The secrets of tasks and jobs: sealed while they are kept, open while a task works with them. */
public final class TaskSecrets {

    private static final String SETTINGS = "settings of a job";
    private static final String NAME = "value";

    private final Vault vault;
    private final SecretReference references;

    /**
     * Combines sealed values and references.
     *
     * @param references follows the references in settings of an admin and in values of jobs
     */
    public TaskSecrets(Vault vault, SecretReference references) {
        this.vault = vault;
        this.references = references;
    }

    /** The inputs of a task with their secrets sealed, as they are kept. */
    public Map<String, Object> sealedInputs(String module, Map<String, Object> inputs, List<String> secretNames) {
        return vault.sealed("inputs of " + module, inputs, secretNames);
    }

    /** The inputs of a task with their secrets open, as its module takes them. */
    public Map<String, Object> openedInputs(String module, Map<String, Object> inputs) {
        return vault.opened("inputs of " + module, inputs);
    }

    /** The settings of a job with their secrets sealed, as they are kept. */
    public Map<String, Object> sealedSettings(Map<String, Object> settings, List<String> secretNames) {
        return vault.sealed(SETTINGS, settings, secretNames);
    }

    /** The settings of a job with their secrets open, as its modules take them. */
    public Map<String, Object> openedSettings(Map<String, Object> settings) {
        return vault.opened(SETTINGS, settings);
    }

    /** The inputs or settings that a job brings along for a task of a module, with the values that they may refer to. */
    public Map<String, Object> followedOfJob(String module, Map<String, Object> values, List<String> secretNames) {
        return references.followedOfJob(module, values, secretNames);
    }

    /** The settings that an admin configured, with the values that they refer to. */
    public Map<String, Object> followed(Map<String, Object> configured, List<String> secretNames) {
        return references.followed(configured, secretNames);
    }

    /** The text that a value of a job refers to for a task of a module; empty when that is none, or it cannot be had now. */
    public Optional<String> textOfJob(String module, @Nullable Object value) {
        return text(value, values -> followedOfJob(module, values, List.of(NAME)));
    }

    /** The text that a value of an admin refers to; empty when that is none, or it cannot be had now. */
    public Optional<String> text(@Nullable Object value) {
        return text(value, values -> followed(values, List.of(NAME)));
    }

    private static Optional<String> text(@Nullable Object value, UnaryOperator<Map<String, Object>> follow) {
        if (value == null || !SecretReference.isOne(value)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(follow.apply(Map.of(NAME, value)).get(NAME))
                    .map(String::valueOf);
        } catch (UnreadableSecretException e) { // nothing has this text from here
            return Optional.empty();
        }
    }
}
