package dev.pawl.http.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tokens.
 *
 * @param tokens in the order of their names
 * @param nextCursor the start of the next page; null when this is the last
 */
public record TokenPage(List<Token> tokens, @Nullable String nextCursor) {

    public TokenPage {
        tokens = List.copyOf(tokens);
    }
}
