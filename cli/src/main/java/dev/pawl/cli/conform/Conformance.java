package dev.pawl.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.conform.Finding.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The checks, one process for each; the first run decides which others there can be. */
final class Conformance {

    private static final long EXIT_MS = 5_000;
    private static final long TERM_AFTER_MS = 2_000;
    private static final long STOP_MS = 10_000;
    private static final int PARTS = 3;

    private final ModuleUnderTest module;
    private final ObjectNode inputs;
    private final ObjectNode settings;
    private final long limitMs;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> command;
    private List<String> transcript = List.of();

    Conformance(ModuleUnderTest module, ObjectNode inputs, ObjectNode settings, long limitMs) throws UsageException {
        this.module = module;
        this.command = module.command();
        this.inputs = inputs;
        this.settings = settings;
        this.limitMs = limitMs;
    }

    /** The judgement of a conversation by a check. */
    private interface Check {
        Finding of(String name, Play play, TriedProcess process, Path work) throws InterruptedException;
    }

    /** Tries everything. */
    List<Finding> all() throws UsageException, InterruptedException, IOException {
        if (module.has("validate")) {
            tryOut("validate", JsonTrees.object(), this::validate);
        }
        ObjectNode saved = JsonTrees.object();
        tryOut("run", JsonTrees.object(), (name, play, process, work) -> {
            Finding finding = run(name, play, process, work, JsonTrees.object(), false);
            saved.setAll(play.checkpoint());
            return finding;
        });
        if (findings.get(findings.size() - 1).verdict() != Verdict.WRONG) {
            others(saved);
        }
        return findings;
    }

    private void others(ObjectNode saved) throws UsageException, InterruptedException, IOException {
        if (module.listens()) {
            tryOut(
                    "start in parts",
                    JsonTrees.object(),
                    (name, play, process, work) -> run(name, play, process, work, JsonTrees.object(), true));
            tryOut("unknown messages", JsonTrees.object(), this::unknown);
        } else {
            skip("start in parts", "a command reads its input once");
            skip("unknown messages", "a command reads no messages");
        }
        if (saved.isEmpty()) {
            skip("leave at a checkpoint", "it saves none");
            skip("resume", "it saves none");
        } else {
            tryOut("leave at a checkpoint", JsonTrees.object(), this::park);
            tryOut("resume", saved, (name, play, process, work) -> run(name, play, process, work, saved, false));
        }
        tryOut("stop", JsonTrees.object(), this::stop);
        if (module.listens()) {
            tryOut("server gone", JsonTrees.object(), this::serverGone);
        } else {
            skip("server gone", "the server's supervisor ends commands");
        }
        tryOut("kill", JsonTrees.object(), this::kill);
    }

    private void tryOut(String name, JsonNode checkpoint, Check check)
            throws UsageException, InterruptedException, IOException {
        Path work = Files.createTempDirectory("pawl-conform");
        try (TriedProcess process = TriedProcess.start(command, work, module.environment(work, inputs, checkpoint))) {
            Play play = new Play(module, process, work);
            Finding finding = check.of(name, play, process, work);
            boolean first = findings.stream().noneMatch(earlier -> earlier.verdict() == Verdict.WRONG);
            if (first && (finding.verdict() == Verdict.WRONG || name.equals("run"))) {
                transcript = play.transcript();
            }
            findings.add(finding);
        } finally {
            FileTree.delete(work);
        }
    }

    private void skip(String name, String why) {
        findings.add(new Finding(name, Verdict.SKIPPED, why));
    }

    private ObjectNode start(String next, Path work, JsonNode checkpoint) {
        return module.start(next, work, inputs, settings, checkpoint);
    }

    private void begin(Play play, TriedProcess process, ObjectNode start) {
        play.say(start);
        if (!module.listens()) {
            process.endInput();
        }
    }

    private Finding validate(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        begin(play, process, start("validate", work, JsonTrees.object()));
        play.until(line -> line.type().equals("valid") || line.type().equals("failed"), limitMs);
        return ended(name, play, process, "valid");
    }

    private Finding run(String name, Play play, TriedProcess process, Path work, JsonNode checkpoint, boolean inParts)
            throws InterruptedException {
        ObjectNode start = start("run", work, checkpoint);
        if (inParts) {
            play.note("> " + start + " (in " + PARTS + " parts)");
            byte[] line = (start + "\n").getBytes(StandardCharsets.UTF_8);
            int size = line.length / PARTS + 1;
            for (int at = 0; at < line.length; at += size) {
                process.send(Arrays.copyOfRange(line, at, Math.min(line.length, at + size)), 100);
            }
        } else {
            begin(play, process, start);
        }
        return finished(name, play, process);
    }

    /** Waits for the end of run, and of cleanup where there is one. */
    private Finding finished(String name, Play play, TriedProcess process) throws InterruptedException {
        boolean done =
                play.until(line -> line.type().equals("done") || line.type().equals("failed"), limitMs);
        if (done && module.has("cleanup") && module.listens()) {
            boolean failed = "failed".equals(play.end());
            play.nextPhase();
            play.say(JsonTrees.object().put("type", "cleanup").put("outcome", failed ? "failed" : "completed"));
            play.until(line -> line.type().equals("done") || line.type().equals("failed"), limitMs);
        }
        return ended(name, play, process, "done");
    }

