package dev.pawl.it.modules.noisy;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Makes everything that a page about a job shows: many lines, results, progress, a checkpoint, files, and a failure when asked. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "noisy",
        name = "Noisy encoder",
        description = "Writes lines, results and files.",
        inputs = NoisyModule.Inputs.class)
public final class NoisyModule implements Module {

    private static final int CHECKPOINT_EVERY = 1_000;

    /**
     * The inputs.
     *
     * @param lines the number of lines
     * @param pauseMs the pause after each, in milliseconds
     * @param results the number of results
     * @param text a text that is in lines, results, file names and the failure
     * @param fail whether it fails at its end
     */
    public record Inputs(Integer lines, Integer pauseMs, Integer results, String text, Boolean fail) {}

    @Override
    public void run(TaskContext task) throws IOException, InterruptedException {
        Inputs in = task.inputs(Inputs.class);
        int lines = in.lines() == null ? 10 : in.lines();
        String text = in.text() == null ? "a.mkv" : in.text();
        for (int n = 0; n < (in.results() == null ? 0 : in.results()); n++) {
            task.emit(Map.of(
                    "frame", n, "file", text + "-" + n, "size", 9_007_199_254_740_993L + n, "keyframe", n % 12 == 0));
        }
        Path out = Files.createDirectories(task.workDir().resolve("artifacts"));
        Files.writeString(out.resolve("notes.txt"), "Made of " + text + "\n");
        Files.writeString(
                out.resolve("picture.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><script>window.hurt=1</script><rect width=\"40\" height=\"20\" fill=\"#2f7d4f\"/></svg>");
        for (int n = 1; n <= lines; n++) {
            task.log(level(n), line(n, text));
            if (n % CHECKPOINT_EVERY == 0) {
                task.checkpoint(Map.of("line", n));
            }
            if (in.pauseMs() != null && in.pauseMs() > 0) {
                task.throwIfCancelled();
                TimeUnit.MILLISECONDS.sleep(in.pauseMs());
                task.progress(100.0 * n / lines, Map.of("line", n));
            }
        }
        if (Boolean.TRUE.equals(in.fail())) {
            throw new IOException("No such file: " + text);
        }
    }

    private static LogLevel level(int n) {
        return n % 997 == 0
                ? LogLevel.ERROR
                : n % 101 == 0 ? LogLevel.WARNING : n % 7 == 0 ? LogLevel.DEBUG : LogLevel.INFO;
    }

    private static String line(int n, String text) {
        return n % 5 == 0
                ? "\u001b[32mframe=" + n + "\u001b[0m fps=\u001b[1;33m" + (n * 7 % 61) + "\u001b[0m speed=1.2x " + text
                : "encode " + text + " step " + n + " of a long way, q=23.0 size=" + n * 12 + "kB";
    }
}
