package dev.pawl.notification.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of ntfy, by its address such as {@code https://ntfy.sh/topic}.
 *
 * @param server the address to which messages in JSON go
 * @param name the topic
 */
public record NtfyTopic(String server, String name) {

    private static final Pattern ADDRESS = Pattern.compile("([Hh][Tt][Tt][Pp][Ss]?://[^?#]*/)([A-Za-z0-9_-]{1,64})/?");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it names no topic
     */
    public static NtfyTopic of(String url) {
        Matcher parts = ADDRESS.matcher(url);
        if (!parts.matches() || parts.group(1).endsWith("//")) {
            throw new IllegalArgumentException(
                    "url names no topic of ntfy; it takes one such as https://ntfy.sh/topic.");
        }
        return new NtfyTopic(parts.group(1), parts.group(2));
    }
}
