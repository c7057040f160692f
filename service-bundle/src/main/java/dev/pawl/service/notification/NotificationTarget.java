package dev.pawl.service.notification;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place to which the notifications of a rule go.
 *
 * @param format their form
 * @param url the address of the receiver, which is a secret, since who knows it can write there; null for mails
 * @param secret the key that signs {@code json}, or the access token for {@code ntfy}; null for none
 * @param to the mailboxes; empty unless they are mails
 */
public record NotificationTarget(
        NotificationFormat format,
        @Nullable String url,
        @Nullable String secret,
        List<String> to) {

    /** The greatest number of mailboxes. */
    public static final int MOST_MAILBOXES = 20;

    /** The greatest length of an address, and of a secret. */
    public static final int MOST_CHARACTERS = 2_000;

    /** A mailbox as SMTP takes it everywhere: ASCII, without quotes, comments and anything that could end a line. */
    private static final Pattern MAILBOX =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");

    public NotificationTarget {
        to = List.copyOf(new LinkedHashSet<>(to));
        boolean isMail = format == NotificationFormat.EMAIL;
        if (isMail && url != null) {
            throw new IllegalArgumentException("url is given, but mails take to instead.");
        }
        if (!isMail && (url == null || url.isBlank())) {
            throw new IllegalArgumentException(
                    "url is missing; the format " + format.wireName() + " takes the address of the receiver.");
        }
        if (isMail == to.isEmpty()) {
            throw new IllegalArgumentException(
                    isMail
                            ? "to is missing; it takes 1 to " + MOST_MAILBOXES + " mail addresses."
                            : "to is given, but only the format email takes it.");
        }
        if (secret != null && !format.takesSecret()) {
            throw new IllegalArgumentException(
                    "secret is given, but only json (the key of its signature) and ntfy (an access token) take one.");
        }
        if (to.size() > MOST_MAILBOXES) {
            throw new IllegalArgumentException(
                    "to has " + to.size() + " addresses; it takes 1 to " + MOST_MAILBOXES + ".");
        }
        for (String mailbox : to) {
            if (!MAILBOX.matcher(mailbox).matches()) {
                throw new IllegalArgumentException("to has \""
                        + mailbox.substring(0, Math.min(100, mailbox.length())).replaceAll("\\p{Cntrl}", " ")
                        + "\"; it takes plain addresses such as ops@example.com, without a name.");
            }
        }
    }

    /** The same target with its address and secret in another form: sealed, open or masked. */
    public NotificationTarget with(@Nullable String otherUrl, @Nullable String otherSecret) {
        return new NotificationTarget(format, otherUrl, otherSecret, to);
    }
}