    private Finding ended(String name, Play play, TriedProcess process, String expected) throws InterruptedException {
        if (module.listens() && play.end() == null && process.isAlive() && !process.isOver()) {
            return new Finding(
                    name, Verdict.WRONG, "it said neither " + expected + " nor failed within " + limitMs / 1000 + " s");
        }
        boolean gone = process.ended(module.listens() ? EXIT_MS : limitMs);
        play.until(line -> false, 200);
        if (!play.faults().isEmpty()) {
            return new Finding(
                    name,
                    Verdict.WRONG,
                    play.faults().get(0)
                            + (play.faults().size() > 1
                                    ? " (and " + (play.faults().size() - 1) + " more)"
                                    : ""));
        }
        if (!gone) {
            return new Finding(
                    name,
                    Verdict.WRONG,
                    module.listens()
                            ? "it still runs 5 s after its end"
                            : "it still runs after " + limitMs / 1000 + " s");
        }
        String said = process.errors().isEmpty() ? "" : ": " + last(process.errors());
        if (module.listens() && !expected.equals(play.end())) {
            return new Finding(
                    name,
                    Verdict.WRONG,
                    "failed".equals(play.end())
                            ? "it failed: "
                                    + last(play.transcript()
                                            .get(play.transcript().size() - 1))
                            : "it ended with exit code " + process.exitCode() + " and without " + expected + said);
        }
        if (!module.listens() && process.exitCode() != 0) {
            return new Finding(name, Verdict.WRONG, "exit code " + process.exitCode() + said);
        }
        return new Finding(name, Verdict.OK, play.results() + " results, " + play.checkpoints() + " checkpoints");
    }

    private static String last(String text) {
        String[] lines = text.split("\n", -1);
        return lines[lines.length - 1];
    }

    private Finding unknown(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        play.say(start("run", work, JsonTrees.object()).put("field_of_a_later_version", true));
        play.say(JsonTrees.object().put("type", "message-of-a-later-version").put("id", "1"));
        return finished(name, play, process);
    }

    private Finding park(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        play.parking();
        begin(play, process, start("run", work, JsonTrees.object()));
        play.until(line -> line.type().equals("checkpoint"), limitMs);
        boolean gone = process.ended(EXIT_MS);
        play.until(line -> false, 200);
        if (play.resultsAfterPark() > 0) {
            return new Finding(
                    name,
                    Verdict.WRONG,
                    "it goes on after the answer park: " + play.resultsAfterPark()
                            + " results, which would come twice");
        }
        return gone
                ? new Finding(name, Verdict.OK, "it leaves at once")
                : new Finding(name, Verdict.WRONG, "it still runs 5 s after the answer park");
    }

    private Finding stop(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        begin(play, process, start("run", work, JsonTrees.object()));
        play.until(line -> !line.type().isEmpty() && !line.type().equals("ready"), 1_000);
        if (!process.isAlive() || play.end() != null) {
            return new Finding(name, Verdict.SKIPPED, "it was done before it could be stopped");
        }
        long began = System.nanoTime();
        if (module.listens()) {
            play.say(JsonTrees.object()
                    .put("type", "stop")
                    .put("reason", "conform")
                    .put("term_after_ms", TERM_AFTER_MS));
            awaitEnd(play, process, TERM_AFTER_MS);
        }
        boolean byItself = !process.isAlive();
        if (!byItself) {
            play.note("> SIGTERM");
            process.signal("TERM");
            awaitEnd(play, process, STOP_MS - TERM_AFTER_MS);
        }
        if (process.isAlive()) {
            return new Finding(name, Verdict.WARNING, "it ignores stop and SIGTERM; the server kills it after 10 s");
        }
        return new Finding(
                name,
                Verdict.OK,
                "it ends " + (System.nanoTime() - began) / 1_000_000 + " ms after "
                        + (byItself ? "stop" : module.listens() ? "stop, at SIGTERM" : "SIGTERM"));
    }

    private static void awaitEnd(Play play, TriedProcess process, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (process.isAlive() && System.nanoTime() < end) {
            play.until(line -> false, 50);
            process.ended(20);
        }
    }

    private Finding serverGone(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        begin(play, process, start("run", work, JsonTrees.object()));
        play.until(line -> !line.type().isEmpty() && !line.type().equals("ready"), 1_000);
        play.note("> end of input");
        process.endInput();
        awaitEnd(play, process, EXIT_MS);
        return process.isAlive()
                ? new Finding(name, Verdict.WARNING, "it goes on when its input ends; only the supervisor ends it")
                : new Finding(name, Verdict.OK, "it ends when its input ends");
    }

    private Finding kill(String name, Play play, TriedProcess process, Path work) throws InterruptedException {
        begin(play, process, start("run", work, JsonTrees.object()));
        play.until(line -> !line.type().isEmpty(), 1_000);
        process.signal("KILL");
        return process.ended(EXIT_MS)
                ? new Finding(name, Verdict.OK, "it ends with its group")
                : new Finding(name, Verdict.WRONG, "it lives on after SIGKILL to its group");
    }

    /** The conversation of the first check that went wrong, or of the run. */
    List<String> transcript() {
        return transcript;
    }
}
