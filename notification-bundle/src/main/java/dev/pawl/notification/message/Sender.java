package dev.pawl.notification.message;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Receivers;
import dev.pawl.notification.delivery.Signature;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends messages in the formats of their rules. Safe for many threads. */
final class Sender {

    private final Supplier<Receivers> receivers;
    private final Mails mails;
    private final InstantSource clock;
    private final @Nullable String publicUrl;

    /**
     * Connects to nothing yet.
     *
     * @param receivers gives what sends requests
     * @param mails sends mails
     * @param publicUrl the server's address for people; null when it is not known
     */
    Sender(Supplier<Receivers> receivers, Mails mails, InstantSource clock, @Nullable String publicUrl) {
        this.receivers = receivers;
        this.mails = mails;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /**
     * Sends a message.
     *
     * @param rule its rule, with open secrets
     * @param unwanted asked every 100 ms; the try ends soon when it is true
     * @throws CancellationException when it was not wanted any more
     */
    Outcome send(NotificationRule rule, Notification message, BooleanSupplier unwanted) {
        Instant at = clock.instant();
        MessageText text = MessageText.of(rule, message, publicUrl);
        NotificationTarget target = rule.target();
        String url = target.url() == null ? "" : target.url();
        return switch (target.format()) {
            case JSON -> json(rule, message, text, at, unwanted);
            case SLACK -> post(url, at, message, MessageBody.slack(text), unwanted);
            case TEAMS -> post(url, at, message, MessageBody.teams(text), unwanted);
            case DISCORD -> post(url, at, message, MessageBody.discord(text), unwanted);
            case NTFY -> ntfy(target, message, text, at, unwanted);
            case EMAIL -> mail(target, message, text, at, unwanted);
        };
    }

    private Outcome json(
            NotificationRule rule, Notification message, MessageText text, Instant at, BooleanSupplier unwanted) {
        byte[] body = MessageBody.json(rule, message, text);
        Map<String, String> headers = headers(message);
        headers.put("X-Pawl-Timestamp", String.valueOf(at.getEpochSecond()));
        String key = rule.target().secret();
        if (key != null) {
            headers.put("X-Pawl-Signature", Signature.of(key.getBytes(StandardCharsets.UTF_8), at, body));
        }
        return receivers.get().send(String.valueOf(rule.target().url()), at, headers, body, unwanted);
    }

    private Outcome ntfy(
            NotificationTarget target, Notification message, MessageText text, Instant at, BooleanSupplier unwanted) {
        NtfyTopic topic = NtfyTopic.of(String.valueOf(target.url()));
        Map<String, String> headers = headers(message);
        if (target.secret() != null) {
            headers.put("Authorization", "Bearer " + target.secret());
        }
        return receivers.get().send(topic.server(), at, headers, MessageBody.ntfy(topic.name(), text), unwanted);
    }

    private Outcome post(String url, Instant at, Notification message, byte[] body, BooleanSupplier unwanted) {
        return receivers.get().send(url, at, headers(message), body, unwanted);
    }

    private static Map<String, String> headers(Notification message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Pawl-Event", "notification." + message.event().wireName());
        headers.put("X-Pawl-Delivery", message.id().toString());
        return headers;
    }

    private Outcome mail(
            NotificationTarget target, Notification message, MessageText text, Instant at, BooleanSupplier unwanted) {
        Instant closedAt = message.closedAt();
        Mails.Mail mail = new Mails.Mail(
                message.id(),
                closedAt == null ? at : closedAt, // the same in each try
                target.to(),
                "[Pawl] " + text.title(),
                MessageBody.plain(text),
                text.tone() == MessageText.Tone.BAD && message.event() != NotificationEvent.TEST);
        long began = System.nanoTime();
        return mails.send(mail, at, () -> Duration.ofNanos(System.nanoTime() - began), unwanted);
    }
}
