package dev.pawl.service.secret;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The secrets that the server keeps by name, encrypted. A secret value of a module's settings, of a job's inputs or of a job's settings may
 * be <code>${secret:name}</code>; the text is put in its place when a task starts. Nobody gets a value back from here. Every error is a {@link
 * dev.pawl.service.problem.ProblemException}, thrown or through the future. Safe for use by several threads.
 */
@ProviderType
public interface NamedSecrets {

    /** The form of a name: 1 to 100 letters of ASCII, digits, dots, hyphens and underscores, not a dot or a hyphen first. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** The greatest length of a value, in bytes of UTF-8. */
    int MOST_BYTES = 64 * 1024;

    /** The greatest number of modules whose jobs may refer to a secret. */
    int MOST_MODULES = 100;

    /** The greatest number of secrets on a page: each is decrypted, to see whether it can be. */
    int MOST_ON_PAGE = 100;

    /** Stands for all modules among those whose jobs may refer to a secret. */
    String ALL_MODULES = "*";

    /**
     * Sets a secret, which is on disk when the future completes. Tasks that start later get the new value.
     *
     * @param value its text, 1 byte to {@link #MOST_BYTES}
     * @param modules the ids of the modules whose jobs may refer to it; null for those of before, which are none for a new one. The settings
     *     that an admin configures may always refer to it.
     */
    CompletionStage<Void> set(String name, String value, @Nullable Set<String> modules);

    /** Removes a secret; an unknown one is an error. A task that starts later and refers to it fails. */
    CompletionStage<Void> remove(String name);

    /**
     * A page of secrets, by name.
     *
     * @param cursor continues from {@link SecretPage#nextCursor()}; null from the beginning
     * @param limit the greatest number, 1 to {@link #MOST_ON_PAGE}
     */
    SecretPage page(@Nullable String cursor, int limit);
}
