package dev.pawl.scheduler.catalog;

import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.CanonicalJson;
import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of modules on servers that share a store: documents of owner {@value #OWNER} hold them, one for each module, and Config Admin of each
 * server is brought in line with them. Safe for many threads.
 */
final class SharedSettings {

    /** The owner of the documents. */
    static final String OWNER = "pawl:settings";

    private static final Logger LOG = LoggerFactory.getLogger(SharedSettings.class);
    private static final Duration TRIED_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 20;

    private final DocumentStore documents;
    private final OwnCopy copy;
    private final Executor background;
    private final Timers timers;
    private final Map<String, String> records = new ConcurrentHashMap<>(); // with which the copy is in line
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean failing;
    private volatile boolean closed;

    /** The settings as this server keeps them: properties by module, with secrets sealed. */
    interface OwnCopy {

        /** All of them. */
        Map<String, Map<String, Object>> all();

        /** Replaces those of a module. */
        void keep(String module, Map<String, Object> properties);

        /** Throws the exception for which none can be kept at present, if there is one. */
        void requireReady();
    }

    private static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    SharedSettings(DocumentStore documents, OwnCopy copy, Executor background, Timers timers) {
        this.documents = documents;
        this.copy = copy;
        this.background = background;
        this.timers = timers;
    }

    /** Brings the copy in line, now and whenever a server has changed the documents. */
    void begin() {
        documents.observe(OWNER, owner -> bringInLineSoon());
        try {
            bringInLine();
        } catch (ProblemException e) {
            failed(e);
        }
    }

    void close() {
        closed = true;
    }

    /** The document with which the copy of a module's settings is in line; empty when there is none. */
    String record(String module) {
        return records.getOrDefault(module, "");
    }

    /**
     * Changes a module's settings for all servers, and here at once.
     *
     * @param change the properties as they are to be, made from those that are in force; called again when another server was faster
     */
    void change(String module, Supplier<Map<String, Object>> change) {
        copy.requireReady();
        lock.lock();
        try {
            for (int n = 0; n < MOST_TRIES; n++) {
                String present = documents.get(OWNER, module).orElse(null);
                if (present != null) {
                    take(module, present);
                }
                if (put(module, Json.sortedText(change.get()), present)) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
        throw new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "Other servers change the settings of module " + module
                        + " again and again; nothing was changed here.");
    }

    private boolean put(String module, String text, @Nullable String present) {
        try {
            Confirmation.await(
                    documents.put(OWNER, module, text, is(present), AuditedChange.current()),
                    "The settings of module " + module);
        } catch (ChangedMeanwhile e) {
            return false;
        }
        try {
            take(module, text);
        } catch (ProblemException e) { // all servers have them, and this one tries again
            failed(e);
        }
        return true;
    }

    private static DocumentCheck is(@Nullable String wanted) {
        return present -> {
            if (!Objects.equals(wanted, present)) {
                throw new ChangedMeanwhile();
            }
        };
    }

    private void take(String module, String text) {
        if (!text.equals(records.get(module))) {
            copy.keep(module, Json.object(text));
            records.put(module, text);
        }
    }

    /** Brings the copy in line after somebody has changed it. */
    void copyChanged(String module) {
        if (records.containsKey(module) && !lock.isHeldByCurrentThread()) {
            bringInLineSoon();
        }
    }

    private static boolean isSame(@Nullable Map<String, Object> properties, String text) {
        return properties != null && CanonicalJson.of(properties).equals(CanonicalJson.of(Json.object(text)));
    }

    private void bringInLineSoon() {
        try {
            background.execute(() -> {
                try {
                    if (!closed) {
                        bringInLine();
                        failing = false;
                    }
                } catch (RuntimeException e) { // such as a store that cannot be reached, or a full disk
                    failed(e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is stopping: its settings stay as they are", e);
        }
    }

    private void failed(RuntimeException problem) {
        if (!failing) {
            LOG.warn(
                    "The settings of modules on this server may differ from those of the store; it goes on trying: {}",
                    problem.getMessage());
        }
        failing = true;
        var unused = timers.after(TRIED_AGAIN, this::bringInLineSoon);
    }

    /** Makes the copy what the documents say. What it has of modules without a document stays. */
    void bringInLine() {
        lock.lock();
        try {
            Map<String, Map<String, Object>> kept = copy.all();
            documents.all(OWNER).forEach((module, text) -> bringInLine(module, text, kept.get(module)));
        } finally {
            lock.unlock();
        }
    }

    private void bringInLine(String module, String text, @Nullable Map<String, Object> kept) {
        if (!isSame(kept, text)) {
            if (text.equals(records.get(module))) {
                LOG.warn(
                        "The settings of module {} were changed on this server beside the API; those of all servers of the store are put back.",
                        module);
            }
            copy.keep(module, Json.object(text));
        }
        records.put(module, text);
    }
}
