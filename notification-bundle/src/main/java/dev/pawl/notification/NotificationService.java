package dev.pawl.notification;

import dev.pawl.notification.message.NotificationOutbox;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NotificationStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The notifications of this server. What sends them is made when there is a rule: without one, there is no thread, and little is loaded. */
@Component(service = Notifications.class, immediate = true)
public final class NotificationService implements Notifications, AutoCloseable {

    /** The longest time for which a test is waited for. */
    private static final long TEST_S = 30;

    private final NotificationStore store;
    private final Supplier<SecretSeal> seal;
    private final InstantSource clock;
    private final BundleContext context;

    // guarded by this
    private @Nullable NotificationParts parts;
    private boolean closed;

    /** The seal, of which nothing is loaded before it is needed. */
    private record Found(BundleContext context, ServiceReference<SecretSeal> reference)
            implements Supplier<SecretSeal> {
        @Override
        public SecretSeal get() {
            return context.getService(reference);
        }
    }

    /** Begins to send what is due, when there are rules. */
    @Activate
    public NotificationService(
            @Reference NotificationStore store,
            @Reference(service = SecretSeal.class) ServiceReference<SecretSeal> seal,
            @Reference InstantSource clock,
            BundleContext context) {
        this(store, new Found(context, seal), clock, context);
    }

    private NotificationService(
            NotificationStore store, Supplier<SecretSeal> seal, InstantSource clock, BundleContext context) {
        this.store = store;
        this.seal = seal;
        this.clock = clock;
        this.context = context;
        store.attach(new Listener()); // also without rules: another server may add one, and go
        if (store.hasRules()) {
            parts().timer().now();
        }
    }

    /** Is told by the store when there is something to look at. */
    private final class Listener implements Consumer<Instant> {
        @Override
        public void accept(Instant at) {
            due(at);
        }
    }

    /** Creates the service without a framework. This is a method because Declarative Services examines every public constructor. */
    public static NotificationService open(
            NotificationStore store, SecretSeal seal, InstantSource clock, BundleContext context) {
        return new NotificationService(store, () -> seal, clock, context);
    }

    private synchronized NotificationParts parts() {
        NotificationParts ready = parts;
        if (ready == null) {
            if (closed) {
                throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The notifications of this server are stopping.");
            }
            ready = NotificationParts.make(store, seal.get(), clock, context, this::look);
            parts = ready;
        }
        return ready;
    }

    private Optional<Instant> look(Instant now) {
        return parts().outbox().look(now);
    }

    /** Called by the store's writer. */
    private void due(Instant at) {
        NotificationParts ready;
        synchronized (this) {
            if (closed) {
                return;
            }
            ready = parts();
        }
        ready.outbox().lateAt(at);
        ready.timer().at(at);
    }

    @Override
    public List<NotificationEntry> list(@Nullable String after, int limit) {
        return store.list(after == null ? "" : after, checked(limit)).stream()
                .map(NotificationRules::entry)
                .toList();
    }

    @Override
    public NotificationEntry get(String name) {
        return NotificationRules.entry(parts().rules().kept(name));
    }

    @Override
    public CompletionStage<NotificationEntry> put(NotificationRule rule) {
        return attempt(() -> parts().rules().put(rule).thenApply(NotificationRules::entry));
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        return attempt(() -> parts().rules().remove(name));
    }

    @Override
    public CompletionStage<Notification> test(String name) {
        return attempt(() -> {
            NotificationOutbox outbox = parts().outbox();
            return Confirmation.within(
                            store.addTest(name, clock.instant(), AuditedChange.current()),
                            "The test of notification \"" + name + "\"")
                    .thenCompose(added -> {
                        Notification test = added.orElseThrow(() -> NotificationRules.unknown(name));
                        CompletableFuture<Void> tried = new CompletableFuture<>();
                        outbox.tried(test.n()).thenRun(() -> tried.complete(null));
                        if (present(name, test).state() != DeliveryState.WAITING) {
                            tried.complete(null); // it was over before anybody could wait for it
                        }
                        return tried.completeOnTimeout(null, TEST_S, TimeUnit.SECONDS)
                                .thenApply(over -> present(name, test));
                    });
        });
    }

    private Notification present(String name, Notification test) {
        return store.messages(name, test.n() + 1, 1).stream()
                .filter(message -> message.id().equals(test.id()))
                .findFirst()
                .orElse(test);
    }

    @Override
    public List<Notification> deliveries(String name, long before, int limit) {
        List<Notification> found = store.messages(name, before, checked(limit));
        if (found.isEmpty()) {
            parts().rules().kept(name);
        }
        return found;
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST_ON_PAGE) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "limit is " + limit + "; it takes 1 to " + MOST_ON_PAGE + ".");
        }
        return limit;
    }

    /** Turns the refusal of a call into a failed future, wherever the refusal was found. */
    private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends nothing any more. What is due stays due, and is sent when the server is back. */
    @Override
    @Deactivate
    public void close() {
        NotificationParts last;
        synchronized (this) {
            closed = true;
            last = parts;
        }
        store.attach(null);
        if (last != null) {
            last.close();
        }
    }
}
