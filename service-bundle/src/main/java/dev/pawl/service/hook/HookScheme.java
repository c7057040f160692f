package dev.pawl.service.hook;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way in which the callers of a hook prove that they know its secret. */
public enum HookScheme {
    /** HMAC-SHA256 of the body in hexadecimal, as GitHub, Gitea and Forgejo send it. */
    GITHUB("X-Hub-Signature-256"),
    /** The secret itself in {@code X-Gitlab-Token}, or a signature with GitLab's signing token, which is that of {@link #STANDARD}. */
    GITLAB("X-Gitlab-Token"),
    /** HMAC-SHA256 of id, time and body in Base64, by the specification Standard Webhooks. */
    STANDARD("webhook-signature"),
    /** HMAC-SHA256 of time and body in hexadecimal, as this server signs its own callbacks. */
    PAWL("X-Pawl-Signature"),
    /** HMAC-SHA256 of the body in a header of the hook's choice, in hexadecimal or Base64, with or without {@code sha256=} before it. */
    HMAC("X-Signature"),
    /** The secret itself in a header of the hook's choice; in {@code Authorization} as a Bearer token. */
    TOKEN("Authorization"),
    /** Nothing: everybody who reaches the server starts its jobs. */
    NONE(null),
    /** None is accepted: received callbacks alone start its jobs. */
    CALLBACKS(null);

    private final @Nullable String header;

    HookScheme(@Nullable String header) {
        this.header = header;
    }

    /** The scheme with a wire name. */
    public static HookScheme of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case name used in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has a secret. */
    public boolean hasSecret() {
        return header != null;
    }

    /** The header with the proof; null when there is none. Only {@link #HMAC} and {@link #TOKEN} take another one. */
    public @Nullable String header() {
        return header;
    }

    /** Whether a hook may name another header. */
    public boolean takesHeader() {
        return this == HMAC || this == TOKEN;
    }

    /** The places where the id of a delivery is, unless the hook names another; the first that is there counts. */
    public List<ValueSource> deliveryIds() {
        return switch (this) {
            case GITHUB -> List.of(ValueSource.of("header:X-GitHub-Delivery"));
            case GITLAB -> List.of(ValueSource.of("header:Idempotency-Key"), ValueSource.of("header:webhook-id"));
            case STANDARD -> List.of(ValueSource.of("header:webhook-id"));
            case PAWL -> List.of(ValueSource.of("header:X-Pawl-Delivery"));
            case HMAC, TOKEN, NONE, CALLBACKS -> List.of(ValueSource.of("header:Idempotency-Key"));
        };
    }
}
