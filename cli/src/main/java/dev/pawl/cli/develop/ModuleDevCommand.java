package dev.pawl.cli.develop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.job.RepeatedJob;
import dev.pawl.cli.job.StackOption;
import dev.pawl.cli.screen.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches a project, and has a server run what is written. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = "Watches a module's project: builds each change, swaps it into a server, and runs its job again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module dev -i name=World",
            "  pawl module dev --url http://127.0.0.1:8420 --no-run",
            "",
            "Without --url it uses a server of this machine that runs, else a",
            "temporary one of its own, whose data go with it. Ctrl-C ends it."
        })
public final class ModuleDevCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The project. Default: this folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--task",
            paramLabel = "MODULE",
            description = "The id of the module to run. Default: the one of the last time, else the project's first.")
    private String task = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "An input of the job; those of the last time hold until they are given anew.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--no-run", description = "Runs no job.")
    private boolean idle;

    @Option(names = "--temporary", description = "Uses a temporary server, also when another one runs.")
    private boolean temporary;

    @Mixin
    private final StackOption stack = new StackOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private final Invocation invocation;

    public ModuleDevCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        ProjectFile project = new ProjectFile(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(project.pom())
                || !Files.readString(project.pom()).contains("pawl-module-parent")) {
            throw new UsageException("The folder " + project.folder()
                    + " holds no project of a module: it has no pom.xml whose parent is pawl-module-parent. Go to the project, or"
                    + " make one with `pawl module new`.");
        }
        if (temporary && server.isNamed(invocation)) {
            throw new UsageException(
                    "--temporary is a server of its own, and another one is named. Leave one of them out.");
        }
        Resources resources = new Resources();
        Interrupts.Registration leaving = invocation.interrupts().onInterrupt(resources::close);
        try {
            develop(project, resources);
        } catch (InterruptedException ended) {
            throw new CommandInterruptedException();
        } catch (Exception failed) {
            if (resources.isClosed()) { // taken away from under it
                throw new CommandInterruptedException();
            }
            throw failed;
        } finally {
            leaving.cancel();
            resources.close();
        }
        throw new CommandInterruptedException();
    }

    private void develop(ProjectFile project, Resources resources) throws Exception {
        ScratchFolder scratch = resources.add(ScratchFolder.make(Path.of(System.getProperty("java.io.tmpdir"))));
        MavenRun maven = new MavenRun(project.folder(), invocation);
        ModuleBuild build =
                resources.add(ModuleBuild.of(project, maven, scratch.path(), ToolProvider.getSystemJavaCompiler()));
        resources.add(maven);
        DevelopmentServer target = resources.add(
                DevelopmentServer.open(server, temporary, scratch.path().resolve("server"), invocation));
        ProblemText problems = new ProblemText(invocation.screen(), project.folder());
        FailurePlace places = new FailurePlace(project);
        RepeatedJob job =
                resources.add(new RepeatedJob(invocation, stack, failed -> places.of(stack(failed), message(failed))
                        .ifPresent(problems::show)));
        ProjectWatch watch = resources.add(new ProjectWatch(project));
        announce(target, project);
        Optional<RememberedJob> remembered =
                idle ? Optional.empty() : Optional.of(RememberedJob.read(project.folder(), task, inputs));
        new DevelopmentLoop(project, watch, build, target, remembered, job, invocation.screen()).run();
    }

    private static String stack(JsonNode job) {
        return JsonTrees.text(job.path("failure"), "stack");
    }

    private static String message(JsonNode job) {
        return JsonTrees.text(job.path("failure"), "message");
    }

    private void announce(DevelopmentServer target, ProjectFile project) throws IOException {
        String url = target.api().address().url().toString();
        invocation
                .screen()
                .line("Watching " + project.folder() + ", with "
                        + (target.isTemporary() ? "a temporary server at " : "the server at ")
                        + invocation.screen().paint(Colour.BOLD, url) + ". Ctrl-C ends it."
                        + (project.isPlain()
                                ? ""
                                : " Maven builds each change: the POM has a build of its own, or it is Kotlin."));
        invocation.screen().flush();
    }
}
