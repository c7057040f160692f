package dev.pawl.cli.develop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TypedValues;
import dev.pawl.cli.job.RepeatedJob;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a module, swaps it into a server and runs its job, again after each change of its files. Whatever is wrong with a change, the version
 * before it stays where it is. For one thread, until its watch is closed.
 */
final class DevelopmentLoop {
    private static final Duration LOOK_FOR_SERVER = Duration.ofMillis(500);

    private final ProjectFile project;
    private final ProjectWatch watch;
    private final ModuleBuild build;
    private final DevelopmentServer server;
    private final RepeatedJob job;
    private final boolean runs;
    private final Screen screen;
    private final ProblemText problems;
    private RememberedJob remembered;
    private boolean swapped;

    DevelopmentLoop(
            ProjectFile project,
            ProjectWatch watch,
            ModuleBuild build,
            DevelopmentServer server,
            Optional<RememberedJob> remembered,
            RepeatedJob job,
            Screen screen) {
        this.project = project;
        this.watch = watch;
        this.build = build;
        this.server = server;
        this.runs = remembered.isPresent();
        this.remembered = remembered.orElseGet(() -> new RememberedJob("", Map.of()));
        this.job = job;
        this.screen = screen;
        this.problems = new ProblemText(screen, project.folder());
    }

    /** @throws InterruptedException when the watch was closed */
    void run() throws IOException, InterruptedException, UsageException, RefusedException {
        ProjectSnapshot state = watch.look();
        Optional<Instant> saved = Optional.empty();
        while (true) {
            turn(state, saved);
            screen.flush();
            ProjectSnapshot changed = watch.awaitChange(state);
            Set<Path> files = changed.changedSince(state);
            screen.line("");
            screen.line(screen.paint(Colour.DIM, "Changed: " + names(files)));
            saved = changed.latest(files);
            state = changed;
        }
    }

    private String names(Set<Path> files) {
        List<String> first = files.stream()
                .limit(3)
                .map(file -> project.folder().relativize(file).toString())
                .toList();
        return PlainText.oneLine(String.join(", ", first))
                + (files.size() > first.size() ? " and " + (files.size() - first.size()) + " more" : "");
    }

    /** Builds, swaps and runs what is there. */
    private void turn(ProjectSnapshot state, Optional<Instant> saved)
            throws IOException, InterruptedException, UsageException, RefusedException {
        ModuleBuild.Built built;
        try {
            built = build.build();
        } catch (IOException e) { // such as a source that went while it was read
            built = new ModuleBuild.Built(
                    Optional.empty(), List.of(Problem.error(String.valueOf(e))), Optional.empty(), Duration.ZERO);
        }
        problems.show(built.problems());
        if (built.jar().isEmpty()) {
            tellKept();
            return;
        }
        while (true) {
            try {
                swap(built, built.jar().get(), saved);
                return;
            } catch (ProblemAnswerException refused) {
                show(refused);
                tellKept();
                return;
            } catch (NoServerException gone) {
                screen.note(screen.paint(Colour.YELLOW, "The server is gone; waiting for it to come back …"));
                if (!isBackBefore(state)) {
                    return; // to be built anew
                }
            }
        }
    }

    private void tellKept() {
        screen.note(swapped ? "Not swapped; the version before stays." : "Not swapped.");
    }

    /** Waits for the server; returns whether it is back before another change. */
    private boolean isBackBefore(ProjectSnapshot state)
            throws IOException, InterruptedException, UsageException, RefusedException {
        while (!server.isBack()) {
            if (watch.isChangedWithin(LOOK_FOR_SERVER, state)) {
                return false;
            }
        }
        return true;
    }

    private void show(ProblemAnswerException refused) {
        problems.show(Problem.error(String.valueOf(refused.getMessage())));
        if (!refused.remedy().isEmpty()) {
            screen.note(PlainText.oneLine(refused.remedy()));
        }
    }

    private void swap(ModuleBuild.Built built, Path jar, Optional<Instant> saved)
            throws IOException, InterruptedException, UsageException, NoServerException, ProblemAnswerException {
        Api api = server.api();
        job.stop();
        long begun = System.nanoTime();
        JsonNode installed = api.upload("/modules?mode=now", jar).json();
        Duration swapping = Duration.ofNanos(System.nanoTime() - begun);
        swapped = true;
        tell(installed, built, swapping, saved);
        if (runs) {
            start(api, installed);
        }
    }

    private void tell(JsonNode installed, ModuleBuild.Built built, Duration swapping, Optional<Instant> saved) {
        String parts = built.compiling()
                .map(compiling -> "compiled in " + Times.duration(compiling) + ", packed in "
                        + Times.duration(built.packing()) + ", ")
                .orElse("built by Maven, ");
        screen.line(screen.paint(Colour.GREEN, "Swapped ") + JsonTrees.text(installed, "id") + " "
                + JsonTrees.text(installed, "version")
                + saved.map(time -> ", "
                                + Times.duration(Duration.between(
                                        time, InstantSource.system().instant()))
                                + " after it was saved")
                        .orElse("")
                + screen.paint(Colour.DIM, " (" + parts + "installed in " + Times.duration(swapping) + ")"));
        screen.flush();
    }

    private void start(Api api, JsonNode installed)
            throws IOException, UsageException, NoServerException, ProblemAnswerException {
        String module = remembered.module().isEmpty() ? JsonTrees.text(installed, "id") : remembered.module();
        JsonNode fields = api.get("/modules/" + Api.segment(module)).json().path("inputs");
        remembered = new RememberedJob(module, remembered.inputs());
        try {
            job.start(api, module, TypedValues.of("-i", remembered.inputs(), fields));
        } catch (UsageException | ProblemAnswerException wrong) {
            screen.note(
                    screen.paint(Colour.YELLOW, "No job: ") + PlainText.oneLine(String.valueOf(wrong.getMessage())));
            screen.note("Inputs are given by -i NAME=VALUE.");
            return;
        }
        Set<String> secrets = remembered.write(project.folder(), fields);
        if (!secrets.isEmpty()) {
            screen.line(screen.paint(
                    Colour.DIM, "Not remembered for the next time, being secret: " + String.join(", ", secrets)));
        }
    }
}
