package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A program that polls the queue, sends heartbeats while it works and reports the end, as those of the older system do. It survives the end
 * of a server and continues its job with the next one. Now and then it is silent for too long, or abandons a job.
 */
final class OutsideWorker implements Runnable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_PAUSE_MS = 150;
    private static final int MOST_BEATS = 10;
    private static final int LEAST_SILENCE_MS = 4_000;
    private static final int MORE_SILENCE_MS = 8_000;
    private static final int BUSY_SERVER = 503;

    private final String name;
    private final boolean tellsEpoch;
    private final boolean namesNoJob;
    private final OutsideWorkers workers;
    private final Ledger ledger;
    private final Leases leases;
    private final Random random;
    private Holding holding;
    private WorkerApi last;
    private int ends;

    OutsideWorker(int number, OutsideWorkers workers, Ledger ledger, Random random) {
        this.name = "outside-" + number;
        this.tellsEpoch = number % 2 == 0;
        this.namesNoJob = number == 0;
        this.workers = workers;
        this.ledger = ledger;
        this.leases = ledger.leases();
        this.random = random;
    }

    @Override
    public void run() {
        try {
            for (WorkerApi api = workers.awaitServer(); api != null; api = workers.awaitServer()) {
                try {
                    step(api);
                } catch (HttpTimeoutException e) {
                    ledger.violation(name + " got no answer: " + e);
                } catch (IOException lost) { // the server died, as intended
                    leases.count("requests without an answer");
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS)); // programs work between requests
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            ledger.violation(name + " failed: " + e);
        }
    }

    private void step(WorkerApi api) throws IOException, InterruptedException {
        boolean anew = api != last;
        last = api;
        if (holding == null) {
            poll(api);
            return;
        }
        if (anew) {
            look(api);
        }
        if (holding.beatsLeft-- > 0) {
            beat(api);
        } else if (holding.fate == Holding.Fate.VANISH && !workers.isReliable()) {
            leases.count("abandoned");
            holding = null;
        } else if (holding.fate == Holding.Fate.SLEEP && !workers.isReliable()) {
            leases.count("held in silence");
            workers.beSilent(LEAST_SILENCE_MS + random.nextInt(MORE_SILENCE_MS));
            holding.fate = Holding.Fate.COMPLETE;
            holding.beatsLeft = random.nextInt(3);
        } else {
            end(api);
        }
    }

    private void poll(WorkerApi api) throws IOException, InterruptedException {
        int drawn = random.nextInt(100);
        if (drawn < 8) {
            refusedBeat(api.beat(name, OddHeartbeat.idle(name, random).document()));
            return;
        }
        if (drawn < 50) {
            poll(api, "?worker_id=" + name + "&modules=far");
        } else if (drawn < 80) {
            poll(api, "");
        } else if (drawn < 88) {
            poll(api, "?modules=far");
        } else {
            poll(api, "?worker_id=" + name + (drawn < 95 ? "" : "&modules=chaos,far"));
        }
    }

    private void poll(WorkerApi api, String query) throws IOException, InterruptedException {
        WorkerApi.Answer answer = api.poll(query);
        if (answer.status() == 200) {
            take(query, answer);
        } else if (answer.status() != 404 && answer.status() != BUSY_SERVER) {
            wrong("a poll was answered with " + answer, answer);
        }
    }

    private void take(String query, WorkerApi.Answer answer) {
        JsonNode handed = answer.body();
        String job = handed.get("job_id").asText();
        long epoch = handed.get("epoch").asLong();
        boolean named = query.contains("worker_id");
        if (Trails.startsByItself(handed) || Probes.isOne(handed)) {
            return; // it is left alone until its lease ends, and waits again
        }
        Expectation expected = ledger.titled(handed.get("job_title").asText());
        if (expected == null) {
            ledger.violation("a job was handed out that nobody asked for: " + handed);
            return;
        }
        leases.handed(job, epoch, name, named, answer.sentNs(), answer.answeredNs(), expected.isStopRequested());
        expected.isThere(job);
        String wrong = expected.judgeHanded(MAPPER, handed.get("tasks"), query, answer.sentNs());
        if (wrong != null) {
            ledger.violation(job + " (" + expected.kind() + ") was handed out, " + wrong);
        }
        holding = new Holding(expected, job, epoch, expected.kind().module(0), named);
        holding.beatsLeft = random.nextInt(MOST_BEATS);
        int drawn = random.nextInt(100);
        boolean mayFail = expected.kind() == Kind.OUTSIDE_RETRIED ? drawn < 50 : drawn < 12;
        if (drawn >= 91) {
            holding.fate = drawn >= 97 ? Holding.Fate.VANISH : Holding.Fate.SLEEP;
        } else {
            holding.fate = mayFail && expected.mayFailOutside() ? Holding.Fate.FAIL : Holding.Fate.COMPLETE;
        }
    }

    private void beat(WorkerApi api) throws IOException, InterruptedException {
        Holding held = holding;
        OddHeartbeat beat = OddHeartbeat.of(name, held.job, held.module, random);
        boolean names = !namesNoJob || !held.named || workers.isReliable() || random.nextInt(3) != 0;
        if (names) {
            leases.speaking(held.job, held.epoch);
            try {
                beat(api, held, beat, true);
            } finally {
                leases.spoken(held.job);
            }
        } else {
            beat(api, held, beat, false);
        }
        if (holding != null && random.nextInt(6) == 0) {
            look(api);
        }
    }

    private void beat(WorkerApi api, Holding held, OddHeartbeat beat, boolean names)
            throws IOException, InterruptedException {
        WorkerApi.Answer answer;
        try {
            answer = api.beat(name, (names ? beat : beat.withoutJob()).document());
        } catch (IOException lost) {
            unanswered(held);
            throw lost;
        }
        if (refusedBeat(answer)) {
            unanswered(held);
        } else if (names) {
            answered(answer, beat);
        } else {
            held.isUnsure();
            leases.keptUnnamed(held.job, held.epoch, answer.sentNs(), answer.answeredNs());
        }
    }

    private void unanswered(Holding held) {
        held.isUnsure();
        if (ledger.isShared()) {
            held.mayComeLate();
        }
    }

    private boolean refusedBeat(WorkerApi.Answer answer) {
        if (answer.status() != 204 && answer.status() != BUSY_SERVER) {
            wrong("a heartbeat was answered with " + answer, answer);
        }
        return answer.status() != 204;
    }

    private void answered(WorkerApi.Answer answer, OddHeartbeat beat) {
        Holding held = holding;
        leases.answered(name, held, answer);
        switch (answer.hold()) {
            case "held" -> held.said(beat);
            case "lost" -> {
                held.beatsLeft = 0;
                held.fate = Holding.Fate.COMPLETE;
                if (random.nextBoolean()) { // otherwise it reports the end, as a program that ignores the header does
                    holding = null;
                }
            }
            default -> {
                held.expected.ended();
                holding = null;
            }
        }
    }

    private void look(WorkerApi api) throws IOException, InterruptedException {
        WorkerApi.Answer answer = api.job(holding.job);
        if (answer.status() == 200) {
            String wrong = holding.judge(answer.body(), name);
            if (wrong != null) {
                ledger.violation(holding.job + ", which " + name + " holds, " + wrong);
            }
        } else if (answer.status() != BUSY_SERVER) {
            wrong(holding.job + ", which " + name + " holds, was asked for and is " + answer, answer);
        }
    }

    private void end(WorkerApi api) throws IOException, InterruptedException {
        Holding held = holding;
        if (held.end == null) {
            held.end = draw(held.fate == Holding.Fate.FAIL);
        }
        boolean alone =
                !held.expected.isStopRequested() && held.expected.ends().sent().isEmpty();
        held.expected.ends().sending(held.end);
        held.timesEnded++;
        long safeUntilNs = leases.releasing(held.job, held.epoch);
        ObjectNode body = JSON.objectNode().put("failed", held.end.failed());
        body.set("info", held.end.info());
        if (tellsEpoch) {
            body.put("epoch", held.epoch);
        }
        WorkerApi.Answer answer;
        try {
            answer = api.completed(held.job, body);
        } finally {
            leases.released(held.job);
        }
        switch (answer.status()) {
            case 204 -> {
                held.expected.ends().taken(held.end);
                leases.count(held.end.failed() ? "failed" : "completed");
                holding = null;
            }
            case 404, 409 -> {
                if (answer.answeredNs() < safeUntilNs && alone && !held.expected.isStopRequested()) {
                    ledger.violation(
                            "the end of " + held.job + " was refused to " + name + ", which held it: " + answer);
                }
                refused(held, answer);
                holding = null;
            }
            case BUSY_SERVER -> leases.unconfirmed(held.job); // it will report the end again
            default -> wrong("the end of " + held.job + " was answered with " + answer, answer);
        }
    }

    private void refused(Holding held, WorkerApi.Answer answer) {
        leases.count("ends refused");
        if (held.timesEnded == 1) {
            held.expected.ends().refused(held.end);
        }
        if (answer.code().equals("PAWL-114")) {
            held.expected.ended();
        }
    }

    private End draw(boolean failed) {
        String token = name + " end " + ++ends;
        JsonNode info =
                switch (random.nextInt(3)) {
                    case 0 -> JSON.textNode(token + " {not json");
                    case 1 -> JSON.objectNode().put("error", token).put("worker_id", name);
                    default -> JSON.arrayNode().add(token).addNull().add(random.nextInt());
                };
        return new End(token, failed, info);
    }

    private void wrong(String sentence, WorkerApi.Answer answer) {
        if (answer.status() == 500) {
            ledger.serverError(sentence);
        } else {
            ledger.violation(sentence);
        }
    }
}
