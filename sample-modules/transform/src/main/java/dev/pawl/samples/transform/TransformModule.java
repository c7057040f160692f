package dev.pawl.samples.transform;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.WholeFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Converts, filters and maps files of records, however large; resumes at the record that its last checkpoint names. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "transform",
        name = "Transform",
        description = "Converts, filters and maps large files of records: CSV, JSON lines, JSON and XML.",
        capabilities = {"data", "csv", "json", "xml", "etl"},
        enabled = false,
        inputs = TransformInputs.class,
        settings = TransformModule.Settings.class)
public final class TransformModule implements Module {

    /**
     * The settings.
     *
     * @param root the folder that relative paths of inputs start from
     * @param checkpointS the time between two checkpoints in seconds, 0 to 600
     * @param maxRecordMb the greatest size of a record in MiB, 1 to 64
     */
    public record Settings(
            @Description("The folder that relative paths of inputs start from.") @Nullable
            String root,

            @Default("5")
            @Bounds(min = 0, max = 600)
            @Description("The time between two checkpoints in seconds; 0 saves one after each record.")
            int checkpointS,

            @Default("8") @Bounds(min = 1, max = 64) @Description("The greatest size of a record in MiB.")
            int maxRecordMb) {}

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws RunException {
        Object format = checkpoint.get("format");
        if (format instanceof Number number && number.intValue() > Position.FORMAT) {
            throw new RunException("Version " + from + " saved its checkpoint in format " + number
                    + ", and this version knows formats up to " + Position.FORMAT + ".");
        }
        return checkpoint;
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Plan.of(task);
        TransformInputs inputs = task.inputs(TransformInputs.class);
        if (inputs.chart() != null) {
            FieldPath.of("chart.field", inputs.chart().field());
        }
        StoredMapping.check(task, inputs);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Plan plan = Plan.of(task);
        try {
            if (!task.checkpoint("finished", false)) {
                transform(task, plan);
            }
            complete(task, plan);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception carries it on
            throw new InterruptedException("The thread was interrupted while " + plan.source() + " was transformed.");
        } catch (IOException e) {
            throw new RunException(
                    "The source " + plan.source() + " could not be transformed into " + plan.output() + ": " + reason(e)
                            + ".",
                    e);
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            Plan plan = Plan.of(task);
            WholeFile.removeLeftover(task, plan.output());
            if (plan.rejects() != null) {
                WholeFile.removeLeftover(task, plan.rejects());
            }
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("The unfinished output could not be removed: " + reason(e), e);
        }
    }

    private static void transform(TaskContext task, Plan plan) throws IOException, RunException, ValidationException {
        TransformInputs inputs = task.inputs(TransformInputs.class);
        Mapping mapping = StoredMapping.of(task, inputs);
        requireSameSource(task, plan.source());
        Tally tally = inputs.chart() == null ? null : tally(task, inputs.chart());
        SourceEncoding encoding =
                SourceEncoding.of(plan.source(), plan.format(), plan.encoding(), task::throwIfCancelled);
        long offset = encoding.begin(Position.of(task));
        int longest = task.settings(Settings.class).maxRecordMb() << 20;
        try (SourceFile source = SourceFile.open(plan.source(), offset, task::throwIfCancelled)) {
            if (task.checkpoint("offset", 0L) > 0) {
                task.info("Resumed at record " + task.checkpoint("read", 0L) + ", byte " + offset + " of "
                        + plan.source() + ".");
            }
            Map<String, Object> values = new Transformation(task, plan, mapping, tally, encoding)
                    .run(source, longest, temporary(task, plan.output()), rejected(task, plan));
            values.put("finished", true);
            task.checkpoint(values);
        }
    }

    /** A source that is not the one whose offsets the checkpoint has would give an output of two halves. */
    private static void requireSameSource(TaskContext task, Path source) throws IOException, RunException {
        BasicFileAttributes now = Files.readAttributes(source, BasicFileAttributes.class);
        long size = task.checkpoint("source_size", -1L);
        String changed = now.lastModifiedTime().toString();
        if (size < 0) {
            task.checkpoint(Map.of("source_size", now.size(), "source_changed", changed));
        } else if (size != now.size() || !changed.equals(task.checkpoint("source_changed", ""))) {
            throw new RunException("The source " + source + " was changed while the job was interrupted; it had " + size
                    + " bytes. Start the job anew.");
        }
    }

    private static void complete(TaskContext task, Plan plan) throws IOException {
        publish(task, plan.output());
        Path rejects = plan.rejects();
        if (rejects != null) {
            publish(task, rejects);
        }
        Position end = Position.of(task);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("output_file", plan.output().toString());
        result.put("bytes", end.outputLength());
        result.put("read", end.counts().read());
        result.put("written", end.counts().written());
        result.put("filtered", end.counts().filtered());
        result.put("rejected", end.counts().rejected());
        if (rejects != null) {
            result.put("rejects_file", rejects.toString());
        }
        TransformInputs.Chart chart = task.inputs(TransformInputs.class).chart();
        if (chart != null) {
            draw(task, chart, tally(task, chart));
        }
        task.progress(
                100, Map.of("read", end.counts().read(), "written", end.counts().written()));
        task.info("Read " + end.counts().read() + " records, wrote "
                + end.counts().written() + " to " + plan.output() + "; "
                + end.counts().filtered() + " did not meet the conditions, "
                + end.counts().rejected() + " were bad.");
        task.emit(result);
    }

    private static void publish(TaskContext task, Path target) throws IOException {
        if (!WholeFile.finish(task, target)) {
            WholeFile file = WholeFile.resume(task, target);
            file.publish(); // it is not closed: what is unfinished belongs to the next run, or to cleanup
        }
    }

    private static Tally tally(TaskContext task, TransformInputs.Chart chart) {
        try {
            return new Tally(
                    FieldPath.of("chart.field", chart.field()),
                    task.checkpoint("groups", Map.<String, Object>of()),
                    task.checkpoint("other_groups", 0L));
        } catch (ValidationException e) {
            throw new IllegalStateException("validate has checked it", e);
        }
    }

    private static void draw(TaskContext task, TransformInputs.Chart chart, Tally tally) throws IOException {
        Path folder = Files.createDirectories(task.workDir().resolve("artifacts"));
        String name = task.taskIndex() == 0 ? "chart.svg" : "chart-" + task.taskIndex() + ".svg";
        int top = chart.top() == null ? 15 : chart.top();
        Files.writeString(folder.resolve(name), BarChart.of("Records by " + chart.field(), tally, top));
    }

    private static Path temporary(TaskContext task, Path target) {
        return WholeFile.resume(task, target).temporary();
    }

    private static @Nullable Path rejected(TaskContext task, Plan plan) {
        return plan.rejects() == null ? null : temporary(task, plan.rejects());
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileRefusedException refused) {
            return "the path " + refused.getFile() + " is refused: " + refused.getReason();
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
