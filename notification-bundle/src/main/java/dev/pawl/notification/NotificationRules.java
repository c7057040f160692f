package dev.pawl.notification;

import dev.pawl.notification.delivery.CallbackRules;
import dev.pawl.notification.delivery.ReceiverSettings;
import dev.pawl.notification.message.NtfyTopic;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.web.HostRules;
import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Changes rules, and shows them. Their addresses and secrets are sealed while they are kept, open while they are used, and masked when they are shown. */
final class NotificationRules {

    /** The number of times that one change is made again, on what another one left. */
    private static final int MOST_TIMES = 20;

    private final NotificationStore store;
    private final SecretSeal seal;
    private final ReceiverSettings settings;
    private final BooleanSupplier sendsMails;
    private final InstantSource clock;

    /** @param sendsMails whether there is a mail server to send by */
    NotificationRules(
            NotificationStore store,
            SecretSeal seal,
            ReceiverSettings settings,
            BooleanSupplier sendsMails,
            InstantSource clock) {
        this.store = store;
        this.seal = seal;
        this.settings = settings;
        this.sendsMails = sendsMails;
        this.clock = clock;
    }

    KeptNotificationRule kept(String name) {
        return store.find(name).orElseThrow(() -> unknown(name));
    }

    static ProblemException unknown(String name) {
        return new ProblemException(
                ProblemCode.UNKNOWN_NOTIFICATION,
                "There is no notification \"" + (name.length() <= 100 ? name : name.substring(0, 100) + "…") + "\".");
    }

    CompletionStage<KeptNotificationRule> put(NotificationRule rule) {
        return put(rule, store.find(rule.name()).orElse(null), AuditedChange.current(), MOST_TIMES);
    }

    private CompletionStage<KeptNotificationRule> put(
            NotificationRule rule, @Nullable KeptNotificationRule former, @Nullable AuditedChange change, int left) {
        KeptNotificationRule wanted = sealed(rule, former);
        return Confirmation.within(store.put(wanted, change), "The change of notification \"" + rule.name() + "\"")
                .thenCompose(put -> {
                    KeptNotificationRule present = put.present();
                    if (put.isDone() && present != null) {
                        return CompletableFuture.completedStage(present);
                    }
                    if (left == 0) {
                        throw new ProblemException(
                                ProblemCode.NOTIFICATION_CHANGED,
                                "The notification \"" + rule.name()
                                        + "\" was changed again and again at the same time.");
                    }
                    return put(rule, present, change, left - 1);
                });
    }

    CompletionStage<Void> remove(String name) {
        return Confirmation.within(
                        store.delete(name, AuditedChange.current()), "The removal of notification \"" + name + "\"")
                .thenAccept(found -> {
                    if (!found) {
                        throw unknown(name);
                    }
                });
    }

    private KeptNotificationRule sealed(NotificationRule rule, @Nullable KeptNotificationRule former) {
        NotificationTarget target = rule.target();
        NotificationTarget before = former == null ? null : former.rule().target();
        String url = sealed(rule.name(), "url", target.url(), before == null ? null : before.url());
        String secret = sealed(rule.name(), "secret", target.secret(), before == null ? null : before.secret());
        NotificationRule sealed = rule.with(target.with(url, secret));
        return new KeptNotificationRule(
                sealed, host(opened(sealed)), former == null ? 0 : former.revision(), clock.instant(), null);
    }

    private @Nullable String sealed(String rule, String field, @Nullable String given, @Nullable String former) {
        if (given == null) {
            return null;
        }
        if (given.equals(Notifications.MASK)) {
            if (former == null) {
                throw invalid(field + " is " + Notifications.MASK + ", and there is none before; give it.", null);
            }
            return former;
        }
        if (given.length() > NotificationTarget.MOST_CHARACTERS || given.isBlank()) {
            throw invalid(
                    field + " has " + given.length() + " characters; it takes 1 to "
                            + NotificationTarget.MOST_CHARACTERS + ", not all of them blank.",
                    null);
        }
        return seal.sealed(place(rule, field), given);
    }

    /** The host of the receiver with its port, once its address is judged; empty for mails. */
    private String host(NotificationRule opened) {
        String url = opened.target().url();
        if (url == null) {
            if (!sendsMails.getAsBoolean()) {
                throw invalid(
                        "format is email, but the server has no mail server to send by; an operator gives it by"
                                + " PAWL_SMTP_HOST.",
                        null);
            }
            return "";
        }
        String secret = opened.target().secret();
        boolean isNtfy = opened.target().format() == NotificationFormat.NTFY;
        if (isNtfy && secret != null && !isHeaderText(secret)) {
            throw invalid("secret has a character that a request cannot carry; it takes printable ASCII.", null);
        }
        try {
            if (isNtfy) {
                NtfyTopic.of(url);
            }
            URI address = References.parse(url);
            settings.rules().judge(address);
            return address.getHost() + ":" + HostRules.port(address);
        } catch (RefusedCallException refused) {
            throw invalid("url: " + CallbackRules.explained(refused), refused);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isHeaderText(String text) {
        return text.chars().allMatch(character -> character > ' ' && character < '\u007f');
    }

    private static ProblemException invalid(String detail, @Nullable Exception cause) {
        return cause == null
                ? new ProblemException(ProblemCode.INVALID_NOTIFICATION, detail)
                : new ProblemException(ProblemCode.INVALID_NOTIFICATION, detail, cause);
    }

    /** The rule with its address and secret open. */
    NotificationRule opened(NotificationRule kept) {
        NotificationTarget target = kept.target();
        return kept.with(
                target.with(opened(kept.name(), "url", target.url()), opened(kept.name(), "secret", target.secret())));
    }

    private @Nullable String opened(String rule, String field, @Nullable String kept) {
        return kept == null ? null : seal.opened(place(rule, field), kept);
    }

    private static String place(String rule, String field) {
        return "notification " + rule + " " + field;
    }

    /** The rule as it is shown. */
    static NotificationEntry entry(KeptNotificationRule kept) {
        NotificationTarget target = kept.rule().target();
        return new NotificationEntry(
                kept.rule()
                        .with(target.with(
                                target.url() == null ? null : Notifications.MASK,
                                target.secret() == null ? null : Notifications.MASK)),
                kept.host(),
                kept.changedAt(),
                kept.last());
    }
}
