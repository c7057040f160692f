package dev.pawl.cli.develop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** Compiles all sources of a project in this process, into memory. It keeps the jars of the class path open. For one thread. */
final class SourceCompiler implements AutoCloseable {

    private final JavaCompiler compiler;
    private final BuildSettings settings;
    private final StandardJavaFileManager files;

    /**
     * The outcome of a compilation.
     *
     * @param classes the content of the class files by name, such as {@code com/example/Sample.class}
     * @param problems mistakes, without which the classes are whole, and warnings
     */
    record Compiled(Map<String, byte[]> classes, List<Problem> problems) {

        boolean isSound() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    /** @param scratch a folder for what annotation processors generate */
    SourceCompiler(JavaCompiler compiler, BuildSettings settings, Path scratch) throws IOException {
        this.compiler = compiler;
        this.settings = settings;
        this.files = compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
        files.setLocationFromPaths(StandardLocation.CLASS_PATH, settings.classPath());
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(scratch));
        files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(scratch));
    }

    BuildSettings settings() {
        return settings;
    }

    Compiled compile(Collection<Path> sources) throws IOException {
        if (sources.isEmpty()) {
            return new Compiled(Map.of(), List.of(Problem.error("There is no source in src/main/java.")));
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Map<String, byte[]> classes = new TreeMap<>();
        List<String> options =
                List.of("--release", settings.release(), "-parameters", "-g", "-Xlint:deprecation,removal,unchecked");
        boolean sound;
        try (InMemory output = new InMemory(files, classes)) {
            sound = compiler.getTask(null, output, said, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        List<Problem> problems = new ArrayList<>();
        said.getDiagnostics().forEach(diagnostic -> problems.add(problem(diagnostic)));
        if (!sound && problems.stream().noneMatch(Problem::isError)) {
            problems.add(Problem.error("The compiler failed without saying why; `mvn verify` may."));
        }
        return new Compiled(classes, problems);
    }

    private static Problem problem(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        boolean known = source != null && diagnostic.getLineNumber() != Diagnostic.NOPOS;
        return new Problem(
                diagnostic.getKind() == Diagnostic.Kind.ERROR,
                source == null ? null : Path.of(source.toUri()),
                known ? diagnostic.getLineNumber() : 0,
                known ? diagnostic.getColumnNumber() : 0,
                diagnostic.getMessage(Locale.ENGLISH));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Keeps what the compiler writes; sources of annotation processors go to the folder that is set. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, byte[]> files;

        InMemory(StandardJavaFileManager disk, Map<String, byte[]> files) {
            super(disk);
            this.files = files;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling)
                throws IOException {
            return kind == JavaFileObject.Kind.CLASS
                    ? new Output(name.replace('.', '/') + kind.extension, kind)
                    : super.getJavaFileForOutput(location, name, kind, sibling);
        }

        @Override
        public FileObject getFileForOutput(
                JavaFileManager.Location location, String folder, String name, @Nullable FileObject sibling) {
            String path = folder.isEmpty() ? name : folder.replace('.', '/') + "/" + name;
            return new Output(path, JavaFileObject.Kind.OTHER);
        }

        @Override
        public void close() {
            // The file manager on the disk is used again.
        }

        private final class Output extends SimpleJavaFileObject {
            private final String path;

            Output(String path, JavaFileObject.Kind kind) {
                super(URI.create("memory:///" + path), kind);
                this.path = path;
            }

            @Override
            public OutputStream openOutputStream() {
                return new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        files.put(path, toByteArray());
                    }
                };
            }
        }
    }
}
