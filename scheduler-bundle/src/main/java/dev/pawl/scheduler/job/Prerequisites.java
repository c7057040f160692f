package dev.pawl.scheduler.job;

import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the jobs that requests name as those to wait for, and the order in which the jobs of a batch can be added. */
final class Prerequisites {

    private static final Pattern PLACE = Pattern.compile("jobs\\[(\\d{1,9})]");

    private final JobLookup lookup;

    Prerequisites(JobLookup lookup) {
        this.lookup = lookup;
    }

    /** A request that names the jobs for which it waits by their ids. */
    JobRequest named(JobRequest request) {
        return named(request, "", place -> {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "after names jobs[" + place
                            + "]; only a job of a batch (`jobs: [...]`) can name another by its place.");
        });
    }

    /**
     * The requests of a batch, each of which names the jobs for which it waits by their ids.
     *
     * @param ids the ids that the jobs of the batch get
     */
    List<JobRequest> named(List<JobRequest> batch, List<UUID> ids) {
        refuseEqualKeys(batch);
        List<JobRequest> named = new ArrayList<>(batch.size());
        long waits = 0;
        for (JobRequest request : batch) {
            String prefix = "jobs[" + named.size() + "].";
            named.add(named(request, prefix, place -> {
                if (place >= ids.size()) {
                    throw new ProblemException(
                            ProblemCode.INVALID_JOB,
                            prefix + "after names jobs[" + place + "]; the batch has " + ids.size()
                                    + " job(s), counted from 0.");
                }
                return ids.get(place);
            }));
            waits += request.after().jobs().size();
        }
        if (waits > Batch.MOST_WAITS) {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "The jobs of the batch have " + waits + " entries in after; together they take at most "
                            + Batch.MOST_WAITS + ".");
        }
        return named;
    }

    private JobRequest named(JobRequest request, String prefix, Function<Integer, UUID> placed) {
        After after = request.after();
        if (after.isNone()) {
            return request;
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < after.jobs().size(); i++) {
            String name = after.jobs().get(i);
            OptionalInt place = place(name);
            UUID id = place.isPresent() ? placed.apply(place.getAsInt()) : found(prefix + "after[" + i + "]", name);
            ids.add(id.toString());
        }
        return request.withAfter(after.withJobs(List.copyOf(ids)));
    }

    private UUID found(String field, String name) {
        try {
            return lookup.id(name);
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.UNKNOWN_JOB) {
                throw new ProblemException(ProblemCode.INVALID_JOB, After.unknown(field, name), e);
            }
            throw e.code() == ProblemCode.AMBIGUOUS_JOB_ID
                    ? new ProblemException(
                            ProblemCode.AMBIGUOUS_JOB_ID,
                            field + " is \"" + name + "\"; several jobs have ids that begin like this.",
                            e)
                    : e;
        }
    }

    private static OptionalInt place(String name) {
        Matcher matcher = PLACE.matcher(name);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static void refuseEqualKeys(List<JobRequest> batch) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Optional<String> key = batch.get(i).uniqueKey();
            Integer first = key.isEmpty() ? null : places.putIfAbsent(key.get(), i);
            if (first != null) {
                throw new ProblemException(
                        ProblemCode.INVALID_JOB,
                        "jobs[" + i + "].unique_key is \"" + key.get() + "\", as is that of jobs[" + first
                                + "]; give each job of a batch a key of its own.");
            }
        }
    }

    /**
     * The places of a batch in an order in which each job stands behind those of the batch for which it waits.
     *
     * @throws ProblemException when some wait for each other in a circle, which it names
     */
    static List<Integer> order(List<JobRequest> batch) {
        List<List<Integer>> before = new ArrayList<>(batch.size());
        for (JobRequest request : batch) {
            before.add(request.after().jobs().stream()
                    .map(Prerequisites::place)
                    .filter(OptionalInt::isPresent)
                    .map(OptionalInt::getAsInt)
                    .filter(place -> place < batch.size())
                    .distinct()
                    .toList());
        }
        return new Order(before).all();
    }

    /** A depth-first walk, without recursion: a chain may have as many jobs as a batch. */
    private static final class Order {
        private final List<List<Integer>> before;
        private final Set<Integer> done = new LinkedHashSet<>();
        private final Map<Integer, Integer> next =
                new HashMap<>(); // for the places on the path, the next one to look at
        private final Deque<Integer> path = new ArrayDeque<>();

        Order(List<List<Integer>> before) {
            this.before = before;
        }

        List<Integer> all() {
            for (int place = 0; place < before.size(); place++) {
                if (!done.contains(place)) {
                    enter(place);
                    walk();
                }
            }
            return List.copyOf(done);
        }

        private void enter(int place) {
            path.addLast(place);
            next.put(place, 0);
        }

        private void walk() {
            while (!path.isEmpty()) {
                int place = path.getLast();
                int n = next.merge(place, 1, Integer::sum) - 1;
                if (n == before.get(place).size()) {
                    next.remove(place);
                    done.add(path.removeLast());
                } else {
                    int earlier = before.get(place).get(n);
                    if (next.containsKey(earlier)) {
                        throw circle(earlier);
                    }
                    if (!done.contains(earlier)) {
                        enter(earlier);
                    }
                }
            }
        }

        private ProblemException circle(int from) {
            List<String> circle = new ArrayList<>();
            boolean isIn = false;
            for (int place : path) {
                isIn |= place == from;
                if (isIn) {
                    circle.add("jobs[" + place + "]");
                }
            }
            circle.add("jobs[" + from + "]");
            return new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "after makes a circle: " + circle.get(0) + " waits for "
                            + String.join(", which waits for ", circle.subList(1, circle.size()))
                            + "; none of them could ever start.");
        }
    }
}
