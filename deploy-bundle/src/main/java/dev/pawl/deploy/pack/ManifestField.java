package dev.pawl.deploy.pack;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An input or a setting that a manifest declares.
 *
 * @param type free text; {@link FieldSchemas} knows some
 * @param otherwise the default; null when there is none
 */
record ManifestField(
        String id, String type, boolean required, @Nullable Object otherwise, String description) {

    boolean isSecret() {
        return type.toLowerCase(Locale.ROOT).matches("secret|password");
    }

    /** The name by which a program finds it in its environment, without the prefix. */
    String variable() {
        return id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }
}
