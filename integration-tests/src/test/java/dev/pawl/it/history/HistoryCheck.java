package dev.pawl.it.history;

import dev.pawl.it.history.History.Effect;
import dev.pawl.it.history.History.Told;
import dev.pawl.it.history.Move.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Compares a history with the rules. Row locks put the moves of one job in an order, so a state machine for each job is enough; limits are
 * looked at over all of them.
 */
public final class HistoryCheck {

    /** The time from the effect of a run to the line in which its module notes it, in microseconds. */
    private static final long NOTED_WITHIN = 200_000;

    private final History history;
    private final Told told;
    private final Map<String, Integer> limits;
    private final Map<Long, JobStory> stories = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private int lateEffects;

    /** @param limits by module key: how many of its jobs may run at once */
    public HistoryCheck(History history, Told told, Map<String, Integer> limits) {
        this.history = history;
        this.told = told;
        this.limits = Map.copyOf(limits);
    }

    /** Returns the rules that are broken, and where. */
    public List<Violation> violations() {
        violations.clear();
        stories.clear();
        LeaseTimes leases = new LeaseTimes(history.leases());
        for (Move move : history.moves()) {
            stories.computeIfAbsent(move.job(), job -> new JobStory(leases, history.writers(), this::violated))
                    .take(move);
        }
        new ClaimCheck(history, this::violated)
                .judge(stories.values().stream()
                        .flatMap(story -> story.runs().values().stream())
                        .map(Run::claim)
                        .filter(claim -> claim.owner() != 0));
        judgeLimits();
        told.accepted().keySet().forEach(this::judgeAccepted);
        told.ended().forEach(this::judgeEnd);
        judgeEffects();
        return List.copyOf(violations);
    }

    /** The number of effects after another server had the job, of servers that could not know; each module has a key to tell them by. */
    public int lateEffects() {
        return lateEffects;
    }

    /** The number of runs. */
    public int runs() {
        return stories.values().stream().mapToInt(story -> story.runs().size()).sum();
    }

    /** The number of runs that another server took. */
    public long takenRuns() {
        return stories.values().stream()
                .flatMap(story -> story.runs().values().stream())
                .filter(Run::taken)
                .count();
    }

    private void violated(Invariant invariant, String where) {
        violations.add(new Violation(invariant, where));
    }

    private void judgeLimits() {
        Map<String, Integer> running = new HashMap<>();
        for (Move move : history.moves()) {
            Integer limit = limits.get(move.moduleKey());
            if (limit == null || !move.isOfRun() || move.kind() == Kind.UPDATE) {
                continue;
            }
            int now = running.merge(move.moduleKey(), move.kind() == Kind.INSERT ? 1 : -1, Integer::sum);
            if (now > limit) {
                violated(Invariant.LIMIT, now + " jobs of " + move.moduleKey() + " run after " + move);
            }
        }
    }

    private void judgeAccepted(UUID id) {
        Long job = history.jobs().get(id);
        if (job == null) {
            violated(Invariant.ACCEPTED_IS_THERE, id.toString());
        } else if (!stories.containsKey(job) || stories.get(job).status().isEmpty()) {
            violated(Invariant.ALL_END, id + ", job " + job);
        }
    }

    private void judgeEnd(UUID id, String status) {
        Long job = history.jobs().get(id);
        String found =
                job == null || !stories.containsKey(job) ? "" : stories.get(job).status();
        if (!found.equals(status)) {
            violated(Invariant.TOLD_END_IS_THERE, id + " is '" + found + "', and was told as " + status);
        }
    }

    private void judgeEffects() {
        lateEffects = 0;
        Map<UUID, Set<Integer>> steps = new HashMap<>();
        Set<List<Object>> once = new HashSet<>();
        for (Effect effect : told.effects()) {
            steps.computeIfAbsent(effect.job(), id -> new HashSet<>()).add(effect.step());
            if (!once.add(List.of(effect.job(), effect.epoch(), effect.step()))) {
                violated(Invariant.NO_REPEATED_STEP, effect + " twice in one run");
            }
            judge(effect);
        }
        told.accepted().forEach((id, all) -> {
            Long job = history.jobs().get(id);
            boolean isCompleted = job != null
                    && stories.containsKey(job)
                    && stories.get(job).status().equals("completed");
            for (int step = 1; isCompleted && !told.effects().isEmpty() && step <= all; step++) {
                if (!steps.getOrDefault(id, Set.of()).contains(step)) {
                    violated(Invariant.EACH_STEP, id + " has completed without step " + step);
                }
            }
        });
    }

    private void judge(Effect effect) {
        Long job = history.jobs().get(effect.job());
        Run run = job == null || !stories.containsKey(job)
                ? null
                : stories.get(job).runs().get(effect.epoch());
        if (run == null || effect.at() < run.claim().at() - NOTED_WITHIN) {
            violated(Invariant.EFFECT_OF_RUN, effect.toString());
            return;
        }
        if (effect.step() <= run.claim().finalResults()) {
            violated(Invariant.NO_REPEATED_STEP, effect + " was covered when its run began: " + run.claim());
        }
        if (run.end() != null && effect.at() > run.end().at() + NOTED_WITHIN) {
            if (run.taken() && told.late().contains(run.owner())) {
                lateEffects++;
            } else {
                violated(Invariant.NO_LATE_EFFECT, effect + " after " + run.end());
            }
        }
    }
}
