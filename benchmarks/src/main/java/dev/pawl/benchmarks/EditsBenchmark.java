package dev.pawl.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures an author's edits under {@code pawl module dev}: from the moment at which a source is saved. Needs Maven for the first build. */
final class EditsBenchmark implements Benchmark {

    private static final double BUDGET_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SOURCE = "src/main/java/com/example/greeter/GreeterModule.java";

    /** Edits before those that count: the first ones load the compiler. */
    private static final int WARM_UP = 5;

    @Override
    public String name() {
        return "edits";
    }

    @Override
    public String title() {
        return "Edits of a module of one class under `pawl module dev`";
    }

    /** The size is the number of edits. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int edits = scale.first(2, 100);
        Sample swapped = new Sample();
        Sample said = new Sample();
        try (Workspace folder = Workspace.create(name())) {
            Path project = folder.resolve("greeter");
            command(folder, "new", project.toString(), "--no-interactive").waitFor();
            Process dev = command(folder, "dev", project.toString(), "--temporary", "-i", "name=Ada");
            try {
                Path source = project.resolve(SOURCE);
                String text = Files.readString(source);
                var output = new Output(dev, folder.resolve("said"));
                output.await("completed in ");
                for (int edit = 1 - WARM_UP; edit <= edits; edit++) {
                    String word = "Edit " + (edit + WARM_UP) + ", step ";
                    Files.writeString(Path.of(source + "~"), text.replace("\"Step \"", "\"" + word + "\""));
                    long saved = System.nanoTime();
                    Files.move(Path.of(source + "~"), source, StandardCopyOption.REPLACE_EXISTING);
                    output.await("Swapped greeter ");
                    long installed = System.nanoTime();
                    output.await(word + "1 of 3");
                    long ran = System.nanoTime();
                    output.await("completed in ");
                    if (edit > 0) {
                        swapped.addNanos(installed - saved);
                        said.addNanos(ran - saved);
                    }
                }
            } finally {
                dev.destroy();
                dev.waitFor(30, TimeUnit.SECONDS);
            }
        }
        String settings = "a change of one text, saved by renaming; the server is the command's own";
        return List.of(
                Row.percentile("saved until swapped", settings, swapped, 0.5)
                        .atMost(BUDGET_MS, " ms", swapped.median()),
                Row.percentile("saved until swapped", settings, swapped, 0.99),
                Row.percentile("saved until the first line of its next job", settings, said, 0.5),
                Row.percentile("saved until the first line of its next job", settings, said, 0.99));
    }

    private static Process command(Workspace folder, String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Service.distribution().resolve("bin").resolve("pawl").toString(), "module"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        Map<String, String> environment = Service.environment(folder.resolve("data"), 0);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The command's output, read from where the last look ended. */
    private static final class Output {

        private final Process process;
        private final Path file;
        private final StringBuilder unread = new StringBuilder();
        private long offset;

        Output(Process process, Path file) {
            this.process = process;
            this.file = file;
        }

        /** Waits for the next occurrence of a text. */
        void await(String text) throws IOException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int found = unread.indexOf(text);
            while (found < 0) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IOException("\"" + text + "\" was not said: " + Files.readString(file));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                read();
                found = unread.indexOf(text);
            }
            unread.delete(0, found + text.length());
        }

        private void read() throws IOException {
            try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
                byte[] bytes = new byte[Math.toIntExact(all.length() - offset)];
                all.seek(offset);
                all.readFully(bytes);
                offset += bytes.length;
                unread.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
    }
}
