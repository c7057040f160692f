package dev.pawl.service.hook;

import org.jspecify.annotations.Nullable;

/**
 * The proof that a hook demands of its callers.
 *
 * @param scheme the scheme
 * @param header the header that carries it; null for the scheme's own
 * @param secret the secret, 1 to {@link #MOST_CHARACTERS} characters, or a reference such as <code>${secret:name}</code>; null for a scheme
 *     without one
 * @param formerSecret a secret that is accepted too, while callers change from it to the other one; null for none
 */
public record HookAuth(
        HookScheme scheme,
        @Nullable String header,
        @Nullable String secret,
        @Nullable String formerSecret) {

    /** The greatest length of a secret. */
    public static final int MOST_CHARACTERS = 1_000;

    public HookAuth {
        if (header != null && !scheme.takesHeader()) {
            throw new IllegalArgumentException("header is \"" + header + "\"; the scheme " + scheme.wireName()
                    + " has its own: leave it out, or choose hmac or token.");
        }
        if (header != null && !ValueSource.HEADER_NAME.matcher(header).matches()) {
            throw new IllegalArgumentException("header is no name of a header; it takes letters, digits and hyphens.");
        }
        requireSecret("secret", secret);
        requireSecret("former_secret", formerSecret);
        if (!scheme.hasSecret() && (secret != null || formerSecret != null)) {
            throw new IllegalArgumentException("secret is given, and the scheme is " + scheme.wireName()
                    + ", which has none; choose another scheme.");
        }
        if (scheme.hasSecret() && secret == null) {
            throw new IllegalArgumentException("secret is missing; the scheme " + scheme.wireName()
                    + " takes one. A hook that everybody may call has the scheme none.");
        }
    }

    /** The header that carries the proof; null for a scheme without a secret. */
    public @Nullable String usedHeader() {
        return header == null ? scheme.header() : header;
    }

    /** The same proof with other secrets. */
    public HookAuth withSecrets(@Nullable String other, @Nullable String otherFormer) {
        return new HookAuth(scheme, header, other, otherFormer);
    }

    /** Nothing of a secret is in a message. */
    private static void requireSecret(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MOST_CHARACTERS)) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters; it takes 1 to "
                    + MOST_CHARACTERS + ", not all of" + " them blank.");
        }
    }

    @Override
    public String toString() {
        return "HookAuth[" + scheme + "]"; // no secret
    }
}
