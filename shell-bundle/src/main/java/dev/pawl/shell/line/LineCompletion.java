package dev.pawl.shell.line;

import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.Schema;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.shell.ShellWord;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Completes command lines: names of commands and schedules, ids of jobs, modules and servers, and the names of a module's inputs. */
final class LineCompletion {
    private static final int MOST_JOBS = 50;
    private static final int MOST_SCHEDULES = 100;
    private static final Set<String> OF_MODULES = Set.of(
            "job:run",
            "module:show",
            "module:update",
            "module:enable",
            "module:disable",
            "module:uninstall",
            "module:rollback",
            "module:promote",
            "module:history",
            "module:pause",
            "module:resume",
            "data:get",
            "data:put",
            "data:rm",
            "data:names");
    private static final Set<String> OF_JOBS =
            Set.of("job:show", "job:why", "job:logs", "job:results", "job:stop", "job:resume");

    private static final Set<String> OF_SCHEDULES = Set.of(
            "schedule:show",
            "schedule:history",
            "schedule:next",
            "schedule:pause",
            "schedule:resume",
            "schedule:run",
            "schedule:rm");

    private final CommandIndex commands;
    private final Scheduler scheduler;
    private final ModuleCatalog catalog;
    private final Workers workers;
    private final @Nullable Schedules schedules;

    /** @param schedules null when the server runs without them */
    LineCompletion(
            CommandIndex commands,
            Scheduler scheduler,
            ModuleCatalog catalog,
            Workers workers,
            @Nullable Schedules schedules) {
        this.commands = commands;
        this.scheduler = scheduler;
        this.catalog = catalog;
        this.workers = workers;
        this.schedules = schedules;
    }

    List<ShellWord> of(String line) {
        List<String> words = LineWords.of(line);
        boolean begun = !line.isEmpty() && !Character.isWhitespace(line.charAt(line.length() - 1));
        int place = words.size() - (begun ? 1 : 0);
        String last = begun ? words.get(words.size() - 1) : "";
        try {
            return words(words, place)
                    .filter(word -> word.word().startsWith(last))
                    .toList();
        } catch (ProblemException e) {
            return List.of(); // what cannot be read now is not completed
        }
    }

    private Stream<ShellWord> words(List<String> words, int place) {
        if (place <= 0) {
            return Stream.concat(
                    commands.own().stream().map(command -> new ShellWord(command.fullName(), command.description())),
                    Stream.concat(
                                    Stream.of("help", "exit"),
                                    LineWords.shortForms().stream().sorted())
                            .map(word -> new ShellWord(word, "")));
        }
        String first = words.get(0);
        String command = LineWords.resolved(first);
        if (first.equals("help")) {
            return commands.own().stream().map(own -> new ShellWord(own.fullName(), own.description()));
        }
        if (OF_JOBS.contains(command)) {
            return jobs();
        }
        if (OF_SCHEDULES.contains(command)) {
            return schedules();
        }
        if (command.equals("worker:drain")) {
            return servers();
        }
        if (command.equals("worker:undrain")) {
            return servers().filter(server -> workers.isDrained(server.word()));
        }
        if (place == 1) {
            return OF_MODULES.contains(command) ? modules() : Stream.of();
        }
        return command.equals("job:run") ? inputs(words.get(1)) : Stream.of();
    }

    private Stream<ShellWord> jobs() {
        return scheduler.jobs(JobFilter.all().withLimit(MOST_JOBS)).jobs().stream()
                .map(view -> new ShellWord(
                        view.job().id().toString(), view.job().state().status().wireName()));
    }

    private Stream<ShellWord> schedules() {
        return schedules == null
                ? Stream.of()
                : schedules.list(null, MOST_SCHEDULES).stream()
                        .map(schedule -> new ShellWord(schedule.request().name(), schedule.sentence()));
    }

    /** This server and those that share its store; external workers are not drained. */
    private Stream<ShellWord> servers() {
        String own = scheduler.status().workerId();
        return workers.workers().stream()
                .filter(worker -> worker.server() != null || worker.id().equals(own))
                .map(worker -> new ShellWord(worker.id(), name(worker)));
    }

    private static String name(Worker worker) {
        StoreServer server = worker.server();
        return server == null ? worker.heartbeat().hostname() : server.name();
    }

    private Stream<ShellWord> modules() {
        return catalog.modules().stream().map(module -> new ShellWord(module.id(), module.name()));
    }

    private Stream<ShellWord> inputs(String module) {
        return catalog.module(module).map(ModuleEntry::inputs).map(Schema::fields).orElse(List.of()).stream()
                .map(field -> new ShellWord(field.id() + "=", field.description()));
    }
}
