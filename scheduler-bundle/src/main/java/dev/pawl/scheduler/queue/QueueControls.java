package dev.pawl.scheduler.queue;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Pauses of the queue, of modules and of workers by an operator, drains of servers, and holds of modules for an update. All but the holds
 * outlive a restart.
 */
public final class QueueControls {

    private static final String QUEUE = "pawl:queue";
    private static final String ATTRIBUTES = "attributes";
    private static final String MODULES = "pawl:modules";
    private static final String WORKERS = "pawl:workers";
    private static final String DRAINS = "pawl:drains";
    private static final String DISABLED = "disabled";
    private static final String PAUSED = "paused";

    private static final int MOST_DISABLED = 10_000;

    private final DocumentStore documents;
    private final WriteThrough changes = new WriteThrough();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private final Set<String> disabledWorkers = ConcurrentHashMap.newKeySet();
    private final Map<String, DrainOrder> drains = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private volatile boolean queueDisabled;

    /** Reads the pauses that were made before. */
    public QueueControls(DocumentStore documents) {
        this.documents = documents;
        read();
    }

    /** Reads the pauses as they are in the store. */
    void read() {
        queueDisabled = is(QUEUE, ATTRIBUTES, DISABLED);
        replace(paused, MODULES, PAUSED);
        replace(disabledWorkers, WORKERS, DISABLED);
        readDrains();
    }

    private void readDrains() {
        Map<String, DrainOrder> stored = new HashMap<>();
        documents
                .names(DRAINS)
                .forEach(id -> documents.get(DRAINS, id).ifPresent(text -> stored.put(id, DrainOrder.read(text))));
        drains.putAll(stored);
        drains.keySet().retainAll(stored.keySet());
    }

    private void replace(Set<String> names, String owner, String attribute) {
        Set<String> stored = documents.names(owner).stream()
                .filter(name -> is(owner, name, attribute))
                .collect(Collectors.toSet());
        names.addAll(stored);
        names.retainAll(stored);
    }

    /** The owners of the documents in which the pauses are. */
    static List<String> owners() {
        return List.of(QUEUE, MODULES, WORKERS, DRAINS);
    }

    /** Runs what reads the pauses, in turn with the changes of this process. */
    CompletionStage<Void> reread(Runnable reading, Executor background) {
        return changes.reread(reading, background);
    }

    /** Whether the whole queue is paused. */
    public boolean isQueueDisabled() {
        return queueDisabled;
    }

    /** Pauses the queue or lets it go on; in force and kept when the future completes, neither when it fails. */
    public CompletionStage<Void> disableQueue(boolean disabled) {
        return changes.change(
                () -> documents.put(QUEUE, ATTRIBUTES, Json.text(Map.of(DISABLED, disabled)), AuditedChange.current()),
                () -> queueDisabled = disabled);
    }

    /** Whether the module is paused. */
    public boolean isPaused(String module) {
        return paused.contains(module);
    }

    /** The modules that are paused. */
    public Set<String> paused() {
        return Set.copyOf(paused);
    }

    /** Pauses a module or lets it go on; in force and kept when the future completes, neither when it fails. */
    public CompletionStage<Void> pause(String module, boolean pause) {
        return set(paused, module, pause, MODULES, PAUSED);
    }

    /** Whether the worker gets no jobs. */
    public boolean isDisabled(String worker) {
        return disabledWorkers.contains(worker);
    }

    /** Disables a worker or enables it again; in force and kept when the future completes, neither when it fails. */
    public CompletionStage<Void> disableWorker(String worker, boolean disabled) {
        if (disabled && !isDisabled(worker)) {
            requireRoom();
        }
        return set(disabledWorkers, worker, disabled, WORKERS, DISABLED);
    }

    private void requireRoom() {
        if (disabledWorkers.size() >= MOST_DISABLED) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_DISABLED,
                    disabledWorkers.size() + " workers are disabled; no more than " + MOST_DISABLED + " can be.");
        }
    }

    /** The order to a server to hand over what it runs. */
    public Optional<DrainOrder> drain(String worker) {
        return Optional.ofNullable(drains.get(worker));
    }

    /** Gives such an order; in force and kept when the future completes, neither when it fails. */
    public CompletionStage<Void> drain(String worker, DrainOrder order) {
        return changes.change(
                () -> documents.put(DRAINS, worker, order.text(), AuditedChange.current()),
                () -> drains.put(worker, order));
    }

    /** Takes an order back; in force and kept when the future completes, neither when it fails. */
    public CompletionStage<Void> undrain(String worker) {
        return changes.change(
                        () -> documents.delete(DRAINS, worker, AuditedChange.current()), () -> drains.remove(worker))
                .thenAccept(existed -> {});
    }

    /** Whether the module is held for an update. */
    public boolean isHeld(String module) {
        return held.contains(module);
    }

    /** Holds modules for an update. */
    public void hold(Collection<String> modules) {
        held.addAll(modules);
    }

    /** Lets modules go on after an update. */
    public void release(Collection<String> modules) {
        held.removeAll(modules);
    }

    private CompletionStage<Void> set(Set<String> names, String name, boolean in, String owner, String attribute) {
        return in
                ? changes.change(
                        () -> documents.put(owner, name, Json.text(Map.of(attribute, true)), AuditedChange.current()),
                        () -> names.add(name))
                : changes.change(() -> documents.delete(owner, name, AuditedChange.current()), () -> names.remove(name))
                        .thenAccept(existed -> {});
    }

    private boolean is(String owner, String name, String attribute) {
        return documents
                .get(owner, name)
                .map(Json::object)
                .map(document -> Boolean.TRUE.equals(document.get(attribute)))
                .orElse(false);
    }
}
