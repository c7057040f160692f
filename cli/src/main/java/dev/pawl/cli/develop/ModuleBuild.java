package dev.pawl.cli.develop;

import dev.pawl.base.file.FileTree;
import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Builds a project in this process. Maven runs only to learn how: at first, and after the POM was changed; or each time, for a project whose POM
 * has a build of its own. For one thread.
 */
final class ModuleBuild implements AutoCloseable {

    private final ProjectFile project;
    private final MavenRun maven;
    private final Path scratch;
    private final JavaCompiler compiler;
    private Optional<Tools> tools = Optional.empty();

    /** The compiler and bnd, as one state of the POM asks for them. */
    private record Tools(SourceCompiler compiler, ModulePacker packer) {}

    /**
     * The outcome of a build.
     *
     * @param jar the jar; none when there are mistakes
     * @param problems mistakes and warnings
     * @param compiling the time that the compiler took; none when Maven built it
     * @param packing the time that bnd took
     */
    record Built(Optional<Path> jar, List<Problem> problems, Optional<Duration> compiling, Duration packing) {

        private static Built failed(List<Problem> problems) {
            return new Built(Optional.empty(), problems, Optional.empty(), Duration.ZERO);
        }
    }

    private ModuleBuild(ProjectFile project, MavenRun maven, Path scratch, JavaCompiler compiler) {
        this.project = project;
        this.maven = maven;
        this.scratch = scratch;
        this.compiler = compiler;
    }

    /**
     * @param scratch a folder of this build alone
     * @param compiler the compiler of this Java; null when it has none
     * @throws UsageException when there is no compiler
     */
    static ModuleBuild of(ProjectFile project, MavenRun maven, Path scratch, @Nullable JavaCompiler compiler)
            throws UsageException {
        if (compiler == null) {
            throw new UsageException("The Java in " + System.getProperty("java.home")
                    + " has no compiler: it is a runtime. Install a JDK 17 or newer, and name it in JAVA_HOME.");
        }
        return new ModuleBuild(project, maven, scratch, compiler);
    }

    /** Builds what is there now. */
    Built build() throws IOException, InterruptedException {
        if (!Files.isRegularFile(project.pom())) {
            return Built.failed(List.of(Problem.error("The pom.xml is gone.")));
        }
        if (!project.isPlain()) {
            return byMaven();
        }
        Optional<BuildSettings> settings = BuildSettings.current(project);
        if (settings.isEmpty()) {
            List<Problem> problems = maven.run("process-classes");
            settings = BuildSettings.current(project);
            if (settings.isEmpty()) {
                return Built.failed(problems.isEmpty() ? List.of(notWritten()) : problems);
            }
        }
        return build(tools(settings.get()));
    }

    private static Problem notWritten() {
        return Problem.error(
                "Maven did not write down how it builds this project: its parent is that of an earlier version of Pawl. Run"
                        + " `pawl module link`.");
    }

    private Built byMaven() throws IOException, InterruptedException {
        List<Problem> problems = maven.run("package", "-DskipTests");
        if (problems.stream().anyMatch(Problem::isError)) {
            return Built.failed(problems);
        }
        Optional<BuildSettings> settings = BuildSettings.current(project);
        return settings.isEmpty()
                ? Built.failed(List.of(notWritten()))
                : new Built(Optional.of(settings.get().jar()), problems, Optional.empty(), Duration.ZERO);
    }

    private Tools tools(BuildSettings settings) throws IOException {
        if (tools.isEmpty() || !tools.get().compiler.settings().equals(settings)) {
            close();
            Path generated = Files.createDirectories(scratch.resolve("generated"));
            tools = Optional.of(
                    new Tools(new SourceCompiler(compiler, settings, generated), ModulePacker.of(settings)));
        }
        return tools.get();
    }

    private Built build(Tools tools) throws IOException {
        long begun = System.nanoTime();
        SourceCompiler.Compiled compiled = tools.compiler.compile(sources());
        Duration compiling = Duration.ofNanos(System.nanoTime() - begun);
        List<Problem> problems = new ArrayList<>(compiled.problems());
        if (!compiled.isSound()) {
            return Built.failed(problems);
        }
        begun = System.nanoTime();
        Map<String, byte[]> files = new TreeMap<>(resources());
        files.putAll(compiled.classes());
        Path jar = scratch.resolve("module.jar");
        problems.addAll(tools.packer.pack(project.folder(), files, jar));
        Duration packing = Duration.ofNanos(System.nanoTime() - begun);
        return problems.stream().anyMatch(Problem::isError)
                ? Built.failed(problems)
                : new Built(Optional.of(jar), problems, Optional.of(compiling), packing);
    }

    private List<Path> sources() throws IOException {
        return filesIn(project.sources()).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private Map<String, byte[]> resources() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : filesIn(project.resources())) {
            files.put(project.resources().relativize(file).toString(), Files.readAllBytes(file));
        }
        return files;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(ProjectSnapshot::counts)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (tools.isPresent()) {
            tools.get().compiler.close();
            tools.get().packer.close();
            tools = Optional.empty();
            FileTree.delete(scratch.resolve("generated"));
        }
    }
}
