package dev.pawl.service.secret;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of secrets, by name.
 *
 * @param secrets the secrets
 * @param nextCursor the cursor for the next page; null on the last one
 */
public record SecretPage(
        List<SecretEntry> secrets, @Nullable String nextCursor) {

    public SecretPage {
        secrets = List.copyOf(secrets);
    }
}
