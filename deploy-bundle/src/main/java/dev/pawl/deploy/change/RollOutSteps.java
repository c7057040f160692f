package dev.pawl.deploy.change;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.deploy.RollOut.Step;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.store.RollOutStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of roll-outs: takes those of this server, and watches those of the others, since there is no leader. A server that is lost before it
 * started the new version is passed over; one that is lost with it, or fails with it, or hangs, makes the version suspect, and all go back. Called
 * by one thread at a time, but for {@link #leave}.
 */
public final class RollOutSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RollOutSteps.class);

    /** The longest time of a server to take its jobs off the old version, and again to start the new one. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** The number of servers that may be lost while they alone have a version that is held, before it is suspect. */
    private static final int MOST_LOSSES = 1;

    private final RollOutStore store;
    private final RollOuts rollOuts;
    private final ModuleBundles bundles;
    private final Duration proving;
    private final ModuleEvents events;
    private volatile List<RollOut> live = List.of();
    private Map<String, RollOut> told = Map.of(); // by bundle

    /** @param proving how long this server must stay healthy with a new version before the next one takes it */
    public RollOutSteps(
            RollOutStore store,
            RollOuts rollOuts,
            ModuleBundles bundles,
            Duration proving,
            EventPublisher events,
            InstantSource clock) {
        this.store = store;
        this.rollOuts = rollOuts;
        this.bundles = bundles;
        this.proving = proving;
        this.events = new ModuleEvents(events, clock);
    }

    /** Looks at all roll-outs, and moves on what has proved healthy, is lost, hangs or is done. */
    public void tend() {
        live = store.live();
        tell(live.stream().collect(Collectors.toMap(RollOut::bundle, Function.identity())));
        live.forEach(this::tend);
    }

    /** Tells those who follow modules what has changed since the last look, by whichever server. */
    private void tell(Map<String, RollOut> now) {
        told.values().stream()
                .filter(before -> !isOf(before, now.get(before.bundle())))
                .forEach(events::movedOn);
        now.values().forEach(rollOut -> tell(told.get(rollOut.bundle()), rollOut));
        told = now;
    }

    private void tell(@Nullable RollOut last, RollOut now) {
        RollOut before = last != null && isOf(last, now) ? last : null;
        boolean wasHeld = before != null && before.isHeld();
        if (now.isHeld() != wasHeld) {
            events.held(now);
        } else if (before == null || !states(now).equals(states(before))) {
            events.movedOn(now);
        }
    }

    private static boolean isOf(RollOut rollOut, @Nullable RollOut other) {
        return other != null && other.generation() == rollOut.generation();
    }

    private static List<Map.Entry<Long, State>> states(RollOut rollOut) {
        return rollOut.steps().stream()
                .map(step -> Map.entry(step.owner(), step.state()))
                .toList();
    }

    private void tend(RollOut now) {
        for (Step step : now.steps()) {
            Optional<String> suspicion = step.isHere() ? ofHere(now, step) : ofOther(now, step);
            if (suspicion.isPresent()) {
                rollOuts.goBack(now, "runtime", suspicion.get());
                return;
            }
        }
        if (now.losses() > MOST_LOSSES) {
            rollOuts.goBack(now, "runtime", now.losses() + " servers were lost while they alone had it.");
        } else if (now.isStalled() && now.isCalm()) {
            rollOuts.goBack(now, "runtime", "No further server has taken it for 10 minutes.");
        } else if (!now.isHeld() && now.isCalm() && !now.steps().isEmpty() && rollOuts.finish(now)) {
            LOG.info("All servers have {}.", now.described());
        }
    }

    private Optional<String> ofHere(RollOut now, Step step) {
        return switch (step.state()) {
            case SERVING -> Optional.empty();
            case DRAINING, STARTING -> overdue(step);
            case PROVING -> {
                if (!runsHere(now.to())) {
                    yield Optional.of("It has stopped on server " + step.server() + " soon after it was started.");
                }
                store.serves(now.bundle());
                yield Optional.empty();
            }
        };
    }

    private Optional<String> ofOther(RollOut now, Step step) {
        if (!step.isLost()) {
            return overdue(step);
        }
        return switch (step.state()) {
            case STARTING, PROVING ->
                Optional.of("Server " + step.server() + " was lost within moments after it started it.");
            case DRAINING, SERVING -> {
                if (store.skip(now, step)) {
                    LOG.warn(
                            "The roll-out of {} passes over the server {}, which is gone.",
                            now.described(),
                            step.server());
                }
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> overdue(Step step) {
        return step.isOverdue()
                ? Optional.of("Server " + step.server() + " did not have it running and healthy in time.")
                : Optional.empty();
    }

    private boolean runsHere(Deployment to) {
        return bundles.find(to.sha256())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .isPresent();
    }

    /** Whether it is the turn of this server to take a step, as of the last look. */
    public boolean areNext() {
        return live.stream().anyMatch(RollOutSteps::isNext);
    }

    private static boolean isNext(RollOut now) {
        return now.own().isEmpty() && (now.isHeld() ? now.steps().isEmpty() : now.isCalm());
    }

    /** Takes the steps that it is the turn of this server to take: {@link Following} makes them. */
    public void take() {
        for (RollOut now : live) {
            if (isNext(now) && store.takeStep(now, LONGEST)) {
                LOG.info("Takes {}, which server {} began to roll out.", now.described(), now.server());
            }
        }
        live = store.live();
    }

    /** The roll-out of a deployment whose step this server has taken. */
    Optional<RollOut> taken(Deployment to) {
        return live.stream()
                .filter(now ->
                        now.to().sha256().equals(to.sha256()) && now.own().isPresent())
                .findFirst();
    }

    /** Notes that the version is started from now on, so that a server that dies of it makes it suspect. */
    void starts(Deployment to) {
        taken(to).flatMap(RollOut::own).ifPresent(step -> {
            if (step.state() == State.DRAINING
                    && !store.moveStep(to.bundle(), State.DRAINING, State.STARTING, LONGEST)) {
                throw new IllegalStateException("The roll-out of " + to.bundle() + " is over.");
            }
        });
    }

    /** Notes that the version runs here. */
    void runs(Deployment to) {
        if (taken(to).isPresent()) {
            boolean isMoved = store.moveStep(to.bundle(), State.STARTING, State.PROVING, proving)
                    || store.moveStep(to.bundle(), State.DRAINING, State.PROVING, proving);
            if (isMoved) {
                live = store.live();
            }
        }
    }

    /** Forgets the steps of this server, which stops: that says nothing about the version. */
    public void leave() {
        if (live.stream().anyMatch(now -> now.own().isPresent())) {
            try {
                store.leave();
            } catch (RuntimeException e) { // then they end with its lease
                LOG.debug("The steps of roll-outs end later.", e);
            }
        }
    }

    /** Whether a version has yet to prove healthy here. */
    boolean isProving(Deployment to) {
        return taken(to)
                .flatMap(RollOut::own)
                .filter(step -> step.state() == State.PROVING)
                .isPresent();
    }
}
