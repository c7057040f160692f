package dev.pawl.service.notification;

import java.util.Locale;

/** The forms in which a notification is sent. */
public enum NotificationFormat {
    /** A JSON object of our own by HTTP. */
    JSON,
    /** A message for an incoming webhook of Slack, or of what understands its form. */
    SLACK,
    /** An Adaptive Card for a workflow of Microsoft Teams. */
    TEAMS,
    /** A message for a webhook of Discord. */
    DISCORD,
    /** A message for a topic of ntfy. */
    NTFY,
    /** A mail over SMTP. */
    EMAIL;

    /** The format with a wire name. */
    public static NotificationFormat of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The word on the wire, such as {@code slack}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request can carry a secret: the key of its signature, or an access token. */
    public boolean takesSecret() {
        return switch (this) {
            case JSON, NTFY -> true;
            case SLACK, TEAMS, DISCORD, EMAIL -> false;
        };
    }
}
