package dev.pawl.notification;

import dev.pawl.base.time.DueTimer;
import dev.pawl.notification.delivery.ReceiverSettings;
import dev.pawl.notification.delivery.Receivers;
import dev.pawl.notification.mail.SmtpAccount;
import dev.pawl.notification.mail.SmtpMails;
import dev.pawl.notification.message.NotificationOutbox;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.web.HostLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a server that has rules, or is asked for them.
 *
 * @param rules changes and shows rules
 * @param outbox sends messages
 * @param timer has it look
 * @param measures the registration of its counts
 */
record NotificationParts(
        NotificationRules rules, NotificationOutbox outbox, DueTimer timer, ServiceRegistration<MetricSource> measures)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationParts.class);

    /** The longest time of a mail; each answer of its server may take as long as that of another receiver. */
    private static final Duration MAIL = Duration.ofMinutes(1);

    /** @param look called by the timer */
    static NotificationParts make(
            NotificationStore store,
            SecretSeal seal,
            InstantSource clock,
            BundleContext context,
            Function<Instant, Optional<Instant>> look) {
        ReceiverSettings settings = new ReceiverSettings(context);
        SmtpAccount account = new SmtpAccount(context, seal);
        NotificationRules rules = new NotificationRules(store, seal, settings, account::isThere, clock);
        DueTimer timer = new DueTimer(
                "pawl-notifications",
                clock,
                look,
                problem -> LOG.warn(
                        "Notifications cannot be sent at present; it is tried again every second: {}",
                        problem.toString()));
        NotificationOutbox outbox = new NotificationOutbox(
                store,
                rules::opened,
                new NotificationOutbox.Client(
                        settings.rules(),
                        HostLookup.OF_JVM,
                        settings.trust(),
                        Receivers.TIMEOUT,
                        new SmtpMails(account, Receivers.TIMEOUT, MAIL),
                        context.getProperty("pawl.public.url")),
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                timer::now);
        return new NotificationParts(
                rules, outbox, timer, context.registerService(MetricSource.class, outbox.measures(), null));
    }

    @Override
    public void close() {
        measures.unregister();
        timer.close();
        outbox.close();
    }
}
